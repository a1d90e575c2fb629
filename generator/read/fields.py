"""Fields: a tree of typed text becomes a record, each value converted by its field's own type."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection
from typing import Any, TypeVar

from generator.problems import Place, Problem
from generator.read import slips
from generator.read.files import invisible
from generator.read.forms import empty, fields_of, form_of
from generator.read.kinds import TEXT_FAULTS, date_fault, one_line
from generator.read.nodes import Mapping, Node, Scalar, Sequence
from generator.read.places import WRONG, Places
from generator.read.quoting import as_value, quoted
from generator.read.slips import uncurled
from generator.records import Article, Claim, FileRecord, Kind, Record, Story

T = TypeVar("T", bound=FileRecord)


def to_record(type_: type[T], id: str, path: str, tree: Node | None, **more: Any) -> tuple[T | None, list[Problem]]:
    """The record that `tree` holds, and its problems.

    A field that is wrong is left at its default (at an empty value where it has none), so that the rest of the file is
    still checked. No record where the tree is no mapping at all. `more` are fields that do not come from the tree.
    """
    if not isinstance(tree, Mapping):
        what = "this file is empty" if tree is None else "this file is no list of fields"
        first = next(iter(fields_of(type_)))
        return None, [Problem(path, 1, 1, "R003", what, f"begin it with a field, such as “{first}: ...”")]
    astray = _astray(type_, path, tree)
    if astray:
        return None, [astray]
    reader = _Reader(path, type_)
    values = reader.fields(type_, tree, "")
    if type_.markdown:
        more["begins"] = Places(reader.places).place(type_.markdown)
    return type_(id=id, path=path, **values, **more), reader.problems


_BY_FOLDER: dict[str, type[FileRecord]] = {"claims": Claim, "articles": Article, "stories": Story}


def _astray(type_: type[FileRecord], path: str, tree: Mapping) -> Problem | None:
    """The problem of a file whose fields are those of another folder's: it lacks what files here need."""
    typed = {name.text for name, _ in tree.fields}
    if type_ not in _BY_FOLDER.values() or _needs(type_) <= typed:
        return None
    unknown = typed - fields_of(type_).keys()
    for folder, other in _BY_FOLDER.items():
        strange = unknown or not _needs(type_) & typed
        if other is not type_ and strange and _needs(other) <= typed and typed <= fields_of(other).keys():
            name = path.rpartition("/")[2]
            here = next(folder for folder, own in _BY_FOLDER.items() if own is type_)
            message = f"these are the fields of {_noun(other)}, and this folder is for {here}"
            return Problem(path, 1, 1, "F008", message, f"move it to:\ncontent/{folder}/{name}")
    return None


def _needs(type_: type[FileRecord]) -> set[str]:
    return {name for name, (_, _, required) in fields_of(type_).items() if required}


def places(type_: type[FileRecord], path: str, tree: Node | None) -> Places:
    """Where the values stand of which `to_record` makes a record."""
    reader = _Reader(path, type_)
    if isinstance(tree, Mapping):
        reader.fields(type_, tree, "")
    return Places(reader.places)


