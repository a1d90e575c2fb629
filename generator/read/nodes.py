"""The tree that YAML and TOML are read into: text as it was typed, each value with its place."""

from __future__ import annotations

from typing import NamedTuple

from generator.problems import Place


class Scalar(NamedTuple):
    """A single value. `kind` is what it was written as: YAML knows text alone, TOML has numbers, dates and booleans."""

    text: str
    place: Place
    kind: str = "text"


class Sequence(NamedTuple):
    items: tuple[Node, ...]
    place: Place


class Mapping(NamedTuple):
    """Fields in the order in which they were typed; no name stands twice."""

    fields: tuple[tuple[Scalar, Node], ...]
    place: Place


Node = Scalar | Sequence | Mapping

MAX_DEPTH = 20
