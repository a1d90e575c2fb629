"""This repository's own site: its texts are those that were collected, and its quotes stand in them to the letter."""

from __future__ import annotations

import hashlib
import json
import os
import random
import re
import shutil
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from lxml import html
from support import SMALL, lay

from generator.examine import examine
from generator.link.fold import fold, is_word, visible
from generator.link.library import Library, link
from generator.link.proof import OMISSION, Anchor, Evidence, Refusal, Span
from generator.pipeline import build
from generator.problems import errors
from generator.read.content import Content, read_content
from generator.read.texts import BREAK, Text, read_text

FULL = os.environ.get("PARALLAX_TORTURE", "") not in ("", "0")


class Quoted(NamedTuple):
    """A quote of a claim, or of one of its sources, with the evidence that it is proved by."""

    where: str
    text: str
    anchor: Anchor | None
    evidence: Evidence
    before: str = ""
    after: str = ""
    apart: bool = False

    def prove(self, text: str, evidence: Evidence | None = None) -> Anchor | Refusal:
        """What `Evidence.prove` gives, without the reasons; by other `evidence`, where there is some."""
        return (evidence or self.evidence).prove_as_typed(text, self.before, self.after, self.apart, why=False)


@pytest.fixture(scope="module")
def content(repository: Path) -> Content:
    return read_content(repository)


@pytest.fixture(scope="module")
def quotes(content: Content) -> list[Quoted]:
    library, _ = link(content)
    assert isinstance(library, Library)
    plain = {id: Evidence(text) for id, text in library.texts.items()}
    evidence = {id: plain[id].without(span for span, _ in library.apart[id]) for id in plain}
    found = []
    for claim in library.claims.values():
        for number, quote in enumerate(claim.quotes):
            proved = library.quotes[claim.id][number]
            anchor = proved.anchor if proved else None
            where = f"{claim.path}:{claim.place('quotes', number, 'text').line}"
            more = (quote.before, quote.after, bool(quote.medium))
            found.append(Quoted(where, quote.text, anchor, evidence[quote.article], *more))
        for number, source in enumerate(claim.sources):
            if source.quote and (source.article or source.text):
                proved = library.source_quotes[claim.id][number]
                anchor = proved.anchor if proved else None
                where = f"{claim.path}:{claim.place('sources', number, 'quote').line}"
                copy = Evidence(library.source_texts[source.text]) if source.text else evidence[source.article]
                found.append(Quoted(where, source.quote, anchor, copy))
    return found


def test_every_text_is_byte_for_byte_the_one_that_was_collected(content: Content, repository: Path) -> None:
    assert len(content.articles) >= 5
    for article in content.articles.values():
        assert hashlib.sha256((repository / article.text).read_bytes()).hexdigest() == article.sha256, article.text


def test_every_text_is_used_and_no_other_file_stands_among_them(content: Content, repository: Path) -> None:
    there = {path.relative_to(repository).as_posix() for path in (repository / "seeds").rglob("*")}
    assert there == set(content.texts)


def test_there_are_forty_claims_or_more_and_each_published_one_is_quoted(content: Content) -> None:
    published = [claim for claim in content.claims.values() if claim.status == "published"]
    assert len(published) >= 40
    assert [claim.id for claim in published if not claim.quotes] == []


def test_every_quote_is_proved_and_leads_to_the_articles_own_words(quotes: list[Quoted]) -> None:
    for quote in quotes:
        assert quote.anchor is not None, quote.where
        parts = [fold(quote.evidence.whole[start:end]) for start, end in quote.anchor.spans]
        assert parts == [fold(part) for part in OMISSION.split(quote.text)], quote.where


# --- every character of every quote -----------------------------------------------------------------------------------

SIGNS = " -–.,'“…€7xé\u0301\u200d\u0430🚀"
"""What is put in every character's place, and before it: of each kind that the rules of proof name. `а` is Cyrillic."""
ALL_SIGNS = SIGNS + "".join(chr(code) for code in range(33, 127) if chr(code) not in SIGNS)


