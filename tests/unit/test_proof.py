"""Proof: a quote's words stand in the text, in one place, on whole words; or they are refused with the reason."""

from __future__ import annotations

import unicodedata
from itertools import product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.link.edges import _cuts, _is_clear, cuts
from generator.link.fold import DASHES, DOUBLE_QUOTES, SINGLE_QUOTES, Folded, fold
from generator.link.proof import Anchor, Evidence, Refusal
from generator.read.texts import Text, read_text


def evidence(*paragraphs: str, apart: str = "") -> Evidence:
    text = Text(paragraphs)
    start = text.whole.find(apart)
    return Evidence(text).without([(start, start + len(apart))] if apart else [])


def proved(quote: str, *paragraphs: str, **more: str | bool) -> list[str]:
    """The article's own characters, a part each."""
    on = evidence(*paragraphs)
    found = on.prove(quote, **more)  # type: ignore[arg-type]
    assert isinstance(found, Anchor), found
    return [on.whole[start:end] for start, end in found.spans]


def refused(quote: str, *paragraphs: str, **more: str | bool) -> Refusal:
    found = evidence(*paragraphs).prove(quote, **more)  # type: ignore[arg-type]
    assert isinstance(found, Refusal), found
    return found


# --- equal forms ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("quote", "article", "own"),
    [
        ('he said "it is 5-10"', "There he  said\n“it is 5–10” twice", "he  said\n“it is 5–10”"),
        ("It's here", "so It’s here now", "It’s here"),
        ("the café", "in the cafe\u0301 there", "the cafe\u0301"),
        ("the cafe\u0301", "in the café there", "the café"),
        ("in ạ́", "in á\u0323 out", "in á\u0323"),  # marks in another order, all of them inside
        ("cooperation now", "co\u00adoper\u200bation\u2060 now", "co\u00adoper\u200bation\u2060 now"),
        ("the end", "at the\u00a0end\u200b.", "the\u00a0end"),
        ("one two", "zero one\n\ntwo three", "one\n\ntwo"),
        ("Юля Пересильд", "что Юля Пересильд и Клим", "Юля Пересильд"),
        ("the whole text", "the whole text", "the whole text"),
    ],
)
def test_a_proved_quote_leads_to_the_articles_own_characters(quote: str, article: str, own: str) -> None:
    assert proved(quote, *article.split("\n\n")) == [own]


@pytest.mark.parametrize(
    ("quote", "article"),
    [
        ("late--very late", "it was late—very late"),
        ("late—very late", "it was late--very late"),
        ("wait… what", "so wait... what"),
        ("wait... what", "so wait… what"),
        ("The ship", "so the ship"),
        ("cafe here", "the café here"),
        ("ten people", "ten  persons"),
        ("out, and", "out and"),
        ("landed the ship", "the ship landed"),  # words out of order
        ("ab", "a b"),
    ],
)
def test_nothing_else_is_equal(quote: str, article: str) -> None:
    assert refused(quote, article).code == "Q001"


