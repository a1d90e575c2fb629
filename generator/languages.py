"""Languages: which ones the interface can speak. Each has a catalogue, save English, in which messages are written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

CATALOGUES = Path(__file__).parent / "catalogues"
ENGLISH = "en"
_RIGHT_TO_LEFT = frozenset("ar arc ckb dv fa he ks nqo ps sd syr ug ur yi".split())


def languages() -> list[str]:
    """The languages that the interface speaks, in order."""
    return sorted({ENGLISH, *(file.stem for file in CATALOGUES.glob("*.po"))})


def spoken(language: str) -> str:
    """The language in which the interface speaks on a site in a BCP 47 `language`; empty where there is none."""
    known = languages()
    return next((name for name in with_wider(language) if name in known), "")


def direction(language: str) -> Literal["ltr", "rtl"]:
    """The way in which a BCP 47 language is written."""
    return "rtl" if language.lower().split("-")[0] in _RIGHT_TO_LEFT else "ltr"


def with_wider(language: str) -> Iterator[str]:
    """A language and those that it belongs to, the nearest first: "zh-Hant-TW", "zh-Hant", "zh"."""
    first, *rest = language.split("-")
    for count in range(len(rest), -1, -1):
        yield "-".join([first.lower(), *rest[:count]])
