"""Articles' texts: what the original's reader saw, in order, as paragraphs.

In HTML, looks can hold what letters do not: `20<sup>1</sup>` is not 201. Such text keeps its look in characters, which
equal no plain ones in a proof and are shown as they are:

- raised and lowered digits in Unicode's own forms: `10⁶`, `space¹`; where there are none, or there are many, the text
  stands as it is, with a caret (`‸`) where it touches a word or a number. Raised letters (`17th`) and a digit lowered
  after a letter (`CO2`) are read as they are typed;
- struck text is struck out, letter by letter: `1̶0̶`;
- inserted text stands as it is, with a caret where it touches a word or a number: `1‸0`. From what it replaces, a space
  parts it: `1̶0̶ 12 people`.
"""

from __future__ import annotations

import re
import unicodedata
import warnings
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Any, NamedTuple

from msgspec import Struct

from generator.problems import Problem
from generator.read.styles import Sheets, Style, TooManyError, hides

# Elements whose content is no text of the article: not seen, not prose, or the site's navigation.
_UNSEEN = frozenset(
    "head title script style template noscript nav menu iframe object embed applet canvas svg math audio video "
    "picture map select datalist textarea input button progress meter dialog frameset noframes".split()
)
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main ol optgroup option p pre search section "
    "summary table tbody td tfoot th thead tr ul".split()
)
_RAISED = str.maketrans(
    "0123456789+-−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVW",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ",
)
_LOWERED = str.maketrans("0123456789+-−=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")
_LONGEST_RAISED = 4  # characters: more of them in small forms can't be read
_POINTS = frozenset(".,:/'’·٫٬")
_UNITS = frozenset("%‰‱٪°")
_STRIKE = "\u0336"
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
_WHITE = re.compile("[ \t\n\r\x85]+")  # what HTML makes one space; all others are the article's own
_BLANK_LINES = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
_DEEPEST = 200  # libxml2 gives up at 256 and would lose the rest


class Text(Struct, frozen=True):
    """An article's text: paragraphs in order. Offsets everywhere count characters of `whole`."""

    paragraphs: tuple[str, ...]

    @property
    def whole(self) -> str:
        return BREAK.join(self.paragraphs)


BREAK = "\n\n"

INSERTION = "\u2038"
"""A caret, where HTML sets text apart from a word or a number that it touches."""


class _Look(NamedTuple):
    """How a reader sees text in an element."""

    forms: dict[int, int] | None = None
    """Where it is raised or lowered: the forms for it."""
    struck: bool = False
    apart: Any = None
    """The element that sets it apart from the text beside it."""


def read_text(path: str, decoded: str) -> Text | Problem:
    """The text of the file at `path`, by its ending: .txt, .md or .html."""
    if path.endswith(".txt"):
        return Text(tuple(_plain(decoded)))
    html = _from_markdown(decoded) if path.endswith(".md") else decoded
    return _from_html(path, html)


def _plain(decoded: str) -> Iterator[str]:
    """Paragraphs end at a blank line; in a text without any, at each line's end."""
    body = decoded.strip()
    pieces = _BLANK_LINES.split(body) if _BLANK_LINES.search(body) else body.split("\n")
    return (piece.strip() for piece in pieces if piece.strip())


def _from_markdown(decoded: str) -> str:
    from markdown_it import MarkdownIt

    return str(MarkdownIt("commonmark").enable("table").render(decoded))


def _from_html(path: str, html: str) -> Text | Problem:
    from bs4 import BeautifulSoup

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what looks like an address, a file's name or XML
        soup = BeautifulSoup(_CONTROLS.sub("", html), "lxml")
    try:
        return _seen_of(path, soup)
    except TooManyError:
        message = "this page's styles are too many to tell what its readers saw"
        return Problem(path, 1, 1, "Y008", message, "save the article's text as .txt")


def _seen_of(path: str, soup: Any) -> Text | Problem:
    """The text of a page that its readers saw. Raises TooManyError as its sheets do."""
    sheets = Sheets(soup)
    paragraphs = [_Paragraph()]
    # Depth first without recursion: an iterator a level.
    levels: list[tuple[Any, Iterator[Any], _Look]] = [(soup, iter(soup.contents), _Look())]
    while levels:
        element, children, look = levels[-1]
        child = next(children, None)
        if child is None:
            levels.pop()
            if element.name in _BLOCKS:
                paragraphs.append(_Paragraph())
        elif type(child).__name__ == "NavigableString":
            paragraphs[-1].add(_WHITE.sub(" ", str(child)), look)
        elif child.name is not None and not _unseen(child):
            style = sheets.style(child, [level[0] for level in levels[1:]])
            if hides(style):
                continue
            if len(levels) > _DEEPEST:
                return Problem(
                    path,
                    1,
                    1,
                    "Y008",
                    f"elements stand over {_DEEPEST} deep in this page",
                    "save the article's text as .txt",
                )
            if child.name in _BLOCKS:
                paragraphs.append(_Paragraph())
            if child.name in ("br", "wbr"):
                paragraphs[-1].add("\n" if child.name == "br" else "\u200b", look)
            levels.append((child, iter(child.contents), _look(child, style, look)))
    texts = (paragraph.text() for paragraph in paragraphs)
    return Text(tuple(text for text in texts if text))


