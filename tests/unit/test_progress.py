"""Progress: nothing for what is soon over, lines where there is no terminal, a bar on one."""

from __future__ import annotations

import io

import pytest

from generator import progress
from generator.progress import shown, timings


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def told(stream: io.StringIO) -> str:
    with shown(stream) as found:
        found.begin("Claims", 20)
        found.advance(8)
        found.advance(12)
        found.begin("Lists", 3)
        found.rendered({"claim.html": (0.5, 20)})
    return stream.getvalue()


@pytest.mark.parametrize("stream", [io.StringIO, Terminal])
def test_what_is_soon_over_is_not_shown(stream: type[io.StringIO], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "_SOON", 60.0)
    assert told(stream()) == ""


def test_lines_say_the_stage_and_the_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "_SOON", -1.0)
    monkeypatch.setattr(progress, "_BETWEEN_LINES", 0.0)
    assert told(io.StringIO()) == "Claims: 0 of 20\nClaims: 8 of 20\nClaims: 20 of 20\nLists: 0 of 3\n"


def test_a_terminal_gets_a_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "_SOON", -1.0)
    monkeypatch.setattr(progress, "_BETWEEN_LOOKS", 0.0)
    monkeypatch.setenv("TERM", "xterm")
    words = told(Terminal())
    assert "Claims" in words
    assert "8/20" in words
    assert "20/20" in words
    assert "Lists" in words


def test_timings_name_stages_and_templates() -> None:
    with shown(io.StringIO()) as found:
        found.begin("Claims", 20)
        found.rendered({"claim.html": (0.5, 20)})
        found.rendered({"claim.html": (0.5, 20), "list.html": (0.1, 1)})
    lines = [line.split() for line in timings(found).splitlines()]
    assert lines[1][0] == "Claims"
    assert lines[3:] == [
        ["claim.html", "1.000", "25.000", "40", "pages"],
        ["list.html", "0.100", "100.000", "1", "page"],
    ]