class _Reader:
    """Conversion of one file's values; gathers their places and problems."""

    def __init__(self, path: str, type_: type[FileRecord]) -> None:
        self.path = path
        self.type = type_
        self.toml = path.endswith(".toml")
        self.problems: list[Problem] = []
        self.places: dict[str, Place] = {}

    def line_for(self, field: str, steps: str) -> str:
        """What to type for a field that lacks, in the file's own language."""
        if not self.toml:
            return f"add a line:\n{field}: ..."
        if field == "verdicts":
            return 'add these lines:\n[[verdicts]]\nid = "true"\nlabel = "True"'
        return "add a line" + ("" if steps else " above the first one in brackets") + f':\n{field} = "..."'

    def report(self, place: Place, code: str, message: str, help: str = "") -> None:
        self.problems.append(Problem(self.path, *place, code, message, help))

    def fields(self, type_: type[Record], tree: Mapping, steps: str) -> dict[str, Any]:
        """The attributes of a record of `type_`; required ones that lack are filled with empty values and reported."""
        known = fields_of(type_)
        values: dict[str, Any] = {}
        for name, value in tree.fields:
            if name.text not in known:
                meant = _meant_field(name.text, known, {field.text for field, _ in tree.fields})
                help = f"write: {meant}" if meant else self.unknown_field(name.text, known, steps)
                self.report(name.place, "R001", f"“{name.text}” is no field of {_noun(type_)}", help)
                if meant:
                    values.setdefault(known[meant][0], None)  # so it is not reported as missing too
                    self.places.setdefault(f"{steps}{meant}", value.place)
                continue
            attribute, hint, _ = known[name.text]
            at = f"{steps}{name.text}"
            self.places[at] = value.place
            converted = self.value(hint, value, at)
            values[attribute] = converted
            if converted is None:
                self.places[f"{WRONG}/{at}"] = value.place
        for field, (attribute, hint, required) in known.items():
            if required and attribute not in values:
                inside = next((name.text for name, value in tree.fields if _holds(value, field)), "")
                help = f"it stands inside “{inside}”: type a space after “{field}:”" if inside else ""
                help = help or self.line_for(field, steps)
                self.report(tree.place, "R002", f"{_noun(type_)} needs “{field}”", help)
            if values.get(attribute) is None:
                values.pop(attribute, None)
                if required:
                    values[attribute] = empty(hint)
        return values

    def unknown_field(self, name: str, known: Collection[str], steps: str) -> str:
        """The help for a field that there is not here, and that is like none that there is."""
        close = difflib.get_close_matches(name.lower(), known, 1, 0.8)
        if close:
            return f"“{close[0]}” is there already: delete this line, or the other"
        if steps and name in fields_of(self.type):
            if self.toml:
                return "it is a field of the whole site: move this line above the first one in brackets"
            return f"it is a field of {_noun(self.type)}: move this line to the left margin"
        return f"the fields here are {', '.join(known)}"

    def value(self, hint: Any, node: Node, at: str) -> Any:
        """`node` as `hint` says; None where it cannot be, with a problem reported."""
        form = form_of(hint)
        if form.what == "list":
            return self.items(form.inner, node, at, alone=form.kind == "one or more")
        if form.what == "named":
            return self.named(form.inner, node, at)
        if form.what == "record":
            return self.record(form.inner, node, at)
        if not isinstance(node, Scalar):
            self.report(
                node.place,
                "R003",
                f"“{_last(at)}” is a single text, and this is {_shape(node)}",
                "put a text that begins with a bracket or brace in quotes",
            )
            return None
        if self.escapes(node, f"“{_last(at)}”"):
            return None
        text = node.text.strip()
        if not text:
            self.report(node.place, "R002", f"“{_last(at)}” is empty", "write a value, or delete the line")
            return None
        if form.what == "choice":
            return self.choice(form.inner, node, at)
        if form.what == "boolean":
            return self.boolean(node, at)
        if form.what == "integer":
            return self.integer(node, at)
        if node.kind != "text":
            self.report(
                node.place,
                "R003",
                f"“{_last(at)}” is a text, and this is a {node.kind}",
                f"put it in quotes: {_last(at)} = {quoted(text)}",
            )
            return None
        return self.text(form.kind, text, node, at)

    def record(self, type_: type[Record], node: Node, at: str) -> Record | None:
        if isinstance(node, Scalar) and type_.shorthand:
            text = self.value(str, node, at)
            return type_(**{type_.shorthand: text}) if text is not None else None
        if not isinstance(node, Mapping):
            names = ", ".join(f"{name}: ..." for name, field in fields_of(type_).items() if field[2])
            self.report(
                node.place,
                "R003",
                f"{_noun(type_)} is a group of fields, and this is {_shape(node)}",
                f"write {{{names}}}" if names else "",
            )
            return None
        return type_(**self.fields(type_, node, f"{at}/"))

    def items(self, hint: Any, node: Node, at: str, alone: bool) -> tuple[Any, ...] | None:
        if isinstance(node, Scalar) and alone:
            node = Sequence((node,), node.place)
        if not isinstance(node, Sequence):
            example = (
                f"write it as a list:\n{_last(at)}{' =' if self.toml else ':'} [{quoted(node.text.strip())}]"
                if isinstance(node, Scalar) and node.text.strip()
                else _with_hyphen(node)
            )
            self.report(node.place, "R003", f"“{_last(at)}” is a list, and this is {_shape(node)}", example)
            return None
        converted = []
        for number, item in enumerate(node.items):
            self.places[f"{at}/{number}"] = item.place
            value = self.value(hint, item, f"{at}/{number}")
            if value is None:
                self.places[f"{WRONG}/{at}/{number}"] = item.place
            # An item that is wrong keeps its place in the order, so that others keep their numbers.
            converted.append(empty(hint) if value is None else value)
        return tuple(converted)

    def named(self, hint: Any, node: Node, at: str) -> dict[str, Any] | None:
        if not isinstance(node, Mapping):
            self.report(node.place, "R003", f"“{_last(at)}” is a group of fields, and this is {_shape(node)}")
            return None
        found = {}
        for name, value in node.fields:
            if self.escapes(name, "this name"):
                continue
            self.places[f"{at}/{name.text}"] = name.place
            converted = self.value(hint, value, f"{at}/{name.text}")
            if converted is not None:
                found[name.text] = converted
        return found

    def escapes(self, node: Scalar, what: str) -> bool:
        """Whether an escape such as \\u202e gives `node` a character that may not be typed."""
        found = invisible(node.text)
        if found:
            self.report(
                node.place,
                "F004",
                f"{what} holds an escape that gives an invisible character: {found}",
                "delete what begins with a backslash",
            )
        return bool(found)

    def choice(self, choices: tuple[str, ...], node: Scalar, at: str) -> str | None:
        text = node.text.strip()
        if text in choices:
            return text
        plain = text.strip(slips.CURLY).strip().lower()
        close = difflib.get_close_matches(plain, choices, 1, 0.6)
        meant = slips.WORDS.get(plain, "") if slips.WORDS.get(plain) in choices else "".join(close)
        help = f"write:\n{self.typed(at, meant)}" if meant else "write one of these words"
        message = f"“{_last(at)}” cannot be “{text}”: it is one of {', '.join(choices)}"
        self.report(node.place, "R004", message, help)
        return None

    def boolean(self, node: Scalar, at: str) -> bool | None:
        if node.text in ("true", "false") and node.kind != "number":
            return node.text == "true"
        self.report(
            node.place,
            "R003",
            f"“{_last(at)}” is true or false, and this is “{node.text}”",
            "write true or false, without quotes",
        )
        return None

    def integer(self, node: Scalar, at: str) -> int | None:
        if (
            node.kind in ("text", "number")
            and re.fullmatch(r"[0-9]{1,9}", node.text)
            and int(node.text) > 0
            and node.kind == "number"
        ):
            return int(node.text)
        name = _last(at)
        if node.kind == "text" and re.fullmatch(r"[1-9][0-9]{0,8}", node.text):
            message = f"“{name}” is a number, and this is a text, since it stands in quotation marks"
            self.report(node.place, "R003", message, f"write:\n{name} = {node.text}")
            return None
        self.report(
            node.place,
            "R003",
            f"“{name}” is {Kind.POSITIVE.value}, and this is “{node.text}”",
            "write 1 or a larger number, without a point and without quotation marks",
        )
        return None

    def text(self, kind: Any, text: str, node: Scalar, at: str) -> str | None:
        if kind is Kind.MARKDOWN:
            return node.text
        text = one_line(text)
        fault = TEXT_FAULTS[kind](text) if kind in TEXT_FAULTS else ""
        name = _last(at)
        if not fault or (kind is Kind.ID and name in REFERENCES):
            return text
        code = "R005" if kind in (Kind.ADDRESS, Kind.SITE_ADDRESS) else "R004"
        if not self.toml and uncurled(text) and not TEXT_FAULTS[kind](uncurled(text)):
            fault = "the curly quotation marks are taken for a part of it"
        shown = text if text[0] in slips.CURLY else f"“{text}”"
        self.report(node.place, code, f"“{name}” cannot be {shown}: {fault}", self.meant(kind, text, at))
        return None

    def meant(self, kind: Kind, text: str, at: str) -> str:
        """The help for a value that its kind cannot have: what was meant, where that can be told."""
        inner = uncurled(text)
        if inner and not TEXT_FAULTS[kind](inner):
            return f"write:\n{self.typed(at, inner)}"
        if kind is Kind.DATE:
            found = [date for date in slips.dates(inner or text) if not date_fault(date)]
            if len(found) == 1:
                return f"write:\n{self.typed(at, found[0])}"
            if found:
                ways = " or ".join(f"{date} ({slips.in_words(date)})" for date in found)
                return f"write {ways}"
        if kind in (Kind.ADDRESS, Kind.SITE_ADDRESS):
            address = slips.address(inner or text)
            if address and not TEXT_FAULTS[kind](address):
                return f"write:\n{self.typed(at, address)}"
        if kind is Kind.ID and slips.id_of(text):
            return f"write:\n{self.typed(at, slips.id_of(text))}"
        return f"write {kind.value}"

    def typed(self, at: str, value: str) -> str:
        """A field's line with its value, as it can be pasted; of a list's item the value alone."""
        shown = quoted(value) if self.toml else as_value(value)
        if at.rpartition("/")[2].isdigit():
            return shown
        return f"{_last(at)} = {shown}" if self.toml else f"{_last(at)}: {shown}"


