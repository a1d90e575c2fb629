"""Shapes: a verdict's picture, as the pages' badges have it, and the site's two rings."""

from __future__ import annotations

from functools import lru_cache

from PIL import Image, ImageDraw

_FINE = 8
"""Shapes are drawn this much larger, then made smaller, for smooth edges."""
_GRID = 16
"""The side of the square that points are given in."""

_POLYGONS = {
    "cross": "3.2,1.2 8,6 12.8,1.2 14.8,3.2 10,8 14.8,12.8 12.8,14.8 8,10 3.2,14.8 1.2,12.8 6,8 1.2,3.2",
    "square": "2,2 14,2 14,14 2,14",
    "triangle": "8,1.5 15.5,14.5 0.5,14.5",
    "diamond": "8,0.5 15.5,8 8,15.5 0.5,8",
    "check": "1.2,8.7 3.2,6.7 6.2,9.7 12.8,3.1 14.8,5.1 6.2,13.7",
    "minus": "1.5,6.5 14.5,6.5 14.5,9.5 1.5,9.5",
}
RETRACTED = "retracted"
"""A ring with a stroke through it."""
_ROUND = ("circle", "half", "ring", RETRACTED)
QUESTION = "question"
"""Which is set in type."""


def is_drawn(shape: str) -> bool:
    return shape in _POLYGONS or shape in _ROUND


@lru_cache(maxsize=64)
def drawn(shape: str, size: int) -> Image.Image:
    """A shape that `is_drawn` as a mask, `size` pixels high and wide."""
    scale = size * _FINE / _GRID
    image = Image.new("L", (size * _FINE, size * _FINE), 0)
    draw = ImageDraw.Draw(image)

    def circle(radius: float, fill: int) -> None:
        draw.ellipse([(8 - radius) * scale, (8 - radius) * scale, (8 + radius) * scale, (8 + radius) * scale], fill)

    if shape in _ROUND:
        circle(7, 255)
    if shape == "half":
        circle(5, 0)
        draw.pieslice([3 * scale, 3 * scale, 13 * scale, 13 * scale], 90, 270, 255)
    elif shape == "ring":
        circle(4, 0)
    elif shape == RETRACTED:
        circle(5, 0)
        _polygon(draw, "3.1,11.6 11.6,3.1 12.9,4.4 4.4,12.9", scale)
    elif shape in _POLYGONS:
        _polygon(draw, _POLYGONS[shape], scale)
    return image.reduce(_FINE)


@lru_cache(maxsize=8)
def ring(size: int, stroke: int) -> Image.Image:
    """A ring as a mask, `size` pixels high and wide."""
    fine = size * _FINE
    image = Image.new("L", (fine, fine), 0)
    draw = ImageDraw.Draw(image)
    draw.ellipse([0, 0, fine - 1, fine - 1], 255)
    inner = stroke * _FINE
    draw.ellipse([inner, inner, fine - 1 - inner, fine - 1 - inner], 0)
    return image.reduce(_FINE)


def _polygon(draw: ImageDraw.ImageDraw, points: str, scale: float) -> None:
    pairs = (point.split(",") for point in points.split())
    draw.polygon([(float(x) * scale, float(y) * scale) for x, y in pairs], 255)
