"""/claims.csv: a row a claim, for spreadsheets (RFC 4180, UTF-8, every cell between quotation marks).

A spreadsheet runs a cell that begins with one of `= + - @`, in the full-width and small forms too, even behind white
space. Where semicolons part cells, as in much of Europe, it may see such a beginning behind a semicolon or a line's end
inside a cell. So that a cell stays text, an apostrophe stands before such a beginning, and before an apostrophe there.
To have the text back, take one apostrophe from the cell's beginning and from behind each `;`, tab and line end.
Cells of JSON need none: there such a character is written as JSON's own escape.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from generator.data.claim_data import ClaimData
from generator.link.fold import PASSED_OVER
from generator.plan.values import ArticleStance

COLUMNS = (
    "id",
    "address",
    "status",
    "title",
    "claim",
    "language",
    "verdict",
    "verdict_label",
    "verdict_value",
    "summary",
    "checked",
    "changed",
    "made",
    "story",
    "story_title",
    "compare_what",
    "compare_claim",
    "compare_found",
    "asserts",
    "contradicts",
    "contradicts_itself",
    "partly",
    "mentions",
    "silent",
    "tags",
    "claimants",
    "parts",
    "articles",
    "sources",
    "corrections",
    "by",
    "edited",
    "aliases",
)
_RUN = "=+\\-@＝＋－＠﹦﹢﹣﹫−"
_UNSEEN = rf'[\s"{PASSED_OVER}]*'
_BEGINNING = re.compile(rf"(\A|[;\t\r\n])(?={_UNSEEN}['{_RUN}])")
_FIRST = re.compile(rf"{_UNSEEN}['{_RUN}]")
_IN_JSON = re.compile(rf"(;{_UNSEEN})([{_RUN}])")
_STANCES: tuple[ArticleStance, ...] = ("asserts", "contradicts", "contradicts itself", "partly", "mentions")


def claims_csv(rows: Iterable[str]) -> bytes:
    """The file: `rows` are what `claim_row` made of each claim, by id."""
    return (_row(map(_cell, COLUMNS)) + "".join(rows)).encode()


def claim_row(claim: ClaimData) -> str:
    """A claim's row with its line end."""
    story, compare = claim.story, claim.compare
    stances = [article.stance for article in claim.articles]
    texts = (
        claim.id,
        claim.address,
        claim.status,
        claim.title,
        claim.claim,
        claim.language,
        claim.verdict.id,
        claim.verdict.label,
        "" if claim.verdict.value is None else str(claim.verdict.value),
        claim.summary,
        claim.checked,
        claim.changed,
        claim.made or "",
        story.id if story else "",
        story.title if story else "",
        compare.what if compare else "",
        compare.claim if compare else "",
        compare.found if compare else "",
        *(str(stances.count(stance)) for stance in _STANCES),
        str(len(claim.silent)),
    )
    lists = (
        claim.tags,
        claim.claimants,
        claim.parts,
        claim.articles,
        claim.sources,
        claim.corrections,
        claim.by,
        claim.edited,
        claim.aliases,
    )
    return _row([*map(_cell, texts), *map(_json_cell, lists)])


def _row(cells: Iterable[str]) -> str:
    return ",".join(cells) + "\r\n"


def _cell(text: str) -> str:
    if ";" in text or not text.isprintable() or _FIRST.match(text):  # line ends and tabs are not printable
        text = _BEGINNING.sub(r"\1'", text)
    return _quoted(text)


def _json_cell(values: object) -> str:
    text = msgspec.json.encode(values).decode()
    if ";" in text:
        text = _IN_JSON.sub(lambda match: f"{match[1]}\\u{ord(match[2]):04x}", text)
    return _quoted(text)


def _quoted(text: str) -> str:
    return f'"{text.replace(_MARK, _MARK * 2)}"'


_MARK = '"'
