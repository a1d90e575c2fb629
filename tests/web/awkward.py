"""A site of all that is hard to show: long words, other directions, markup-like text, nothing and too much.

`write(folder)` writes its content, which is valid: what is checked is what its pages look like. `python -m
tests.web.awkward FOLDER` does the same, for whoever wants to look at it.
"""

from __future__ import annotations

import hashlib
import json
import struct
import sys
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SHAPES = ("circle", "half", "ring", "cross", "square", "triangle", "diamond", "question", "check", "minus")

_UNBROKEN = "Donau" + "dampfschifffahrts" * 9 + "gesellschaft"
_ADDRESS = "https://archive.example/" + "aVeryLongAddressWithoutAnyPlaceToBreak0123456789" * 6
_MARKUP = (
    "<script>alert(1)</script> & <b>bold</b> &amp; {{ 7 * 7 }} {% raw %} --> ]]> </blockquote></main> `x` javascript:1"
)
_EMOJI = "👩🏽‍🚀🇺🇳 café Z̷̛a̶l̸g̵o̷ 😀"
_ARABIC = "انطفأ المصباح عند الساعة 21:15 وقال الحارس “the lamp went out at 21:15” ثم عاد الضوء."
_HEBREW = "המנורה כבתה בשעה 21:20, אמר השומר. The keeper said so. הספינה המשיכה בדרכה."


ODD = (
    *("sixty-quotes", "arabic-claim", "markup-claim", "unbroken-claim", "no-sources", "no-quotes", "many-tags"),
    *("retired", "retracted", "arabic", "hebrew", "markup", "unbroken", "html", "bare", "endless"),
    *("lamp", "empty-handed", "nothing", "المنارات", "ada", "old"),
)
"""Ids of whatever is odd in a way of its own, and not only one of many."""


@dataclass(frozen=True)
class Size:
    """How large the large story is: its claims, each quoting three articles, and its articles."""

    claims: int
    articles: int


LARGE = Size(500, 300)


def write(folder: Path, language: str = "en", size: Size = LARGE) -> Path:
    """Write the site's files under `folder`; `language` is that of the site itself."""
    site = _Site(folder)
    site.text("site.toml", _settings(language))
    _articles(site)
    _claims(site)
    _stories_and_pages(site)
    _large_story(site, size)
    return folder


