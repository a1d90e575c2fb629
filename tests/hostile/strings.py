"""Strings that are told to do something wherever they are not taken for mere text."""

from __future__ import annotations

import random

RUN = "window.ran=1"
"""What a script would do. Pages are looked at for it."""

SHOWN = (
    # markup and scripts
    f"<script>{RUN}</script>",
    f"</script><script>{RUN}</script>",
    f"</title></style></textarea></template><script>{RUN}</script>",
    f'"><img src=x onerror={RUN}>',
    f"'><svg/onload={RUN}>",
    f'x" onmouseover="{RUN}" autofocus onfocus="{RUN}" y="',
    f"x' style='background:url(//evil.example)' onclick='{RUN}",
    f"<svg><style><img src=x onerror={RUN}></style></svg>",
    f"<math><mtext></form><form><mglyph><style></math><img src onerror={RUN}>",
    f"<iframe srcdoc='<script>parent.{RUN}</script>'></iframe>",
    "<base href=//evil.example/><form action=//evil.example><input name=x><button>Go",
    "<link rel=stylesheet href=//evil.example/x.css><meta http-equiv=refresh content='0;url=//evil.example'>",
    "</main></body></html><h1>Gone</h1>",
    f"<!--><img src=x onerror={RUN}>-->",
    "<!-- never closed",
    f"<noscript><p title='</noscript><img src=x onerror={RUN}>'>",
    f"&lt;script&gt;{RUN}&lt;/script&gt; &#60;b&#62; &amp;amp; &nosuch; &#0; &#x110000;",
    f"＜script＞{RUN}＜/script＞",
    f"\\u003cscript\\u003e{RUN}\\u003c/script\\u003e \\x3cb\\x3e",
    f"<scr<script>ipt>{RUN}</scr</script>ipt>",
    # addresses
    f"javascript:{RUN}",
    f"java\\tscript:{RUN} &#106;avascript:{RUN}",
    "data:text/html,<script>parent.ran=1</script>",
    "//evil.example/ \\\\evil.example\\share file:///etc/passwd",
    # templates
    "{{ 7 * 7 }} {% raw %} {# x #} ${7*7} #{7*7} <%= 7*7 %>",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "%s %(x)s {0} {x!r} {0.__class__} %n",
    # the ends of what texts are put into
    "]]> <![CDATA[ </summary></entry></feed> <?xml version='1.0'?>"
    " <!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]> &e;",
    '"}]}</script> \\", "verdict": "true" \\u0000 \\',
    "*/ } body { display: none } /* ;background:url(//evil.example)",
    "@import url(//evil.example/x.css);",
    # spreadsheets
    '=HYPERLINK("http://evil.example","x") ;=1+1;@SUM(1)',
    "+cmd|' /C calc'!A0",
    "-2+3 ;-2",
    "@SUM(1+1)*cmd|'x'!A0",
    # terminals and hosts of builds
    "::error file=x,line=1::owned ##[error]x ::set-output name=x::y",
    "##vso[task.setvariable variable=x]y",
    "$(touch /tmp/owned) `touch /tmp/owned` ; touch owned | x && y",
    # letters
    "Z̸̡̢̛̗̘̙̜̝" + "̵͖͗" * 60,
    "شركة ABC 123 עברית",
    "a\u200db\u200cc \u00ad\u00ad soft\u00adhyphen \u034f \u3164 \u115f",
    "\u200fright \u200eleft \u061cletter mark",
    "👩🏽‍🚀🇺🇳🏴󠁧󠁢󠁥󠁮󠁧󠁿 😀" * 20,
    "ﷺ" * 50 + " 𝒳𝓎𝓏 ｆｕｌｌ",
    "../../../../etc/passwd ..\\..\\x /etc/passwd CON aux.txt",
    "null true ~ 1e309 NaN 0x10 -0 [] {}",
    "W" * 5_000,
)
"""Strings that any text may hold: they are shown as they are."""

REFUSED = (
    "a\u202egnp.exe",
    "a\u2066b\u2069",
    "zero\u200bwidth",
    "word\u2060joiner\ufeff",
    "escape \x1b[31mred\x1b]0;title\x07",
    "\x9b31m",
    "back\x08\x08\x08space",
    "nul\x00nul",
    "line\u2028separator\u2029",
    "\x1b]8;;http://evil.example\x1b\\link\x1b]8;;\x1b\\",
)
"""Strings with a character that no file of content may have."""

