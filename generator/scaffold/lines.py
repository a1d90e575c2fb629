"""Lines: YAML that an editor fills in. What is explained begins with `## `; a field that waits to be used, with `# `.

So a comment sign and its space taken from a field's lines leave YAML, and an explanation stays a comment even where a
text editor uncomments a whole part.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from typing import Any

from generator.problems import FaultError
from generator.read.files import invisible
from generator.read.forms import fields_of, form_of
from generator.read.quoting import quoted
from generator.records import Kind, Record
from generator.schema.descriptions import description

_WIDTH = 100


def block(name: str, text: str, indent: str = "") -> str:
    """A field with a text of any length, in which nothing can be cut: in a block. Empty where `text` is."""
    lines = textwrap.wrap(" ".join(text.split()), _WIDTH, break_long_words=False, break_on_hyphens=False)
    deeper = indent + ("    " if name.startswith("- ") else "  ")
    return f"{indent}{name}: >-\n" + "".join(f"{deeper}{line}".rstrip() + "\n" for line in lines or [""])


def plain(text: str) -> str:
    """An id as a value."""
    return quoted(text) if text.startswith("-") else text


def listed(ids: Iterable[str]) -> str:
    """Ids as a list on one line."""
    return f"[{', '.join(map(plain, ids))}]"


def explained(text: str) -> str:
    """`text` as an explanation."""
    return "".join(f"## {line}\n" for line in textwrap.wrap(text, _WIDTH, break_on_hyphens=False))


def waiting(yaml: str) -> str:
    """Fields as comments: each line's `# ` taken away leaves them."""
    return "".join(f"# {line}".rstrip() + "\n" for line in yaml.splitlines())


def typed(text: str, what: str) -> str:
    """A text from the command line, on one line. Raises FaultError where nobody could see all of it."""
    found = invisible(text.replace("\n", " "))
    if found:
        raise FaultError(f"{what} holds an invisible character, {found}: type it again without it")
    if not text.strip():
        raise FaultError(f"{what} is empty: type a text, or leave the option out")
    return " ".join(text.split())


def field(type_: type[Record], name: str, yaml: str, live: bool, more: str = "") -> str:
    """A field with what it is for above it; as a comment unless it is `live`."""
    told = f"{description(type_, name)} {more}".strip()
    needed = " (Required.)" if live and fields_of(type_)[name][2] else ""
    return explained(f"{told}{needed}") + (yaml if live else waiting(yaml))


def parts(type_: type[Record], names: Sequence[str]) -> str:
    """What fields inside a field are for, in a sentence."""
    return " ".join(f"{name}: {description(type_, name)}" for name in names)


def sample(type_: type[Record], name: str, today: str) -> str:
    """Some YAML for a field of which nothing more is known than its type."""
    return _sample(name, fields_of(type_)[name][1], today, "")


def _sample(name: str, hint: Any, today: str, indent: str) -> str:
    form = form_of(hint)
    if form.what == "record":
        return f"{indent}{name}:\n{_inside(form.inner, today, indent + '  ')}"
    if form.what == "list":
        inner = form_of(form.inner)
        if inner.what == "record":
            lines = _inside(inner.inner, today, indent + "    ")
            return f"{indent}{name}:\n{indent}  - {lines[len(indent) + 4 :]}"
        return f"{indent}{name}: [{_word(inner, today)}]\n"
    if form.what == "text" and form.kind in (None, Kind.MARKDOWN):
        return block(name, "Write it here.", indent)
    return f"{indent}{name}: {_word(form, today)}\n"


def _inside(type_: type[Record], today: str, indent: str) -> str:
    known = fields_of(type_).items()
    wanted = [(name, hint) for name, (_, hint, required) in known if required] or [(n, f[1]) for n, f in known][:1]
    return "".join(_sample(name, hint, today, indent) for name, hint in wanted)


def _word(form: Any, today: str) -> str:
    if form.what == "choice":
        return str(form.inner[0])
    if form.what in ("boolean", "integer"):
        return "true" if form.what == "boolean" else "1"
    words = {
        Kind.DATE: today,
        Kind.ADDRESS: "https://publisher.example/page",
        Kind.LANGUAGE: "en",
        Kind.PATH: "seeds/text.txt",
        Kind.SHA256: "0" * 64,
        Kind.ID: "an-id",
    }
    return words.get(form.kind, "words")
