"""Forms: what a record's fields ask for, as their types say it."""

from __future__ import annotations

import types
import typing
from functools import cache
from typing import Any, Literal, NamedTuple

import msgspec

from generator.records import FileRecord, Record


@cache
def fields_of(type_: type[Record]) -> dict[str, tuple[str, Any, bool]]:
    """Each field's name as typed, with its attribute, its type and whether it is required."""
    hints = typing.get_type_hints(type_, include_extras=True)
    own = () if not issubclass(type_, FileRecord) else ("path", "source", "begins", "body", "body_line")
    found = {}
    for field in msgspec.structs.fields(type_):
        if field.name in own or (field.name == "id" and issubclass(type_, FileRecord)):
            continue
        found[field.encode_name] = (field.name, hints[field.name], field.required)
    return found


class Form(NamedTuple):
    """What a field's type asks for. `inner`: the type of a list's items, of named values, of a record; the choices."""

    what: Literal["list", "named", "record", "choice", "boolean", "integer", "text"]
    inner: Any
    kind: Any


@cache
def form_of(hint: Any) -> Form:
    kind: Any = None
    while typing.get_origin(hint) is typing.Annotated:
        hint, kind = typing.get_args(hint)[:2]
    if isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union:
        arguments = typing.get_args(hint)
        if any(typing.get_origin(argument) is Literal for argument in arguments):
            return Form(
                "choice", tuple(choice for part in arguments for choice in typing.get_args(part) if choice), kind
            )
        hint = next(argument for argument in arguments if argument is not type(None))
    origin = typing.get_origin(hint)
    if origin is tuple:
        return Form("list", typing.get_args(hint)[0], kind)
    if origin is dict:
        return Form("named", typing.get_args(hint)[1], kind)
    if origin is Literal:
        return Form("choice", tuple(choice for choice in typing.get_args(hint) if choice), kind)
    if issubclass(hint, Record):
        return Form("record", hint, kind)
    return Form("boolean" if hint is bool else "integer" if hint is int else "text", None, kind)


def empty(hint: Any) -> Any:
    """A value that stands for one that could not be read."""
    while typing.get_origin(hint) is typing.Annotated:
        hint = typing.get_args(hint)[0]
    if typing.get_origin(hint) is tuple:
        return ()
    if hint is int:
        return 0
    if isinstance(hint, type) and issubclass(hint, Record):
        return hint(**{attribute: empty(inner) for attribute, inner, required in fields_of(hint).values() if required})
    return ""