# --- whole words and numbers ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("quote", "article", "meant"),
    [
        ("man also added that", "A NASA spokeswoman also added that all is fine", "spokeswoman"),
        ("35 am", "They landed at 10.35 am local time", "10.35"),
        ("landed at 10", "They landed at 10.35 am", "10.35"),
        ("women land", "women landed here", "landed"),
        ("omen landed", "women landed here", "women"),
        ("it late", "so it later", "later"),
        ("the caf", "the café here", "cafe\u0301"),
        ("he made it", "Yes, she made it", "she"),
        ("well known", "a well known-about thing", "known-about"),
        ("about thing", "a known-about thing", "known-about"),
        ("about thing", "a known–about thing", "known-about"),
        ("it did", "it didn't go", "didn't"),
        ("it did", "it didn’t go", "didn't"),
        ("Neill said", "what O’Neill said", "O'Neill"),
        ("on 10", "on 10:35 GMT", "10:35"),
        ("on 17", "on 17/10", "17/10"),
        ("up 10", "up 10,000", "10,000"),
        ("000 people", "some 10,000 people", "10,000"),
        ("000 people", "some 10\u00a0000 people", None),
        ("some 10", "some 10\u202f000 people", None),
        ("in 2020", "in 2020-2021", "2020-2021"),
        ("in 2020", "in 2020—2021", "2020-2021"),  # between digits a long dash is a range
        ("449 now", "Buy for $449 now", None),
        ("Buy for $", "Buy for $449 now", None),
        ("449 now", "Buy for US$449 now", None),
        ("449 now", "Buy for € 449 now", None),
        ("for 449", "Buy for 449€ now", None),
        ("for 45", "for 45% of it", None),
        ("out 5", "out 5° now", None),
        ("5 degrees", "it was -5 degrees", None),
        ("5 degrees", "it was −5 degrees", None),
        ("5 degrees", "it was (+5 degrees)", None),
        ("5 degrees", "−5 degrees", None),
        ("$5 more", "it was -$5 more", None),
        ("5 percent", "it was .5 percent", None),
        ("handle here", "the @me_handle here", None),
        ("the OlegMKS", "the OlegMKS@home here", None),
        # numbers of every script, and what holds them together
        ("000 people", "some 10\u2007000 people", "10 000"),
        ("some 10", "some 10\u2008000 people", "10 000"),
        ("000 people", "some 10\u200b\u00a0000 people", "10 000"),
        ("000 people", "some 10 \u00a0000 people", "10 000"),
        ("٥ دولار", "السعر ٣٫٥ دولار", "٣٫٥"),
        ("السعر ٣", "السعر ٣٬٥٠٠ دولار", "٣٬٥٠٠"),
        ("３５ today", "left at １０：３５ today", "１０：３５"),
        ("left at １０", "left at １０．３５ today", "１０．３５"),
        ("５ today", "left １０，５ today", "１０，５"),
        ("５ today", "left １０－５ today", "１０－５"),
        ("５ today", "left １０／５ today", "１０／５"),
        ("5 today", "left 10﹣5 today", "10﹣5"),
        ("2 cup", "now 1⁄2 cup", "1⁄2"),
        ("now 1", "now 1⁄2 cup", "1⁄2"),
        ("2 cup", "now 1∕2 cup", "1∕2"),
        ("5 percent", "rose 10·5 percent", "10·5"),
        ("some 1", "some 1½ cups", "1½"),
        ("some 10", "some 10⁻⁶ m", "10⁻⁶"),
        ("some $5", "some $5-$10 million", None),
        ("$10 million", "some $5–$10 million", None),
        ("for 5%", "for 5%—10% of it", None),
        ("10% of it", "for 5%-10% of it", None),
        # signs
        ("½ percent", "grew by -½ percent", "-½"),
        ("٥ دولار", "السعر -٥ دولار", "-٥"),
        ("5 degrees", "it is:−5 degrees", "-5"),
        ("5 degrees", "it is…−5 degrees", "-5"),
        ("5 degrees", "it is=−5 degrees", "-5"),
        ("5 degrees", "it is~-5 degrees", "-5"),
        ("5 degrees", "it is:-5 degrees", "-5"),
        ("5 degrees", "it is (x)–5 degrees", "-5"),
        ("5 degrees", "it was − 5 degrees", "- 5"),
        ("5 degrees", "it was －5 degrees", "－5"),
        ("5 degrees", "it was ＋5 degrees", "＋5"),
        ("5 percent", "it was -.5 percent", "-.5"),
        ("€5 million", "a loss of - €5 million", "- €5"),
        ("€5 million", "- €5 million", "- €5"),
        ("€ 5 million", "a loss of - € 5 million", "- € 5"),
        ("€ 5 million", "a loss of -€ 5 million", "-€ 5"),
        ("5 million", "a loss of -€ 5 million", "-€ 5"),
        ("€5 million", "a loss of −\u00a0€5 million", None),
        ("a loss of −", "a loss of − €5 million", None),
        # currencies and units
        ("５ now", "Buy for ＄５ now", None),
        ("5 now", "Buy for ₸5 now", None),
        ("Buy for $", "Buy for $ 449 now", None),
        ("for 449", "Buy for 449 € now", "449 €"),
        ("for 5", "for 5 % of it", "5 %"),
        ("for 5", "for 5‱ of it", "5‱"),
        ("for ５", "for ５％ of it", "５％"),
        ("for ٥", "for ٥٪ of it", "٥٪"),
        ("for 5", "for 5℃ now", "5℃"),
        # signs of several characters: what a quote would show of one is another
        ("that A =", "so that A ≠ B", None),
        ("that A ⇒", "so that A ⇏ B", None),
        ("that wow!", "and that wow!\u0301 so", None),
        ("he smiled 👩", "then he smiled 👩🏽\u200d🚀 at me", None),
        ("he smiled 👩🏽", "then he smiled 👩🏽\u200d🚀 at me", None),
        ("🚀 at me", "then he smiled 👩🏽\u200d🚀 at me", None),
        ("he smiled 👍", "then he smiled 👍🏿 at me", None),
        ("we love ❤", "how we love ❤\ufe0f it", None),
        ("the flag 🇺", "saw the flag 🇺🇳 there", None),
        ("🇳 there", "saw the flag 🇺🇳 there", None),
        ("🇫🇷 there", "saw the flag 🇺🇳🇺🇫🇷 there", None),  # of five letters the last stands alone
        ("of 🏴", "the team of 🏴\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f won", None),
    ],
)
def test_neither_end_may_fall_inside_a_word_or_a_number(quote: str, article: str, meant: str | None) -> None:
    found = refused(quote, article)
    assert found.code == "Q003"
    if meant is not None:
        assert f"inside “{meant}”" in found.message


