"""What is wrong where claims' histories are asked for: git cannot tell them, so pages say less."""

from __future__ import annotations

from collections.abc import Iterator

from generator.history.values import Lacking
from generator.problems import Problem
from generator.records import Settings

START_HELP = 'write the name of a tag, as git tag lists them, or a commit\'s hash: [history] from = "launch"'


def history_problems(settings: Settings, lacking: Lacking | None) -> Iterator[Problem]:
    """The warning of what git cannot tell, if it is `lacking`, at the line of site.toml that asks for it."""
    if lacking is not None:
        place = settings.place("history", "enabled")
        message = f"claims' pages show no history: {lacking.why}"
        yield Problem(settings.path, *place, "H001", message, lacking.help)
