"""Edges: where a quote may begin and end, which is nowhere inside a word, a number or a sign (DESIGN, "Proof").

Every numeric character counts as a digit (`½`, `٣`, `５`). What belongs to a number beside it: a sign, a currency, a
unit. A dash is no sign after a word or another dash, nor where white space parts it from the number; but `−` always is
one, and `- €5` is taken for minus five. `—` and `―` never are, and `–` only where no white space follows.
"""

from __future__ import annotations

import string
import unicodedata

from generator.link.fold import Folded, is_word, plain
from generator.read.texts import INSERTION

_JOINERS = frozenset("-'.,:/_@")
_NUMBER_JOINERS = frozenset("-'.,:/⁄∕∶·٫٬")  # between digits alone, and so are the joiners' fullwidth and small forms
_NUMBER_SPACES = frozenset("\u00a0\u2005\u2006\u2007\u2008\u2009\u200a\u202f")
_LONG_DASHES = frozenset("—―")  # between words punctuation, between digits a range
_SIGNS = frozenset("-+±∓.٫")  # a point that no digit stands before begins a number too
_ALWAYS_SIGNS = frozenset("−±∓")
_UNITS = frozenset("%‰‱°٪؉؊")
_LONGEST_PREFIX = 5  # characters of a number before its first digit: "-€ ."

_ZERO_WIDTH_JOINER = "\u200d"
_MODIFIERS = frozenset(map(chr, range(0x1F3FB, 0x1F400)))  # an emoji's colours of skin
_TAGS = frozenset(map(chr, range(0xE0020, 0xE0080)))  # of which Wales's flag is made
_FLAG_LETTERS = frozenset(map(chr, range(0x1F1E6, 0x1F200)))  # a flag is two

_LETTERS = frozenset(string.ascii_letters)
_PUNCTUATION = frozenset(string.punctuation + " ")
_BEFORE_SPACE = _LETTERS | _PUNCTUATION - frozenset(" -+$")  # what neither ends a number nor is a sign of one
_AFTER_SPACE = _LETTERS | _PUNCTUATION - frozenset(" -+.$%")  # what neither begins a number nor is a unit of one


def cuts(folded: Folded, at: int) -> bool:
    """Whether a boundary at the folded offset `at` falls inside a word or a number."""
    return 0 < at < len(folded.text) and not _is_clear(folded.text, at) and _cuts(folded, at)


def _is_clear(text: str, at: int) -> bool:
    """Whether the boundary at `at` is one of the usual kind, of which the thorough rule too says that it cuts nothing.

    It lies between printable ASCII characters, at a word's end, and no digit, sign, currency or unit is near.
    """
    left, right = text[at - 1], text[at]
    if left == " ":
        return right in _AFTER_SPACE
    if right == " ":
        return left in _BEFORE_SPACE
    # Punctuation beside a letter can join it to what stands on the other side: nothing, if that is no word or number.
    if right in _LETTERS:
        return left in _PUNCTUATION and (at == 1 or text[at - 2] in _PUNCTUATION)
    return left in _LETTERS and right in _PUNCTUATION and (at + 1 == len(text) or text[at + 1] in _PUNCTUATION)


def _cuts(folded: Folded, at: int) -> bool:
    """The thorough rule, for a boundary between two characters."""
    text = folded.text
    left, right = text[at - 1], text[at]
    return (
        (is_word(left) and is_word(right) and unicodedata.category(_before(text, at)) != "So")  # as in “❤️five”
        or _parts_sign(folded, at)
        or INSERTION in (left, right)
        or _joins(folded, at)
        or _joins(folded, at - 1)
        or (_begins_number(folded, at) and _belongs(folded, at - 1))
        or _parts_from_unit(folded, at)
    )


def _parts_sign(folded: Folded, at: int) -> bool:
    """Whether what readers see as one sign is parted: a sign and its marks (`≠` is `=` with a stroke), an emoji.

    The rules of Unicode's grapheme clusters (UAX #29, GB9 to GB13), as far as `is_word` does not have them.
    """
    text = folded.text
    left, right = text[at - 1], text[at]
    if left.isspace() or right.isspace() or right.isascii():
        return False
    if _is_mark(right) or right in _MODIFIERS or right in _TAGS:
        return True
    if _ZERO_WIDTH_JOINER in folded.original[folded.end(at) : folded.start(at)]:
        return True
    before = at
    while before > 0 and text[before - 1] in _FLAG_LETTERS:
        before -= 1
    return right in _FLAG_LETTERS and (at - before) % 2 == 1