class _Site:
    """A folder that records are written into. What JSON writes, YAML reads."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def text(self, path: str, text: str) -> None:
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")

    def record(self, path: str, fields: dict[str, Any]) -> None:
        lines = (f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in fields.items())
        self.text(f"content/{path}.yaml", "".join(lines))

    def article(self, name: str, text: str, ending: str = "txt", **fields: Any) -> None:
        self.text(f"seeds/{name}.{ending}", text)
        digest = hashlib.sha256(text.encode()).hexdigest()
        self.record(f"articles/{name}", {"text": f"seeds/{name}.{ending}", "sha256": digest, **fields})

    def claim(self, name: str, claim: str, **fields: Any) -> None:
        """A claim with what each must have, where `fields` has nothing else."""
        required = {"verdict": "circle", "summary": f"{claim} This is how it was.", "checked": "2024-02-01"}
        self.record(f"claims/{name}", {"claim": claim, **required, **fields})


def _settings(language: str) -> str:
    """Every shape; colours that no text could have as they are; labels long, in other scripts, and of one sign."""
    colours = (
        "#ffffff",
        "#000000",
        "#ffff00",
        "#00ffff",
        "#ff00ff",
        "#808080",
        "#123",
        "#eeeeee",
        "#0000ff",
        "#00ff00",
    )
    labels = (
        "True",
        "Half true",
        _UNBROKEN[:60],
        "خطأ تمامًا",
        "לא נכון",
        "False & <b>",
        "😀",
        "?",
        "Très exagéré",
        "—",
    )
    verdicts = [
        {"id": shape, "label": label, "meaning": f"{label}: what this label means, at some length.", "colour": colour}
        | {"shape": shape}
        | ({"value": 8 - place} if place < 7 else {})
        for place, (shape, label, colour) in enumerate(zip(SHAPES, labels, colours, strict=True))
    ]
    verdicts += [{"id": "plain", "label": "No shape, no colour, no meaning"}]
    verdicts += [{"id": "old", "label": "No longer given", "meaning": "A label of old.", "value": 9, "retired": True}]
    top = {"format": 1, "title": f"Odd & <Ends> {_EMOJI}", "url": "https://odd.example/deep/er/"}
    top |= {"description": f"Whatever is hard to show. {_MARKUP}", "language": language}
    top |= {"repository": "https://github.com/odd-ends/checks.git"}
    tables: list[tuple[str, dict[str, Any]]] = [
        ("[organisation]", {"name": "Odd & <Ends>", "url": "https://odd.example/", "email": "desk@odd.example"}),
        ("[people.ada]", {"name": f"Ada {_UNBROKEN}", "role": _MARKUP, "bio": _ARABIC, "url": _ADDRESS}),
        ("[people.bo]", {"name": "ב"}),
        ('[publishers."النهار والليل"]', {"url": "https://nahar.example/", "interest": _ARABIC}),
        *(("[[verdicts]]", verdict) for verdict in verdicts),
    ]
    lines = [_toml(top), *(f"{head}\n{_toml(values)}" for head, values in tables)]
    return "\n".join(lines)


def _toml(values: dict[str, Any]) -> str:
    return "".join(f"{name} = {json.dumps(value, ensure_ascii=False)}\n" for name, value in values.items())


def _articles(site: _Site) -> None:
    both = {"url": "https://odd.example/read?a=1&b=%3C2%3E#x", "archived": _ADDRESS}
    site.article(
        "arabic",
        f"{_ARABIC}\n\nلم يصب أحد بأذى.\n",
        title="المصباح الذي انطفأ (the lamp)",
        publisher="النهار والليل",
        published="2024-01-03T21:15:00+03:00",
        language="ar",
        story="lamp",
        show="full",
        origin=["own"],
        **both,
    )
    site.article("hebrew", f"{_HEBREW}\n", language="he", story="lamp", show="none")
    site.article(
        "markup",
        f"The lamp said {_MARKUP} and went out at 21:15.\n\nSubscribe <now>! {_UNBROKEN}\n\nIt was dark.\n",
        title=_MARKUP,
        publisher=_MARKUP,
        published="2024",
        author=_MARKUP,
        note=_MARKUP,
        story=["lamp", "empty-handed"],
        origin=["arabic", _MARKUP],
        origin_note=_MARKUP,
        not_article=[{"text": f"Subscribe <now>! {_UNBROKEN}", "why": _MARKUP}],
        publisher_correction={"date": "2024-01-09", "text": _MARKUP, "url": "https://odd.example/put-right"},
        show="full",
        **both,
    )
    site.article(
        "unbroken",
        f"{_UNBROKEN} {_UNBROKEN} went on and on. {_EMOJI} Then {'x' * 400} was typed by a cat.\n",
        title=f"{_UNBROKEN} {_EMOJI}",
        publisher=_UNBROKEN,
        published="2024-01",
        language="de",
        story="lamp",
        archived=_ADDRESS,
    )
    site.article(
        "html",
        "<!doctype html><title>x</title>"
        "<p>The lamp <i>went</i> out at 21:15 &amp; the sea rose 10<sup>6</sup> times.</p>"
        "<script>no()</script><p><s>It came back.</s> It stayed dark.</p>"
        "<p>日本語の文章も灯台について書いています。</p>",
        "html",
        publisher="灯台新聞",
        published="2024-01-04",
        url="https://xn--fiq228c.example/灯台",
        story="lamp",
        show="full",
    )
    site.article("bare", "Nothing is known of this article. The lamp went out at some time.\n")
    paragraphs = (
        f"Paragraph {number} says that the keeper climbed stair {number} and rested." for number in range(1, 201)
    )
    site.article("endless", "\n\n".join(paragraphs) + "\n", publisher="The Endless", story="lamp", show="excerpts")
    for number in range(1, 21):
        lines = (f"Witness {number * 10 + part} saw the lamp go out at 21:{part}0." for part in range(3))
        fields = {"published": f"2023-0{number % 9 + 1}-11", "url": f"https://witness-{number}.example/"}
        site.article(
            f"witness-{number:02}", " ".join(lines) + "\n", publisher=f"Witness {number}", story="lamp", **fields
        )


def _claims(site: _Site) -> None:
    times = {"what": "Time at which the lamp went out, local", "claim": "21:10", "found": "21:15"}
    site.claim(
        "sixty-quotes",
        "The lamp went out at 21:10.",
        verdict="cross",
        story="lamp",
        compare=times,
        quotes=[
            {
                "article": f"witness-{number:02}",
                "text": f"Witness {number * 10 + part} saw the lamp go out at 21:{part}0.",
                "stance": ("contradicts", "asserts", "partly")[part],
                "says": f"21:{part}0",
                "speaker": [f"Agency {number}", f"Witness {number * 10 + part}"],
            }
            for number in range(1, 21)
            for part in range(3)
        ],
        silent=["bare", "endless"],
    )
    site.claim(
        "arabic-claim",
        "قال الحارس إن المصباح انطفأ عند الساعة 21:15 (the lamp).",
        title="هل انطفأ المصباح؟",
        verdict="square",
        summary=_ARABIC,
        story="lamp",
        tags=["المنارات", "lamps & <lights>"],
        compare=times,
        claimant=[{"name": "الحارس", "role": "حارس", "url": "https://nahar.example/keeper", "as": "maker"}],
        quotes=[
            {"article": "arabic", "text": "“the lamp went out at 21:15”", "stance": "asserts", "says": "21:15"}
            | {"language": "en", "speaker": ["النهار والليل", "الحارس"]},
            {"article": "arabic", "text": "لم يصب أحد بأذى.", "stance": "mentions", "translation": "Nobody was hurt."},
            {"article": "hebrew", "text": "המנורה כבתה בשעה 21:20", "stance": "contradicts", "says": "21:20"}
            | {"translation": "The lamp went out at 21:20", "note": _HEBREW},
            {
                "article": "html",
                "text": "日本語の文章も灯台について書いています。",
                "stance": "mentions",
                "language": "ja",
            },
        ],
        analysis=f"{_ARABIC}\n\n> {_HEBREW}\n",
    )
    site.claim(
        "markup-claim",
        f"The lamp said {_MARKUP}",
        title=_MARKUP,
        verdict="triangle",
        summary=_MARKUP,
        why=_MARKUP,
        story="lamp",
        tags=[_MARKUP, "'quoted'", '"doubly"'],
        by=["ada", "bo"],
        edited=["bo"],
        made="2024-01",
        claimant=[{"name": _MARKUP, "role": _MARKUP, "as": "repeater"}],
        compare={"what": _MARKUP, "claim": "<b>1</b>", "found": "&amp;"},
        parts=[
            {"words": "lamp", "verdict": "half", "note": _MARKUP},
            {"words": "<script>alert(1)</script>", "verdict": "plain"},
            {"words": "{{ 7 * 7 }}", "verdict": "old", "note": _ARABIC},
        ],
        quotes=[
            {"article": "markup", "text": f"The lamp said {_MARKUP} and went out at 21:15.", "stance": "asserts"}
            | {"says": "<i>", "mark": ["<script>", {"words": "21:15", "note": _MARKUP}], "note": _MARKUP},
            {"article": "markup", "text": "Subscribe <now>!", "stance": "mentions", "medium": _MARKUP},
            {"article": "html", "text": "The lamp went out […] the sea rose", "stance": "contradicts", "says": "x"},
        ],
        sources=[
            {"id": "odd", "title": _MARKUP, "url": "https://odd.example/?q=%3Cb%3E&c=1", "quote": _MARKUP}
            | {"publisher": _MARKUP, "interest": _MARKUP, "origin": _MARKUP, "translation": _MARKUP, "language": "ar"},
            {"id": "even", "title": "A title", "article": "bare", "quote": "Nothing is known", "kind": "primary"}
            | {"bears": "undermines"},
            {"id": "third", "title": _UNBROKEN, "url": _ADDRESS, "archived": _ADDRESS, "accessed": "2024-01-01"},
        ],
        analysis=_ANALYSIS,
        contacted=[{"who": _MARKUP, "date": "2024-01-05", "reply": _MARKUP}, {"who": "ב", "date": "2024-01-06"}],
        exceptions=[{"rule": "S001", "why": _MARKUP}],
        corrections=[
            {"date": "2024-03-01T10:00:00Z", "kind": kind, "text": text}
            for kind, text in (("correction", _MARKUP), ("clarification", _ARABIC), ("update", _UNBROKEN))
        ],
        related=["arabic-claim", "no-sources", "retracted"],
        aliases=["earlier", "earlier-still"],
    )
    site.claim(
        "unbroken-claim",
        f"{_UNBROKEN} is {_UNBROKEN} {_EMOJI}.",
        verdict="ring",
        tags=[_UNBROKEN, _EMOJI, "灯台"],
        story="lamp",
        compare={"what": _UNBROKEN, "claim": _UNBROKEN, "found": "x" * 90},
        quotes=[
            {"article": "unbroken", "text": f"{_UNBROKEN} {_UNBROKEN} went on […] Then {'x' * 400}", "stance": "partly"}
            | {"says": "y" * 90, "translation": "x" * 300, "speaker": [_UNBROKEN, "z" * 90]},
        ],
        by=["ada"],
    )
    quotes = [
        {"article": "endless", "text": f"the keeper climbed stair {number} and rested.", "stance": "asserts"}
        for number in (1, 2, 100, 200)
    ]
    site.claim("no-sources", "The keeper climbed the stairs and rested.", verdict="plain", quotes=quotes, claimant=[])
    site.claim("no-quotes", "Nobody ever wrote about this.", verdict="question", contacted=[])
    tags = [f"Topic {number}" for number in range(1, 201)]
    site.claim("many-tags", "This has two hundred topics.", verdict="half", tags=tags, silent=["bare"])
    site.claim(
        "retired", "This has a verdict that is no longer given.", verdict="old", story="lamp", checked="2020-02-29"
    )
    site.claim(
        "retracted",
        "This check was taken back.",
        verdict="check",
        story="lamp",
        status="retracted",
        quotes=[{"article": "bare", "text": "The lamp went out", "stance": "asserts"}],
        corrections=[{"date": "2024-04-01", "kind": "correction", "text": _MARKUP}],
    )
    site.record("claims/draft", {"claim": "This is a draft.", "status": "draft", "story": "lamp"})
    for number, shape in enumerate(SHAPES, 1):
        site.claim(
            f"shape-{shape}", f"This verdict's sign is a {shape}.", verdict=shape, checked=f"2024-01-{number:02}"
        )


def _stories_and_pages(site: _Site) -> None:
    put_right = [{"date": "2024-03-02", "kind": "clarification", "text": _MARKUP}]
    site.record(
        "stories/lamp",
        {"title": f"المنارة & the lamp <b> {_EMOJI}", "summary": f"{_ARABIC} {_UNBROKEN}", "date": "2024-01-03"}
        | {"introduction": _ANALYSIS.replace("[@odd]", "").replace("[@third]", ""), "corrections": put_right},
    )
    site.record("stories/empty-handed", {"title": "A story without claims", "summary": _MARKUP})
    site.record("stories/nothing", {"title": "A story of nothing", "summary": "Neither articles nor claims."})
    for name, title in (("about", _MARKUP), ("methodology", _UNBROKEN), ("corrections-policy", _ARABIC)):
        front = json.dumps({"title": title, "corrections": put_right}, ensure_ascii=False)
        site.text(
            f"content/pages/{name}.md",
            f"---\n{front}\n---\n\n{_ANALYSIS.replace('[@odd]', '').replace('[@third]', '')}",
        )
    media = site.folder / "content/media/wide.png"
    media.parent.mkdir(parents=True, exist_ok=True)
    media.write_bytes(_picture(2400, 30))


_ANALYSIS = f"""# A heading of the first order

