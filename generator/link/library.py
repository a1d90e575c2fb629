"""The library: all records with references resolved, every quote in its place, relations the other way round."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from generator.link.fold import fold
from generator.link.nearest import meant_id
from generator.link.origins import OWN, cycles
from generator.link.proof import COPY_THE_WORDS, Anchor, Evidence, Refusal, Span
from generator.problems import Problem
from generator.read.content import Content
from generator.read.quoting import as_value
from generator.read.slips import CURLY
from generator.read.texts import Text
from generator.records import Article, Claim, FileRecord, Mark, Quote, Settings, Story, TextPage


class Proved(Struct, frozen=True):
    """A quote in its place: `marks` are the spans of its marked words, in the order in which they were typed."""

    anchor: Anchor
    marks: tuple[Span, ...] = ()


class Library(Struct, frozen=True):
    """Everything that pages are made from. Lists are in the order of ids unless a name says otherwise."""

    settings: Settings
    articles: dict[str, Article]
    claims: dict[str, Claim]
    stories: dict[str, Story]
    pages: dict[str, TextPage]
    media: frozenset[str]
    known: dict[str, frozenset[str]]
    """By folder of content/: the ids of all its files, those that could not be read included."""
    texts: dict[str, Text]
    """By article."""
    sha256: dict[str, str]
    """By article: the SHA-256 of its text's bytes as they were read."""
    source_texts: dict[str, Text]
    """By path: the texts under seeds/ that sources rest on."""
    apart: dict[str, tuple[tuple[Span, str], ...]]
    """By article: where its `not_article` texts stand, in the text's order, each with why."""
    quotes: dict[str, tuple[Proved | None, ...]]
    """By claim: its quotes in their order; None where one is not proved."""
    source_quotes: dict[str, tuple[Proved | None, ...]]
    """By claim: its sources' quotes; None where one rests on no text of the site's own."""
    quoting: dict[str, tuple[tuple[str, int], ...]]
    """By article: the claims that quote it, each with its quote's number."""
    claims_of_story: dict[str, tuple[str, ...]]
    articles_of_story: dict[str, tuple[str, ...]]


_NO_SETTINGS = Settings(id="site", path="site.toml", title="", url="https://site.invalid", verdicts=())
"""Stands in for a site.toml that could not be read, so that everything else is looked at all the same."""


def link(content: Content) -> tuple[Library, list[Problem]]:
    """The library, and what is wrong with the references and quotes."""
    settings = content.settings or _NO_SETTINGS
    linker = Linker(content)
    for article in content.articles.values():
        linker.article(article)
    linker.circles()
    for story in content.stories.values():
        linker.story(story)
    for claim in content.claims.values():
        linker.claim(claim, settings)
    return linker.library(settings), linker.problems


# What helps a quote and a source does not have: `before`, `after` and `medium`.
_HELP_FOR_SOURCES = {"Q002": "quote more words, so that they stand in one place", "Q005": "quote the article itself"}


