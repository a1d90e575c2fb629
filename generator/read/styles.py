"""Styles: what a saved page's own sheets and style attributes say of an element, as far as it decides what is seen.

Only `<style>` elements count: no other file is read. Selectors of names, classes, ids and attributes are known, with
their descendants and children; rules with others are passed over. Which rule wins is CSS's own order (css-cascade-4).
What holds only on some screens shows, and hides nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

Style = Mapping[str, str]
"""An element's properties with their values, in small letters."""

_OFFSETS = ("left", "top", "right", "bottom", "inset", "margin", "margin-left", "margin-top", "text-indent")
_LOOKS = ("vertical-align", "text-decoration", "text-decoration-line")
_HIDING = (
    *(
        "display",
        "visibility",
        "content-visibility",
        "position",
        "clip",
        "clip-path",
        "overflow",
        "height",
        "max-height",
    ),
    *("width", "max-width", "font-size", "font", "color", "opacity", "transform"),
)
_KNOWN = frozenset((*_HIDING, *_OFFSETS, *_LOOKS))
_ANIMATED = frozenset(("opacity", "transform"))
"""Sheets say this of what scripts bring in a moment later. In an element's own style it is how the page was saved."""
_NEVER_HIDDEN = frozenset(("html", "body", "main", "article"))
"""By a sheet: pages hide all of themselves until their scripts run."""
MOST_WORK = 1_000_000
"""Selectors that are held against elements in one page."""

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_STRING_OR_ADDRESS = re.compile(r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|url\([^()\"']*\)", re.DOTALL)
_DEEPEST = 20  # blocks in blocks
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))", re.DOTALL)
_PIECE = re.compile(r"[.#]?-?[^\W\d][\w-]*|\*|\[\s*([\w-]+)\s*(?:=\s*(?:\"([^\"\]]*)\"|'([^'\]]*)'|([\w-]+))\s*)?\]")
_ZERO = re.compile(r"[+-]?0*\.?0*(?:px|r?em|%|pt|vh|vw)?")
_FAR = re.compile(r"-\s*(?:\d{3,}(?:\.\d+)?px|\d{2,}(?:\.\d+)?r?em|\d{3,}(?:\.\d+)?(?:%|v[wh]))")
_NO_CLIP_PATH = re.compile(r"inset\(\s*(?:50|[6-9]\d|100)%\s*\)|circle\(\s*0")
_NO_CLIP = re.compile(r"rect\(\s*(?:[01](?:px)?[\s,]*){4}\)")
_LEAST = re.compile(r"[01](?:\.\d+)?(?:px)?|0.*")


class TooManyError(Exception):
    """A page has more rules than can be held against its elements in time."""


class _Compound(NamedTuple):
    """One element's part of a selector. `child`: what stands before it is its parent, not only around it."""

    tag: str
    id: str
    classes: tuple[str, ...]
    attributes: tuple[tuple[str, str | None], ...]
    child: bool


class _Rule(NamedTuple):
    selector: tuple[_Compound, ...]
    weight: tuple[int, int, int]
    order: int
    said: dict[str, tuple[str, bool]]


class Sheets:
    """The style sheets of a page."""

    def __init__(self, soup: Any) -> None:
        self._rules: dict[str, list[_Rule]] = defaultdict(list)
        """By what an element needs to have: `#id`, `.class`, its name or `*`."""
        self._work = 0
        order = 0
        for element in soup.find_all("style"):
            if element.find_parent(("noscript", "template", "svg")) is None:
                on = str(element.attrs.get("media", ""))
                for selector, said in _rules(_plain(element.get_text()), _is_sure(on), _is_seen(on)):
                    order += 1
                    self._add(selector, said, order)

    def _add(self, selector: str, said: dict[str, tuple[str, bool]], order: int) -> None:
        for each in selector.split(","):
            compounds = _compounds(each)
            if compounds:
                last = compounds[-1]
                key = f"#{last.id}" if last.id else f".{last.classes[0]}" if last.classes else last.tag or "*"
                weight = (
                    sum(bool(one.id) for one in compounds),
                    sum(len(one.classes) + len(one.attributes) for one in compounds),
                    sum(bool(one.tag) for one in compounds),
                )
                self._rules[key].append(_Rule(compounds, weight, order, said))

    def style(self, element: Any, around: Sequence[Any]) -> Style:
        """What is said of `element`, which stands in the elements `around`, the outermost first."""
        own = _declarations(_plain(str(element.attrs.get("style", "")))) if "style" in element.attrs else {}
        if not self._rules:
            return {name: value for name, (value, _) in own.items()}
        won: dict[str, tuple[tuple[bool, bool, tuple[int, int, int], int], str]] = {}
        classes = element.attrs.get("class", ())
        classes = classes.split() if isinstance(classes, str) else classes
        keys = [f"#{element.attrs.get('id', '')}", *(f".{name}" for name in dict.fromkeys(classes)), element.name, "*"]
        for key in keys:
            for rule in self._rules.get(key, ()):
                self._work += 1
                if self._work > MOST_WORK:
                    raise TooManyError
                if _matches(rule.selector, element, around):
                    for name, (value, important) in rule.said.items():
                        rank = (important, False, rule.weight, rule.order)
                        if name not in won or won[name][0] < rank:
                            won[name] = (rank, value)
        for name, (value, important) in own.items():
            rank = (important, True, (0, 0, 0), 0)
            if name not in won or won[name][0] < rank:
                won[name] = (rank, value)
        if element.name in _NEVER_HIDDEN:
            return {name: value for name, (rank, value) in won.items() if rank[1]}
        return {name: value for name, (rank, value) in won.items()}