{_MARKUP}

{_UNBROKEN} [@odd] and {_ARABIC} [@third] and `{"c" * 200}`.

#### A heading that skips orders

| {_UNBROKEN} | b | c | d | e | f | g | h | i |
| :-- | --: | :-: | - | - | - | - | - | - |
| a | {_UNBROKEN} | {_MARKUP.replace("|", "")} | {_EMOJI} | {"e" * 80} | f | g | h | i |

1. One [claim](/claims/sixty-quotes/), one [passage](/articles/arabic/)
   - <{_ADDRESS}>
   - deeper
     - still

> {_HEBREW}

```html
<script>alert("{"a line of code that is long " * 8}")</script>
```

![A strip of grey: {_UNBROKEN}](media/wide.png)

---

The end.
"""


def _large_story(site: _Site, size: Size) -> None:
    """A story of many articles and many claims, of which each quotes three."""
    lines: dict[int, list[str]] = {article: [] for article in range(size.articles)}
    for claim in range(size.claims):
        quotes = []
        for turn, stance in enumerate(("asserts", "contradicts", "partly")):
            article = (claim * 7 + turn * 11) % size.articles
            text = f"On deck {claim} the keeper counted {claim * 3 + turn} lamps."
            lines[article].append(text)
            quotes += [
                {"article": f"large-{article:03}", "text": text, "stance": stance, "says": str(claim * 3 + turn)}
            ]
        site.claim(
            f"large-{claim:03}",
            f"On deck {claim} there were {claim * 3} lamps.",
            verdict=SHAPES[claim % len(SHAPES)],
            checked=f"2023-{claim % 12 + 1:02}-{claim % 28 + 1:02}",
            story="large",
            tags=[f"Deck {claim // 10}"],
            compare={"what": "Lamps", "claim": str(claim * 3), "found": str(claim * 3 + claim % 2)},
            quotes=quotes,
        )
    for article, words in lines.items():
        text = "\n\n".join(words or ["It was dark."]) + "\n"
        site.article(f"large-{article:03}", text, publisher=f"Paper {article}", story="large", published="2023-01-01")
    summary = "Many claims in many articles."
    site.record("stories/large", {"title": "The great counting of lamps", "summary": summary})


def _picture(width: int, height: int) -> bytes:
    """A grey PNG."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\0" + b"\x80" * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


if __name__ == "__main__":
    write(Path(sys.argv[1]), *sys.argv[2:3])
