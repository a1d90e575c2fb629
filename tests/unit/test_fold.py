"""Folding: equal forms are one, nothing else is equal, and every offset leads back to the text's own characters."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.link.fold import _GAP, _UNSHOWN, Folded, _decompose, fold, is_word, plain, visible

# Characters that are hard: marks before and after one another, forms that are equal, and those that are passed over.
HARD = (
    "aeoy 'é\u00e5\u1ea5\u01d7ǖйёж각ำक्षि\u0301\u0323\u0308\u0302\u0345\u05b0\u3099\u2126\u212b\u0958‘’“”«»–—−‐…$5."
    "\u00ad\u200b\u200d\u200e\u202e\u2060\ufeff\u00a0\u2003\n\t\x00\x85"
)
hard_text = st.text(st.sampled_from(HARD), max_size=30)


@pytest.mark.parametrize("character", "'‘’‚‛′")
def test_single_quotes_are_equal(character: str) -> None:
    assert fold(f"it{character}s") == fold("it's")


@pytest.mark.parametrize("character", '"“”„«»″')
def test_double_quotes_are_equal(character: str) -> None:
    assert fold(f"{character}x") == fold('"x')


@pytest.mark.parametrize("character", "-‐‑‒–—―−")
def test_dashes_are_equal(character: str) -> None:
    assert fold(f"a{character}b") == fold("a-b")


@pytest.mark.parametrize(
    "white", [" ", "  ", "\n", "\n\n", "\t", "\u00a0", "\u2009", "\u202f", "\u3000", " \u00a0\n", "\r\n", "\x85"]
)
def test_any_run_of_white_space_is_equal(white: str) -> None:
    assert fold(f"é{white}b") == "e\u0301 b"
    assert fold(f"{white}a{white}b{white}") == "a b"


@pytest.mark.parametrize(
    "passed",
    [
        "\u00ad",
        "\u061c",
        "\u200b",
        "\u200c",
        "\u200d",
        "\u200e",
        "\u200f",
        "\u202a",
        "\u202e",
        "\u2060",
        "\u2066",
        "\u2069",
        "\ufeff",
        "\x00",
    ],
    ids=ascii,
)
def test_soft_hyphens_zero_width_and_direction_marks_are_passed_over(passed: str) -> None:
    assert fold(f"{passed}a{passed}b {passed} c{passed}") == "ab c"
    assert fold(f"a{passed}\u0301 b") == fold("á b")


@pytest.mark.parametrize(
    "forms",
    [
        ["é", "e\u0301"],
        ["ấ", "a\u0302\u0301", "â\u0301"],
        ["ạ\u0302", "a\u0323\u0302", "a\u0302\u0323", "â\u0323"],  # the order of marks that do not meet is none
        ["й", "и\u0306"],
        ["각", "가\u11a8", "\u1100\u1161\u11a8"],
        ["Å", "\u212b", "A\u030a"],
        ["Ω", "\u2126"],
        ["क़", "\u0958", "क\u093c"],
    ],
    ids=lambda forms: forms[0],
)
def test_canonically_equivalent_characters_are_equal(forms: list[str]) -> None:
    assert len({fold(form) for form in forms}) == 1


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("a--b", "a—b"),
        ("wait…", "wait..."),
        ("a", "A"),
        ("ﬁlm", "film"),
        ("e", "é"),
        ("a\u0301\u0302", "a\u0302\u0301"),  # marks that do meet have an order
        ("5", "５"),
        ("²", "2"),
        ("ß", "ss"),
        ("а", "a"),  # Cyrillic
        ("`", "'"),
        ("´", "'"),
        ("''", '"'),
        ("‹x", "«x"),
        ("ab", "a b"),
        ("a,b", "a, b"),
    ],
)
def test_nothing_else_is_equal(left: str, right: str) -> None:
    assert fold(left) != fold(right)


@given(hard_text)
def test_a_text_folds_like_each_of_its_canonical_forms(text: str) -> None:
    assert fold(unicodedata.normalize("NFC", text)) == fold(text) == fold(unicodedata.normalize("NFD", text))


@given(hard_text)
def test_folding_what_is_folded_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def folded_by_the_rule(text: str) -> list[tuple[str, int]]:
    """Each folded character with its original offset, worked out one character after another."""
    folded = []
    at = 0
    while at < len(text):
        begin = at
        if _GAP.match(text[at]):
            while at < len(text) and _GAP.match(text[at]):
                at += 1
            folded += [(" ", begin)] if any(character.isspace() for character in text[begin:at]) else []
        elif text[at].isascii():
            at += 1
            folded.append((text[begin], begin))
        else:
            while at < len(text) and not (text[at].isascii() or text[at].isspace()):
                at += 1
            folded += _decompose(text, begin, at)
    return folded


plain_lines = st.text(st.sampled_from("abc,   \n"), max_size=30)
ascii_text = st.text(st.characters(max_codepoint=0x7F), max_size=30)
any_text = st.one_of(hard_text, plain_lines, ascii_text, st.text(max_size=30))


@given(any_text)
@example("a  b \n\n c \u200bd é \u200b\né")
@example("One.\n\nTwo. \nThree.")
def test_every_text_folds_as_it_does_character_by_character(text: str) -> None:
    folded = Folded(text)
    assert [(character, folded.start(at)) for at, character in enumerate(folded.text)] == folded_by_the_rule(text)
    assert folded.start(len(folded.text)) == len(text)
    assert fold(text) == folded.text.strip()


@given(hard_text)
def test_every_letter_leads_back_to_the_character_that_it_came_from(text: str) -> None:
    folded = Folded(text)
    starts = [folded.start(offset) for offset in range(len(folded.text))]
    assert starts == sorted(starts)
    for letter, start in zip(folded.text, starts, strict=True):
        if not unicodedata.combining(letter):  # marks may change places with one another
            assert letter in fold(text[start]) or (letter == " " and fold(text[start]) == "")


@given(hard_text, st.data())
def test_a_span_of_whole_letters_leads_back_to_characters_that_fold_to_it(text: str, data: st.DataObject) -> None:
    folded = Folded(text)
    # Places between one letter with its marks and the next.
    breaks = [
        at
        for at in range(len(folded.text) + 1)
        if at in (0, len(folded.text)) or not (is_word(folded.text[at - 1]) and is_word(folded.text[at]))
    ]
    low, high = sorted((data.draw(st.sampled_from(breaks)), data.draw(st.sampled_from(breaks))))
    if low < high:
        assert fold(text[folded.start(low) : folded.end(high)]) == folded.text[low:high].strip()


@given(hard_text)
def test_an_original_offset_leads_to_the_first_folded_character_that_stands_there_or_after(text: str) -> None:
    folded = Folded(text)
    for original in range(len(text) + 1):
        expected = [at for at in range(len(folded.text)) if folded.start(at) >= original]
        assert folded.offset(original) == (expected[0] if expected else len(folded.text))


@pytest.mark.parametrize(
    ("character", "expected"),
    [
        ("a", True),
        ("é", True),
        ("5", True),
        ("½", True),
        ("٣", True),
        ("²", True),
        ("ж", True),
        ("\u0301", True),
        ("ि", True),
        ("_", False),
        ("-", False),
        (" ", False),
        ("’", False),
        ("$", False),
    ],
)
def test_a_word_is_letters_digits_and_the_marks_on_them(character: str, expected: bool) -> None:
    assert is_word(character) is expected


def test_pages_show_no_character_that_turns_text_or_takes_no_room_but_keep_what_emoji_need() -> None:
    assert visible("a\u202eb\u2066c\u200b\u00ad\u2060\ufeff\x00\x7f\x9fd\ufffe") == "abcd"
    assert visible("👩\u200d🚀 ن\u200cم é\n\tx") == "👩\u200d🚀 ن\u200cم é\n\tx"


@given(any_text)
@example("".join(map(chr, range(0x80))))
def test_of_a_text_in_any_characters_the_same_are_shown(text: str) -> None:
    assert visible(text) == "".join(character for character in text if not _UNSHOWN.match(character))


@pytest.mark.parametrize(
    ("character", "expected"),
    [
        ("－", "-"),
        ("﹣", "-"),
        ("⁻", "-"),
        ("—", "-"),
        ("﹘", "-"),
        ("．", "."),
        ("﹒", "."),
        ("，", ","),
        ("：", ":"),
        ("／", "/"),
        ("＇", "'"),
        ("\u2007", " "),
        ("％", "%"),
        ("a", "a"),
        ("…", "..."),  # no point: nothing of one character
        ("½", "1⁄2"),
    ],
)
def test_a_plain_form_is_what_a_character_is_a_form_of(character: str, expected: str) -> None:
    assert plain(character) == expected
