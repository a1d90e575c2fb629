"""Encodings: a saved page's bytes as text, by what it says of itself and by what it is."""

from __future__ import annotations

import codecs
import re

from msgspec import Struct

_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_XML = re.compile(rb"^<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([A-Za-z0-9_.:-]{2,40})[\"']")
_LOOKED_AT = 8192  # bytes; the HTML standard asks for the first 1024, and pages saved by browsers begin with more

# Names that browsers take for another encoding (encoding.spec.whatwg.org, "Names and labels").
_TAKEN_FOR = {"ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030"}
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


class Decoded(Struct, frozen=True):
    """A page's text, the encoding that it was read in, and what an editor should know of that."""

    text: str
    encoding: str
    doubt: str = ""


def decoded(data: bytes, given: str = "", declares: bool = True) -> Decoded:
    """The text of `data`: in the encoding `given`, else by its byte order mark, its own word and its bytes.

    `declares` says whether it is HTML, which can name its encoding. Raises LookupError for an encoding that is none.
    """
    if given:
        encoding = _known(given)
        if not encoding:
            raise LookupError(given)
        text = data.decode(encoding, "replace")
        return Decoded(_without_mark(text), encoding, _lost(text, encoding))
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(encoding, "replace")
            return Decoded(text, encoding, _lost(text, encoding))
    said = _declared(data) if declares else ""
    in_utf8 = _strictly(data, "utf-8")
    if in_utf8 is not None:
        # By chance no text of another encoding is UTF-8; browsers save pages in it and leave the old name standing.
        other = said and said != "utf-8" and not data.isascii()
        doubt = f"the page says that it is in {said}, and it is in utf-8: it was read as that" if other else ""
        return Decoded(in_utf8, "utf-8", doubt)
    if said and said != "utf-8":
        text = data.decode(said, "replace")
        return Decoded(text, said, _lost(text, said))
    guess = _guessed(data)
    text = data.decode(guess, "replace")
    why = "the page says that it is in utf-8, and it is not" if said else "the file does not say what encoding it is in"
    return Decoded(text, guess, f"{why}: it was read as {guess}, which is a guess; if letters are wrong, --encoding")


def _declared(data: bytes) -> str:
    match = _XML.search(data) or _DECLARED.search(data[:_LOOKED_AT])
    if match is None:
        return ""
    name = _known(match.group(1).decode("ascii"))
    return "utf-8" if name.startswith("utf-16") else name  # the meta element could not have been read in it


def _known(name: str) -> str:
    """Python's name of an encoding of text, or an empty string."""
    try:
        found = codecs.lookup(name)
    except LookupError:
        return ""
    if not getattr(found, "_is_text_encoding", True) or found.name in ("idna", "punycode", "undefined", "utf-7"):
        return ""
    return _TAKEN_FOR.get(found.name, found.name)


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _guessed(data: bytes) -> str:
    try:
        from charset_normalizer import from_bytes
    except ImportError:  # plain text is imported without the extractor, which brings it
        return "cp1252"
    best = from_bytes(data[:200_000]).best()
    return best.encoding.replace("_", "-") if best is not None else "cp1252"


def _without_mark(text: str) -> str:
    return text.removeprefix("\ufeff")


def _lost(text: str, encoding: str) -> str:
    count = text.count("\ufffd")
    if not count:
        return ""
    times = "one character is" if count == 1 else f"{count:,} characters are"
    return f"{times} not {encoding} and stand as �: save the page again, or name its true encoding with --encoding"
