"""Fonts: which one has a character, and the outlines of words, shaped as their script asks.

A process reads each font once. Sizes do not matter here: lengths are thousandths of the size of the type.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Any

import uharfbuzz as hb
from msgspec import Struct

EM = 1000
_FOLDER = Path(__file__).parent / "fonts"


class Glyph(Struct, frozen=True):
    """An outline's number in its font, and where it stands."""

    number: int
    x: int
    y: int


class Shaped(Struct, frozen=True):
    """Letters that follow each other in one direction, as their font draws them, from left to right."""

    face: Face
    glyphs: tuple[Glyph, ...]
    width: int


class Face:
    """A font. `leading` is the height that its lines need, `size` that of letters that look as large as the others'."""

    def __init__(self, name: str, leading: int, size: int = EM) -> None:
        self.name = name
        self.leading = leading
        face = hb.Face(hb.Blob.from_file_path(str(_FOLDER / f"{name}.ttf")))
        self.font: Any = hb.Font(face)
        self.font.scale = (size, size)
        self.characters = frozenset(map(chr, face.unicodes))


class Family(Struct, frozen=True):
    """Fonts of which each stands in where those before it lack a character."""

    faces: tuple[Face, ...]

    def face_of(self, character: str, before: Face | None) -> Face | None:
        """The font for a character; one that is no letter keeps to the font before it, if that has it."""
        if before is not None and not character.isalpha() and character in before.characters:
            return before
        return next((face for face in self.faces if character in face.characters), None)


@lru_cache(maxsize=1)
def families() -> tuple[Family, Family]:
    """The fonts for claims and names, and those for labels."""
    arabic, hebrew = Face("NotoNaskhArabic-Bold", 1600, size=1150), Face("NotoSerifHebrew-Bold", 1280)
    return (
        Family((Face("NotoSerif-Bold", 1240), arabic, hebrew)),
        Family((Face("NotoSans-Bold", 1240), arabic, hebrew)),
    )


def drawable(text: str, family: Family) -> str:
    """`text` on one line as it can be drawn: `[…]` stands where no font has the characters.

    Marks and signs that are not seen themselves are left out alone. Empty where most of its letters would lack.
    """
    found: list[str] = []
    lacking = 0
    for character in unicodedata.normalize("NFC", text):
        if character in _KEPT:
            found.append(_KEPT[character])
        elif character.isspace():
            found.append(" ")
        elif family.face_of(character, None) is not None:
            found.append(character)
        elif unicodedata.category(character) not in _UNSEEN:
            lacking += character.isalpha()
            if found[-1:] != [_LEFT_OUT]:
                found.append(_LEFT_OUT)
    if lacking > sum(map(str.isalpha, found)):
        return ""
    return re.sub(" +", " ", "".join(found).replace(_LEFT_OUT, " […] ")).strip(" ")


_LEFT_OUT = "\0"
_KEPT = {**{sign: sign for sign in "\u00a0\u200c\u200d\u200e\u200f\u061c"}, "\u202f": "\u00a0"}
"""Spaces at which no line ends; joiners and marks of direction, on which the looks of words depend."""
_UNSEEN = frozenset(["Cc", "Cf", "Cs", "Mn", "Me", "Sk"])


@lru_cache(maxsize=20_000)
def shaped(text: str, face: Face, backwards: bool, language: str) -> Shaped:
    """`text`, which `face` has, set in one direction."""
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.direction = "rtl" if backwards else "ltr"
    buffer.language = language or "und"  # without one, it would be that of the machine
    buffer.guess_segment_properties()
    hb.shape(face.font, buffer)
    glyphs = []
    x = y = 0
    for info, position in zip(buffer.glyph_infos or (), buffer.glyph_positions or (), strict=True):
        glyphs.append(Glyph(info.codepoint, x + position.x_offset, y + position.y_offset))
        x += position.x_advance
        y += position.y_advance
    return Shaped(face, tuple(glyphs), x)
