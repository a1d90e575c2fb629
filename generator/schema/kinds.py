"""Kinds of text as patterns: the rules of `generator.read.kinds`, as far as a regular expression can tell them.

The patterns are for ECMAScript, which JSON Schema asks for, and are never stricter than the program is.
"""

from __future__ import annotations

from generator.records import Kind

ID = "[a-z0-9-]{1,100}"

_LEAP = "(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)"
_DAY = (
    "(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
    "|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
    "|02-(?:0[1-9]|1[0-9]|2[0-8]))"
)
_CLOCK = "(?:[01][0-9]|2[0-3]):[0-5][0-9]"
_TIME = f"[T ]{_CLOCK}(?::[0-5][0-9])?(?:Z|[+-](?:[01][0-9]|2[0-3]):?[0-5][0-9])"
_DATE = f"(?!0000)(?:[0-9]{{4}}(?:-(?:0[1-9]|1[0-2]))?|(?:[0-9]{{4}}-{_DAY}|{_LEAP}-02-29)(?:{_TIME})?)"

_NO_MAIL = r"""\s@/?#&%:;,<>"'`\\{}|^()\[\]"""
_BARRED = r'\s\\<>"`{}|^'
_HOST = rf"(?:\[[0-9A-Fa-f:.]+\]|[^{_BARRED}/?#@:\[\]]+)(?::[0-9]*)?"
_WEB = rf"[Hh][Tt][Tt][Pp][Ss]?://{_HOST}"
_MAIL = rf"[Mm][Aa][Ii][Ll][Tt][Oo]:[^{_BARRED}@/?#]+@[^{_BARRED}@/?#]+(?:[?#][^{_BARRED}]*)?"

_PATTERNS = {
    Kind.ID: ID,
    Kind.DATE: _DATE,
    Kind.ADDRESS: rf"(?:{_WEB}(?:[/?#][^{_BARRED}]*)?|{_MAIL})",
    Kind.SITE_ADDRESS: rf"{_WEB}(?:/[^{_BARRED}?#]*)?[?#]{{0,2}}",
    Kind.LANGUAGE: "[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*",
    Kind.PATH: r"seeds/(?:[^./\\][^/\\]*/)*[^./\\][^/\\]*\.(?:txt|md|html)",
    Kind.MAIL: rf"[^{_NO_MAIL}]+@[^{_NO_MAIL}]+",
    Kind.SHA256: "[0-9a-f]{64}",
    Kind.COLOUR: "#(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{3})",
}


def pattern(kind: object) -> str:
    """The pattern of a text of this kind. White space round a value is none of it, as in the program."""
    inner = _PATTERNS.get(kind) if isinstance(kind, Kind) else None
    return rf"^\s*(?:{inner})\s*$" if inner else r"\S"
