"""The quick way from a file to its record, for files in which nothing is wrong or unusual: most of them.

It takes less than the thorough way does, never more, and what it takes comes out the same. It reports nothing: a file
that it declines goes the thorough way.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

from yaml import (
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    YAMLError,
)

from generator.problems import Place
from generator.read.files import invisible
from generator.read.forms import Form, fields_of, form_of
from generator.read.kinds import TEXT_FAULTS, one_line
from generator.read.matter import Typed
from generator.read.yaml import Loader, value_place
from generator.records import FileRecord, Kind, Record, Settings

_COMMENT = re.compile(r"#(?<![^ \t\n]#)")
"""A # that YAML may take for a comment's: all that `generator.read.comments` looks at."""
_HEAD = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\n)*")
"""The lines above the first field: what is a comment there is part of no value."""
_TIGHT_COMMA = re.compile(r",[^ \t\n]")


def read_quickly(type_: type[FileRecord], id: str, path: str, data: bytes, typed: Typed) -> FileRecord | None:
    """The record that a file holds, or None where the thorough way has to look. `typed` is what `data` says."""
    if type_ is Settings:  # TOML, and one file a site
        return None
    walk = _Walk(typed)
    try:
        values = walk.document(type_)
    except (_UnusualError, YAMLError):
        return None
    if type_.markdown:
        values["begins"] = walk.begins
    return type_(id=id, path=path, source=data, **values, **typed.below)


class _UnusualError(Exception):
    """Something that the thorough way has to look at."""


class _Walk:
    """One pass over the parser's events. Each method takes the event that begins a value and gives the value."""

    def __init__(self, typed: Typed) -> None:
        self.typed = typed
        self.next_event: Callable[[], Any] = Loader(typed.fields).get_event
        self.escapes = "\\" in typed.fields
        self.begins = Place(1, 1)
        self.markdown_span = (0, 0)

    def document(self, type_: type[FileRecord]) -> dict[str, Any]:
        self.next_event()  # of the stream
        if type(self.next_event()) is not DocumentStartEvent:
            raise _UnusualError
        values = self.fields(self.next_event(), type_)
        self.next_event()  # the document's end
        if type(self.next_event()) is not StreamEndEvent or self.comments():
            raise _UnusualError
        return values

    def comments(self) -> bool:
        """Whether there may be a comment. In a block of Markdown a # begins none, but a heading."""
        start, end = self.markdown_span
        head = _HEAD.match(self.typed.fields)
        found = _COMMENT.finditer(self.typed.fields, head.end() if head else 0)
        return any(not start <= comment.start() < end for comment in found)

    def fields(self, start: Any, type_: type[Record]) -> dict[str, Any]:
        """The attributes of a record of `type_`."""
        if type(start) is not MappingStartEvent or start.anchor is not None or start.tag is not None:
            raise _UnusualError
        known, required = _plan(type_)
        values: dict[str, Any] = {}
        next_event = self.next_event
        while type(key := next_event()) is ScalarEvent:
            field = known.get(key.value)
            if field is None or key.anchor is not None or key.tag is not None:
                raise _UnusualError
            attribute, take, asked = field
            if attribute in values:
                raise _UnusualError
            values[attribute] = take(self, next_event(), asked)
        if type(key) is not MappingEndEvent or not required <= values.keys():
            raise _UnusualError
        if start.flow_style:
            self.check_commas(start, key)
        return values

    def record(self, event: Any, type_: type[Record]) -> Record:
        if type_.shorthand and type(event) is ScalarEvent:
            return type_(**{type_.shorthand: self.text(event, None)})
        return type_(**self.fields(event, type_))

    def items(self, event: Any, asked: _Items) -> tuple[Any, ...]:
        take, inner, alone = asked
        if alone and type(event) is ScalarEvent:
            return (take(self, event, inner),)
        if type(event) is not SequenceStartEvent or event.anchor is not None or event.tag is not None:
            raise _UnusualError
        items = []
        while type(item := self.next_event()) is not SequenceEndEvent:
            items.append(take(self, item, inner))
        if event.flow_style:
            self.check_commas(event, item)
        return tuple(items)

    def text(self, event: Any, refuses: Callable[[str], object] | None) -> str:
        """The text of `event` in one line, where nothing `refuses` it."""
        text = one_line(self.typed_text(event).strip())
        if refuses is not None and refuses(text):
            raise _UnusualError
        return text

    def markdown(self, event: Any, _: None) -> str:
        """The text of `event` as it was typed."""
        text = self.typed_text(event)
        self.begins = value_place(event, self.typed.fields, self.typed.first_line)
        if event.style in ("|", ">"):
            self.markdown_span = (self.typed.fields.find("\n", event.start_mark.index), event.end_mark.index)
        return text

    def typed_text(self, event: Any) -> str:
        """The text of `event`, which must be a scalar that is not empty."""
        if type(event) is not ScalarEvent or event.anchor is not None or event.tag is not None:
            raise _UnusualError
        text: str = event.value
        if not text or text.isspace() or (self.escapes and invisible(text)):
            raise _UnusualError
        return text

    def check_commas(self, start: Any, end: Any) -> None:
        """Decline brackets and braces in which a comma may stand inside a value: `[10,000 people]`."""
        if _TIGHT_COMMA.search(self.typed.fields, start.start_mark.index, end.end_mark.index):
            raise _UnusualError


_Take = Callable[[_Walk, Any, Any], Any]


class _Field(NamedTuple):
    """What becomes of a field's value: `take` is called with its event and with what is `asked` of it."""

    attribute: str
    take: _Take
    asked: Any


class _Items(NamedTuple):
    """What becomes of a list's items; `alone` says that one may stand without its list."""

    take: _Take
    asked: Any
    alone: bool


@cache
def _plan(type_: type[Record]) -> tuple[dict[str, _Field], frozenset[str]]:
    """What becomes of the fields of `type_`, by their names as typed; and the attributes that it cannot lack.

    Fields of which only site.toml has the like are not there: they are as good as unknown.
    """
    known = {}
    for name, (attribute, hint, _) in fields_of(type_).items():
        taken = _taken(form_of(hint))
        if taken is not None:
            known[name] = _Field(attribute, *taken)
    return known, frozenset(attribute for attribute, _, required in fields_of(type_).values() if required)


def _taken(form: Form) -> tuple[_Take, Any] | None:
    """The method that takes values of this form, and what it is asked for."""
    if form.what == "text":
        return (_Walk.markdown, None) if form.kind is Kind.MARKDOWN else (_Walk.text, TEXT_FAULTS.get(form.kind))
    if form.what == "choice":
        return _Walk.text, lambda text: text not in form.inner
    if form.what == "record":
        return _Walk.record, form.inner
    if form.what == "list":
        inner = _taken(form_of(form.inner))
        return None if inner is None else (_Walk.items, _Items(*inner, form.kind == "one or more"))
    return None