def test_a_cut_quote_is_told_which_whole_words_to_quote() -> None:
    found = refused("man also added", "A spokeswoman also added that")
    assert found.message == "this quote begins inside “spokeswoman”"
    assert found.help == "quote whole words: spokeswoman also added"
    found = refused("was late", "It was later then")
    assert found.message == "this quote ends inside “later”"
    assert found.help == "quote whole words: was later"


@pytest.mark.parametrize(
    ("quote", "article"),
    [
        ("late", "it was late—very much so"),  # between words a long dash is no joiner
        ("very much", "it was late—very much so"),
        ("very much", "it was late--very much so"),
        ("the crew", "the crew's"[:8] + "."),
        ("they came", "“they came”, he said"),
        ("they came", "'they came'"),
        ("the boys", "the boys' ship"),
        ("the ship", "(the ship)"),
        ("at 10.35", "at 10.35."),
        ("in 2021", "in 2021, and"),
        ("5 people", "there were — 5 people"),
        ("5 people", "there were - 5 people"),
        ("5 people", "there were—5 people"),
        ("5 people", "there were —5 people"),
        ("$449", "Buy for $449 now"),
        ("$449", "Buy for US$449 now"),
        ("-5 degrees", "it was −5 degrees"),
        ("45%", "for 45% of it"),
        ("#SoyuzMS18", "the #SoyuzMS18 vehicle"),
        ("SoyuzMS18", "the #SoyuzMS18 vehicle"),
        ("10 000", "some 10\u00a0000 people"),
        ("people left", "some 10 000 people left"),
        ("the end", "the end…"),
        ("end", "the [end] of"),
        # ordinary text, where what looks like a sign is none
        ("five people", "- five people"),
        ("5 people", "- 5 people\n- 6 others"),
        ("five people", "-five people"),
        ("five people", "there were -- five people"),
        ("5 people", "there were --5 people"),
        ("$5 million", "the budget – $5 million – was"),
        ("the budget", "the budget – $5 million – was"),
        ("€5 million", "grade A- €5 million"),
        ("$5 million", "the end. $5 million"),
        ("5 million", "the end... 5 million"),
        ("5 million", "the end...5 million"),
        ("in 2021", "in 2021 $5 million was spent"),
        ("$5 million", "in 2021 $5 million was spent"),
        ("5 people", "there were –― 5 people"),
        ("an 18-year-old", "an 18-year-old came"),
        ("18-year-old", "an 18-year-old came"),
        ("Soyuz MS-18", "the Soyuz MS-18 ship"),
        ("at 10:35", "at 10:35, he said"),
        ("10:35-11:00", "from 10:35-11:00 today"),
        ("5 people", 'he said: "5 people came"'),
        ("five people", "he said:“five people came”"),
        ("5 people", "he said (5 people)"),
        ("the boats", "the boats' 5 people"),
        ("2020-2021", "in 2020-2021."),
        ("the end", "the end.¹ Then"),  # a note after a sentence
        ("Then it", "the end.¹ Then it"),
        ("这是", "他说，这是"),  # between words a fullwidth comma is punctuation
        ("他说", "他说：这是"),
        ("C++", "in C++ 5 people"),
        ("that A ≠ B", "so that A ≠ B"),
        ("he smiled", "he smiled 👩🏽\u200d🚀 at me"),
        ("at me", "he smiled👩🏽\u200d🚀at me"),
        ("he smiled 👩🏽\u200d🚀", "he smiled 👩🏽\u200d🚀at me"),
        ("he smiled", "he smiled👍🏿"),
        ("at me", "he smiled ❤\ufe0fat me"),  # the mark is the heart's
        ("saw 🇺🇳", "we saw 🇺🇳🇫🇷 there"),
        ("🇫🇷 there", "we saw 🇺🇳🇫🇷 there"),
    ],
)
def test_a_quote_may_begin_and_end_at_a_words_edge(quote: str, article: str) -> None:
    assert len(proved(quote, article)) == 1