def edits(text: str) -> Iterator[str]:
    """`text` with every edit of a single character: left out, replaced, one put in, two neighbours swapped."""
    signs = ALL_SIGNS if FULL else SIGNS
    for at, letter in enumerate(text):
        before, after = text[:at], text[at + 1 :]
        yield before + after
        yield before + letter.swapcase() + after
        for sign in signs:
            yield before + sign + after
            yield before + sign + letter + after
        if after:
            yield before + after[0] + letter + after[1:]


def test_every_edit_of_a_single_character_of_a_quote_is_caught_but_for_those_that_leave_the_articles_words(
    quotes: list[Quoted], record_property: Callable[[str, object], None]
) -> None:
    """Tried on every character of every quote; what is let through is said to be one of two kinds, or fails.

    Either the words are equal to those that were there (DESIGN's equal forms), and stand in the same place. Or a mark
    or a word of one letter was taken off an end, or put there as the article has it.
    """
    counts: Counter[str] = Counter()
    unexplained = []
    for quote in quotes:
        assert quote.anchor is not None, quote.where
        whole, own = quote.evidence.whole, [fold(part) for part in OMISSION.split(quote.text)]
        counts["characters"] += len(quote.text)
        for edit in dict.fromkeys(edits(quote.text)):
            if edit == quote.text:
                continue
            counts["edits"] += 1
            found = quote.prove(edit)
            if isinstance(found, Refusal):
                counts["caught"] += 1
            elif [fold(part) for part in OMISSION.split(edit)] == own and found == quote.anchor:
                counts["equal forms"] += 1
            elif at_ends_alone(whole, found.spans, quote.anchor.spans):
                counts["ends"] += 1
            else:
                unexplained.append((quote.where, edit))
    assert unexplained == []
    assert counts["caught"] + counts["equal forms"] + counts["ends"] == counts["edits"]
    assert counts["characters"] > 20_000
    assert counts["caught"] > 25 * counts["characters"]
    assert counts["ends"] < counts["edits"] / 500
    record_property(
        "parallax",
        f"quotes: {counts['characters']:,} characters changed in {counts['edits']:,} ways: "
        f"{counts['caught']:,} caught, "
        f"{counts['equal forms']:,} equal forms (another dash, a second space, a mark without width), "
        f"{counts['ends']:,} a mark or a one-letter word at an end",
    )


def at_ends_alone(whole: str, spans: tuple[Span, ...], others: tuple[Span, ...]) -> bool:
    """Whether two quotes differ by no more than marks, or one whole word of one letter, at the ends of their parts."""
    if len(spans) != len(others):
        return False
    pairs = [pair for one, two in zip(spans, others, strict=True) for pair in zip(one, two, strict=True)]
    letters = [at for pair in pairs for at in range(min(pair), max(pair)) if is_word(whole[at])]
    alone = [at for at in letters if not any(map(is_word, whole[max(0, at - 1) : at] + whole[at + 1 : at + 2]))]
    return len(letters) <= 1 and letters == alone


def test_a_refused_edit_is_refused_with_its_reasons_too(quotes: list[Quoted]) -> None:
    """The look for reasons, which the test above leaves out, turns no refusal into a proof."""
    by = random.Random(6)
    for quote in quotes:
        for edit in by.sample(list(edits(quote.text)), 20 if FULL else 2):
            full = quote.evidence.prove(edit, quote.before, quote.after, quote.apart)
            assert isinstance(full, Refusal) == isinstance(quote.prove(edit), Refusal), (quote.where, edit)


# --- every character of every article ---------------------------------------------------------------------------------


def offsets(text: Text, decoded: str) -> list[int]:
    """By offset in a text: where that character stands in the file, of which .txt gives each paragraph as it is."""
    found: list[int] = []
    at = 0
    for number, paragraph in enumerate(text.paragraphs):
        start = decoded.index(paragraph, at)
        found += [at] * (len(BREAK) if number else 0)
        found += range(start, start + len(paragraph))
        at = start + len(paragraph)
    return found