def hidden(soup: Any) -> list[Any]:
    """The elements of a page that are not seen, the outermost of each. Raises TooManyError."""
    sheets = Sheets(soup)
    found = []
    levels: list[tuple[Any, Iterator[Any]]] = [(soup, iter(soup.contents))]
    while levels:
        child = next(levels[-1][1], None)
        if child is None:
            levels.pop()
        elif getattr(child, "name", None) is not None:
            if hides(sheets.style(child, [level[0] for level in levels[1:]])):
                found.append(child)
            else:
                levels.append((child, iter(child.contents)))
    return found


def hides(style: Style) -> bool:
    """Whether an element of this style, with all that is in it, is not seen on a page."""
    get = style.get
    if get("display") == "none" or get("visibility") in ("hidden", "collapse") or get("content-visibility") == "hidden":
        return True
    if _is_zero(get("opacity")) or _is_zero(get("font-size")) or re.match(r"0(?:px)?\s*/|0\s", get("font", "")):
        return True
    if get("color") == "transparent" or re.fullmatch(r"scale\(\s*0\s*\)", get("transform", "")):
        return True
    if _NO_CLIP_PATH.search(get("clip-path", "")) or _FAR.match(get("text-indent", "")):
        return True
    if get("position") in ("absolute", "fixed"):
        away = any(_FAR.match(get(name, "")) for name in _OFFSETS)
        return away or _NO_CLIP.fullmatch(get("clip", "")) is not None or _is_cut(style)
    return _is_cut(style)


def _is_cut(style: Style) -> bool:
    if style.get("overflow") not in ("hidden", "clip"):
        return False
    return any(_LEAST.fullmatch(style.get(name, "x")) for name in ("height", "max-height", "width", "max-width"))


def _is_zero(value: str | None) -> bool:
    return bool(value) and _ZERO.fullmatch(value or "x") is not None


def _plain(text: str) -> str:
    """A sheet without comments; escaped characters are what they stand for."""

    def meant(found: re.Match[str]) -> str:
        code = int(found[1], 16) if found[1] else 0
        return found[2] or (chr(code) if 0x20 < code < 0xD800 else "\ufffd")

    def quoted(found: re.Match[str]) -> str:
        return re.sub(r"[{};]", " ", found[0])

    return _ESCAPE.sub(meant, _STRING_OR_ADDRESS.sub(quoted, _COMMENT.sub("", text)))


def _is_seen(media: str) -> bool:
    """Whether a reader may see what is said for these media."""
    return not re.match(r"\s*(?:only\s+)?(?:print|speech|aural|braille)\b", media.lower())


def _is_sure(media: str) -> bool:
    """Whether every reader of a screen sees it."""
    return media.strip().lower() in ("", "all", "screen", "only screen")