class _Paragraph:
    """A paragraph of HTML, added to piece by piece."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0
        self.last = " "  # the last character that can be seen
        self.look = _Look()
        self.replaceable = False  # whether the last text is struck, and no part of a word or number before it
        self.edges: list[tuple[int, str]] = []  # where text is set apart, each with what sets it apart if it must be

    def add(self, text: str, look: _Look) -> None:
        text, look = _drawn(text, look, self.last)
        last = next(filter(_is_seen, reversed(text)), "")
        if last:
            if look.apart is not self.look.apart:
                self.edges.append((self.length, " " if self.replaceable and not look.struck else INSERTION))
            self.replaceable = look.struck and (self.replaceable if self.look.struck else self.last.isspace())
            self.last, self.look = last, look
        self.pieces.append(text)
        self.length += len(text)

    def text(self) -> str:
        whole = "".join(self.pieces)
        pieces = []
        done = 0
        for at, mark in self.edges:
            if _touch(whole, at):
                pieces += [whole[done:at], mark]
                done = at
        joined = "".join([*pieces, whole[done:]])
        return re.sub(r" *\n[ \n]*", "\n", re.sub(r" {2,}", " ", joined)).strip()


def _look(element: Any, style: Style, around: _Look) -> _Look:
    """The look of the text in `element`, whose style is `style`, in text that looks like `around`."""
    aligned = style.get("vertical-align", "")
    struck = "line-through" in style.get("text-decoration", "") + style.get("text-decoration-line", "")
    if element.name == "sup" or aligned == "super":  # also where a sheet lifts it in another way
        around = around._replace(forms=_RAISED, apart=element)
    elif element.name == "sub" or aligned == "sub":
        around = around._replace(forms=_LOWERED, apart=element)
    elif element.name == "ins":
        around = around._replace(apart=element)
    if element.name in ("del", "s", "strike") or struck:
        around = around._replace(struck=True)
    return around


def _drawn(text: str, look: _Look, last: str) -> tuple[str, _Look]:
    """`text`, which follows the character `last`, with its look in characters; and what of its look is not in them."""
    if look.forms and (text.isalpha() or (look.forms is _LOWERED and last.isalpha())):
        look = look._replace(forms=None, apart=None)
    if look.forms and len(text) <= _LONGEST_RAISED and all(ord(c) in look.forms for c in text if not c.isspace()):
        text, look = text.translate(look.forms), look._replace(apart=None)
    if look.struck:
        text = "".join(c if c.isspace() or unicodedata.combining(c) else c + _STRIKE for c in text)
    return text, look


def _is_seen(character: str) -> bool:
    return character.isprintable() or character.isspace() or unicodedata.category(character) not in ("Cc", "Cf")


def _touch(text: str, at: int) -> bool:
    """Whether what stands on the two sides of `at` could be read as parts of one word or number."""
    left, before = _two(text[index] for index in range(at - 1, -1, -1))
    right, after = _two(text[index] for index in range(at, len(text)))
    if _is_word(left) and _is_word(right):
        return True
    if right.isnumeric() or (_is_in_numbers(right) and after.isnumeric()):
        return left.isnumeric() or (_is_in_numbers(left) and (before.isnumeric() or not left.isspace()))
    return left.isnumeric() and (right in _UNITS or unicodedata.category(right) == "Sc")


def _two(characters: Iterable[str]) -> tuple[str, str]:
    """The first two of `characters` that can be seen, or spaces for them."""
    first, second = islice(chain(filter(_is_seen, characters), "  "), 2)
    return first, second


def _is_word(character: str) -> bool:
    return unicodedata.category(character)[0] in "LMN"


def _is_in_numbers(character: str) -> bool:
    """Whether a number can have `character` in it or at its ends: a dash, sign, currency, point, unit or own space."""
    kind = unicodedata.category(character)
    plain = unicodedata.normalize("NFKC", character)
    return kind in ("Pd", "Sm", "Sc") or (kind == "Zs" and character != " ") or plain in _POINTS or plain in _UNITS


def _unseen(element: Any) -> bool:
    attributes = element.attrs
    return (
        element.name in _UNSEEN
        or "hidden" in attributes
        or str(attributes.get("role", "")).lower() in ("navigation", "menu", "menubar")
    )
