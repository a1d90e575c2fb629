"""Spans: where exactly in a file's text each value stands, so that one can be changed and nothing else.

The text is the file's own, with its line ends and without a byte order mark.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import yaml

from generator.read.quoting import quoted
from generator.read.yaml import Loader

Steps = tuple[str | int, ...]


class Span(NamedTuple):
    """A value from `start` to `end`; `style` is its quotes or its block's sign. `value` is what YAML reads."""

    start: int
    end: int
    style: str
    value: str


class Spans(NamedTuple):
    """A file's single values by their steps; where its first field begins; whether braces are round its fields."""

    values: dict[Steps, Span]
    lists: dict[Steps, tuple[int, bool]]
    """By steps: the column of a list, and whether it stands in brackets."""
    first: int
    braces: bool


class Edit(NamedTuple):
    """`new` in place of what stands from `start` to `end`."""

    start: int
    end: int
    new: str


def spans_of(text: str) -> Spans:
    """The spans of a text that YAML can read (`generator.read` has read it)."""
    loader = Loader(text)
    found = Spans({}, {}, 0, False)
    while not isinstance(loader.get_event(), yaml.DocumentStartEvent):
        pass
    event: Any = loader.get_event()
    _node(loader, event, (), found)
    return found._replace(first=_index(event.start_mark), braces=bool(event.flow_style))


def _node(loader: Any, event: Any, steps: Steps, found: Spans) -> None:
    if isinstance(event, yaml.ScalarEvent):
        start, end = _index(event.start_mark), _index(event.end_mark)
        found.values[steps] = Span(start, end, event.style or "", event.value)
    elif isinstance(event, yaml.SequenceStartEvent):
        found.lists[steps] = (_index(event.start_mark), bool(event.flow_style))
        number = 0
        while not isinstance(item := loader.get_event(), yaml.SequenceEndEvent):
            _node(loader, item, (*steps, number), found)
            number += 1
    elif isinstance(event, yaml.MappingStartEvent):
        while not isinstance(key := loader.get_event(), yaml.MappingEndEvent):
            _node(loader, loader.get_event(), (*steps, key.value), found)


def _index(mark: Any) -> int:
    return int(mark.index)


def replaced(text: str, span: Span, old: str, new: str) -> Edit:
    """The edit that makes `new` of the value `old` at `span`, in the quotes or the block that it was typed in."""
    inside = span.start
    if span.style in ("|", ">"):
        inside = text.find("\n", span.start)
    elif not span.style and new.startswith("-"):
        return Edit(span.start, span.end, quoted(new))
    at = text.find(old, inside, span.end)
    if at < 0:  # typed with escapes
        return Edit(span.start, span.end, quoted(new))
    return Edit(at, at + len(old), new)


def edited(text: str, edits: list[Edit]) -> str:
    """`text` with all edits made; they do not overlap."""
    for edit in sorted(edits, reverse=True):
        text = text[: edit.start] + edit.new + text[edit.end :]
    return text


def with_first_of_list(text: str, spans: Spans, name: str, value: str) -> list[str]:
    """Ways to put `value` into the list `name` of a file's fields, the best first. A reader has to try them.

    A list that is there gets it as its first item; else the field comes at the file's end, or before its first field.
    """
    value = quoted(value) if value.startswith("-") else value
    line_end = "\r\n" if "\r\n" in text else "\n"
    if (name,) in spans.lists:
        start, brackets = spans.lists[(name,)]
        if brackets:
            rest = text[start + 1 :].lstrip()
            return [f"{text[: start + 1]}{value}{'' if rest.startswith(']') else ', '}{text[start + 1 :]}"]
        indent = text[text.rfind("\n", 0, start) + 1 : start]
        return [f"{text[:start]}- {value}{line_end}{indent}{text[start:]}"]
    if spans.braces:
        return [f"{text[: spans.first + 1]}{name}: [{value}], {text[spans.first + 1 :]}"]
    line = f"{name}: [{value}]{line_end}"
    indent = text[text.rfind("\n", 0, spans.first) + 1 : spans.first]
    indent = indent if re.fullmatch(" *", indent) else ""
    whole = text if text.endswith("\n") else text + line_end
    return [f"{whole}{indent}{line}", f"{text[: spans.first]}{line}{indent}{text[spans.first :]}"]
