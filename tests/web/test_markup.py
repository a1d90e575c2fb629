"""The Nu HTML checker has nothing to say of any page."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.web import nu, tools

PAGE = '<!doctype html><html lang="en"><title>A title</title><meta charset="utf-8">{}'


def test_the_checker_says_nothing(nu_check: nu.Check) -> None:
    assert nu_check.messages() == []


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("<p><b>one<i>two</b></i></p>", "violates nesting rules"),
        ("<section><p>x</p></section>", "Section lacks heading"),
        ('<p role="button" style="colour: red">x</p>', "colour"),
    ],
)
def test_the_checker_finds_a_fault(body: str, told: str, tmp_path: Path) -> None:
    tools.need("java", "nu")
    (tmp_path / "index.html").write_text(PAGE.format(body), "utf-8")
    assert told in "\n".join(nu.check(tmp_path))


def test_what_a_policy_forbids_is_found(tmp_path: Path) -> None:
    """Only what a page loads from its own site is no fault in a file."""
    tools.need("java", "nu")
    policy = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src 'self'\">"
    data = '<script type="application/ld+json">{}</script>'
    images = '<img src="x.png" alt=""><img src="https://e.org/x.png" alt="">'
    (tmp_path / "index.html").write_text(PAGE.format(policy + data + images), "utf-8")
    (message,) = nu.check(tmp_path)
    assert "https://e.org/x.png" in message
    (tmp_path / "index.html").write_text(PAGE.format(policy + "<script>go()</script>"), "utf-8")
    (message,) = nu.check(tmp_path)
    assert "Inline script violates" in message
