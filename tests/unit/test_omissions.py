"""What an omission takes out: negations, numbers and hedges are named, in the article's language."""

from __future__ import annotations

import unicodedata

import pytest

from generator.check.omissions import telling_words


@pytest.mark.parametrize(
    ("left_out", "language", "expected"),
    [
        ("the quick brown fox", "en", []),
        ("did not", "en", [("not", "negation")]),
        ("Nobody", "en", [("Nobody", "negation")]),
        ("didn’t", "en", [("didn’t", "negation")]),
        ("perhaps on Monday", "en", [("perhaps", "hedge")]),
        ("some 12 or twelve", "en", [("some", "hedge"), ("12", "number"), ("twelve", "number")]),
        ("the 5th, at 10.35", "en", [("5th", "number"), ("10.35", "number")]),
        ("it is notable and knotted", "en", []),
        ("no más que casi", "es-MX", [("no", "negation"), ("casi", "hedge")]),
        ("não", "pt", [("não", "negation")]),
        ("quizá, quiza\u0301", "es", [("quizá", "hedge"), ("quizá", "hedge")]),
        ("peut-être", "fr", [("peut-être", "hedge")]),
        ("könnte", "de", [("könnte", "hedge")]),
        ("nicht", "de-AT", [("nicht", "negation")]),
        ("nicht", "en", []),
        ("якобы не", "ru", [("якобы", "hedge"), ("не", "negation")]),
        ("nicht never nunca", "sv", [("nicht", "negation"), ("never", "negation"), ("nunca", "negation")]),
    ],
)
def test_telling_words(left_out: str, language: str, expected: list[tuple[str, str]]) -> None:
    found = [(unicodedata.normalize("NFC", word), kind) for word, kind in telling_words(left_out, language)]
    assert found == expected
