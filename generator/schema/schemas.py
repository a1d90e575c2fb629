"""Schemas: JSON Schemas of the content's files, made from the records.

They are in draft 7, the newest that the YAML language server knows well (it reads 2020-12 only in part). Values in YAML
are text as it was typed, and a language server takes some texts for numbers or truth values: a field for text allows
those too. The program and the schemas agree but for what docs/schema.md lists; tests/test_schema.py holds both to that.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, TypeAlias

from generator.check.standards import STANDARDS
from generator.problems import CODES
from generator.read.forms import Form, fields_of, form_of
from generator.read.kinds import SHAPES
from generator.records import (
    Article,
    CheckSettings,
    Claim,
    Exception_,
    FileRecord,
    Kind,
    Part,
    Quote,
    Record,
    Settings,
    Source,
    Story,
    TextPage,
)
from generator.schema.choices import Choices, Site
from generator.schema.descriptions import CHOICES, description
from generator.schema.kinds import pattern

Schema: TypeAlias = dict[str, Any]

DRAFT = "http://json-schema.org/draft-07/schema#"

NAMES: dict[str, tuple[type[FileRecord], str]] = {
    "claim": (Claim, "A claim and its verdict"),
    "article": (Article, "An article"),
    "story": (Story, "A story"),
    "page": (TextPage, "A page's front matter"),
    "site": (Settings, "A site's settings"),
}
"""The schemas by name, each with its record and its title."""

_REFERENCES: dict[tuple[type[Record], str], str] = {
    (Article, "story"): "stories",
    (Claim, "verdict"): "verdicts",
    (Claim, "story"): "stories",
    (Claim, "by"): "people",
    (Claim, "edited"): "people",
    (Claim, "silent"): "articles",
    (Claim, "related"): "claims",
    (Part, "verdict"): "verdicts",
    (Quote, "article"): "articles",
    (Source, "article"): "articles",
}
"""Fields that hold ids, each with what it can choose from."""

_SUGGESTIONS: dict[tuple[type[Record], str], str] = {
    (Article, "publisher"): "publishers",
    (Article, "origin"): "origins",
    (Claim, "tags"): "tags",
    (Quote, "origin"): "origins",
}
"""Fields that take any text, each with the names that were used before."""

_NOT_TWICE = {(Claim, name) for name in ("related", "aliases", "silent", "tags")} | {
    (type_, "aliases") for type_ in (Article, Story)
}
_TYPED_AS = {
    Kind.DATE: ["string", "integer"],
    Kind.LANGUAGE: ["string", "boolean"],
    Kind.SHA256: ["string", "number"],
    **{kind: ["string"] for kind in (Kind.ADDRESS, Kind.SITE_ADDRESS, Kind.PATH, Kind.COLOUR, Kind.MAIL)},
}
_ANY_TEXT = ["string", "number", "boolean"]


def schemas(site: Site) -> dict[str, Schema]:
    """The schemas of a site's files, by name."""
    return {name: _file_schema(type_, title, site) for name, (type_, title) in NAMES.items()}


def _file_schema(type_: type[FileRecord], title: str, site: Site) -> Schema:
    maker = _Maker(site, toml=type_ is Settings)
    made = {"$schema": DRAFT, "title": title, **maker.record(type_)}
    if maker.definitions:
        made["definitions"] = dict(sorted(maker.definitions.items()))
    return made