class Linker:
    """Links records one by one: articles first, then the claims that quote them. Gathers `problems`.

    `content` may be a piece of a site's: all that the records in hand refer to.
    """

    def __init__(self, content: Content) -> None:
        self.content = content
        self.problems: list[Problem] = []
        self.evidence: dict[str, Evidence] = {}
        """By article."""
        self.copies: dict[str, Evidence] = {}
        """By path: the texts that sources rest on."""
        self.apart: dict[str, tuple[tuple[Span, str], ...]] = {}
        self.quotes: dict[str, tuple[Proved | None, ...]] = {}
        self.source_quotes: dict[str, tuple[Proved | None, ...]] = {}

    def report(self, record: FileRecord, steps: tuple[str | int, ...], code: str, message: str, help: str = "") -> None:
        self.problems.append(Problem(record.path, *record.place(*steps), code, message, help))

    def library(self, settings: Settings) -> Library:
        """The library of what was linked, with the relations between the records of `content`."""
        content = self.content
        quoting: dict[str, list[tuple[str, int]]] = defaultdict(list)
        by_story: dict[str, list[str]] = defaultdict(list)
        articles_of: dict[str, set[str]] = defaultdict(set)
        for article in content.articles.values():
            for story in article.story:
                articles_of[story].add(article.id)
        for claim in content.claims.values():
            if claim.story:
                by_story[claim.story].append(claim.id)
            for number, quote in enumerate(claim.quotes):
                if quote.article in content.articles:
                    quoting[quote.article].append((claim.id, number))
                    if claim.story and claim.listed:
                        articles_of[claim.story].add(quote.article)
        return Library(
            settings=settings,
            articles=content.articles,
            claims=content.claims,
            stories=content.stories,
            pages=content.pages,
            media=content.media,
            known=content.known,
            texts={id: evidence.text for id, evidence in self.evidence.items()},
            sha256={id: content.texts[content.articles[id].text].sha256 for id in self.evidence},
            source_texts={
                source.text: content.texts[source.text].text
                for claim in content.claims.values()
                for source in claim.sources
                if source.text in content.texts
            },
            apart=self.apart,
            quotes=self.quotes,
            source_quotes=self.source_quotes,
            quoting={article: tuple(pairs) for article, pairs in quoting.items()},
            claims_of_story={story: tuple(claims) for story, claims in by_story.items()},
            articles_of_story={story: tuple(sorted(ids)) for story, ids in articles_of.items()},
        )

    # --- articles -----------------------------------------------------------------------------------------------------

    def article(self, article: Article) -> None:
        """Make an article's text ready for proofs, and look at what it refers to."""
        self.origin(article)
        self.no_doubles(article, "aliases")
        for number, story in enumerate(article.story):
            self.known("stories", article, ("story", number), story, "story")
        source = self.content.texts.get(article.text)
        if source is None:
            return
        if article.sha256 and article.sha256 != source.sha256:
            self.report(
                article,
                ("sha256",),
                "A001",
                f"{article.text} is not the file that this SHA-256 was taken from: quotes rest on its bytes",
                f"restore the file; only if it was wrong from the start, write:\nsha256: {source.sha256}",
            )
        plain = Evidence(source.text)
        apart = []
        for number, entry in enumerate(article.not_article):
            found = plain.occurrences(fold(entry.text)) if fold(entry.text) else []
            if len(found) == 1:
                apart.append((plain.span(found[0]), entry.why))
            elif entry.text:
                times = "does not stand in the text" if not found else f"stands in the text {len(found)} times"
                self.report(
                    article,
                    ("not_article", number, "text"),
                    "Q009",
                    f"this {times}",
                    "copy the words from the text, enough of them to stand there once",
                )
        self.apart[article.id] = tuple(sorted(apart))
        self.evidence[article.id] = plain if not apart else plain.without(span for span, _ in self.apart[article.id])

    def origin(self, article: Article) -> None:
        for number, name in enumerate(article.origin or ()):
            if name != OWN and name.casefold() == OWN:
                message = f"“{name}” is taken for an agency of that name"
                self.report(article, ("origin", number), "R004", message, f"write “{OWN}” for its own reporting")
            if name == article.id:
                self.report(
                    article,
                    ("origin", number),
                    "L002",
                    "an article cannot be its own origin",
                    f"write “{OWN}” for its own reporting",
                )

    def circles(self) -> None:
        """Report origins that go round in a circle."""
        articles = self.content.articles
        origins = {id: article.origin for id, article in articles.items()}
        for circle in cycles(
            {id: tuple(name for name in names if name != id) if names else names for id, names in origins.items()}
        ):
            first = articles[circle[0]]
            number = (first.origin or ()).index(circle[1] if len(circle) > 1 else circle[0])
            trail = " → ".join((*circle, circle[0]))
            self.report(
                first,
                ("origin", number),
                "L003",
                f"these origins go round in a circle: {trail}",
                "take out the one that is not so",
            )

    def no_doubles(self, record: FileRecord, *names: str) -> None:
        """Report what stands twice in a list of a record's."""
        for name in names:
            values = getattr(record, name)
            for number, value in enumerate(values):
                if value and value in values[:number]:
                    message = f"“{value}” stands twice in “{name}”"
                    self.report(record, (name, number), "L004", message, "delete one of the two")

    # --- stories ------------------------------------------------------------------------------------------------------

    def story(self, story: Story) -> None:
        self.no_doubles(story, "aliases")

    # --- claims -------------------------------------------------------------------------------------------------------

    def claim(self, claim: Claim, settings: Settings) -> None:
        """Prove a claim's quotes, and look at what it refers to. Its articles come before it."""
        self.references(claim, settings)
        self.quotes[claim.id] = tuple(self.quote(claim, number) for number in range(len(claim.quotes)))
        self.source_quotes[claim.id] = tuple(self.source_quote(claim, number) for number in range(len(claim.sources)))

    def known(self, folder: str, record: FileRecord, steps: tuple[str | int, ...], id: str, what: str) -> bool:
        if not id or id in self.content.known[folder]:
            return True
        self.unknown(record, steps, id, what, {**dict.fromkeys(self.content.known[folder], ""), **self.names(folder)})
        return False

    def names(self, folder: str) -> dict[str, str]:
        """By id: what a file of `folder` is called, which may have been typed in its id's place."""
        content = self.content
        if folder == "articles":
            publishers = Counter(article.publisher for article in content.articles.values())
            return {
                id: article.publisher if publishers[article.publisher] == 1 else article.title
                for id, article in content.articles.items()
            }
        return {id: getattr(record, "title", "") for id, record in getattr(content, folder).items()}

    def unknown(
        self, record: FileRecord, steps: tuple[str | int, ...], id: str, what: str, names: Mapping[str, str]
    ) -> None:
        """Report an id that there is not. `names` has the ids that there are, each with what it is called."""
        meant = meant_id(id, names)
        if meant:
            line = as_value(meant, in_brackets=record.in_brackets(*steps))
            help = f"write:\n{line}" if isinstance(steps[-1], int) else f"write:\n{steps[-1]}: {line}"
        else:
            some = ", ".join(sorted(names)[:8])
            help = (
                f"it can be one of: {some}{', …' if len(names) > 8 else ''}" if some else f"the site has no {what} yet"
            )
        shown = id if id[0] in CURLY else f"“{id}”"
        self.report(record, steps, "L001", f"there is no {what} {shown}", help)

    def references(self, claim: Claim, settings: Settings) -> None:
        verdicts = {verdict.id: verdict.label for verdict in settings.verdicts}
        if verdicts and claim.verdict and claim.verdict not in verdicts:
            self.unknown(claim, ("verdict",), claim.verdict, "verdict", verdicts)
        for number, part in enumerate(claim.parts):
            if verdicts and part.verdict and part.verdict not in verdicts:
                self.unknown(claim, ("parts", number, "verdict"), part.verdict, "verdict", verdicts)
            times = len(Evidence(Text((claim.claim,))).occurrences(fold(part.words))) if fold(part.words) else 0
            if part.words and times != 1:
                stand = "do not stand in the claim" if not times else f"stand in the claim {times} times"
                self.report(
                    claim,
                    ("parts", number, "words"),
                    "Q010",
                    f"these words {stand}",
                    "copy the claim's own words, enough of them to stand there once",
                )
        self.known("stories", claim, ("story",), claim.story, "story")
        people = {id: person.name for id, person in settings.people.items()}
        for role in ("by", "edited"):
            for number, person in enumerate(getattr(claim, role)):
                if self.content.settings and person and person not in settings.people:
                    self.unknown(claim, (role, number), person, "person", people)
        quoted = {quote.article for quote in claim.quotes}
        for number, article in enumerate(claim.silent):
            if self.known("articles", claim, ("silent", number), article, "article") and article in quoted:
                self.report(
                    claim,
                    ("silent", number),
                    "L002",
                    f"“{article}” is quoted, so it is not silent",
                    "take it out of “silent”, or drop the quote",
                )
        self.no_doubles(claim, "related", "aliases", "silent", "tags")
        for number, related in enumerate(claim.related):
            if related == claim.id:
                self.report(claim, ("related", number), "L002", "a claim is not related to itself", "delete it")
            else:
                self.known("claims", claim, ("related", number), related, "claim")
        seen: set[str] = set()
        for number, source in enumerate(claim.sources):
            if source.id and source.id in seen:
                self.report(
                    claim,
                    ("sources", number, "id"),
                    "L004",
                    f"two sources have the id “{source.id}”",
                    f"give one of them another id, such as:\nid: {source.id}-2",
                )
            seen.add(source.id)
            self.known("articles", claim, ("sources", number, "article"), source.article, "article")
            stands_on_nothing = not (source.url or source.article or source.text)
            if (
                stands_on_nothing
                and not claim.wrong("sources", number)
                and not any(claim.typed("sources", number, name) for name in ("url", "article", "text"))
            ):
                self.report(
                    claim,
                    ("sources", number),
                    "R002",
                    "a source needs one of url, article and text",
                    "add a line:\nurl: https://...",
                )

    def quote(self, claim: Claim, number: int) -> Proved | None:
        quote = claim.quotes[number]
        if not self.known("articles", claim, ("quotes", number, "article"), quote.article, "article"):
            return None
        evidence = self.evidence.get(quote.article)
        if evidence is None or not quote.text:
            return None
        found = evidence.prove(quote.text, quote.before, quote.after, apart=bool(quote.medium))
        if isinstance(found, Refusal):
            other = self.elsewhere(claim, quote) if found.code == "Q001" else ""
            if other:
                message = f"these words stand in the article “{other}”, not in “{quote.article}”"
                self.report(claim, ("quotes", number, "article"), "Q001", message, f"write:\narticle: {other}")
            else:
                self.refuse(claim, ("quotes", number, "text"), quote.text, found, quote.article)
            return None
        return Proved(found, self.marks(claim, number, evidence, found, quote.mark))

    def elsewhere(self, claim: Claim, quote: Quote) -> str:
        """Another article of the claim's, by its quotes or its story, that has the words of `quote`."""
        near = {other.article for other in claim.quotes}
        near |= {id for id, article in self.content.articles.items() if claim.story and claim.story in article.story}
        for id in sorted(near - {quote.article}):
            evidence = self.evidence.get(id)
            if evidence is not None and isinstance(evidence.prove_as_typed(quote.text, why=False), Anchor):
                return id
        return ""

    def refuse(self, claim: Claim, steps: tuple[str | int, ...], typed: str, refusal: Refusal, where: str) -> None:
        """Report a quote that is not proved, at the words that are wrong, with those that are right to be pasted."""
        place, length = claim.words(typed, refusal.typed, *steps) if refusal.typed else (claim.place(*steps), 0)
        help = refusal.help
        if refusal.words:
            value = as_value(refusal.words, in_brackets=claim.in_brackets(*steps))
            help = f"{help.removesuffix(refusal.words).rstrip(': ')}:\n{steps[-1]}: {value}"
        elif help == COPY_THE_WORDS:
            source = self.content.articles.get(where)
            file = source.text if source else where
            help = f"copy the words from {file}"
            if file.endswith(".html"):
                help += " as a browser shows it: what the page hides is no part of the article"
        message = f"{refusal.message} ({where})"
        self.problems.append(Problem(claim.path, *place, refusal.code, message, help, length))

    def marks(
        self, claim: Claim, number: int, evidence: Evidence, anchor: Anchor, marks: tuple[Mark, ...]
    ) -> tuple[Span, ...]:
        spans = []
        ranges = [(evidence.folded.offset(start), evidence.folded.offset(end)) for start, end in anchor.spans]
        for index, mark in enumerate(marks):
            needle = fold(mark.words)
            found = [span for low, high in ranges for span in evidence.occurrences(needle, low, high)] if needle else []
            if len(found) == 1:
                spans.append(evidence.span(found[0]))
                continue
            spans.append((0, 0))
            if mark.words:
                stand = (
                    "do not stand in this quote as whole words"
                    if not found
                    else f"stand in this quote {len(found)} times"
                )
                self.report(
                    claim,
                    ("quotes", number, "mark", index),
                    "Q006",
                    f"the words “{mark.words}” {stand}",
                    "copy the quote's own words, enough of them to stand there once",
                )
        return tuple(spans)

    def source_quote(self, claim: Claim, number: int) -> Proved | None:
        source = claim.sources[number]
        evidence = self.evidence.get(source.article)
        if source.text and source.text in self.content.texts:
            evidence = self.copy(source.text)
        if evidence is None or not source.quote:
            return None
        found = evidence.prove(source.quote)
        if isinstance(found, Refusal):
            found = replace(found, help=_HELP_FOR_SOURCES.get(found.code, found.help))
            self.refuse(claim, ("sources", number, "quote"), source.quote, found, source.article or source.text)
            return None
        return Proved(found)

    def copy(self, path: str) -> Evidence:
        """The text at `path`, which sources rest on, ready for proofs."""
        if path not in self.copies:
            self.copies[path] = Evidence(self.content.texts[path].text)
        return self.copies[path]
