"""Passages: quotes as runs of the article's own characters, and its paragraphs with every quote marked in place."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.link.fold import visible
from generator.link.library import Proved
from generator.link.proof import Anchor, Evidence, Span
from generator.plan.article_values import ParagraphView, Piece, QuotedBy
from generator.plan.passages import Marking, _pieces, _window_views, _windows, left_out, paragraphs, quote_runs
from generator.read.texts import BREAK, Text


def proved(text: Text, quote: str, *marks: str) -> Proved:
    evidence = Evidence(text)
    anchor = evidence.prove(quote)
    assert isinstance(anchor, Anchor)
    return Proved(anchor, tuple(evidence.span(evidence.occurrences(mark)[0]) for mark in marks))


def runs(text: Text, quote: str, *marks: str) -> list[str]:
    """The quote's runs, each in the brackets of its kind."""
    signs = {"text": "{}", "mark": "*{}*", "omission": "[…]", "break": "¶"}
    return [signs[run.kind].format(run.text) for run in quote_runs(text.whole, proved(text, quote, *marks))]


@pytest.mark.parametrize(
    ("article", "quote", "marks", "expected"),
    [
        (("It landed at noon.",), "landed at noon", (), ["landed at noon"]),
        (("It “landed” — at noon.",), 'It "landed" - at noon.', (), ["It “landed” — at noon."]),
        (("The sh\u00adip \u202elanded\u202c.",), "The ship landed.", (), ["The ship landed."]),
        (("It landed at noon.",), "It landed at noon.", ("landed",), ["It ", "*landed*", " at noon."]),
        (("It landed at noon.",), "It landed", ("It", "landed"), ["*It*", " ", "*landed*"]),
        (
            ("It landed at noon.",),
            "It landed at noon",
            ("It landed", "landed at"),
            ["*It *", "*landed*", "* at*", " noon"],
        ),
        (("It did not land at noon.",), "It did […] at noon", (), ["It did", "[…]", "at noon"]),
        (("It did not land at noon.",), "It did [...] at noon", ("noon",), ["It did", "[…]", "at ", "*noon*"]),
        (("It landed.", "They cheered."), "It landed. They cheered", (), ["It landed.", "¶", "They cheered"]),
    ],
)
def test_runs(article: tuple[str, ...], quote: str, marks: tuple[str, ...], expected: list[str]) -> None:
    assert runs(Text(article), quote, *marks) == expected


def test_a_mark_can_cross_a_paragraphs_end() -> None:
    text = Text(("It landed.", "They cheered."))
    assert runs(text, "It landed. They cheered", "landed. They") == ["It ", "*landed.*", "¶", "*They*", " cheered"]


def test_what_each_omission_leaves_out() -> None:
    text = Text(("It did not land at noon, but it", "did at one o’clock."))
    quote = proved(text, "It did […] at noon, […] at one")
    assert left_out(text.whole, quote) == ("not land", "but it\ndid")


# --- an article's page ------------------------------------------------------------------------------------------------


def marked(spans: tuple[Span, ...], anchor: str) -> Marking:
    by = QuotedBy(address="/", headline="", stance="asserts", verdict=None, retracted=False, anchor=anchor)
    return Marking(spans, by)


def marking(text: Text, quote: str, anchor: str) -> Marking:
    return marked(proved(text, quote).anchor.spans, anchor)


def shown(view: ParagraphView) -> str:
    """A paragraph in one line: #anchor before a quote's beginning, marked words between asterisks."""
    if view.kind == "gap":
        return f"({view.count} left out)"
    pieces = [
        "".join(f"#{anchor} " for anchor in piece.anchors) + (f"*{piece.text}*" if piece.marked else piece.text)
        for piece in view.pieces
    ]
    line = ("… " if view.cut_before else "") + "".join(pieces) + (" …" if view.cut_after else "")
    return f"<{view.why}> {line}" if view.kind == "apart" else line


