"""YAML: what editors type, as text with places, from the parser's events.

No tree is built by PyYAML, so deep nesting can't end the process, a second `verdict:` can't win unseen, and no value is
taken for a number, a date or a truth value.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import yaml

from generator.problems import Place, Problem
from generator.read.comments import Value, cut_values
from generator.read.nodes import MAX_DEPTH, Mapping, Node, Scalar, Sequence
from generator.read.quoting import quoted, quoted_line
from generator.read.syntax import syntax_problem

Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

_BLOCK_START = re.compile(r"(?:\n[ \t]*)*\n([ ]*)(?=\S)")


def parse_yaml(path: str, text: str, first_line: int = 1) -> tuple[Node | None, list[Problem]]:
    """The tree of one document and its problems; no tree where the text can't be understood at all.

    `first_line` is the number of the text's first line in its file (front matter starts at 2).
    """
    walk = _Walk(path, text, first_line)
    node: Node | None = None
    failure: yaml.YAMLError | None = None
    try:
        node = walk.document()
    except _Stop:
        pass
    except yaml.YAMLError as error:
        failure = error
    problems = walk.problems + cut_values(path, text, first_line, walk.values, walk.names)
    if failure is not None and not problems:  # a cut value is the cause where there is one
        problems.append(syntax_problem(path, text, first_line, failure, walk.long_quote))
    return node, sorted(problems)


def value_place(event: Any, text: str, first_line: int) -> Place:
    """Where the scalar `event` begins: a block's text on the first line after its `|` or `>` that is not blank."""
    start = event.start_mark
    if event.style not in ("|", ">"):
        return _place(start, first_line)
    first = _BLOCK_START.match(text, text.find("\n", start.index))
    if first is None or not event.value.strip():
        return _place(start, first_line)
    lines = text.count("\n", start.index, first.end())
    return Place(start.line + first_line + lines, len(first.group(1)) + 1)


_ONLY_YAMLS = dict.fromkeys((0x85, 0x2028, 0x2029), " ")
"""Ends of lines that only YAML sees: no text may hold them, but one that does is still reported on."""


def yaml_extents(text: str, first_line: int) -> dict[Place, int]:
    """How many characters of its first line each value, each name and each bracket with what is in it has.

    Of a text that can't be understood: as far as it can.
    """
    text = text.translate(_ONLY_YAMLS)
    lines = text.split("\n")
    found: dict[Place, int] = {}

    def note(place: Place, start: Any, end: Any, block: bool = False) -> None:
        line = lines[place.line - first_line].rstrip()
        length = end.column - start.column if start.line == end.line and not block else len(line) - place.column + 1
        found[place] = max(1, length)

    loader = Loader(text)
    open_: list[Any] = []
    try:
        while not isinstance(event := loader.get_event(), yaml.StreamEndEvent):
            if isinstance(event, yaml.CollectionStartEvent):
                open_.append(event)
                if len(open_) > MAX_DEPTH:
                    break
            elif isinstance(event, yaml.CollectionEndEvent):
                start = open_.pop()
                if start.flow_style:
                    note(_place(start.start_mark, first_line), start.start_mark, event.end_mark)
            elif isinstance(event, yaml.NodeEvent):
                block = getattr(event, "style", None) in ("|", ">")
                place = value_place(event, text, first_line) if block else _place(event.start_mark, first_line)
                note(place, event.start_mark, event.end_mark, block)
    except yaml.YAMLError:
        pass
    return found


def _place(mark: Any, first_line: int) -> Place:
    return Place(mark.line + first_line, mark.column + 1)


class _Round(NamedTuple):
    """What is round a value: the column of its field's name or its list, and whether there are brackets."""

    column: int
    flow: bool


class _Stop(Exception):
    """The rest of the file can't be read."""