# Letters, digits, signs, currencies, units, joiners, marks, quotes, a caret, and what folds to ASCII and is none.
EDGES = "aK5½٣ -−–+.٫$€%°,:/'’\"“(_@\u0301\u2038\u00a0\u200b\u200d\u212a\u037e１－％👩🏽🇺"


@pytest.mark.parametrize("left", EDGES)
def test_a_boundary_that_is_plainly_clear_cuts_nothing_by_the_thorough_rule(left: str) -> None:
    beyond = ["", "a", "5", " ", "-", "€", "%", "\u0301", "\u2038"]
    for before, right, after in product(beyond, EDGES, beyond):
        folded = Folded(before + left + right + after)
        for at in range(1, len(folded.text)):
            if _is_clear(folded.text, at):
                assert not _cuts(folded, at), (folded.text, at)


@given(st.text(st.sampled_from(EDGES + "  ,bc7"), max_size=12))
@example("")
def test_a_boundary_cuts_what_the_thorough_rule_says_and_none_at_a_texts_ends(text: str) -> None:
    folded = Folded(text)
    end = len(folded.text)
    assert not any(cuts(folded, at) for at in (-1, 0, end, end + 1))
    assert [cuts(folded, at) for at in range(1, end)] == [_cuts(folded, at) for at in range(1, end)]


def test_the_edges_of_words_in_plain_text_are_plainly_clear() -> None:
    text = 'It landed. "They came," he said (twice); so did we.'
    others = [text[at - 1 : at + 1] for at in range(1, len(text)) if not _is_clear(text, at)]
    assert [pair for pair in others if not pair.isalpha()] == [',"', ");"]


@pytest.mark.parametrize(
    ("html", "quotes"),
    [
        ("some 10&nbsp;000 people", ["000 people", "some 10"]),
        ("some 20<sup>1</sup> people", ["201 people", "some 20", "some 201 people", "1 people"]),
        ("some 10<sup>6</sup> people", ["some 10", "106 people", "6 people"]),
        ("some 10<sup>-6</sup> people", ["some 10", "6 people", "10-6 people"]),
        ("some 1<sup>5й</sup>2 people", ["some 1", "15й2 people", "5й2 people", "2 people"]),
        ("some 1<del>0</del>2 people", ["some 1", "102 people", "12 people", "2 people", "1 0 2 people"]),
        ("some 10<del>.</del>5 people", ["some 10", "10.5 people", "105 people", "5 people"]),
        ("some 10<ins>.</ins>5 people", ["some 10", "10.5 people", "105 people", "5 people"]),
        ("some 10<ins>.5</ins> people", ["some 10", "10.5 people", "5 people", ".5 people"]),
        ("some 10.<ins>5</ins> people", ["some 10", "some 10.", "10.5 people", "5 people"]),
        ("some 10<ins>&nbsp;</ins>000 people", ["some 10", "000 people"]),
        ("some 1<ins>2</ins> people", ["some 1", "12 people", "2 people"]),
        ("some -<ins>5</ins> people", ["5 people", "-5 people"]),
        ("some $<ins>5</ins> people", ["5 people", "$5 people"]),
        ("some 5<ins>%</ins> people", ["some 5", "some 5%"]),
        ("some 1<del>0</del><ins>2</ins> people", ["some 1", "102 people", "12 people", "2 people"]),
        ("some <del>10</del><ins>12</ins> people", ["some 10", "1012 people", "some 12"]),
        ("is <del>not</del> here", ["is not here", "not here"]),
    ],
)
def test_what_html_raises_strikes_or_inserts_can_not_make_or_cut_a_number(html: str, quotes: list[str]) -> None:
    text = read_text("a.html", f"<p>Now {html} today.</p>")
    assert isinstance(text, Text)
    on = Evidence(text)
    for quote in quotes:
        assert isinstance(on.prove(quote), Refusal), quote
    assert isinstance(on.prove(text.whole), Anchor)


