"""Gathering: `make catalogues` puts the messages of the code and of the templates into the catalogues.

It is for those who change the program; a build does not need it. Same messages and translations, same bytes.
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

from generator.languages import CATALOGUES, ENGLISH, languages

KEYWORDS = {"_": None, "words": None, "many": (1, 2)}
"""What messages are given to, and which of its arguments they are; None is the first."""
_KEPT = (b'"Language:', b'"Plural-Forms:', b'"Content-Type:', b'"Content-Transfer-Encoding:')
"""Of a catalogue's head; the rest tells when, by whom and with what it was written, which is git's business."""


def gathered(root: Path) -> Catalog:
    """The messages under the folder `root`, found as its babel.cfg says. Raises ValueError where two are at odds."""
    with (root / "babel.cfg").open(encoding="utf-8") as lines:
        methods, options = parse_mapping_cfg(lines)  # type: ignore[no-untyped-call]
    found = Catalog()
    for _, _, id, _, context in extract_from_dir(root, methods, options, KEYWORDS):
        known = found.get(id, context)
        if known is not None and known.id != id:  # a catalogue knows a message by its singular alone
            raise ValueError(f"one message, two plurals: {known.id!r} and {id!r}")
        found.add(id, context=context)
    return found


def updated(catalogue: Catalog, messages: Catalog) -> bytes:
    """A catalogue's file with just these messages, in order, and the translations that it had."""
    catalogue.update(messages, no_fuzzy_matching=True)
    written = BytesIO()
    write_po(written, catalogue, width=0, no_location=True, sort_output=True, ignore_obsolete=True)
    head, gap, rest = written.getvalue().partition(b"\n\n")
    lines = [line for line in head.splitlines() if not line.startswith(b'"') or line.startswith(_KEPT)]
    return b"\n".join(lines) + gap + rest


def read(language: str) -> Catalog:
    """A language's catalogue; a new one has nothing in it."""
    file = CATALOGUES / f"{language}.po"
    locale = language.replace("-", "_")
    if not file.exists():
        return Catalog(locale, header_comment="# Parallax", fuzzy=False)
    with file.open("rb") as lines:
        return read_po(lines, locale)


def lacking(catalogue: Catalog) -> list[Message]:
    """The messages that are not translated, or not in all their forms."""
    return [message for message in catalogue if message.id and (message.fuzzy or not _is_whole(message))]


def _is_whole(message: Message) -> bool:
    strings = (message.string,) if isinstance(message.string, str) else message.string or ("",)
    return all(strings)


def main(new: list[str]) -> int:
    """Bring every catalogue up to date, those of `new` languages too, and say what is not translated."""
    messages = gathered(Path(__file__).parent.parent)
    for language in sorted({*languages(), *new} - {ENGLISH}):
        catalogue = read(language)
        (CATALOGUES / f"{language}.po").write_bytes(updated(catalogue, messages))
        missing = lacking(catalogue)
        print(f"generator/catalogues/{language}.po: {len(messages)} messages, {len(missing)} not translated")
        for message in missing:
            print(f"  {message.id if isinstance(message.id, str) else message.id[0]}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