class _Walk:
    """One pass over the events of one text."""

    def __init__(self, path: str, text: str, first_line: int) -> None:
        self.path = path
        self.text = text
        self.shift = first_line
        self.problems: list[Problem] = []
        self.loader = Loader(text)
        self.long_quote: Any = None
        """The event of the last value in quotes that went over several lines."""
        self.values: list[Value] = []
        self.names: list[Any] = []

    def place(self, mark: Any) -> Place:
        return _place(mark, self.shift)

    def report(self, mark: Any, code: str, message: str, help: str = "") -> None:
        self.problems.append(Problem(self.path, *self.place(mark), code, message, help))

    def document(self) -> Node | None:
        event = self.loader.get_event  # StreamStart
        event()
        first = event()
        if isinstance(first, yaml.StreamEndEvent):
            return None
        node = self.node(event(), 0, None, _Round(-1, False))
        event()  # DocumentEnd
        after = event()
        if not isinstance(after, yaml.StreamEndEvent):
            self.report(
                after.start_mark,
                "Y004",
                "a second document begins here",
                "delete this line, or make it a file of its own",
            )
            raise _Stop
        return node

    def node(self, event: Any, depth: int, key: Any, round: _Round) -> Node:
        """The node that `event` begins; `key` is the event of the field that holds it, where there is one."""
        if isinstance(event, yaml.AliasEvent):
            self.report(
                event.start_mark, "Y005", "an alias (*) stands here; only plain values are read", self.quote_help(event)
            )
            return Scalar("", self.place(event.start_mark))
        if event.anchor is not None or event.tag is not None:
            kind = "an anchor (&)" if event.anchor is not None else "a tag (!)"
            self.report(
                event.start_mark, "Y005", f"{kind} stands here; only plain values are read", self.quote_help(event)
            )
        if _is_scalar(event):
            self.values.append(Value(event, key, round.column, round.flow))
            if event.style in ("'", '"') and event.start_mark.line != event.end_mark.line:
                self.long_quote = event
            return Scalar(event.value, value_place(event, self.text, self.shift))
        if depth >= MAX_DEPTH:
            self.report(
                event.start_mark,
                "Y003",
                f"nesting is over {MAX_DEPTH} deep here",
                "close the brackets before this, or indent less",
            )
            raise _Stop
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(event, depth, round)
        return self.mapping(event, depth, round)

    def sequence(self, start: Any, depth: int, round: _Round) -> Sequence:
        inside = _Round(start.start_mark.column, round.flow or bool(start.flow_style))
        items = []
        before: Any = None
        while not isinstance(event := self.loader.get_event(), yaml.SequenceEndEvent):
            if start.flow_style:
                self.check_comma(before, event)
            items.append(self.node(event, depth + 1, None, inside))
            before = event
        return Sequence(tuple(items), self.place(start.start_mark))

    def mapping(self, start: Any, depth: int, round: _Round) -> Mapping:
        flow = round.flow or bool(start.flow_style)
        fields: dict[str, tuple[Scalar, Node]] = {}
        twice: list[Any] = []
        before: Any = None
        while not isinstance(key := self.loader.get_event(), yaml.MappingEndEvent):
            split = bool(start.flow_style) and self.check_comma(before, key)
            if not _is_scalar(key):
                self.report(key.start_mark, "Y001", "a field's name must be a word", "put the value in quotes")
                raise _Stop
            name = self.node_key(key)
            event = self.loader.get_event()
            value = self.node(event, depth + 1, key, _Round(key.start_mark.column, flow))
            if start.flow_style and not split and self.lacks_colon(key, event):
                self.report_split(before, key)
            before = event
            if key.value == "<<" and not key.style:
                self.report(
                    key.start_mark,
                    "Y005",
                    "a merge key (<<) stands here; only plain values are read",
                    "write the fields out",
                )
            elif key.value in fields:
                twice.append(key)
            else:
                fields[key.value] = (name, value)
        self.check_twice(twice, {name: field.place.line for name, (field, _) in fields.items()})
        return Mapping(tuple(fields.values()), self.place(start.start_mark))

    def check_twice(self, twice: list[Any], first_lines: dict[str, int]) -> None:
        """Refuse fields that stand twice. Several that do so together are an item of a list without its hyphen."""
        if len(twice) > 1 and twice[0].start_mark.column > 0:
            names = ", ".join(f"“{key.value}”" for key in twice)
            line = self.line(twice[0].start_mark).strip()
            self.report(
                twice[0].start_mark,
                "Y002",
                f"{names} stand twice: a new item of the list begins here",
                f"write:\n- {line}",
            )
            return
        for key in twice:
            message = f"“{key.value}” stands twice; the first is in line {first_lines[key.value]}"
            self.report(key.start_mark, "Y002", message, "delete one of the two")

    def node_key(self, key: Any) -> Scalar:
        self.names.append(key)
        if key.anchor is not None or key.tag is not None:
            self.report(
                key.start_mark, "Y005", "an anchor or a tag stands here; only plain values are read", "delete it"
            )
        return Scalar(key.value, self.place(key.start_mark))

    def check_comma(self, before: Any, event: Any) -> bool:
        """Refuse items that a comma without a space splits: `[10,000 people]` is not two values."""
        if not (_is_scalar(before) and _is_scalar(event)) or (before.style and event.style):
            return False
        if self.text[before.end_mark.index : event.start_mark.index] != ",":
            return False
        self.report_split(before, event)
        return True

    def lacks_colon(self, key: Any, value: Any) -> bool:
        """Whether a field in braces is a mere word: `{who: Holt, mayor}` is a value with a comma in it."""
        if not _is_scalar(value) or value.value or value.style:
            return False
        return ":" not in self.text[key.end_mark.index : value.end_mark.index]

    def report_split(self, before: Any, event: Any) -> None:
        """The value that begins at the event `before` was split at its comma, and `event` is the rest of it."""
        if not _is_scalar(before) or before.start_mark.line != event.start_mark.line:
            self.report(
                event.start_mark, "Y007", "YAML takes this for a field of its own", "put the whole value in quotes"
            )
            return
        line = self.line(before.start_mark)
        start = before.start_mark.column
        if before.style:  # what stands in quotes is whole
            comma = event.start_mark.column
            meant = f"{line[:comma].lstrip()} {line[comma:].rstrip()}"
            self.report(event.start_mark, "Y007", "no space follows the comma before this", f"write:\n{meant}")
            return
        closing = re.compile(r", |[\]}]|$").search(line, event.start_mark.column)
        end = closing.start() if closing else len(line)
        meant = f"{line[:start].lstrip()}{quoted(line[start:end].strip())}{line[end:].rstrip()}"
        self.report(before.start_mark, "Y007", "YAML splits this value at its comma", f"write:\n{meant}")

    def quote_help(self, event: Any) -> str:
        line = quoted_line(self.line(event.start_mark))
        return f"write:\n{line}" if line else "put the value in quotation marks, or write it out"

    def line(self, mark: Any) -> str:
        start = self.text.rfind("\n", 0, mark.index) + 1
        end = self.text.find("\n", mark.index)
        return self.text[start : len(self.text) if end < 0 else end]


def _is_scalar(event: Any) -> bool:
    return isinstance(event, yaml.ScalarEvent)
