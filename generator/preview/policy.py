"""A page as the preview answers with it: with the preview's script, and a policy that lets that script alone in.

Rendering knows nothing of this: the files in .parallax/preview/ are what a build writes.
"""

from __future__ import annotations

import re
from html import escape, unescape

SCRIPT = "/parallax/preview.js"
SOCKET = "/livereload"
_META = re.compile(rb"""<meta\b(?:[^>"']|"[^"]*"|'[^']*')*>""", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""")


def with_script(page: bytes, host: str, build: str) -> bytes:
    """The HTML file `page` with the script at its end, where every parser runs it, whatever tags the page leaves out.

    `host` is this machine's name and port as the browser asked for them; `build` names the build that made the page.
    """
    widened = _META.sub(lambda found: _widened_meta(found[0], host), page)
    tag = f'<script src="{SCRIPT}" data-build="{escape(build)}"></script>'
    return widened + tag.encode()


def widened(policy: str, host: str) -> str:
    """A content security policy that also lets the preview's script run, ask for pages and listen to the preview."""
    directives = [directive.split() for directive in policy.split(";") if directive.strip()]
    known = {directive[0].lower(): directive for directive in reversed(directives)}  # a browser takes the first
    script = "script-src-elem" if "script-src-elem" in known else "script-src"
    wanted = ((script, [f"http://{host}{SCRIPT}"]), ("connect-src", [f"http://{host}", f"ws://{host}{SOCKET}"]))
    for name, sources in wanted:
        found = known.get(name) or known.get("default-src")
        if found is None:
            continue  # everything may be asked for
        kept = [source for source in found[1:] if source.lower() != "'none'"]
        if name in known:
            known[name][1:] = kept + sources
        else:
            directives.append([name, *kept, *sources])
    return "; ".join(" ".join(directive) for directive in directives)


def _widened_meta(tag: bytes, host: str) -> bytes:
    text = tag.decode("utf-8", "surrogateescape")
    attributes = {found[1].lower(): found for found in reversed(list(_ATTRIBUTE.finditer(text)))}
    named, content = attributes.get("http-equiv"), attributes.get("content")
    if named is None or content is None or _value(named[2]).strip().lower() != "content-security-policy":
        return tag
    amended = f'"{escape(widened(_value(content[2]), host))}"'
    return (text[: content.start(2)] + amended + text[content.end(2) :]).encode("utf-8", "surrogateescape")


def _value(typed: str) -> str:
    return unescape(typed[1:-1] if typed[:1] in ("'", '"') else typed)