def page(text: Text, *quotes: str, show: str = "excerpts", apart: tuple[str, ...] = ()) -> list[str]:
    evidence = Evidence(text)
    spans = [(evidence.span(evidence.occurrences(words)[0]), "why") for words in apart]
    markings = [marking(text, quote, f"q{number}") for number, quote in enumerate(quotes, 1)]
    return [shown(view) for view in paragraphs(text.whole, spans, markings, show)]


TEXT = Text(("One two three.", "Four five six.", "Seven eight nine.", "Ten eleven."))


@pytest.mark.parametrize(
    ("show", "expected"),
    [
        ("full", ["One two three.", "Four #q1 *five six*.", "Seven eight nine.", "Ten eleven."]),
        ("excerpts", ["(1 left out)", "Four #q1 *five six*.", "(2 left out)"]),
        ("none", ["(1 left out)", "… #q1 *five six* …", "(2 left out)"]),
    ],
)
def test_what_is_shown_of_an_article(show: str, expected: list[str]) -> None:
    assert page(TEXT, "five six", show=show) == expected


@pytest.mark.parametrize(
    ("quotes", "expected"),
    [
        # one inside another, one across another's end, two that touch, the same one twice
        (("One two three", "two"), "#q1 *One *#q2 *two** three*."),
        (("One two", "two three"), "#q1 *One *#q2 *two** three*."),
        (("One two", "three"), "#q1 *One two* #q2 *three*."),
        (("two", "two"), "One #q1 #q2 *two* three."),
    ],
)
def test_quotes_that_overlap_are_cut_at_each_others_ends(quotes: tuple[str, ...], expected: str) -> None:
    assert page(Text(("One two three.",)), *quotes) == [expected]


def test_a_quote_across_paragraphs_is_marked_in_both_and_begins_in_one() -> None:
    assert page(TEXT, "three. Four five") == ["One two #q1 *three.*", "*Four five* six.", "(2 left out)"]


def test_a_quote_with_words_left_out_is_marked_in_its_parts_and_begins_once() -> None:
    assert page(TEXT, "One two […] five six") == ["#q1 *One two* three.", "Four *five six*.", "(2 left out)"]


def test_each_paragraph_names_the_quotes_in_it_and_no_others() -> None:
    text = Text(("One two three.", "Four five six."))
    markings = [marking(text, "One two […] five six", "a"), marking(text, "two three", "b")]
    views = paragraphs(text.whole, [], markings, "full")
    assert [[entry.anchor for entry in view.quoted_by] for view in views] == [["a", "b"], ["a"]]


def test_words_that_are_not_the_article_stand_apart() -> None:
    text = Text(("One two. BUY NOW! Three four.", "COOKIES?", "Five."))
    expected = ["One two. ", "<why> BUY NOW!", " Three four.", "<why> COOKIES?", "Five."]
    assert page(text, show="full", apart=("BUY NOW!", "COOKIES?")) == expected
    assert page(text, "two", apart=("BUY NOW!",))[0] == "One #q1 *two*. "


def test_words_that_two_such_passages_share_stand_once() -> None:
    text = Text(("One. BUY NOW AND SAVE! Two.",))
    expected = ["One. ", "<why> BUY NOW AND", "<why>  SAVE!", " Two."]
    assert page(text, show="full", apart=("BUY NOW AND", "NOW AND SAVE!")) == expected
    expected = ["One. ", "<why> BUY NOW AND SAVE!", " Two."]
    assert page(text, show="full", apart=("BUY NOW AND SAVE!", "NOW AND")) == expected


@pytest.mark.parametrize("show", ["full", "excerpts", "none"])
def test_a_text_without_a_word_has_no_paragraphs(show: str) -> None:
    assert page(Text(()), show=show) == []


SENTENCE = "This sentence is just sixty characters long, count them now. "


