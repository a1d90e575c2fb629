"""A share image: 1200 by 630 pixels, as large as those that show it ask for, and legible at a quarter of that."""

from __future__ import annotations

from functools import lru_cache

from PIL import Image

from generator.images.canvas import Canvas, Ramp
from generator.images.colours import BLUE, INK, PAPER, PLUM, QUIET, SHEET, mixed, told
from generator.images.fonts import families
from generator.images.setting import Block, Box, set_type
from generator.images.shapes import QUESTION, RETRACTED, drawn, is_drawn, ring
from generator.images.values import ShareImage

WIDTH, HEIGHT = 1200, 630
_CARD_LEFT, _CARD_TOP, _CARD_WIDTH, _CARD_HEIGHT = 44, 34, 1098, 500
_SHIFT, _LINE = 14, 3
_LEFT, _RIGHT = _CARD_LEFT + 46, _CARD_LEFT + _CARD_WIDTH - 46
_BADGE_TOP, _BADGE_HEIGHT, _BADGE_PAD, _ICON = _CARD_TOP + 38, 88, 26, 50
_CLAIM_TOP, _BASIS_FOOT = _BADGE_TOP + _BADGE_HEIGHT + 22, _CARD_TOP + _CARD_HEIGHT - 28
_RING, _RING_STROKE, _RING_STEP, _BESIDE_RINGS = 46, 7, 23, 18
_SITE_MIDDLE = (_CARD_TOP + _CARD_HEIGHT + _SHIFT + HEIGHT) // 2

_LABEL = Box(_RIGHT - _LEFT - 2 * _BADGE_PAD - _ICON - 20, (58, 51, 44, 37), _BADGE_HEIGHT - 4)
_BASIS = Box(_RIGHT - _LEFT, (34, 31, 28))
_CLAIM = Box(_RIGHT - _LEFT, (84, 74, 66, 60, 54, 49, 45, 41), _BASIS_FOOT - 72 - _CLAIM_TOP)
_SITE = Box(WIDTH - 2 * _CARD_LEFT - _RING - _RING_STEP - _BESIDE_RINGS, (34, 31, 28))


def png(image: ShareImage) -> bytes:
    """The image's bytes. Text that no font has is left out, and text that is too long is cut; nothing fails."""
    serif, sans = families()
    backwards = image.direction == "rtl"
    canvas = _ground(image.site, image.language, backwards).copy()
    _badge(canvas, image, backwards)
    claim = set_type(image.claim, serif, _CLAIM, image.language, backwards)
    ink = Ramp.QUIET_ON_SHEET if image.retracted else Ramp.INK_ON_SHEET
    canvas.write(claim, _LEFT, _CLAIM_TOP, _RIGHT - _LEFT, ink)
    basis = set_type(image.basis, sans, _BASIS, image.language, backwards)
    canvas.write(basis, _LEFT, _BASIS_FOOT - basis.height, _RIGHT - _LEFT, Ramp.QUIET_ON_SHEET)
    colour = PLUM if image.retracted else told(image.colour)
    edge = mixed(SHEET, colour, 1, 2)
    ramps = {
        Ramp.INK_ON_PAPER: (PAPER, INK),
        Ramp.BLUE_ON_PAPER: (PAPER, BLUE),
        Ramp.PLUM_ON_PAPER: (PAPER, PLUM),
        Ramp.EDGE_ON_PAPER: (PAPER, edge),
        Ramp.INK_ON_SHEET: (SHEET, INK),
        Ramp.QUIET_ON_SHEET: (SHEET, QUIET),
        Ramp.EDGE_ON_SHEET: (SHEET, edge),
        Ramp.SHEET_ON_TOLD: (colour, SHEET),
    }
    return canvas.png([ramps[ramp] for ramp in Ramp])


@lru_cache(maxsize=4)
def _ground(site: str, language: str, backwards: bool) -> Canvas:
    """What all images of a site share: the card, its shifted outline, the site's rings and name."""
    canvas = Canvas(Image.new("L", (WIDTH, HEIGHT), Ramp.INK_ON_PAPER.ground))
    for shift, edge, inside in (
        (_SHIFT, Ramp.EDGE_ON_PAPER, Ramp.INK_ON_PAPER),
        (0, Ramp.EDGE_ON_SHEET, Ramp.INK_ON_SHEET),
    ):
        left, top = _CARD_LEFT + shift, _CARD_TOP + shift
        canvas.fill(left, top, _CARD_WIDTH, _CARD_HEIGHT, edge.full)
        inner = (_CARD_WIDTH - 2 * _LINE, _CARD_HEIGHT - 2 * _LINE)
        canvas.fill(left + _LINE, top + _LINE, *inner, inside.ground)
    rings = WIDTH - _CARD_LEFT - _RING - _RING_STEP if backwards else _CARD_LEFT
    canvas.put(ring(_RING, _RING_STROKE), rings, _SITE_MIDDLE - _RING // 2, Ramp.BLUE_ON_PAPER)
    canvas.put(ring(_RING, _RING_STROKE), rings + _RING_STEP, _SITE_MIDDLE - _RING // 2, Ramp.PLUM_ON_PAPER)
    name = set_type(site, families()[0], _SITE, language, backwards)
    left = _CARD_LEFT if backwards else WIDTH - _CARD_LEFT - _SITE.width
    canvas.write(_turned(name, backwards), left, _SITE_MIDDLE - name.height // 2, _SITE.width, Ramp.INK_ON_PAPER)
    return canvas


def _badge(canvas: Canvas, image: ShareImage, backwards: bool) -> None:
    """The verdict, by its shape, its word and its colour."""
    shape = RETRACTED if image.retracted else image.shape
    sans = families()[1]
    label = set_type(image.label, sans, _LABEL, image.language, backwards)
    icon = _ICON if is_drawn(shape) or shape == QUESTION else 0
    if not icon and not label.width:
        return
    beside = icon + 20 if icon and label.width else icon
    width = 2 * _BADGE_PAD + beside + label.width
    left = _RIGHT - width if backwards else _LEFT
    canvas.fill(left, _BADGE_TOP, width, _BADGE_HEIGHT, Ramp.SHEET_ON_TOLD.ground)
    middle = _BADGE_TOP + _BADGE_HEIGHT // 2
    at = left + width - _BADGE_PAD - icon if backwards else left + _BADGE_PAD
    if is_drawn(shape):
        canvas.put(drawn(shape, icon), at, middle - icon // 2, Ramp.SHEET_ON_TOLD)
    elif icon:
        mark = set_type("?", sans, Box(icon, (66,)), "", False)
        canvas.write(mark, at + (icon - mark.width) // 2, middle - mark.height // 2, icon, Ramp.SHEET_ON_TOLD)
    text = left + _BADGE_PAD + (0 if backwards else beside)
    canvas.write(_turned(label, backwards), text, middle - label.height // 2, label.width, Ramp.SHEET_ON_TOLD)


def _turned(block: Block, backwards: bool) -> Block:
    """A name stands where the site's own direction puts it."""
    return Block(block.lines, block.size, block.leading, backwards)
