"""Colours: the palette of an image, in which every text can be read."""

from __future__ import annotations

import re
from functools import lru_cache

Colour = tuple[int, int, int]

PAPER: Colour = (251, 251, 249)
SHEET: Colour = (255, 255, 255)
INK: Colour = (25, 28, 34)
QUIET: Colour = (86, 92, 104)
BLUE: Colour = (29, 79, 140)
PLUM: Colour = (140, 42, 104)
_UNTOLD: Colour = (91, 100, 114)
_LIGHTEST = 0.1
"""The luminance from which on a colour is darkened: on it, and of it on white, contrast is 7 to 1."""


@lru_cache(maxsize=256)
def told(colour: str) -> Colour:
    """A verdict's colour, which its editor chose, as dark as it must be; a grey where there is none."""
    typed = re.fullmatch(r"#([0-9a-f]{3}|[0-9a-f]{6})", colour.lower())
    if not typed:
        return _UNTOLD
    digits = typed.group(1)
    step = len(digits) // 3
    parts = [digits[at : at + step] * (3 - step) for at in range(0, len(digits), step)]
    light = [_light(int(part, 16)) for part in parts]
    found = sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), light, strict=True))
    scale = min(1.0, _LIGHTEST / found) if found else 1.0
    red, green, blue = (_byte(part * scale) for part in light)
    return red, green, blue


def contrast(one: Colour, other: Colour) -> float:
    """The contrast of two colours, as WCAG 2.2 defines it."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: Colour) -> float:
    """How light a colour is, from 0 to 1, as WCAG 2.2 defines it."""
    return sum(share * _light(part) for share, part in zip((0.2126, 0.7152, 0.0722), colour, strict=True))


def mixed(one: Colour, other: Colour, part: int, of: int) -> Colour:
    """`part` of `of` parts of `other`, the rest of `one`."""
    red, green, blue = ((a * (of - part) + b * part + of // 2) // of for a, b in zip(one, other, strict=True))
    return red, green, blue


def _light(byte: int) -> float:
    part = byte / 255
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def _byte(light: float) -> int:
    return round(255 * (light * 12.92 if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055))
