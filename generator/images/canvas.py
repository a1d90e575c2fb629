"""A canvas: an image of numbered colours, where every number is a step from a ground to what stands on it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from enum import IntEnum

import uharfbuzz as hb
from PIL import Image

from generator.images.colours import Colour, mixed
from generator.images.fonts import EM
from generator.images.setting import Block

STEPS = 8


class Ramp(IntEnum):
    """What stands on what."""

    INK_ON_PAPER = 0
    BLUE_ON_PAPER = 1
    PLUM_ON_PAPER = 2
    EDGE_ON_PAPER = 3
    INK_ON_SHEET = 4
    QUIET_ON_SHEET = 5
    EDGE_ON_SHEET = 6
    SHEET_ON_TOLD = 7

    @property
    def ground(self) -> int:
        return self * STEPS

    @property
    def full(self) -> int:
        return self * STEPS + STEPS - 1


_NUMBERS = {ramp: [ramp.ground + (value * (STEPS - 1) + 127) // 255 for value in range(256)] for ramp in Ramp}
"""The colours of a mask's 256 values."""
_SEEN = [value and 255 for value in range(256)]


class Canvas:
    def __init__(self, image: Image.Image) -> None:
        self.image = image

    def copy(self) -> Canvas:
        return Canvas(self.image.copy())

    def fill(self, left: int, top: int, width: int, height: int, colour: int) -> None:
        self.image.paste(colour, (left, top, left + width, top + height))

    def put(self, mask: Image.Image, left: int, top: int, ramp: Ramp) -> None:
        """What a mask shows, on the ramp's ground."""
        seen = mask.point(_SEEN)
        self.image.paste(mask.point(_NUMBERS[ramp]), (left, top), seen)

    def write(self, block: Block, left: int, top: int, width: int, ramp: Ramp) -> None:
        """A text in a column `width` pixels wide, at the side at which it begins."""
        size = block.size
        spare = size // 2  # marks may stand out of their lines
        height = block.height + 2 * spare
        draw = hb.RasterDraw()
        draw.extents = hb.RasterExtents(0, 0, width, height)
        scale = size / EM
        for number, line in enumerate(block.lines):
            foot = spare + number * block.line_height + _foot(block)
            begin = width - line.width * scale if block.backwards else 0.0
            for x, shape in line.shapes:
                for glyph in shape.glyphs:
                    at = begin + (x + glyph.x) * scale
                    draw.transform = (scale, 0, 0, -scale, at, foot - glyph.y * scale)
                    draw.draw_glyph(shape.face.font, glyph.number)
        self.put(_mask(draw.render(), width, height), left, top - spare, ramp)

    def png(self, ramps: Sequence[tuple[Colour, Colour]]) -> bytes:
        """The image with the colours of each ramp: its ground and what stands on it."""
        colours = [mixed(ground, ink, step, STEPS - 1) for ground, ink in ramps for step in range(STEPS)]
        image = Image.frombytes("P", self.image.size, self.image.tobytes())
        image.putpalette([part for colour in colours for part in colour])
        file = io.BytesIO()
        image.save(file, "PNG", compress_level=4)  # higher ones take twice as long for a tenth less
        return file.getvalue()


def _foot(block: Block) -> int:
    """How far down its line a letter's foot stands."""
    return block.size * (EM * 3 // 4 + (block.leading - EM) // 2) // EM


def _mask(drawn: hb.RasterImage | None, width: int, height: int) -> Image.Image:
    if drawn is None:
        return Image.new("L", (width, height), 0)
    return Image.frombytes("L", (width, height), bytes(drawn.buffer), "raw", "L", drawn.extents.stride)
