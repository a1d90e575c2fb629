"""YAML: what editors type, as text with places, from the parser's events.

No tree is built by PyYAML, so deep nesting can't end the process, a second `verdict:` can't win unseen, and no value is
taken for a number, a date or a truth value.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from generator.problems import Problem
from generator.read.nodes import MAX_DEPTH, Mapping, Node, Place, Scalar, Sequence

_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

_FIELD_LINE = re.compile(r"(\s*(?:- +)*[\w-]+:\s+|\s*(?:- +)+)(\S.*)")
_BLOCK_START = re.compile(r"(?:\n[ \t]*)*\n([ ]*)(?=\S)")

# The parser's words for the mistakes that editors make, in the editors' words.
_SYNTAX = {
    "mapping values are not allowed in this context": (
        "a colon and a space stand inside this value, or the line is indented too far"
    ),
    "found character that cannot start any token": (
        "no value may begin with this character unless it stands in quotes; a tab never indents"
    ),
    "found a tab character that violates indentation": "a tab cannot indent; use spaces",
    "did not find expected key": "this line does not fit: its indentation is off, or quotes before it do not end",
    "did not find expected '-' indicator": "this line does not fit into the list before it: its indentation is off",
    "did not find expected ',' or ']'": "this list in brackets is not closed, or a comma is missing",
    "did not find expected ',' or '}'": "these fields in braces are not closed, or a comma is missing",
    "did not find expected node content": "a value is missing; in brackets, one that begins with # stands in quotes",
    "could not find expected ':'": "this line is no field: a colon is missing, or a value goes on indented too little",
    "found unexpected end of stream": "the quotes that open here are never closed",
    "block sequence entries are not allowed in this context": "a list begins on a line of its own",
}


def parse_yaml(path: str, text: str, first_line: int = 1) -> tuple[Node | None, list[Problem]]:
    """The tree of one document and its problems; no tree where the text can't be understood at all.

    `first_line` is the number of the text's first line in its file (front matter starts at 2).
    """
    walk = _Walk(path, text, first_line)
    try:
        return walk.document(), walk.problems
    except _Stop:
        return None, walk.problems
    except yaml.YAMLError as error:
        if not walk.problems:  # a cut value is the cause where there is one
            walk.problems.append(walk.syntax_problem(error))
        return None, walk.problems


def quoted(value: str) -> str:
    """`value` in quotes that YAML reads back as it stands."""
    if '"' in value and "'" not in value:
        return f"'{value}'"
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


class _Stop(Exception):
    """The rest of the file can't be read."""