def _joins(folded: Folded, at: int) -> bool:
    """Whether the character at `at` holds a word or a number together."""
    text = folded.text
    if not 0 < at < len(text) - 1 or text[at].isalnum():
        return False
    left, right = _before(text, at), _after(text, at)
    digits = left.isnumeric() and right.isnumeric()
    if text[at] == " ":
        return digits and not _NUMBER_SPACES.isdisjoint(folded.original[folded.start(at) : folded.start(at + 1)])
    if is_word(left) and is_word(right):
        if text[at] in _JOINERS and _form(folded, at) not in _LONG_DASHES:
            return not (text[at] in ".,:" and left.isalpha() and _is_raised(right))  # a note: “… the end.¹”
        return digits and plain(text[at]) in _NUMBER_JOINERS
    # A range with its units: “5%-10%”, “$5–$10”.
    amount = right.isnumeric() or _is_currency(right)
    return plain(text[at]) == "-" and amount and _ends_number(text, at) and _begins_number(folded, at + 1)


def _begins_number(folded: Folded, at: int) -> bool:
    """Whether a number begins at `at`, with or without signs and a currency."""
    text = folded.text
    for here in range(at, min(at + _LONGEST_PREFIX, len(text))):
        if text[here].isnumeric():
            return True
        if not (
            (text[here] == " " and here > 0 and _reaches_over(folded, here))
            or text[here] == INSERTION
            or _is_currency(text[here])
            or plain(text[here]) in _SIGNS
        ):
            return False
    return False


def _ends_number(text: str, at: int) -> bool:
    """Whether a number ends before `at`, with or without a unit or a currency."""
    if _is_unit(text[at - 1]) or _is_currency(text[at - 1]):
        at -= 1
    return _before(text, at).isnumeric()


def _belongs(folded: Folded, at: int) -> bool:
    """Whether what stands at `at` is a sign or a currency of the number that begins after it."""
    text = folded.text
    if text[at] == " ":
        return at > 0 and _reaches_over(folded, at) and _belongs(folded, at - 1)
    form = _form(folded, at)
    if _is_currency(text[at]) or form in _ALWAYS_SIGNS:
        return True
    if plain(form) not in _SIGNS or form in _LONG_DASHES:
        return False
    previous = _before(text, at)
    return not is_word(previous) and plain(previous) != plain(form)


def _reaches_over(folded: Folded, space: int) -> bool:
    """Whether what stands before `space` can belong to a number after it: `€ 5`, `− 5`, `- €5`."""
    text = folded.text
    form = _form(folded, space - 1)
    if _is_currency(text[space - 1]) or form in _ALWAYS_SIGNS:
        return True
    return plain(form) in "-+" and form not in "–—―" and _is_currency(text[space + 1 : space + 2] or " ")


def _parts_from_unit(folded: Folded, at: int) -> bool:
    """Whether the boundary at `at` parts a number from its unit or the currency after it: `5|%`, `5| %`, `5 |€`."""
    text = folded.text
    end = at - (text[at - 1] == " ")
    unit = at + (text[at] == " ")
    if unit == len(text) or not _before(text, end).isnumeric():
        return False
    # “in 2021 $5 million”: there the currency is the next number's.
    return _is_unit(text[unit]) or (_is_currency(text[unit]) and (unit == end or not _begins_number(folded, unit)))


def _before(text: str, at: int) -> str:
    """The character before `at`, without marks on it; a space at the text's start."""
    while at > 0 and (text[at - 1] == INSERTION or _is_mark(text[at - 1])):
        at -= 1
    return text[at - 1] if at > 0 else " "


def _after(text: str, at: int) -> str:
    """The character after the one at `at` and the marks on that; a space at the text's end."""
    at += 1
    while at < len(text) and (text[at] == INSERTION or _is_mark(text[at])):
        at += 1
    return text[at] if at < len(text) else " "


def _form(folded: Folded, at: int) -> str:
    """The article's own character at the folded offset `at`, in its compatibility form: dashes still differ."""
    return unicodedata.normalize("NFKC", folded.original[folded.start(at)])


def _is_mark(character: str) -> bool:
    return not character.isascii() and unicodedata.category(character)[0] == "M"


def _is_currency(character: str) -> bool:
    return unicodedata.category(character) == "Sc"


def _is_unit(character: str) -> bool:
    return plain(character)[0] in _UNITS  # “℃” is “°C”


def _is_raised(character: str) -> bool:
    return unicodedata.decomposition(character).startswith("<super>")