def _rules(text: str, sure: bool, seen: bool, depth: int = 0) -> Iterator[tuple[str, dict[str, tuple[str, bool]]]]:
    """The rules of a sheet in order: each selector list with what it says.

    `seen` and `sure` are whether any reader, and every reader of a screen, sees what is said.
    """
    for head, body in _blocks(text):
        name, _, more = head[1:].partition(" ") if head.startswith("@") else ("", "", "")
        match name.lower():
            case "":
                said = {name: value for name, value in _declarations(_own(body)).items() if name not in _ANIMATED}
                if not sure:  # on some screens it may be hidden, on others it is seen
                    said = {name: value for name, value in said.items() if name == "display" and value[0] != "none"}
                if said and seen:
                    yield head, said
            case "layer" if depth < _DEEPEST:
                yield from _rules(body, sure, seen, depth + 1)
            case "media" if depth < _DEEPEST:
                yield from _rules(body, sure and _is_sure(more), seen and _is_seen(more), depth + 1)
            case "supports" | "container" | "scope" if depth < _DEEPEST:
                yield from _rules(body, False, seen, depth + 1)


def _blocks(text: str) -> Iterator[tuple[str, str]]:
    """The outermost blocks of a sheet, each with what stands before its brace."""
    depth = start = 0
    head = ""
    for found in re.finditer(r"[{};]", text):
        if found[0] == "{":
            if depth == 0:
                head, start = text[start : found.start()].strip(), found.end()
            depth += 1
        elif found[0] == "}":
            depth = max(0, depth - 1)
            if depth == 0:
                yield head, text[start : found.start()]
                start = found.end()
        elif depth == 0:  # the end of an @import
            start = found.end()
    if depth:  # a sheet that breaks off: CSS closes what is open
        yield head, text[start:]


def _own(body: str) -> str:
    """A rule's own declarations, without rules in it."""
    return re.sub(r"[^;{}]*\{[^{}]*\}", "", body) if "{" in body else body


def _declarations(text: str) -> dict[str, tuple[str, bool]]:
    """The known properties of a block, each with its value and whether that is important."""
    said: dict[str, tuple[str, bool]] = {}
    for each in text.split(";"):
        name, colon, value = each.partition(":")
        name = name.strip().lower()
        if not colon or name not in _KNOWN:
            continue
        value, important = re.subn(r"\s*!\s*important\s*$", "", value.strip().lower())
        if name not in said or important or not said[name][1]:
            said[name] = (value, bool(important))
    return said


def _compounds(selector: str) -> tuple[_Compound, ...]:
    """A selector's parts from left to right; none where it has anything that is not known here."""
    words = re.sub(r"\s*>\s*", " >", selector.strip()).split()
    found = []
    for number, word in enumerate(words):
        child = word.startswith(">")
        compound = _compound(word.removeprefix(">"), child)
        if compound is None or (child and number == 0):
            return ()
        found.append(compound)
    return tuple(found) if len(found) <= 8 else ()


def _compound(word: str, child: bool) -> _Compound | None:
    tag = id = ""
    classes: list[str] = []
    attributes: list[tuple[str, str | None]] = []
    at = 0
    while at < len(word):
        piece = _PIECE.match(word, at)
        if piece is None:
            return None
        text = piece[0]
        if text[0] == "#":
            id = text[1:]
        elif text[0] == ".":
            classes.append(text[1:])
        elif text[0] == "[":
            attributes.append((piece[1].lower(), next((part for part in piece.groups()[1:] if part is not None), None)))
        elif at:
            return None
        elif text != "*":
            tag = text.lower()
        at = piece.end()
    return _Compound(tag, id, tuple(classes), tuple(attributes), child) if word else None


def _matches(selector: tuple[_Compound, ...], element: Any, around: Sequence[Any]) -> bool:
    if not _fits(selector[-1], element):
        return False
    places = {len(around)}  # where the part in hand may stand, the element itself being the last
    for number in range(len(selector) - 2, -1, -1):
        part = selector[number]
        before = {at - 1 for at in places if at} if selector[number + 1].child else set(range(max(places)))
        places = {at for at in before if _fits(part, around[at])}
        if not places:
            return False
    return True


def _fits(part: _Compound, element: Any) -> bool:
    attributes = element.attrs
    if part.tag and part.tag != element.name:
        return False
    if part.id and part.id != attributes.get("id"):
        return False
    if part.classes:
        classes = attributes.get("class", ())
        if not set(part.classes) <= set(classes.split() if isinstance(classes, str) else classes):
            return False
    return all(
        name in attributes and (value is None or value == _joined(attributes[name])) for name, value in part.attributes
    )


def _joined(value: Any) -> str:
    return " ".join(value) if isinstance(value, list) else str(value)