def test_any_change_of_an_articles_text_that_touches_a_quote_is_caught(
    content: Content, quotes: list[Quoted], repository: Path, record_property: Callable[[str, object], None]
) -> None:
    """Also where its SHA-256 is changed with it: each quote that the change touches is proved no longer.

    Each character that is quoted is left out, replaced, and has another before it. By default every third is.
    """
    step = 1 if FULL else 3
    counts: Counter[str] = Counter()
    library, _ = link(content)
    for id, article in content.articles.items():
        decoded = (repository / article.text).read_text(article.encoding or "utf-8")
        text = library.texts[id]
        there = offsets(text, decoded)
        assert len(there) == len(text.whole)
        of_it = [quote for quote in quotes if quote.evidence.text is text]
        apart = [decoded[there[start] : there[end - 1] + 1] for (start, end), _ in library.apart[id]]
        quoted = {at for quote in of_it if quote.anchor for span in quote.anchor.spans for at in range(*span)}
        for at in sorted(quoted)[::step]:
            touched = [
                (quote, span)
                for quote in of_it
                if quote.anchor
                for span in quote.anchor.spans
                if span[0] <= at < span[1]
            ]
            here = there[at]
            letter = decoded[here]
            for put in (
                "",
                "x" if letter != "x" else "y",
                "7" if letter != "7" else "3",
                " ",
                f"x{letter}",
                f"-{letter}",
            ):
                if put == letter:
                    continue
                changed = read_text(article.text, decoded[:here] + put + decoded[here + 1 :])
                assert isinstance(changed, Text)
                plain = Evidence(changed)
                spans = [plain.span(found) for each in apart for found in plain.occurrences(fold(each))]
                evidence = plain.without(spans)
                for quote, (start, end) in touched:
                    inner = text.whole[start:at] + put + text.whole[at + 1 : end]
                    outer = text.whole[start:end]
                    proved = isinstance(quote.prove(quote.text, evidence), Anchor)
                    counts["tried"] += 1
                    if not proved:
                        counts["caught"] += 1
                    elif fold(inner) == fold(outer):
                        counts["equal forms"] += 1
                    elif at == start and put.endswith(letter) and not (is_word(put[0]) and is_word(letter)):
                        counts["before it"] += 1  # what was put in stands before the quote, and touches no word of it
                    else:
                        pytest.fail(f"{quote.where}: still proved after a change to {inner!r}")
    assert counts["tried"] > (100_000 if FULL else 30_000)
    assert counts["caught"] > 0.95 * counts["tried"]
    record_property(
        "parallax",
        f"articles: {counts['tried']:,} changes of quoted words, {counts['caught']:,} caught; "
        f"{counts['equal forms']:,} equal forms, {counts['before it']:,} before the quote",
    )


def test_a_changed_article_stops_the_build_in_earnest(
    content: Content, quotes: list[Quoted], repository: Path, tmp_path: Path
) -> None:
    """By the article's SHA-256 wherever the change is; where that was changed too, by each quote that it touches."""
    for part in ("site.toml", "content", "seeds"):
        whole = repository / part
        (shutil.copytree if whole.is_dir() else shutil.copy)(whole, tmp_path / part)
    settings = (tmp_path / "site.toml").read_text("utf-8")
    lay(tmp_path, {"site.toml": settings.replace("[history]\nenabled = true", "[history]\nenabled = false")})
    assert errors(examine(tmp_path)) == []
    by = random.Random(7)
    library, _ = link(content)
    for id in list(content.articles) * (6 if FULL else 1):
        article, text = content.articles[id], library.texts[id]
        file, yaml = tmp_path / article.text, tmp_path / article.path
        before, said = file.read_bytes(), yaml.read_text("utf-8")
        decoded = before.decode(article.encoding or "utf-8")
        own = [quote for quote in quotes if quote.evidence.text is text and quote.anchor]
        start, end = by.choice([span for quote in own if quote.anchor for span in quote.anchor.spans])
        at = by.randrange(start, end)
        here = offsets(text, decoded)[at]
        changed = (decoded[:here] + "q" + decoded[here:]).encode(article.encoding or "utf-8")
        file.write_bytes(changed)
        assert [(problem.code, problem.path) for problem in errors(examine(tmp_path))][:1] == [("A001", article.path)]
        assert article.sha256
        yaml.write_text(said.replace(article.sha256, hashlib.sha256(changed).hexdigest()), "utf-8")
        found = {f"{problem.path}:{problem.line}" for problem in errors(examine(tmp_path)) if problem.code[0] == "Q"}
        touched = [quote.where for quote in own if quote.anchor and any(a < at < b for a, b in quote.anchor.spans)]
        assert {where.rpartition(":")[0] for where in touched} <= {place.rpartition(":")[0] for place in found}
        if start < at:
            assert touched
        file.write_bytes(before)
        yaml.write_text(said, "utf-8")