def test_what_replaces_struck_words_can_be_quoted() -> None:
    text = read_text("a.html", "<p>some <del>10</del><ins>12</ins> people</p>")
    assert isinstance(text, Text)
    assert isinstance(Evidence(text).prove("12 people"), Anchor)


# --- one place --------------------------------------------------------------------------------------------------------


def test_words_that_stand_in_more_than_one_place_are_refused_with_words_that_tell_them_apart() -> None:
    found = refused("the ship", "They saw the ship come.", "Then the ship left.")
    assert found.code == "Q002"
    assert "paragraphs 1 and 2" in found.message
    assert 'before: "They saw"' in found.help
    assert 'before: "Then"' in found.help


def test_words_in_a_paragraphs_beginning_are_told_apart_by_those_after() -> None:
    found = refused("The ship", "The ship came, and so on.", "The ship left.")
    assert 'after: "came, and so"' in found.help
    assert "paragraph 1, twice" in refused("a b", "a b c a b").message


def test_occurrences_that_overlap_are_two() -> None:
    assert refused("very very", "it is very very very late").code == "Q002"


def test_a_place_inside_a_longer_word_is_no_second_place() -> None:
    assert proved("he ship", "the ship, he ship") == ["he ship"]


@pytest.mark.parametrize(
    ("more", "start"),
    [
        ({"before": "First"}, 6),
        ({"before": "First,”"}, 6),
        ({"after": "came"}, 6),
        ({"after": "came."}, 6),
        ({"before": "Then"}, 27),
        ({"before": "came.  Then"}, 27),  # across paragraphs
        ({"after": "left"}, 27),
        ({"before": "Then", "after": "left"}, 27),
    ],
)
def test_before_and_after_say_which_place_is_meant(more: dict[str, str], start: int) -> None:
    found = evidence("First the ship came.", "Then the ship left.").prove("the ship", **more)
    assert isinstance(found, Anchor)
    assert found.start == start


@pytest.mark.parametrize(
    "more",
    [
        {"before": "Then", "after": "came"},  # each is right for another place
        {"before": "irst"},  # whole words here too
        {"after": "cam"},
        {"before": "Then the"},
        {"before": "Later"},
        {"after": "First"},
    ],
)
def test_before_and_after_must_stand_next_to_the_words(more: dict[str, str]) -> None:
    found = refused("the ship", "First the ship came.", "Then the ship left.", **more)
    assert found.code == "Q001"
    assert "stand in the article, but not next to the words given in" in found.message


# --- words left out ---------------------------------------------------------------------------------------------------

SHIP = "The ship did not fall sideways, they said, and it stood upright."


@pytest.mark.parametrize("more", [{"before": "so"}, {"after": "then"}])
def test_before_and_after_pass_over_an_emoji_and_its_marks(more: dict[str, str]) -> None:
    on = evidence("It landed, it said. And so\u0301 ❤\ufe0f it landed 👩🏽\u200d🚀 ❤\ufe0f then.")
    more = {name: word.replace("so", "so\u0301") for name, word in more.items()}
    found = on.prove("it landed", **more)
    assert isinstance(found, Anchor)
    assert on.whole[: found.start].endswith("❤\ufe0f ")