REFERENCES = ("article", "story", "by", "edited", "silent", "related")
"""Fields of ids of other files and of people: one that is no id is unknown like others (`generator.link.library`)."""


def _meant_field(name: str, known: Collection[str], typed: Collection[str]) -> str:
    """The field that was meant by `name`, which is none. An empty text where none is like it, or that is there too."""
    plain = name.strip().lower().replace("-", "_")
    close = [slips.FIELDS.get(plain, ""), *difflib.get_close_matches(plain, known, 3, 0.7)]
    return next((field for field in close if field in known and field not in typed), "")


def _holds(value: Node, field: str) -> bool:
    """Whether a field without a space after its colon was taken for the end of the text above it."""
    return isinstance(value, Scalar) and bool(re.search(rf"\s{field}:\S", value.text))


def _with_hyphen(node: Node) -> str:
    """The help for a list of one that was typed without its hyphen."""
    if isinstance(node, Mapping) and node.fields:
        name, value = node.fields[0]
        shown = f"{name.text}: {as_value(value.text)}" if isinstance(value, Scalar) else f"{name.text}: ..."
        return f"put a hyphen before the first line of each entry:\n  - {shown}"
    return "begin each item with a hyphen and a space"


_NOUNS = {
    "NotArticle": "an entry of not_article",
    "PublisherCorrection": "a publisher's correction",
    "Exception_": "an exception",
    "TextPage": "a page",
    "Settings": "site.toml",
    "Article": "an article",
    "Organisation": "the organisation",
    "Code": "a code of principles",
    "ArticleSettings": "[articles]",
    "Switch": "this table",
    "History": "[history]",
    "Feeds": "[feeds]",
    "On": "this table",
    "CheckSettings": "[check]",
}


def _noun(type_: type[Record]) -> str:
    return _NOUNS.get(type_.__name__, f"a {type_.__name__.lower()}")


def _last(at: str) -> str:
    """The name of the field at `at`: an item of a list goes by its list's."""
    return next((step for step in reversed(at.split("/")) if not step.isdigit()), at)


def _shape(node: Node) -> str:
    if isinstance(node, Scalar):
        return "a single text" if node.text.strip() else "empty"
    return "a list" if isinstance(node, Sequence) else "a group of fields"
