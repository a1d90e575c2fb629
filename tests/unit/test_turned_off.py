"""Turned off: the methodology page tells readers, in their language, which warnings the site does without."""

from __future__ import annotations

from pathlib import Path

from support import SMALL, lay, small_site

from generator.__main__ import main
from generator.check.standards import STANDARDS
from generator.lexicons import lexicon_of
from generator.plan.turned_off import turned_off
from generator.problems import CODES
from generator.words import Words

METHODOLOGY = "---\ntitle: Methodology\n---\n\nHow we work.\n"


def page(tmp_path: Path, settings: str) -> str:
    site = small_site(tmp_path / "site")
    lay(site, {"content/pages/methodology.md": METHODOLOGY, "content/pages/about.md": METHODOLOGY})
    lay(site, {"site.toml": SMALL["site.toml"] + settings})
    assert main(["build", "--site", str(site)]) == 0
    assert "turned off" not in (site / "build" / "about" / "index.html").read_text("utf-8")
    return (site / "build" / "methodology" / "index.html").read_text("utf-8")


def test_the_page_lists_what_is_turned_off(tmp_path: Path) -> None:
    told = page(tmp_path, '\n[check]\noff = ["W004", "A002"]\n')
    assert told.index("Checks that are turned off") < told.index("<li>articles whose text could be changed")
    assert "<li>articles that no claim uses</li>" in told
    assert "claims without sources" not in told


def test_the_page_says_nothing_where_nothing_is(tmp_path: Path) -> None:
    assert "turned off" not in page(tmp_path, "")


def test_every_warning_has_words_for_readers() -> None:
    words = Words(lexicon_of("en"))
    warnings = [code for code, (severity, _) in CODES.items() if severity == "warning"]
    assert [code for code in warnings if not turned_off([code], words)] == [
        code for code in warnings if code[0] == "S" and code not in STANDARDS
    ]
    assert turned_off(["W004"], Words(lexicon_of("de"))) == ("Artikeln, die keine Behauptung verwendet",)