@pytest.mark.parametrize("sign", ["[…]", "[...]"])
def test_words_may_be_left_out(sign: str) -> None:
    assert proved(f"The ship {sign} fall sideways", SHIP) == ["The ship", "fall sideways"]
    assert proved(f"The ship{sign}they said {sign} stood upright", SHIP) == ["The ship", "they said", "stood upright"]


def test_what_was_left_out_is_known() -> None:
    on = evidence(SHIP)
    found = on.prove("The ship […] fall sideways […] stood upright")
    assert isinstance(found, Anchor)
    assert [on.whole[start:end] for start, end in found.omissions] == [" did not ", ", they said, and it "]
    assert (found.start, on.whole[: found.end]) == (0, SHIP[:-1])


def test_words_may_be_left_out_across_a_paragraphs_end() -> None:
    assert proved("one two […] five six", "one two three", "four five six") == ["one two", "five six"]


WORDS = [f"a{letter} b{letter}" for letter in "cdefghijkl"]


def test_eight_omissions_are_proved_and_nine_are_too_many() -> None:
    article = " xx ".join(WORDS)
    assert len(proved(" […] ".join(WORDS[:9]), article)) == 9
    found = refused(" […] ".join(WORDS), article)
    assert (found.code, "9 omissions are too many" in found.message) == ("Q004", True)


@pytest.mark.parametrize(
    ("quote", "code"),
    [
        ("The ship […] sideways", "Q004"),  # a part of one word
        ("The […] fall sideways", "Q004"),
        ("The ship […] did […] fall sideways", "Q004"),
        ("The ship […]", "Q004"),
        ("[…] fall sideways", "Q004"),
        ("The ship […] […] fall sideways", "Q004"),
        ("[…]", "Q004"),
        ("", "Q004"),
        ("—", "Q001"),  # no word at all
        ("The ship […] , —", "Q001"),
        ("fall sideways […] The ship", "Q001"),  # out of order
        ("The ship […] did not", "Q001"),  # nothing is left out
        ("fall sideways […] , they said", "Q001"),
        ("The ship […] ship did", "Q001"),  # the parts overlap
        ("The ship […] stood aside", "Q001"),
        ("The ship […] all sideways", "Q003"),
        ("The ship (…) fall sideways", "Q001"),
        ("The ship … fall sideways", "Q001"),
    ],
)
def test_an_omission_leaves_enough_to_prove_in_the_articles_order(quote: str, code: str) -> None:
    assert refused(quote, SHIP).code == code


@pytest.mark.parametrize("part", ["Pérez", "Pe\u0301rez", "космической", "10.35", "well-known", "हिन्दी"])
def test_a_word_with_marks_or_joiners_is_one_word(part: str) -> None:
    assert refused(f"{part} […] landed safely", f"{part} then has landed safely").code == "Q004"


@pytest.mark.parametrize(
    "article",
    [
        "one two xx five six, and five six",  # the last part stands twice
        "one two, one two xx five six",  # the first does
        "one two three one two three five six",
    ],
)
def test_parts_that_fit_in_more_than_one_way_are_refused(article: str) -> None:
    found = refused("one two […] five six", article)
    assert found.code == "Q002"
    assert "in more than one way" in found.message


def test_a_part_that_fits_the_order_only_once_is_in_one_place() -> None:
    assert proved("one two […] five six", "five six, one two xx five six") == ["one two", "five six"]
    assert proved("one two […] five six", "one two xx five six, one two") == ["one two", "five six"]


def test_before_and_after_stand_at_a_quotes_two_ends() -> None:
    article = "Then one two xx five six; now one two xx five six."
    assert refused("one two […] five six", article).code == "Q002"
    assert len(proved("one two […] five six", article, before="now")) == 2
    assert len(proved("one two […] five six", article, after="now")) == 2


def test_many_places_of_many_parts_are_counted_without_trying_each_way() -> None:
    # Some 10^20 ways: to try them all would never end.
    assert refused(" […] ".join(["one two"] * 9), "one two xx " * 2000).code == "Q002"