# --- right to the character -------------------------------------------------------------------------------------------

LETTERS = ("abcdefghij", "абвгдежзик", "אבגדהוזחטי", "ابتثجحخدذر", "कखगघचछजझटठ", "가나다라마바사아자차")
MARKS = ("", "", "", "\u0301", "\u0323\u0301", "\u0336", "\u0651\u064e", "\u093f")
INSIDE = ("", "", "", "\u00ad", "\u200b", "\u2060", "\u202e", "\u200c")
BESIDE = (
    "",
    "",
    "",
    "",
    "😀",
    "👩🏽\u200d🚀",
    "🇺🇳",
    "❤\ufe0f",
    "“",
    "”",
    "(",
    ")",
    "…",
    "!",
    "?",
    "\u202b",
    "\u202c",
    "\ufeff",
)
BETWEEN = (
    " ",
    " ",
    " ",
    "  ",
    "\n",
    " — ",
    " 👩🏽\u200d🚀 ",
    " \u200b",
    "\u00a0",
    ", ",
    " 🇺🇳🇫🇷 ",
    ". ",
    "\n\n",
    " \u200f",
)
EQUAL = ("'‘’‚‛′", '"“”„«»″', "-‐‑‒–—―−")
AGAIN = "the very same words"


class Passages:
    """An article made at random, of words none of which stands twice, save those of AGAIN, and quotes of it.

    Where each quote stands is known from how it was made, and not by searching.
    """

    def __init__(self, seed: int) -> None:
        self.by = by = random.Random(seed)
        self.words: list[tuple[int, int]] = []
        self.again: list[tuple[int, int]] = []
        pieces: list[str] = []
        length = 0

        def add(text: str) -> tuple[int, int]:
            nonlocal length
            pieces.append(text)
            length += len(text)
            return length - len(text), length

        for number in range(60):
            if number:
                add(by.choice(BETWEEN))
            if number % 20 == 10:
                self.again.append(add(AGAIN))
                add(" ")
            add(by.choice(BESIDE))
            letters = by.choice(LETTERS)
            core = "".join(letters[int(digit)] + by.choice(INSIDE) for digit in f"9{number:03}")
            self.words.append(add(core.rstrip("".join(INSIDE)) + by.choice(MARKS)))
            add(by.choice(BESIDE))
        add(f"{BREAK}Fin")  # in a text without a blank line, each line would be a paragraph
        text = "".join(pieces)
        assert text.strip() == text
        self.whole = re.sub(r"\n[^\S\n]*\n\s*", BREAK, text)
        assert self.whole == text, "offsets hold only where no break is written otherwise"

    def quote(self) -> tuple[dict[str, str], list[Span]]:
        """A quote's fields, and the spans at which it stands."""
        by = self.by
        if by.random() < 0.2:  # words that stand in three places
            place = by.choice(self.again)
            near = [self.words[at] for at in range(len(self.words)) if self.words[at][1] <= place[0]][-1]
            next_ = next(word for word in self.words if word[0] >= place[1])
            beside = ("before", near) if by.random() < 0.5 else ("after", next_)
            return {"text": AGAIN, beside[0]: self.typed(beside[1])}, [place]
        spans = []
        at = by.randrange(40)
        for _ in range(by.choice((1, 1, 2, 3))):
            last = at + by.randint(1, 4)
            if last >= len(self.words):
                break
            spans.append((self.words[at][0], self.words[last][1]))
            at = last + by.randint(2, 5)
        return {"text": " […] ".join(map(self.typed, spans))}, spans

    def typed(self, span: Span) -> str:
        """The words of a span as an editor might type them: by other equal forms, without what is not seen."""
        text = unicodedata.normalize(self.by.choice(("NFC", "NFD")), self.whole[slice(*span)])
        text = re.sub("[\u00ad\u200b\u200c\u200f\u202a-\u202e\u2060\ufeff]", "", text)
        for forms in EQUAL:
            text = re.sub(f"[{forms}]", lambda _, forms=forms: self.by.choice(forms), text)
        return " ".join(text.split())


