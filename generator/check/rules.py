"""The rules. Errors here stop a build; the rest tell an editor where to look (DESIGN, "Severities")."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from generator.check.omissions import telling_words
from generator.check.scripts import check_article_names, check_claim_names, check_settings_names
from generator.check.standards import check_site_exceptions, check_site_standards, check_standards, unexplained
from generator.dates import date_key
from generator.ids import is_id
from generator.languages import languages, spoken
from generator.link.library import Library
from generator.link.nearest import nearest_name
from generator.link.proof import LONG_OMISSION
from generator.problems import CODES, Problem
from generator.read.texts import BREAK
from generator.records import Article, Claim, FileRecord, Settings

FORMAT = 1
METHODOLOGY = "methodology"
EXPECTED_PAGES = {
    "about": "who stands behind the site",
    METHODOLOGY: "how claims are chosen and checked",
    "corrections-policy": "what happens when something is wrong",
}


def check(library: Library) -> list[Problem]:
    """Every rule's problems, without the warnings that site.toml turns off."""
    problems = [*check_settings(library.settings), *check_pages(library.known["pages"], library.settings)]
    used = {
        id for claim in library.claims.values() for id in (*claim.silent, *(quote.article for quote in claim.quotes))
    }
    # A claim that could not be read, or a quote that has no place, may be meant to use any of them.
    whole = library.known["claims"] == library.claims.keys() and used <= library.known["articles"]
    whole = whole and all(quote is not None for quotes in library.quotes.values() for quote in quotes)
    for article in library.articles.values():
        unused = whole and article.id not in used
        problems += check_article(article, unused, library.sha256.get(article.id, ""), library.settings)
    for claim in library.claims.values():
        problems += check_claim(library, claim)
    for story in library.stories.values():
        problems += unexplained(story, library.settings)
    for page in library.pages.values():
        problems += unexplained(page, library.settings)
    return problems


def without_silenced(problems: list[Problem], settings: Settings | None) -> list[Problem]:
    """`problems` without the warnings whose codes site.toml lists under [check] off.

    Without any, where site.toml cannot be read: which it turns off, and what it says for all claims, is not known.
    """
    if settings is None:
        return [problem for problem in problems if problem.severity == "error"]
    off = frozenset(settings.check.off)
    return [problem for problem in problems if problem.severity == "error" or problem.code not in off]


def _at(record: FileRecord, code: str, message: str, help: str, *steps: str | int) -> Problem:
    return Problem(record.path, *record.place(*steps), code, message, help)


def check_settings(settings: Settings) -> Iterator[Problem]:
    """What is wrong with site.toml."""
    if settings.format and settings.format != FORMAT:
        yield _at(
            settings,
            "R004",
            f"this Parallax reads format {FORMAT}, not {settings.format}",
            f"write format = {FORMAT}",
            "format",
        )
    if not spoken(settings.language):
        yield _at(
            settings,
            "W007",
            f"the site's own words stand in English, since there is no catalogue for “{settings.language}”",
            f"write one of {', '.join(languages())}, or add a catalogue (docs/languages.md says how)",
            "language",
        )
    if not settings.verdicts and settings.typed("verdicts"):
        yield _at(
            settings,
            "R002",
            "a site needs a verdict",
            'add these lines:\n[[verdicts]]\nid = "true"\nlabel = "True"',
            "verdicts",
        )
    ids = [verdict.id for verdict in settings.verdicts]
    for number, id in enumerate(ids):
        if id and id in ids[:number]:
            yield _at(
                settings,
                "L004",
                f"two verdicts have the id “{id}”",
                "give one of them another id",
                "verdicts",
                number,
                "id",
            )
    for id in settings.people:
        if not is_id(id):
            yield _at(
                settings,
                "R004",
                f"“{id}” is no id of a person",
                "use a to z, digits and hyphens: [people.jo-bloggs]",
                "people",
                id,
            )
    yield from check_settings_names(settings)
    yield from check_site_exceptions(settings)
    for number, code in enumerate(settings.check.off):
        if code not in CODES:
            near = nearest_name(code, [code for code, (severity, _) in CODES.items() if severity == "warning"])
            yield _at(
                settings,
                "L001",
                f"there is no code “{code}”",
                f'write:\n"{near}"' if near else "write a warning's code, such as W002",
                "check",
                "off",
                number,
            )
        elif CODES[code][0] == "error":
            yield _at(
                settings,
                "R004",
                f"“{code}” is an error, and errors cannot be turned off",
                "delete it",
                "check",
                "off",
                number,
            )


def check_pages(known: Collection[str], settings: Settings) -> Iterator[Problem]:
    """Warnings of what readers expect of the whole site; `known` has the ids of the pages that there are.

    The methodology page can't be excepted: exceptions are shown there.
    """
    yield from check_site_standards(settings, known)
    excepted = any(entry.rule == "W003" for entry in settings.exceptions)
    for id, what in EXPECTED_PAGES.items():
        if id not in known and (id == METHODOLOGY or not excepted):
            yield Problem(
                f"content/pages/{id}.md",
                0,
                0,
                "W003",
                f"readers expect a page that says {what}",
                f"write content/pages/{id}.md",
            )


