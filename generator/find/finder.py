"""The finder: from words, or from a claim, to the passages that speak of them, best first."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from itertools import islice

from msgspec import Struct, structs

from generator.compare.lexicon import lexicon_of
from generator.find.index import Hit, Index, Paragraph, Term
from generator.find.quote_block import Passage, passage
from generator.find.sentences import Span, sentences
from generator.find.word_forms import word_forms
from generator.link.library import Linker
from generator.link.nearest import nearest_name
from generator.link.proof import OMISSION, Evidence
from generator.problems import FaultError
from generator.read.content import Content
from generator.read.texts import BREAK
from generator.records import Article, Claim

_PHRASE = re.compile(r"[\"“”„«»]([^\"“”„«»]+)[\"“”„«»]")
_LONGEST = 420  # characters: what a reader still takes in as one quote
_COMMON = 0.35  # of all paragraphs: a word that stands in so many tells nothing of a claim
_FEW = 12  # paragraphs: in so few every word seems common
_LEAST_MISTYPED = 4  # letters: a shorter word is near to too many others
_LEAST_MISTYPED_TWICE = 9
_WEIGHTY = re.compile(r"\d|^[^\W\d_a-z]")  # a number, or a word with a capital


class Found(Struct, frozen=True):
    """A passage, the article that it is from, and what it is where it is not the article's own."""

    article: Article
    paragraph: int
    passage: Passage
    medium: str = ""
    silent: bool = False
    """Whether the claim lists the article as silent, which it may not be."""


class Results(Struct, frozen=True):
    """What was found; `missing` are the words that stand nowhere, each with the nearest that does, or nothing."""

    found: tuple[Found, ...]
    more: bool = False
    missing: tuple[tuple[str, str], ...] = ()


class Finder:
    """Finds passages in the articles of `content`."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self.linker = Linker(content)

    def evidence(self, id: str) -> Evidence | None:
        """An article's text, ready for proofs: most articles are only searched."""
        article = self.content.articles.get(id)
        if id not in self.linker.evidence and article is not None:
            self.linker.article(article)
        return self.linker.evidence.get(id)

    def find(self, typed: Sequence[str], limit: int, claim_id: str = "") -> Results:
        """The passages with the words `typed`, best first; with a claim those of its articles that it does not quote.

        With a claim alone, those that speak to it.
        """
        articles, quoted = self._of_claim(claim_id) if claim_id else (list(self.content.articles), {})
        with closing(Index(self._paragraphs(articles))) as index:
            return self._results(index, typed, limit, claim_id, quoted)

    def _results(
        self, index: Index, typed: Sequence[str], limit: int, claim_id: str, quoted: dict[str, list[Span]]
    ) -> Results:
        if typed:
            terms = _terms(" ".join(typed))
            missing = [(term, _nearest(index, term)) for term in terms if not index.spread(term)]
            known = [term for term in terms if index.spread(term)]
            hits, least = index.search(known), 1
            named = tuple((" ".join(term.words), near) for term, near in missing)
        else:
            known = self._terms_of_claim(index, self.content.claims[claim_id])
            least = min(2, len(known))  # one word in common is chance
            hits = sorted((hit for hit in index.search(known) if hit.terms >= least), key=lambda hit: hit.rank)
            named = ()
        found = list(islice(self._passages(hits, known, quoted, least), limit + 1))
        silent = self.content.claims[claim_id].silent if claim_id else ()
        found = [structs.replace(each, silent=each.article.id in silent) for each in found]
        return Results(tuple(found[:limit]), len(found) > limit, named)

    # --- what is searched ---------------------------------------------------------------------------------------------

    def _paragraphs(self, articles: Iterable[str]) -> Iterable[Paragraph]:
        for id in articles:
            source = self.content.texts.get(self.content.articles[id].text)
            start = 0
            for number, text in enumerate(source.text.paragraphs if source else (), 1):
                yield Paragraph(id, number, start, text)
                start += len(text) + len(BREAK)

    def _of_claim(self, id: str) -> tuple[list[str], dict[str, list[Span]]]:
        """The articles that may speak to a claim, and what it quotes of them already."""
        claim = self.content.claims.get(id)
        if claim is None:
            if id in self.content.known["claims"]:
                raise FaultError(f"content/claims/{id}.yaml cannot be read: the command “check” says why")
            close = nearest_name(id, self.content.known["claims"])
            raise FaultError(f"there is no claim “{id}”" + (f": did you mean “{close}”?" if close else ""))
        quoted: dict[str, list[Span]] = defaultdict(list)
        for quote in claim.quotes:
            evidence = self.evidence(quote.article)
            found = evidence.prove(quote.text, quote.before, quote.after, bool(quote.medium)) if evidence else None
            quoted[quote.article] += getattr(found, "spans", ())
        if not claim.story:
            return list(self.content.articles), quoted
        told = {
            quote.article
            for other in self.content.claims.values()
            if other.story == claim.story and other.listed
            for quote in other.quotes
        }
        story = [
            article.id
            for article in self.content.articles.values()
            if claim.story in article.story or article.id in told or article.id in quoted
        ]
        return story, quoted

    def _terms_of_claim(self, index: Index, claim: Claim) -> list[Term]:
        """What tells a claim from others: its words that are not everywhere; names, numbers and its own count more."""
        settings = self.content.settings
        lexicon = lexicon_of(settings.language if settings else "")
        compare = claim.compare
        key = " ".join([claim.claim, *((compare.claim, compare.found) if compare else ())])
        whole = " ".join([key, claim.title, claim.summary, compare.what if compare else ""])
        weighty = {
            word for each in key.split()[1:] if _WEIGHTY.search(each.lstrip("“\"'(")) for word in word_forms(each)
        }
        in_claim = set(word_forms(key))
        most = max(_FEW, int(len(index.paragraphs) * _COMMON))
        found: dict[tuple[str, ...], Term] = {}
        for word in dict.fromkeys(word_forms(whole)):
            if word in lexicon.stopwords or not (len(word) > 1 or word.isdigit()):
                continue
            weight = 1 + (word in in_claim) + (word in weighty)
            term = Term((word if word in weighty else lexicon.stem(word),), weight)
            if 0 < index.spread(term) <= most:
                found.setdefault(term.words, term)
        return list(found.values())

    # --- what is given ------------------------------------------------------------------------------------------------

    def _passages(
        self, hits: Iterable[Hit], terms: Sequence[Term], quoted: dict[str, list[Span]], least: int
    ) -> Iterator[Found]:
        """A passage a paragraph with at least so many terms; none that is quoted already, in part or whole."""
        for hit in hits:
            paragraph = hit.paragraph
            evidence = self.evidence(paragraph.article)
            assert evidence is not None
            for span in _spans(paragraph, terms, least):
                if any(start < span[1] and span[0] < end for start, end in quoted.get(paragraph.article, ())):
                    continue
                found = passage(evidence, span)
                if found is not None:
                    medium = self._medium(paragraph.article, span) if found.apart else ""
                    yield Found(self.content.articles[paragraph.article], paragraph.number, found, medium)
                    break

    def _medium(self, article: str, span: Span) -> str:
        """What the article's file calls a passage that is not the article."""
        for (start, end), why in self.linker.apart[article]:
            if start < span[1] and span[0] < end:
                return re.sub(r"^(?:an?|the) ", "", why)
        return "not the article"


