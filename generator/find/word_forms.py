"""Words: how a text is taken apart for searching, in any language."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")
# Scripts that write no spaces between words: each of their characters is a word. East Asian ideographs and kana, Thai,
# Lao, Khmer, Burmese.
_ALONE = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "ı": "i", "ـ": ""})


def word_forms(text: str) -> list[str]:
    """The words of `text` without case and diacritics: `Zürich’s` is `zurich` and `s`."""
    if text.isascii():
        return _WORD.findall(text.lower())
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    bare = "".join(character for character in plain if unicodedata.category(character) not in ("Mn", "Cf"))
    return _WORD.findall(_ALONE.sub(r" \g<0> ", bare))