class _Maker:
    """Makes one file's schema. `definitions` has what several of its fields choose from."""

    def __init__(self, site: Site, toml: bool) -> None:
        self.site = site
        self.toml = toml
        self.definitions: dict[str, Schema] = {}

    def record(self, type_: type[Record]) -> Schema:
        known = fields_of(type_)
        made: Schema = {
            "type": "object",
            "additionalProperties": False,
            "properties": {name: self.field(type_, name, hint) for name, (_, hint, _) in known.items()},
        }
        required = [name for name, (_, _, needed) in known.items() if needed]
        if required:
            made["required"] = required
        return made | _RULES.get(type_, {})

    def field(self, type_: type[Record], name: str, hint: Any) -> Schema:
        form = form_of(hint)
        made = self.value(type_, name, form)
        if (type_, name) in _NOT_TWICE:
            made["uniqueItems"] = True
        if (type_, name) == (Settings, "verdicts"):
            made["minItems"] = 1
        if (type_, name) == (Settings, "format"):
            made = {"const": 1}
        if (type_, name) == (Settings, "people"):
            made["propertyNames"] = {"pattern": pattern(Kind.ID)}
        return {"description": description(type_, name), **made}

    def value(self, type_: type[Record], name: str, form: Form) -> Schema:
        """The schema of a field's value, or of the items of its list."""
        if form.what == "list":
            item = self.value(type_, name, form_of(form.inner))
            items = {"type": "array", "items": item}
            return {"anyOf": [item, items]} if form.kind == "one or more" else items
        if form.what == "named":
            return {"type": "object", "additionalProperties": self.record(form.inner)}
        if form.what == "record":
            record = self.record(form.inner)
            return {"anyOf": [self.text(None), record]} if form.inner.shorthand else record
        if form.what == "choice":
            return _choice({choice: CHOICES.get(choice, "") for choice in form.inner})
        if form.what == "boolean":
            return {"type": "boolean"}
        if form.what == "integer":
            return {"type": "integer", "minimum": 1, "maximum": 999_999_999}
        return self.reference(type_, name) or self.suggestion(type_, name) or self.text(form.kind)

    def text(self, kind: object) -> Schema:
        if kind is Kind.SHAPE:
            return {"enum": list(SHAPES)}
        types = _TYPED_AS.get(kind, _ANY_TEXT) if isinstance(kind, Kind) else _ANY_TEXT
        types = ["string"] if self.toml else types
        made: Schema = {"type": types[0] if len(types) == 1 else types, "pattern": pattern(kind)}
        if "integer" in types:
            made |= {"minimum": 1000, "maximum": 9999}  # a year
        shown = kind.value if isinstance(kind, Kind) and kind is not Kind.MARKDOWN else "a text, or delete the line"
        return made | {"patternErrorMessage": f"write {shown}"}

    def reference(self, type_: type[Record], name: str) -> Schema | None:
        """A choice among a site's ids; None where it has none yet, or the field is another."""
        if (type_, name) == (CheckSettings, "off"):
            return _choice({code: subject for code, (severity, subject) in CODES.items() if severity == "warning"})
        if (type_, name) == (Exception_, "rule"):  # of the site's own standards only site.toml can except one
            asked = {code for code, standard in STANDARDS.items() if self.toml or standard.of != "site"}
            return _choice({code: subject for code, (_, subject) in CODES.items() if code in asked})
        folder = _REFERENCES.get((type_, name), "")
        choices: Choices = getattr(self.site, folder) if folder else {}
        if not choices:
            return None
        self.definitions[folder] = _choice(choices)
        return {"allOf": [{"$ref": f"#/definitions/{folder}"}]}  # beside a plain $ref draft 7 reads nothing else

    def suggestion(self, type_: type[Record], name: str) -> Schema | None:
        names = getattr(self.site, _SUGGESTIONS.get((type_, name), ""), ())
        return self.text(None) | {"examples": list(names)} if names else None


def _choice(choices: Mapping[str, str]) -> Schema:
    """One of `choices`, in every way in which a language server may read what was typed."""
    values = [(reading, told) for id, told in choices.items() for reading in reversed(readings(id))]
    return {"enum": [value for value, _ in values], "enumDescriptions": [told for _, told in values]}


_WORDS = {
    **dict.fromkeys(("true", "yes", "on", "y"), True),
    **dict.fromkeys(("false", "no", "off", "n"), False),
    "null": None,
}


def readings(id: str) -> list[Any]:
    """An id as YAML 1.2 and 1.1 read it without quotes; as text first."""
    found: list[Any] = [id]
    if id in _WORDS:
        found.append(_WORDS[id])
    elif re.fullmatch(r"-?[0-9]+", id):
        found.append(int(id))
        if re.fullmatch(r"-?0[0-7]+", id):
            found.append(int(id, 8))
    elif re.fullmatch(r"0o[0-7]+|0x[0-9a-f]+|0b[01]+", id):
        found.append(int(id, 0))
    elif re.fullmatch(r"-?[0-9]+e-?[0-9]{1,2}", id):
        found.append(float(id))
    return found


def _when_status(status: str) -> Schema:
    return {"properties": {"status": {"const": status}}, "required": ["status"]}


_RULES: dict[type[Record], Schema] = {
    Claim: {
        "allOf": [
            {"if": _when_status("draft"), "else": {"required": list(Claim.required_when_published)}},
            {
                "if": _when_status("retracted"),
                "then": {"required": ["corrections"], "properties": {"corrections": {"minItems": 1}}},
            },
        ]
    },
    Source: {"anyOf": [{"required": [name]} for name in ("url", "article", "text")]},
}
"""What the program asks of several fields at once."""