def check_article(article: Article, unused: bool, sha256: str, settings: Settings) -> Iterator[Problem]:
    """What to look at in an article; `sha256` is its text's, empty where it could not be read."""
    if sha256 and not article.sha256 and not article.typed("sha256"):
        yield _at(
            article,
            "A002",
            f"without a sha256 nobody notices when {article.text} changes",
            f"add the line:\nsha256: {sha256}",
            "text",
        )
    if unused:
        yield _at(
            article,
            "W004",
            "no claim quotes this article or lists it as silent",
            "quote it, or list it under “silent” where it was read",
            "text",
        )
    yield from check_article_names(article, settings.language)
    yield from _order(article, ("published",), article.published, "retrieved", article.retrieved)
    yield from unexplained(article, settings)


def _order(
    record: FileRecord, steps: tuple[str | int, ...], earlier: str, later_name: str, later: str
) -> Iterator[Problem]:
    """A warning where `earlier` is after `later`; dates of which one begins with the other are in order."""
    if earlier and later:
        first, second = date_key(earlier), date_key(later)
        if first > second and not first.startswith(second):
            message = f"“{steps[-1]}” ({earlier}) is after “{later_name}” ({later})"
            yield _at(record, "W001", message, "correct the one that is wrong", *steps)


def check_claim(library: Library, claim: Claim, located: bool = True) -> Iterator[Problem]:
    """What is wrong with a claim, and what to look at in it.

    Where warnings are only counted, those of standards need not be `located` in the file.
    """
    for name in claim.required_when_published:
        if not getattr(claim, name) and not claim.typed(name):
            if claim.status == "draft":
                yield _lacking(claim, name)
            else:
                ids = ", ".join(verdict.id for verdict in library.settings.verdicts)
                value = f" with one of {ids}" if name == "verdict" and ids else ""
                help = f"add a line{value} (or “status: draft” until it is ready):\n{name}: ..."
                yield _at(claim, "R002", f"a claim needs “{name}”", help)
    if claim.status == "retracted" and not claim.corrections and not claim.wrong("corrections"):
        yield _at(
            claim,
            "R002",
            "a retracted claim needs a correction that says why",
            "add these lines:\ncorrections:\n  - date: YYYY-MM-DD\n    kind: correction\n    text: ...",
            "status",
        )
    yield from check_standards(library, claim, located)
    yield from _order(claim, ("made",), claim.made, "checked", claim.checked)
    for number, correction in enumerate(claim.corrections):
        yield from _order(claim, ("checked",), claim.checked, f"the date of correction {number + 1}", correction.date)
    for number, source in enumerate(claim.sources):
        yield from _order(claim, ("sources", number, "published"), source.published, "checked", claim.checked)
    yield from _values(claim)
    yield from check_claim_names(claim, library.settings)
    for number in range(len(claim.quotes)):
        yield from _omissions(library, claim, number)


def _lacking(claim: Claim, name: str) -> Problem:
    """That a draft lacks a field: at the comment in which it waits, as `new` writes it, or at the file's beginning."""
    message = f"this draft lacks “{name}”"
    first = next((at for at, line in enumerate(claim.lines) if re.match(rf"# ?{name}:(?: |$)", line)), None)
    if first is None:
        return _at(claim, "R006", message, f"before it is published, add a line:\n{name}: ...")
    last = first
    while last + 1 < len(claim.lines) and re.match(r"# {2,}\S", claim.lines[last + 1]):
        last += 1
    where = "this line" if last == first else f"lines {first + 1} {'and' if last == first + 1 else 'to'} {last + 1}"
    lines = "\n".join(re.sub("^# ?", "", line) for line in claim.lines[first : last + 1])
    help = f"before it is published, delete the # of {where} with the space behind it, and fill in:\n{lines}"
    column = claim.lines[first].index(name) + 1
    return Problem(claim.path, first + 1, column, "R006", message, help, len(name))


def _values(claim: Claim) -> Iterator[Problem]:
    if claim.compare is None or not claim.compare.claim:
        return
    for number, quote in enumerate(claim.quotes):
        same = quote.says == claim.compare.claim
        if quote.says and ((quote.stance == "asserts" and not same) or (quote.stance == "contradicts" and same)):
            relation = "the claim's own" if same else f"not the claim's (“{claim.compare.claim}”)"
            message = f"this quote {quote.stance} the claim, but its value “{quote.says}” is {relation}"
            yield _at(
                claim,
                "W005",
                message,
                "correct “says” or “stance”; equal values are equal text",
                "quotes",
                number,
                "says",
            )


def _omissions(library: Library, claim: Claim, number: int) -> Iterator[Problem]:
    quote = claim.quotes[number]
    proved = library.quotes[claim.id][number]
    if proved is None:
        return
    whole = library.texts[quote.article].whole
    language = quote.language or library.articles[quote.article].language or library.settings.language
    for start, end in proved.anchor.omissions:
        left_out = whole[start:end]
        shown = " ".join(left_out.split())
        if len(left_out) > LONG_OMISSION or BREAK in left_out:
            how = "goes across paragraphs" if BREAK in left_out else f"leaves out {len(left_out)} characters"
            yield _at(
                claim,
                "Q007",
                f"[…] {how} ({quote.article})",
                "make it two quotes, or say in a note why",
                "quotes",
                number,
                "text",
            )
        telling = telling_words(left_out, language)
        if telling:
            named = ", ".join(f"“{word}” (a {kind})" for word, kind in telling[:4])
            short = shown if len(shown) <= 120 else shown[:60] + " … " + shown[-50:]
            yield _at(
                claim,
                "Q008",
                f"[…] takes out {named}: “{short}” ({quote.article})",
                "quote these words too, or say in a note why not",
                "quotes",
                number,
                "text",
            )
