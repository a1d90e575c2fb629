"""Writing a new site: the files under `site_files/`, with its title, address and language filled in.

What readers of the site see stands under `translated/`, too, in every language that the interface speaks.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from generator import __version__
from generator.languages import languages, spoken
from generator.problems import FaultError
from generator.read.files import invisible
from generator.read.kinds import TEXT_FAULTS
from generator.records import Kind

FILES = Path(__file__).resolve().parent / "site_files"
TRANSLATED = Path(__file__).resolve().parent / "translated"
"""By language: the scale, and files that take the place of those of the same path under `site_files/`."""
_FILLED_IN = ("README.md", "requirements.txt", "site.toml")
"""The files that have places to be filled in, such as %TITLE%."""


class Wishes(Struct, frozen=True):
    """What is asked of a new site. `parallax` is what pip installs Parallax from, if that is known."""

    title: str = "A new fact-check site"
    url: str = "https://checks.example"
    language: str = "en"
    parallax: str = ""


def write_site(folder: Path, wishes: Wishes) -> list[str]:
    """Write a new site into `folder`, which is new or empty (but for git's own); returns the paths of its files.

    Raises FaultError where that cannot be; nothing that is there is ever written over.
    """
    filled_in = _filled_in(wishes)
    _require_empty(folder)
    written = []
    for source in _files():
        path = source.relative_to(FILES).as_posix()
        own = TRANSLATED / _spoken(wishes.language) / path
        data = (own if own.is_file() else source).read_bytes()
        if path in _FILLED_IN:
            data = _fill_in(data.decode(), filled_in).encode()
        try:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            with open(folder / path, "xb") as file:
                file.write(data)
        except OSError as error:
            raise FaultError(f"{folder / path} cannot be written: {error.strerror}") from error
        written.append(path)
    return written


def _files() -> Iterator[Path]:
    for parent, folders, names in os.walk(FILES):
        folders.sort()
        yield from (Path(parent, name) for name in sorted(names))


def _filled_in(wishes: Wishes) -> dict[str, str]:
    """What stands in the places to be filled in. Raises FaultError for what no site can have."""
    title = " ".join(wishes.title.split())
    hidden = [found for text in wishes.__struct_fields__ if (found := invisible(getattr(wishes, text)))]
    if hidden:
        raise FaultError(f"what was typed holds an invisible character, {hidden[0]}: type it again without it")
    if not title:
        raise FaultError("a site needs a title: type it after --title, in quotation marks")
    for kind, text, example in (
        (Kind.SITE_ADDRESS, wishes.url, "--url https://checks.example"),
        (Kind.LANGUAGE, wishes.language, "--language en"),
    ):
        fault = TEXT_FAULTS[kind](text)
        if fault:
            raise FaultError(f"“{text}”: {fault}. Type it like this: {example}")
    return {
        "TITLE": _quoted(title),
        "URL": _quoted(wishes.url),
        "LANGUAGE": _quoted(wishes.language),
        "NAME": title,
        "VERSION": __version__,
        "REQUIREMENT": " ".join(wishes.parallax.split()),
        "SCALE": (TRANSLATED / _spoken(wishes.language) / "scale.toml").read_text("utf-8").rstrip("\n"),
    }


def _spoken(language: str) -> str:
    """The language of a new site's texts: English where the interface does not speak its own."""
    return spoken(language) or "en"


def _fill_in(text: str, filled_in: Mapping[str, str]) -> str:
    return re.sub("%([A-Z]+)%", lambda found: filled_in[found[1]], text).rstrip("\n") + "\n"


def _quoted(text: str) -> str:
    """A text as TOML has it between quotation marks, on one line: JSON's escapes are TOML's too."""
    return json.dumps(text, ensure_ascii=False)


def _require_empty(folder: Path) -> None:
    try:
        found = sorted(entry.name for entry in folder.iterdir() if entry.name != ".git")
    except FileNotFoundError:
        return
    except OSError as error:
        raise FaultError(f"{folder} cannot be a site's folder: {error.strerror}") from error
    if found:
        some = ", ".join(found[:3]) + (", …" if len(found) > 3 else "")
        raise FaultError(f"{folder} is not empty ({some}), and was left as it is: name a new folder")


def untranslated(language: str) -> str:
    """What to tell of a language that the interface and a new site's texts do not speak; empty for one that they do."""
    if spoken(language):
        return ""
    known = ", ".join(languages())
    return (
        f"The site's own words stand in English: there is no catalogue for {language}, only for {known}. "
        "The scale, the pages and the example are in English too: translate them."
    )