ADDRESSES = (
    f"javascript:{RUN}",
    f"JaVaScRiPt:{RUN}",
    f"java\tscript:{RUN}",
    f"\x01javascript:{RUN}",
    f" javascript:{RUN}",
    f"javascript://e.org/%0a{RUN}",
    f"view-source:javascript:{RUN}",
    f"feed:javascript:{RUN}",
    f"jar:javascript:{RUN}!/",
    f"vbscript:{RUN}",
    f"data:text/html,<script>{RUN}</script>",
    "data:image/svg+xml,<svg/onload=1>",
    "blob:https://e.org/0-0-0-0",
    "filesystem:https://e.org/x",
    "intent://e.org/#Intent;scheme=http;end",
    "file:///etc/passwd",
    "ftp://e.org/x",
    "about:blank",
    "chrome://settings",
    "//evil.example/x",
    "///evil.example",
    "\\\\evil.example\\x",
    "/\\evil.example",
    "https:evil.example",
    "https:/evil.example",
    "https:///evil.example",
    "https:\\\\evil.example",
    "https://user:secret@e.org/",
    "https://e.org@evil.example/",
    "https://e.org\\@evil.example/",
    "https://e.org/ x",
    'https://e.org/"onclick="x',
    "https://e.org/<b>",
    "https://e.org/\nx",
    "https://e.org:0/",
    "https://e.org:99999/",
    "https://[::1",
    "http://",
    "mailto:",
    "mailto:a@e.org@evil.example",
    "tel:+1",
    # names of hosts that are no names, or only look like their end
    "https://e.org%2f.evil.example/",
    "https://e.org%40evil.example/",
    "https://e.org%00.evil.example/",
    "https://e.org\u2044.evil.example/",
    "https://e.org\u2215.evil.example/",
    "https://e.org\uff0f.evil.example/",
    "https://evil\u3002example/",
    "https://\uff45.org/",
    "https://\u24d4.org/",
    "https://e..org/",
    "https://.e.org/",
    "https://e.org:\uff14\uff14\uff13/",
    "https://e.org:65536/",
    f"https://{'a' * 64}.org/",
    "https://[fe80::1%25eth0]/",
    "https://e.org;@evil.example/",
    "https://:@e.org/",
    "https://e.org\u200b.evil.example/",
    # mail
    "mailto:a@e.org?bcc=b@evil.example",
    "mailto:a@e.org?subject=x%0d%0aBcc:b@evil.example",
    "mailto:a@e.org,b@evil.example",
    "mailto:%0aBcc:b@evil.example",
    "mailto://a@e.org",
    # other schemes
    "feed:https://e.org/",
    "blob:null/0-0-0-0",
    "intent:#Intent;action=x;end",
    "android-app://e.org/x",
    "ms-word:ofe|u|https://evil.example/x",
    "javascript&colon;window.ran=1",
    "&#106;avascript:window.ran=1",
    "%6aavascript:window.ran=1",
    "java%0ascript:window.ran=1",
    "wyciwyg://x",
    "ws://e.org/x",
    "magnet:?xt=x",
    "x-javascript:x",
    "http:javascript:window.ran=1",
    "HTTPS:evil.example",
    "https://",
    "://e.org",
    "../x",
    "?x",
    "#x",
)
"""What no address may be."""


def made(seed: int) -> str:
    """A string of pieces of the others and of characters from anywhere, the same for a seed."""
    by = random.Random(seed)
    pieces = []
    for _ in range(by.randint(1, 8)):
        whole = by.choice(SHOWN)[:200]
        start = by.randrange(len(whole))
        pieces.append(whole[start : start + by.randint(1, 30)])
        pieces.append(
            by.choice(("<", ">", '"', "'", "&", "`", "{{", "}}", "{%", "]]>", "=", "\\", " ", "/", "--", "é", "中"))
        )
    return " ".join("".join(pieces).split()) or "<"


def slow(size: int) -> dict[str, str]:
    """Markdown of about `size` characters that makes parsers slow: nested, unclosed, repeated."""

    def again(text: str) -> str:
        return text * (size // len(text))

    wide = max(2, int(size**0.5) // 2)
    found = {
        piece: again(piece)
        for piece in (
            *("[", "![", "[](", "[a](", "[a][b] ", "[a]: <", "](", "[@", "[@a] ", "[@a](", "[a](b 'c ", "[a](<b "),
            *(
                "*",
                "*a ",
                "*a_ ",
                "**a ",
                "_a ",
                "a**b",
                "~~",
                "~~a ",
                "***a** b*",
                "`",
                "`a` ",
                "`` ` ",
                "\\",
                "&",
                "&amp;",
            ),
            *(
                "> ",
                "- ",
                "1. ",
                "# a\n",
                "```\n",
                "~~~ x\n",
                "---\n\n",
                "a\n=\n",
                "| a ",
                "|a|\n|-|\n|b|\n\n",
                "a  \n",
                "\t",
            ),
            *(
                "<",
                "<a ",
                "<http:",
                "<http://a> ",
                "<b>",
                "<!--",
                "<a@b.c>",
                "&#x41;",
                '"',
                "W",
                "\n",
                " ",
                "- a\n\n\n",
                "\u0301",
            ),
        )
    }
    return found | {
        "emphasis in emphasis": "*a " * (size // 5) + "b*" * (size // 5),
        "links in links": "[" * (size // 6) + "a" + "](x)" * (size // 6),
        "images in images": "![" * (size // 6) + "a" + "](x)" * (size // 6),
        "lists in lists": "\n".join("  " * depth + "- a" for depth in range(wide)),
        "lists in quotations": "\n".join("> " * (line % 60) + "- a" for line in range(size // 60)),
        "quotations in quotations": ("> " * wide + "a\n") * wide,
        "backticks of all lengths": "x".join("`" * length for length in range(1, 2 * wide)),
        "a wide table": f"{'|a' * wide}|\n{'|-' * wide}|\n" + "|b|b|\n" * wide,
        "definitions": "".join(f"[a{number}]: x\n" for number in range(size // 10)),
        "one definition used": "[a]: x\n\n" + again("[a] "),
        "lines that go on": "> - a\n" + again("b\n"),
    }