# --- what is not the article ------------------------------------------------------------------------------------------

POST = "Buy it now for $449."


def test_what_is_not_the_article_is_quotable_only_with_a_medium() -> None:
    on = evidence("The ship landed.", POST, apart=POST)
    refusal = on.prove("now for $449")
    assert isinstance(refusal, Refusal)
    assert (refusal.code, "medium: " in refusal.help) == ("Q005", True)
    assert isinstance(on.prove("now for $449", apart=True), Anchor)


def test_words_that_reach_into_what_is_not_the_article_are_not_the_article() -> None:
    on = evidence("The ship landed.", POST, apart=POST)
    refusal = on.prove("ship landed. Buy it")
    assert isinstance(refusal, Refusal)
    assert refusal.code == "Q005"


def on_the_way(*quotes: str, apart: str = "Buy it now for $449.", medium: bool = True) -> list[str]:
    """What comes of quotes, by their codes, empty where one is proved."""
    on = evidence("The ship landed.", f"They came. {POST} They left again.", "A new ship is built.", apart=apart)
    found = [on.prove(quote, apart=medium) for quote in quotes]
    return [answer.code if isinstance(answer, Refusal) else "" for answer in found]


def test_a_quote_with_a_medium_stands_wholly_inside_what_is_not_the_article_or_wholly_outside() -> None:
    inside = ["now for $449", "Buy it now for $449.", "Buy it […] for $449"]
    outside = ["They left again", "They left again. A new", "They came […] left again", "The ship […] left again"]
    across = ["came. Buy it", "$449. They left", "They came. Buy it now for $449. They left"]
    parts = ["They came […] it now", "for $449 […] left again", "The ship […] it now […] new ship"]
    assert on_the_way(*inside, *outside) == [""] * 7
    assert on_the_way(*across, *parts) == ["Q005"] * 6
    assert on_the_way(*inside, *across, *parts, medium=False) == ["Q005"] * 9
    assert on_the_way(*outside, medium=False) == [""] * 4


def test_passages_that_overlap_or_touch_are_one() -> None:
    text = Text(("The ship landed.", "BUY IT NOW", "FOR NOTHING.", "They left."))
    for cut in ("NOW\n\nFOR", "FOR", "\n\nFOR"):
        ends = [
            (text.whole.index("BUY"), text.whole.index("\n\nFOR")),
            (text.whole.index(cut), text.whole.index(".\n\nTh")),
        ]
        on = Evidence(text).without(reversed(ends))
        assert isinstance(on.prove("IT NOW FOR NOTHING", apart=True), Anchor)
        assert isinstance(on.prove("FOR NOTHING. They", apart=True), Refusal)


def test_a_place_in_what_is_not_the_article_does_not_hide_a_wrong_order() -> None:
    on = evidence("The ship landed.", "Buy it now.", "It left them.", apart="Buy it now.")
    assert isinstance(found := on.prove("It left […] The ship", apart=True), Refusal)
    assert (found.code, "order" in found.message) == ("Q001", True)


def test_a_second_place_counts_only_where_the_quote_may_stand_there() -> None:
    on = evidence("Buy it now.", POST, apart=POST)
    found = on.prove("Buy it now")
    assert isinstance(found, Anchor)
    assert found.start == 0
    refusal = on.prove("Buy it now", apart=True)
    assert isinstance(refusal, Refusal)
    assert refusal.code == "Q002"


@pytest.mark.parametrize("quote", ["Buy it", "Buy […] $449", "Sell it", "uy it", "now"])
def test_a_medium_changes_nothing_where_everything_is_the_article(quote: str) -> None:
    on = evidence("Now, now: " + POST)
    assert on.prove(quote, apart=True) == on.prove(quote)


@pytest.mark.parametrize("apart", [False, True])
def test_words_before_that_are_wrong_are_named_as_the_cause(apart: bool) -> None:
    on = evidence("Buy it now.", POST, apart=POST)
    refusal = on.prove("Buy it now", before="Never", apart=apart)
    assert isinstance(refusal, Refusal)
    assert (refusal.code, "not next to the words given in “before”" in refusal.message) == ("Q001", True)


