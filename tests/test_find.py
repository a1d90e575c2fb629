"""Find: passages that can be pasted as they are printed, best first."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from pathlib import Path

import pytest
from support import REPOSITORY, claim, lay, small_site

from generator.__main__ import main
from generator.examine import examine
from generator.find.finder import Finder
from generator.find.quote_block import block
from generator.find.sentences import sentences
from generator.find.word_forms import word_forms
from generator.link.proof import Anchor
from generator.problems import errors
from generator.read.content import parse_record, read_content
from generator.records import Claim

STANCE = "stance:"

TEXTS = {
    "seeds/odd.txt": (
        "The mill burned down. It was rebuilt: nobody knows by whom # and 'why' \"now\".\n\n"
        "The mill burned down. In 1840 it stood again; […] said one, 5\u00a0000 crowns said an\u00adother.\n\n"
        "::error::The mill, ##[group]as printers have it, cost €5 - $10, or -3.5% of “all” that there was.\n\n"
        "Zu\u0308rich\u2019s mill \u200bwas \u202eno mill\u202c at all. مطحنة البلدة. "
        "水车在河边。它很旧。 {a: b}, - c, @d, & e, !f, %g, yes\n\n"
        "Mr. Miller paid 3.5 million in Oct. 2021. The end\n\nno\n\nno\n\n"
        "Buy a mill today and save: the offer of the week is here.\n"
    ),
    "content/articles/odd.yaml": (
        "text: seeds/odd.txt\npublisher: '::error::The Odd'\nnot_article:\n"
        "  - {text: 'Buy a mill today and save: the offer of the week is here.', why: an advertisement}\n"
    ),
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return small_site(tmp_path / "site", TEXTS)


def finding(site: Path, *arguments: str, capsys: pytest.CaptureFixture[str]) -> tuple[list[str], str]:
    """The blocks that `find` prints, and what it says."""
    assert main(["find", *arguments, "--site", str(site)]) == 0
    out, err = capsys.readouterr()
    return [each for each in out.split("\n\n") if each.strip()], err


def texts(blocks: list[str]) -> list[str]:
    found = []
    for each in blocks:
        yaml = "claim: A\nverdict: b\nsummary: C\nchecked: 2021\nquotes:\n" + each.replace(STANCE, "stance: asserts")
        record, problems = parse_record(Claim, "c", "c.yaml", (yaml + "\n").encode())
        assert not problems, (each, problems)
        assert isinstance(record, Claim)
        found.append(record.quotes[0].text)
    return found


# --- pasting ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("root", ["odd", "this repository's"])
def test_every_passage_of_every_word_proves_where_it_was_found_once_it_is_pasted(site: Path, root: str) -> None:
    content = read_content(site if root == "odd" else REPOSITORY)
    finder = Finder(content)
    vocabulary = sorted({word for source in content.texts.values() for word in word_forms(source.text.whole)})
    count = 0
    for word in vocabulary if root == "odd" else vocabulary[::9]:
        results = finder.find([word], 3)
        assert results.found or word in ("no",), word
        for found in results.found:
            yaml = block(found.article.id, found.passage, "where", found.medium).replace(STANCE, "stance: asserts")
            record, problems = parse_record(Claim, "c", "c.yaml", f"claim: A\nquotes:\n{yaml}status: draft\n".encode())
            assert not problems, (yaml, problems)
            assert isinstance(record, Claim)
            (quote,) = record.quotes
            evidence = finder.evidence(quote.article)
            assert evidence is not None
            anchor = evidence.prove(quote.text, quote.before, quote.after, bool(quote.medium))
            assert isinstance(anchor, Anchor), (yaml, anchor)
            assert evidence.paragraph(anchor.start) == found.paragraph
            assert word_forms(word)[0] in " ".join(word_forms(evidence.whole[anchor.start : anchor.end]))
            count += 1
    assert count > 40


def test_a_block_pasted_into_a_claim_is_sound_once_its_stance_is_filled_in(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    blocks, _ = finding(site, "burned", capsys=capsys)
    assert len(blocks) == 2
    pasted = "quotes:\n" + "\n".join(blocks).replace(STANCE, "stance: asserts")
    lay(site, {"content/claims/mill.yaml": claim("The mill burned.", more=pasted)})
    assert not errors(examine(site))
    unfilled = "quotes:\n" + "\n".join(blocks)
    lay(site, {"content/claims/mill.yaml": claim("The mill burned.", more=unfilled)})
    found = errors(examine(site))
    assert [problem.code for problem in found] == ["R002", "R002"]
    assert all("stance" in problem.message for problem in found)


def test_words_that_stand_twice_come_with_the_words_beside_them(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    blocks, _ = finding(site, "burned", "rebuilt", "--limit", "1", capsys=capsys)
    assert texts(blocks) == ["The mill burned down. It was rebuilt: nobody knows by whom # and 'why' \"now\"."]
    assert "before" not in blocks[0]
    blocks, _ = finding(site, '"mill burned down"', capsys=capsys)
    assert texts(blocks) == ["The mill burned down."] * 2
    assert all(("before: " in each) or ("after: " in each) for each in blocks)


def test_what_is_not_the_article_is_printed_with_its_medium(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    blocks, _ = finding(site, "offer", capsys=capsys)
    assert 'medium: "advertisement"' in blocks[0]


def test_nothing_of_content_is_printed_live_or_like_a_command(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for word in ("mill", "error", "group", "no", "\x1b[31m", "::error::"):
        main(["find", word, "--site", str(site), "--limit", "1000"])
        printed = "".join(capfd.readouterr())
        live = {character for character in printed if unicodedata.category(character) in ("Cc", "Cf", "Zl", "Zp")}
        assert live <= {"\n"}
        assert not re.search(r"(?m)^\s*(::|##)", printed)
    assert main(["find", "mill", "--site", str(site)]) == 0
    assert all(line.startswith("  ") for line in capfd.readouterr().out.split("\n") if line)


# --- finding ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("ZURICH", "Zu\u0308rich\u2019s mill was no mill at all."),  # case, diacritics, decomposed letters
        ("rebu", "rebuilt"),  # a word's beginning
        ("مطحنة", "مطحنة البلدة"),
        ("水车", "水车在河边。"),
        ("3.5 million", "Mr. Miller paid 3.5 million in Oct. 2021."),
        ("another", "said one, 5 000 crowns said another."),  # with a soft hyphen in the article
    ],
)
def test_words_are_found_whatever_their_case_marks_and_script(
    site: Path, typed: str, found: str, capsys: pytest.CaptureFixture[str]
) -> None:
    blocks, _ = finding(site, *typed.split(), "--limit", "1", capsys=capsys)
    assert found in texts(blocks)[0]


def test_words_between_quotation_marks_stand_together(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    together, _ = finding(site, '"stood again"', capsys=capsys)
    apart, said = finding(site, '"again stood"', capsys=capsys)
    assert (len(together), len(apart)) == (1, 0)
    assert "“again stood” stands in no article." in said


def test_the_passage_with_most_of_the_words_comes_first(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    blocks, _ = finding(site, "mill", "burned", "1840", capsys=capsys)
    assert "1840" in texts(blocks)[0]
    assert len(blocks) > 1


def test_words_that_stand_nowhere_are_told_and_no_fault(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    blocks, said = finding(site, "mlil", "zeppelin", capsys=capsys)
    assert blocks == []
    assert "“mlil” stands in no article; the nearest word is “mill”." in said
    assert "“zeppelin” stands in no article." in said
    assert "Nothing was found." in said


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("storx", "storm"),
        ("sotrm", "storm"),
        ("storrm", "storm"),
        ("harbourmastre", "harbourmaster"),
        ("harborrmaster", "harbourmaster"),  # two slips, in a long word
        ("Hárbourmaste", ""),  # begins it, so it is found
        ("storms", "storm"),
        ("stream", ""),  # two letters off, in a short word
        ("zeppelin", ""),
        ("ox", ""),
        ("cax", ""),  # one letter off cat, as car, can and cap are
        ("1841", ""),  # no slip of 1840
        ("wine", "wind"),  # the more common of two that are as near
    ],
)
def test_a_hint_is_a_word_that_may_have_been_meant(
    tmp_path: Path, typed: str, near: str, capsys: pytest.CaptureFixture[str]
) -> None:
    site = small_site(
        tmp_path,
        {
            "content/articles/gazette.yaml": "text: seeds/gazette.txt\n",
            "seeds/gazette.txt": "The harbourmaster saw the storm of 1840.\n\n"
            "The cat fled the wind.\n\nNo wind, a vine.\n",
        },
    )
    _, said = finding(site, typed, capsys=capsys)
    assert ("the nearest word is" in said) == bool(near)
    assert not near or f"the nearest word is “{near}”." in said


def test_a_limit_says_how_many_more_there_are(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    blocks, said = finding(site, "mill", "--limit", "2", capsys=capsys)
    assert len(blocks) == 2
    assert "2 passages; there are more with a higher --limit." in said


@pytest.mark.parametrize("arguments", [[], ["--", "?!"], ["mill", "--limit", "0"], ["mill", "--limit", "many"]])
def test_wrong_use_is_2(site: Path, arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["find", "--site", str(site), *arguments])
    assert ended.value.code == 2


def test_an_article_that_cannot_be_read_is_counted(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lay(site, {"seeds/gazette.txt": b"\xff"})
    _, said = finding(site, "mill", capsys=capsys)
    assert "1 article could not be read and was not searched" in said


# --- a claim's own passages -------------------------------------------------------------------------------------------

CLAIM = {
    "content/stories/mill.yaml": "title: The mill\nsummary: It burned.\n",
    "content/claims/mill.yaml": claim(
        "The mill burned down in 1840 and Miller paid for it.",
        more="story: mill\nsilent: [gazette]\nquotes:\n"
        "  - {article: odd, text: Mr. Miller paid 3.5 million in Oct. 2021, stance: partly}\n",
    ),
    "content/articles/gazette.yaml": "text: seeds/gazette.txt\nstory: mill\n",
    "seeds/gazette.txt": "In 1840 it rained.\n\nNobody saw the mill of Miller burn in 1840.\n",
    "content/articles/other.yaml": "text: seeds/other.txt\n",
    "seeds/other.txt": "Another mill burned down in 1840.\n",
}


def test_a_claim_is_given_what_speaks_to_it_and_is_not_quoted(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lay(site, CLAIM)
    blocks, _ = finding(site, "--claim", "mill", capsys=capsys)
    found = texts(blocks)
    assert "1840" in found[0]
    assert [", listed as silent" in each for each in blocks] == ["gazette" in each for each in blocks]
    assert any("gazette" in each for each in blocks)
    assert not any("3.5 million" in text for text in found)
    assert not any("Another mill" in text for text in found)  # of no article of the story
    blocks, _ = finding(site, "--claim", "mill", "paid", capsys=capsys)
    assert blocks == []


def test_an_unknown_claim_is_a_fault_with_the_nearest(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lay(site, CLAIM)
    assert main(["find", "--claim", "mlil", "--site", str(site)]) == 2
    assert "did you mean “mill”?" in capsys.readouterr().err


def test_on_this_repositorys_site_a_claim_finds_what_contradicts_it(capsys: pytest.CaptureFixture[str]) -> None:
    """The quote of another article that the landing's claim rests on is what is found for it if it is taken out."""
    content = read_content(REPOSITORY)
    finder = Finder(content)
    record = content.claims["landing-time"]
    wanted = " ".join(record.quotes[1].text.split())
    rest = textwrap.dedent(record.source.decode())
    parsed, problems = parse_record(Claim, "landing-time", record.path, rest.encode())
    assert not problems
    assert parsed is not None
    import msgspec

    content.claims["landing-time"] = msgspec.structs.replace(record, quotes=record.quotes[:1])
    found = finder.find([], 12, "landing-time").found
    assert any(wanted in each.passage.text or each.passage.text in wanted for each in found)


# --- sentences --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("paragraph", "found"),
    [
        ("One. Two! Three? Four… Five", ["One.", "Two!", "Three?", "Four…", "Five"]),
        ("Mr. A. B. Smith left at 4 p.m. on Oct. 5.", ["Mr. A. B. Smith left at 4 p.m. on Oct. 5."]),
        ("“It is.” “It is not,” she said. 3.5 of them", ["“It is.”", "“It is not,” she said.", "3.5 of them"]),
        ("水车。很旧！", ["水车。", "很旧！"]),
        ("قال نعم. وذهب؟ لا", ["قال نعم.", "وذهب؟", "لا"]),
        ("", []),
    ],
)
def test_sentences(paragraph: str, found: list[str]) -> None:
    assert [paragraph[start:end] for start, end in sentences(paragraph)] == found