def characters(element: Any, marked: bool, ids: list[str]) -> Iterator[tuple[str, bool, bool]]:
    """An element's characters: each with whether it stands in a <mark>, and whether a quote's own id begins with it."""
    ids += element.xpath("self::span/@id")
    for character in element.text or "":
        yield character, marked, bool(ids)
        ids.clear()
    for child in element:
        yield from characters(child, marked or child.tag == "mark", ids)
        for character in child.tail or "":
            yield character, marked, bool(ids)
            ids.clear()


@pytest.fixture(scope="module")
def passages(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[tuple[Passages, list[list[Span]]]]]:
    """A site of articles made at random, each quoted by three claims; built."""
    root = tmp_path_factory.mktemp("passages")
    files: dict[str, str | bytes | None] = {"site.toml": SMALL["site.toml"]}
    made = []
    for seed in range(120 if FULL else 12):
        article = Passages(seed)
        places = []
        for number in range(3):
            quotes = []
            for _ in range(3):
                quote, spans = article.quote()
                quotes.append({"article": f"a-{seed}", "stance": "asserts", **quote})
                places.append(spans)
            claim = {"claim": f"C {seed} {number}", "verdict": "true", "summary": "S.", "checked": "2021-10-17"}
            files[f"content/claims/c-{seed}-{number}.yaml"] = json.dumps(
                {**claim, "quotes": quotes}, ensure_ascii=False
            )
        files[f"content/articles/a-{seed}.yaml"] = f"text: seeds/a-{seed}.txt\nshow: full\n"
        files[f"seeds/a-{seed}.txt"] = article.whole
        made.append((article, places))
    lay(root, files)
    build(root, root / "build")
    return root / "build", made


def test_an_articles_page_marks_what_is_quoted_to_the_character(
    passages: tuple[Path, list[tuple[Passages, list[list[Span]]]]], record_property: Callable[[str, object], None]
) -> None:
    """Right-to-left words, emoji, marks, what is not seen, quotes that overlap, twice the same words, omissions."""
    output, made = passages
    marks = 0
    for number, (article, places) in enumerate(made):
        page = html.document_fromstring((output / f"articles/a-{number}/index.html").read_text("utf-8"))
        shown = [character for own in page.find_class("own") for character in characters(own, False, [])]
        quoted = {at for spans in places for span in spans for at in range(*span)}
        starts = {spans[0][0] for spans in places}
        breaks = {
            at + each for found in re.finditer(BREAK, article.whole) for at in (found.start(),) for each in (0, 1)
        }
        expected = [
            (character, at in quoted)
            for at, character in enumerate(article.whole)
            if visible(character) and at not in breaks
        ]
        assert [(character, marked) for character, marked, _ in shown] == expected
        begins = [at for at, character in enumerate(article.whole) if visible(character) and at not in breaks]
        assert {begins[at] for at, (_, _, begun) in enumerate(shown) if begun} == starts
        marks += len(quoted)
    record_property("parallax", f"pages: {9 * len(made)} quotes marked to the character, {marks:,} characters")


def test_a_claims_page_has_the_articles_own_characters_and_no_others(
    passages: tuple[Path, list[tuple[Passages, list[list[Span]]]]],
) -> None:
    output, made = passages
    for number, (article, places) in enumerate(made):
        found = []
        for claim in range(3):
            page = html.document_fromstring((output / f"claims/c-{number}-{claim}/index.html").read_text("utf-8"))
            found += [quote.text_content().strip("\n") for quote in page.iter("blockquote")]
        expected = [
            " […] ".join(visible(article.whole[slice(*span)]).replace(BREAK, "") for span in spans) for spans in places
        ]
        assert sorted(found) == sorted(expected)
