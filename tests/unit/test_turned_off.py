"""Turned off: the methodology page tells readers, in their language, which warnings the site does without."""

from __future__ import annotations

import shutil
from pathlib import Path

from generator.__main__ import main
from generator.check.standards import STANDARDS
from generator.lexicons import lexicon_of
from generator.plan.turned_off import turned_off
from generator.problems import CODES
from generator.words import Words

BASE = Path(__file__).parent.parent / "problems" / "base"


def page(tmp_path: Path, off: str) -> str:
    """The methodology page of the base site, where it turns off what `off` lists."""
    site = tmp_path / "site"
    shutil.copytree(BASE, site)
    settings = (site / "site.toml").read_text("utf-8").partition("[check]")[0]
    (site / "site.toml").write_text(f"{settings}[check]\noff = [{off}]\n", "utf-8")
    assert main(["build", "--site", str(site)]) == 0
    assert "turned off" not in (site / "build" / "about" / "index.html").read_text("utf-8")
    return (site / "build" / "methodology" / "index.html").read_text("utf-8")


def test_the_page_lists_what_is_turned_off(tmp_path: Path) -> None:
    told = page(tmp_path, '"W004", "A002"')
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