def _nearest(index: Index, term: Term) -> str:
    """The word of the articles that a word was probably meant to be: the one that most paragraphs have of the nearest.

    An empty text where none is so near that it can be a slip.
    """
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    word = term.words[0]
    slips = _slips(word) if len(term.words) == 1 else 0
    if not slips:
        return ""
    near = process.extract(word, index.vocabulary(), scorer=OSA.distance, score_cutoff=slips, limit=None)
    ranked = [(distance, -index.spread(Term((each,))), each) for each, distance, _ in near if not each.isdigit()]
    return min(ranked)[2] if ranked else ""


def _slips(word: str) -> int:
    """How many letters may be wrong, missing, too many or two of them swapped before a word is another.

    None in short words and in numbers: nearly every one is near to another there.
    """
    if len(word) < _LEAST_MISTYPED or word.isdigit():
        return 0
    return 1 if len(word) < _LEAST_MISTYPED_TWICE else 2


def _terms(typed: str) -> list[Term]:
    """The words that were typed; those between quotation marks stand together."""
    phrases = [tuple(word_forms(match.group(1))) for match in _PHRASE.finditer(typed)]
    rest = [(word,) for word in word_forms(_PHRASE.sub(" ", typed))]
    return [Term(each) for each in dict.fromkeys([*phrases, *rest]) if each]


def _spans(paragraph: Paragraph, terms: Sequence[Term], least: int) -> list[Span]:
    """The passages of a paragraph that may be quoted, best first.

    The shortest run of at most three sentences that has all the terms of the paragraph, if it is not too long; then
    single sentences, those with most of the terms first; then all of it. Each has at least so many terms.
    """
    parts = [part for sentence in sentences(paragraph.text) for part in _without_omissions(paragraph.text, sentence)]
    runs = [
        (parts[first][0], parts[last][1])
        for first in range(len(parts))
        for last in range(first, first + 3)
        if last < len(parts)
    ]
    all_ = _has(paragraph.text, None, terms)
    full = [run for run in runs if run[1] - run[0] <= _LONGEST and _has(paragraph.text, run, terms) == all_]
    weights = {part: sum(term.weight for term in _has(paragraph.text, part, terms)) for part in parts}
    ordered = [*sorted(full, key=_length)[:1], *sorted(parts, key=lambda part: -weights[part])]
    ordered += [(parts[0][0], parts[-1][1])] if parts else []
    return [
        (paragraph.start + start, paragraph.start + end)
        for start, end in dict.fromkeys(ordered)
        if len(_has(paragraph.text, (start, end), terms)) >= least
    ]


def _without_omissions(text: str, span: Span) -> Iterable[Span]:
    """The parts of a sentence in which the article itself has […], which in a quote would stand for words left out."""
    start = span[0]
    for match in OMISSION.finditer(text, *span):
        yield start, match.start()
        start = match.end()
    yield start, span[1]


def _has(text: str, span: Span | None, terms: Sequence[Term]) -> list[Term]:
    """Those of `terms` that stand in `text`, or in a span of it."""
    line = f" {' '.join(word_forms(text[slice(*span)] if span else text))} "
    return [term for term in terms if f" {' '.join(term.words)}{'' if term.begins else ' '}" in line]


def _length(span: Span) -> int:
    return span[1] - span[0]