def test_a_long_paragraph_is_cut_at_sentences_some_300_characters_from_a_quote() -> None:
    text = Text(((SENTENCE * 10 + "Here it is. " + SENTENCE * 10).strip(),))
    assert page(text, "Here it is.") == [f"… {SENTENCE * 4}#q1 *Here it is.* {SENTENCE * 4}".strip() + " …"]


def test_a_paragraph_without_sentences_is_cut_at_words() -> None:
    (line,) = page(Text(("word " * 200 + "here it is" + " word" * 200,)), "here it is")
    before, _, after = line.partition("#q1 *here it is*")
    assert set(before.split()) == {"…", "word"} == set(after.split())
    assert 290 < len(before) < 310
    assert 290 < len(after) < 310


def test_excerpts_round_quotes_that_lie_close_are_one() -> None:
    text = Text(((SENTENCE * 3 + "Here it is. " + SENTENCE * 3 + "And here too. " + SENTENCE * 20).strip(),))
    (line,) = page(text, "Here it is.", "And here too.")
    assert line.startswith(SENTENCE)
    assert "#q1 *Here it is.*" in line
    assert "#q2 *And here too.*" in line
    assert line.endswith("…")


def test_excerpts_round_quotes_that_lie_far_apart_are_two() -> None:
    text = Text(((SENTENCE * 3 + "Here it is. " + SENTENCE * 20 + "And here too.").strip(),))
    first, second = page(text, "Here it is.", "And here too.")
    assert first.endswith("…")
    assert second.startswith("…")


# --- properties -------------------------------------------------------------------------------------------------------

WHOLE = BREAK.join(["One two. Three four.", "", "Five\u200b six.", "Seven. Eight nine ten.", "\u200b", SENTENCE * 12])


@st.composite
def spans(draw: st.DrawFn, most: int) -> list[Span]:
    """Passages of WHOLE, in order, none touching the next."""
    offsets = st.one_of(st.integers(0, 60), st.integers(0, len(WHOLE)))  # mostly where the paragraphs are short
    points = sorted(draw(st.sets(offsets, min_size=2, max_size=2 * most)))
    return list(zip(points[::2], points[1::2], strict=False))


markings = st.lists(spans(2), max_size=6).map(
    lambda quotes: [marked(tuple(quote), f"q{number}") for number, quote in enumerate(quotes)]
)


def pieces_by_the_rule(span: Span, markings: list[Marking]) -> list[Piece]:
    ends = {point for marking in markings for quote in marking.spans for point in quote if span[0] < point < span[1]}
    return [
        Piece(
            visible(WHOLE[low:high]),
            any(first <= low and high <= last for marking in markings for first, last in marking.spans),
            tuple(marking.quoted_by.anchor for marking in markings if marking.spans[0][0] == low),
        )
        for low, high in pairwise(sorted({*span, *ends}))
    ]


@given(markings, spans(1))
def test_a_piece_is_marked_where_a_quote_covers_it(markings: list[Marking], span: list[Span]) -> None:
    assert list(_pieces(WHOLE, span[0], markings)) == pieces_by_the_rule(span[0], markings)


@pytest.mark.parametrize("show", ["full", "excerpts", "none"])
@given(markings=markings, apart=spans(2))
def test_each_paragraph_is_shown_as_if_every_quote_were_looked_at_for_it(
    show: str, markings: list[Marking], apart: list[Span]
) -> None:
    aside = [(span, "why") for span in apart]
    expected: list[ParagraphView] = []
    hidden = start = 0
    for paragraph in WHOLE.split(BREAK):
        end = start + len(paragraph)
        windows = _windows(paragraph, start, markings, show)
        if windows and hidden:
            expected.append(ParagraphView("gap", count=hidden))
        hidden = 0 if windows else hidden + 1
        for window in windows:
            expected += _window_views(WHOLE, (start, end), window, aside, markings)
        start = end + len(BREAK)
    if hidden:
        expected.append(ParagraphView("gap", count=hidden))
    assert list(paragraphs(WHOLE, aside, markings, show)) == expected