class _Walk:
    """One pass over the events of one text."""

    def __init__(self, path: str, text: str, first_line: int) -> None:
        self.path = path
        self.text = text
        self.shift = first_line
        self.problems: list[Problem] = []
        self.loader = _Loader(text)

    def place(self, mark: Any) -> Place:
        return Place(mark.line + self.shift, mark.column + 1)

    def report(self, mark: Any, code: str, message: str, help: str = "") -> None:
        self.problems.append(Problem(self.path, *self.place(mark), code, message, help))

    def document(self) -> Node | None:
        event = self.loader.get_event  # StreamStart
        event()
        first = event()
        if isinstance(first, yaml.StreamEndEvent):
            return None
        node = self.node(event(), 0, None)
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

    def node(self, event: Any, depth: int, key: Any) -> Node:
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
        if isinstance(event, yaml.ScalarEvent):
            if not event.style:
                self.check_cut(event, key)
            return Scalar(
                event.value, self.block_place(event) if event.style in ("|", ">") else self.place(event.start_mark)
            )
        if depth >= MAX_DEPTH:
            self.report(
                event.start_mark,
                "Y003",
                f"nesting is over {MAX_DEPTH} deep here",
                "close the brackets before this, or indent less",
            )
            raise _Stop
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(event, depth)
        return self.mapping(event, depth)

    def sequence(self, start: Any, depth: int) -> Sequence:
        items = []
        before: Any = None
        while not isinstance(event := self.loader.get_event(), yaml.SequenceEndEvent):
            if start.flow_style:
                self.check_comma(before, event)
            items.append(self.node(event, depth + 1, None))
            before = event
        return Sequence(tuple(items), self.place(start.start_mark))

    def mapping(self, start: Any, depth: int) -> Mapping:
        fields: dict[str, tuple[Scalar, Node]] = {}
        before: Any = None
        while not isinstance(key := self.loader.get_event(), yaml.MappingEndEvent):
            if start.flow_style:
                self.check_comma(before, key)
            if not isinstance(key, yaml.ScalarEvent):
                self.report(key.start_mark, "Y001", "a field's name must be a word", "put the value in quotes")
                raise _Stop
            name = self.node_key(key)
            event = self.loader.get_event()
            value = self.node(event, depth + 1, key)
            before = event
            if key.value == "<<" and not key.style:
                self.report(
                    key.start_mark,
                    "Y005",
                    "a merge key (<<) stands here; only plain values are read",
                    "write the fields out",
                )
            elif key.value in fields:
                first = fields[key.value][0].place.line
                self.report(
                    key.start_mark,
                    "Y002",
                    f"“{key.value}” stands twice; the first is in line {first}",
                    "delete one of the two",
                )
            else:
                fields[key.value] = (name, value)
        return Mapping(tuple(fields.values()), self.place(start.start_mark))

    def block_place(self, event: Any) -> Place:
        """Where a block's text begins: on the first line after its `|` or `>` that is not blank."""
        first = _BLOCK_START.match(self.text, self.text.find("\n", event.start_mark.index))
        if first is None or not event.value.strip():
            return self.place(event.start_mark)
        lines = self.text.count("\n", event.start_mark.index, first.end())
        return Place(event.start_mark.line + self.shift + lines, len(first.group(1)) + 1)

    def node_key(self, key: Any) -> Scalar:
        if key.anchor is not None or key.tag is not None:
            self.report(
                key.start_mark, "Y005", "an anchor or a tag stands here; only plain values are read", "delete it"
            )
        return Scalar(key.value, self.place(key.start_mark))

    def check_cut(self, event: Any, key: Any) -> None:
        """Refuse a plain value that a comment follows: the rest of a sentence would be lost unseen."""
        end = event.end_mark.index
        line_end = self.text.find("\n", end)
        line_end = len(self.text) if line_end < 0 else line_end
        rest = self.text[end:line_end]
        if rest.lstrip(" \t").startswith("#") and (rest[:1] in " \t" or not event.value):
            lost = rest.strip()
        else:
            lost = self.comment_below(event, key, line_end)
        if lost:
            # The whole value as it was meant, on one line.
            before = self.line(event.start_mark)[: event.start_mark.column]
            if key is not None and key.start_mark.line != event.start_mark.line:
                before = self.line(key.start_mark)[: key.start_mark.column] + f"{key.value}: "
            meant = f"{event.value} {lost}".strip()
            if before.endswith((":", "-")):
                before += " "
            closing = re.search(r"[,\]}]", meant) if re.search(r"[\[{][^\]}]*$", before) else None
            tail = meant[closing.start() :] if closing else ""
            meant = meant[: closing.start()].rstrip() if closing else meant
            self.report(
                event.start_mark,
                "Y006",
                f"YAML takes “{lost}” for a comment and cuts the value before it",
                f"{before.lstrip()}{quoted(meant)}{tail}",
            )

    def comment_below(self, event: Any, key: Any, line_end: int) -> str:
        """A comment on the next line that is indented as if the plain value went on there."""
        if not event.value:
            return ""
        below = re.compile(r"(?:\n[ \t]*)*\n([ \t]+)(#[^\n]*)").match(self.text, line_end)
        if below is None or self.text[event.end_mark.index : line_end].strip():
            return ""
        least = key.start_mark.column + 1 if key is not None else event.start_mark.column
        return below.group(2).strip() if len(below.group(1)) >= least else ""

    def check_comma(self, before: Any, event: Any) -> None:
        """Refuse items that a comma without a space splits: `[10,000 people]` is not two values."""
        if not all(isinstance(beside, yaml.ScalarEvent) for beside in (before, event)):
            return
        between = self.text[before.end_mark.index : event.start_mark.index]
        if between != "," or (before.style and event.style):
            return
        line = self.line(before.start_mark)
        start = before.start_mark.column
        closing = re.compile(r", |[\]}]|$").search(line, event.start_mark.column)
        end = closing.start() if closing else len(line)
        self.report(
            before.start_mark,
            "Y007",
            "YAML splits this value at its comma",
            f"{line[:start].lstrip()}{quoted(line[start:end].strip())}{line[end:].rstrip()}",
        )

    def quote_help(self, event: Any) -> str:
        return self.quoted_line(self.line(event.start_mark)) or "put the value in quotes, or write it out"

    def quoted_line(self, line: str) -> str:
        match = _FIELD_LINE.fullmatch(line.rstrip())
        if match is None or match.group(2)[0] in "|>":
            return ""
        value = match.group(2)
        if value[0] in "\"'" and value[-1] == value[0] and len(value) > 1:
            value = value[1:-1]
        return match.group(1).strip() + " " + quoted(value)

    def line(self, mark: Any) -> str:
        start = self.text.rfind("\n", 0, mark.index) + 1
        end = self.text.find("\n", mark.index)
        return self.text[start : len(self.text) if end < 0 else end]

    def syntax_problem(self, error: yaml.YAMLError) -> Problem:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        words = str(getattr(error, "problem", None) or error)
        if mark is None:
            return Problem(self.path, self.shift, 1, "Y001", f"this file cannot be understood as YAML: {words}")
        line = self.line(mark) if mark.index < len(self.text) else ""
        context = getattr(error, "context_mark", None)
        if words == "found unexpected end of stream" and context is not None:
            mark, line = context, self.line(context)
        message = _SYNTAX.get(words, f"this cannot be understood as YAML: {words}")
        return Problem(
            self.path,
            *self.place(mark),
            "Y001",
            message,
            self.quoted_line(line) or "compare this line with those before it",
        )