# --- the nearest passage ----------------------------------------------------------------------------------------------


def test_a_refusal_shows_the_nearest_passage_and_the_difference_word_by_word() -> None:
    found = refused("After a four-day trip, they landed", "It was late.", "After a three-day trip, they landed safely.")
    assert found.code == "Q001"
    assert "paragraph 2: “After a [four-day → three-day] trip, they landed”" in found.message
    assert found.help == "the article's words: After a three-day trip, they landed"


def test_of_several_parts_the_one_that_does_not_stand_is_shown() -> None:
    found = refused("The ship […] fell sideways, they said", SHIP)
    assert "[fell → fall] sideways, they said" in found.message


def test_where_nothing_is_near_the_refusal_says_so() -> None:
    assert "nothing near them does" in refused("Quarterly earnings rose", SHIP).message
    assert "nothing near them does" in refused("any words", "").message


# --- properties -------------------------------------------------------------------------------------------------------

PASSED_OVER = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202d\u2060\u2066\u2069\ufeff"
letters = st.text(st.sampled_from("aéoйжấ각क\u0301\u0323\u0308"), min_size=1, max_size=4)
gaps = st.sampled_from(
    [" ", "  ", "\n", "\u00a0", " — ", "—", ", ", "; “", "” ‘", "’, ", " «", "» ", "… ", " - ", "--"]
)
noise = st.text(st.sampled_from(PASSED_OVER), max_size=2)
other_forms = {
    **dict.fromkeys(SINGLE_QUOTES, SINGLE_QUOTES),
    **dict.fromkeys(DOUBLE_QUOTES, DOUBLE_QUOTES),
    **dict.fromkeys(DASHES, DASHES),
}


@st.composite
def articles(draw: st.DrawFn) -> tuple[str, list[tuple[int, int]]]:
    """A text and the spans of its words. Each word is another one, so that each passage stands in one place."""
    text = ""
    words = []
    for number in range(draw(st.integers(1, 8))):
        word = "bcdfghkm"[number] + draw(noise) + draw(letters) + draw(noise)
        word += "z" + draw(st.sampled_from(["", "\u0323\u0301", "\u0301\u200b\u0323"]))
        words.append((len(text), len(text) + len(word)))
        text += word + draw(noise) + draw(gaps) + draw(noise)
    return text.rstrip() + "x" * text.rstrip().endswith("-"), words


@st.composite
def typed(draw: st.DrawFn, passage: str) -> str:
    """`passage` as an editor might type it: other quotes and dashes, another normal form, nothing invisible."""
    form = draw(st.sampled_from(["NFC", "NFD"]))
    folded_away = "".join(character for character in passage if character not in PASSED_OVER)
    changed = "".join(draw(st.sampled_from(other_forms.get(character, character))) for character in folded_away)
    return unicodedata.normalize(form, changed)


@given(articles(), st.data())
def test_any_passage_of_whole_words_is_proved_and_its_anchor_gives_back_its_characters(
    article: tuple[str, list[tuple[int, int]]], data: st.DataObject
) -> None:
    text, words = article
    first, last = sorted((data.draw(st.sampled_from(words)), data.draw(st.sampled_from(words))))
    passage = text[first[0] : last[1]]
    on = Evidence(Text((text,)))
    found = on.prove(data.draw(typed(passage)))
    assert isinstance(found, Anchor), found
    ((start, end),) = found.spans
    assert start == first[0]
    # The anchor ends with the last character that is not passed over.
    assert text[start:end].rstrip(PASSED_OVER) == passage.rstrip(PASSED_OVER)
    assert fold(on.whole[start:end]) == fold(passage)


@given(articles(), st.data())
def test_a_passage_cut_inside_a_word_is_never_proved(
    article: tuple[str, list[tuple[int, int]]], data: st.DataObject
) -> None:
    text, words = article
    first, last = sorted((data.draw(st.sampled_from(words)), data.draw(st.sampled_from(words))))
    passage = text[first[0] : last[1]]
    without = data.draw(st.sampled_from([passage[1:], fold(passage).rstrip("\u0301\u0323")[:-1]]))
    assert isinstance(Evidence(Text((text,))).prove(without), Refusal)
