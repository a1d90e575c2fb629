"""The thorough way from a file to its record: every problem is reported, and every value's place is known."""

from __future__ import annotations

from functools import lru_cache

from generator.problems import Problem
from generator.read.fields import places, to_record
from generator.read.matter import Typed, typed_matter
from generator.read.nodes import Node
from generator.read.places import Places
from generator.read.toml import parse_toml
from generator.read.yaml import parse_yaml
from generator.records import FileRecord, Settings


def read_thoroughly(
    type_: type[FileRecord], id: str, path: str, data: bytes, typed: Typed
) -> tuple[FileRecord | None, list[Problem]]:
    """The record that a file holds, and all that is wrong with its fields. `typed` is what its bytes `data` say."""
    tree, problems = _tree(type_, path, typed)
    if tree is None and problems:
        return None, problems
    record, found = to_record(type_, id, path, tree, source=data, **typed.below)
    return record, problems + found


@lru_cache(maxsize=128)
def places_of(type_: type[FileRecord], path: str, data: bytes) -> Places:
    """The places of the values in a file of which a record was made."""
    typed = typed_matter(type_, path, data)
    return places(type_, path, _tree(type_, path, typed)[0]) if isinstance(typed, Typed) else Places({})


def _tree(type_: type[FileRecord], path: str, typed: Typed) -> tuple[Node | None, list[Problem]]:
    if type_ is Settings:
        return parse_toml(path, typed.fields)
    return parse_yaml(path, typed.fields, typed.first_line)
