"""The standards: what the codes of principles of the IFCN and the EFCSN ask of a check, as far as a program can see it.

Each is a warning, and an error for `check --standards`. An entry under `exceptions` answers one: a claim's own for that
claim, site.toml's for every claim. Both are shown to readers.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

from generator.link.library import Library
from generator.link.origins import independence, of_quotes, roots
from generator.problems import Problem
from generator.read.entries import entry
from generator.records import Article, Claim, Correction, Exception_, FileRecord, Settings, Source, Story, TextPage

_IFCN, _EFCSN = "IFCN principle", "EFCSN code"
_SOURCES = f"{_IFCN} 2, transparency of sources"
_TWO_SOURCES = f"{_SOURCES}; {_EFCSN}, Article 2"
_METHOD = f"{_IFCN} 4, transparency of methodology"
_CORRECTIONS = f"{_IFCN} 5, open and honest corrections"


class Standard(NamedTuple):
    """A standard: where it comes from, and whether it is asked of each claim or of the whole site."""

    principle: str
    of: Literal["claim", "site", "correction"] = "claim"


STANDARDS: dict[str, Standard] = {
    "W002": Standard(_SOURCES),
    "W003": Standard(f"{_IFCN}s 3, 4 and 5; {_EFCSN}, Article 3", "site"),
    "S001": Standard(_TWO_SOURCES),
    "S002": Standard(_TWO_SOURCES),
    "S003": Standard(_SOURCES),
    "S004": Standard(f"{_IFCN} 1, nonpartisanship and fairness (criterion 2.3)"),
    "S005": Standard(f"{_METHOD}; criterion 2.2"),
    "S006": Standard(f"{_METHOD}; {_EFCSN}, Article 2"),
    "S007": Standard(_METHOD),
    "S008": Standard(f"{_TWO_SOURCES}"),
    "S009": Standard(f"{_CORRECTIONS}; {_EFCSN}, Article 3", "correction"),
    "S010": Standard(f"{_IFCN} 3, transparency of funding and organisation", "site"),
}
"""The standards by the code of their problem: what an exception's `rule` may be."""

IDLE = "S011"
"""An exception that answers nothing: readers are told of a lapse that there is none of. No exception answers it."""

HELD = frozenset((*STANDARDS, IDLE))
"""The codes that `check --standards` makes errors."""

_OF_SOURCES = frozenset(("S001", "S002", "S003", "S004", "S006"))
_FEWEST_WORDS = 5
_WORD = re.compile(r"[^\W_]+")
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""A sign of a script that puts no spaces between words: two of them count as one word."""


def held(problems: Iterable[Problem]) -> list[Problem]:
    """The problems as `check --standards` has them: what a standard asks for is an error."""
    return [problem.as_error() if problem.code in HELD else problem for problem in problems]


# --- of a claim -------------------------------------------------------------------------------------------------------


class Lack(NamedTuple):
    """What a standard asks for and a record does not have in `field`, before its place in the file is looked up.

    `lines` are there to be pasted. Where it is `excusable`, an exception in the same file answers it too.
    """

    code: str
    field: str
    message: str
    help: str
    steps: tuple[str | int, ...]
    lines: str = ""
    excusable: bool = False

    def problem(self, record: FileRecord, located: bool = True) -> Problem:
        told = f"{self.message} ({STANDARDS[self.code].principle})" if self.code[0] == "S" else self.message
        if not located:
            return Problem(record.path, 1, 1, self.code, told, self.help)
        help, lines = self.help, [self.lines]
        if self.excusable:
            excuse = entry(record, "exceptions", {"rule": self.code, "why": "..."})
            help += f"; or say why not {excuse.where or 'under “exceptions”'}"
            lines.append(excuse.lines)
        pasted = "\n".join(filter(None, lines))
        return Problem(
            record.path, *record.place(*self.steps), self.code, told, f"{help}:\n{pasted}" if pasted else help
        )


def check_standards(library: Library, claim: Claim, located: bool = True) -> Iterator[Problem]:
    """What standards ask of a claim and it does not have, and what is wrong with its exceptions.

    Drafts are not held to standards yet; a retracted claim makes no claim to meet them, but for its corrections. A
    build only counts, so it does not need warnings to be `located` in the file, which takes a while.
    """
    yield from _check_rules(claim, claim.exceptions)
    excepted = {entry.rule for entry in (*claim.exceptions, *library.settings.exceptions)}
    unmet = unmet_standards(library, claim) if claim.status == "published" else []
    if claim.listed:
        unmet += _unexplained(claim.corrections)
    for lack in unmet:
        if lack.code not in excepted and not (located and claim.wrong(lack.field)):  # which is a problem of its own
            yield lack.problem(claim, located)
    if claim.status == "published" and claim.exceptions:
        lacking = {lack.code for lack in unmet} | (_OF_SOURCES if not claim.sources else set())
        rules = [(number, entry.rule) for number, entry in enumerate(claim.exceptions) if entry.rule not in lacking]
        yield from _idle(
            claim, [(number, rule) for number, rule in rules if _of(rule) in ("claim", "correction")], "claim"
        )


def unmet_standards(library: Library, claim: Claim) -> list[Lack]:
    """Every standard that `claim` would not meet if it were published as it is, its exceptions left aside."""
    checks: list[Callable[[Library, Claim], Iterator[Lack]]] = [_chosen, _contacted, _origins]
    of_sources = [_two_sources, _primary, _archived, _interests, _both_sides] if claim.sources else [_any]
    return [lack for check in (*checks, *of_sources) for lack in check(library, claim)]


def _any(library: Library, claim: Claim) -> Iterator[Lack]:
    help = "add “sources:” with what the verdict rests on"
    yield Lack("W002", "sources", "this claim has no sources", help, ("claim",))


def _two_sources(library: Library, claim: Claim) -> Iterator[Lack]:
    groups, unknown = independent_sources(library, claim)
    if len(groups) >= 2:
        return
    count = len(claim.sources)
    if count == 1:
        message = "the verdict rests on one source alone; two that are independent of each other are asked for"
    elif groups and not unknown:
        message = f"all {count} sources go back to the same origin ({groups[0]}), so they count as one"
    else:
        message = f"of {count} sources no two are known to be independent of each other"
    help = "add a source of another origin"
    if unknown:
        help = f"say with “publisher” or “origin” where “{unknown[0]}” has its words from; or {help}"
    yield Lack("S001", "sources", message, help, ("sources",), excusable=True)


def independent_sources(library: Library, claim: Claim) -> tuple[list[str], list[str]]:
    """A name for each origin that the claim's sources have independently of one another; and the ids of those sources
    of which no origin is known, which count as none.

    A source's origin is its `origin`, else that of the article that it is, else its publisher, else its host.
    """
    groups: list[dict[str, str]] = []
    unknown = []
    for source in claim.sources:
        names = {_key(name): name for name in source_origins(library, source)}
        if not names:
            unknown.append(source.id)
            continue
        joined = [group for group in groups if not names.keys().isdisjoint(group)]
        groups = [group for group in groups if group not in joined]
        groups.append({key: name for group in [*joined, names] for key, name in group.items()})
    return [", ".join(group[key] for key in sorted(group)) for group in groups], unknown


def source_origins(library: Library, source: Source) -> list[str]:
    """Where a source has its words from; nothing where that is not known."""
    if source.origin:
        return [source.origin]
    article = library.articles.get(source.article)
    if article is not None:
        found = roots(article.id, {id: other.origin for id, other in library.articles.items()})
        named = [library.articles[name].publisher or name if name in library.articles else name for name in found]
        return sorted(named)
    if source.publisher:
        return [source.publisher]
    return list(filter(None, [(urlsplit(source.url).hostname or "").removeprefix("www.")]))


def _key(name: str) -> str:
    """Names that differ only in case, spacing or punctuation are one (DESIGN, "Addresses")."""
    words = _WORD.findall(unicodedata.normalize("NFKC", name).casefold())
    return " ".join(words) or name


def _primary(library: Library, claim: Claim) -> Iterator[Lack]:
    if not any(source.kind == "primary" for source in claim.sources):
        unsaid = not any(source.kind for source in claim.sources)
        message = "no source says whether it is primary" if unsaid else "no source is a primary one"
        help = "add “kind” to a source that is the record, document or witness itself, or add such a source"
        yield Lack("S002", "sources", message, help, ("sources",), "kind: primary", excusable=True)


def _archived(library: Library, claim: Claim) -> Iterator[Lack]:
    lacking = [
        (number, source.id)
        for number, source in enumerate(claim.sources)
        if not (source.archived or source.article or source.text or source.url.startswith("mailto:"))
    ]
    if lacking:
        message = f"there is no archived copy of {_named('source', [id for _, id in lacking], len(claim.sources))}"
        help = "save the page at web.archive.org or archive.today, and add its address to the source as “archived”"
        steps = ("sources", lacking[0][0])
        yield Lack("S003", "sources", message, help, steps, "archived: https://...", excusable=True)


def _interests(library: Library, claim: Claim) -> Iterator[Lack]:
    told = {_key(name) for name, publisher in library.settings.publishers.items() if publisher.interest}
    lacking = []
    for number, source in enumerate(claim.sources):
        article = library.articles.get(source.article)
        names = (source.publisher, source.origin, article.publisher if article else "")
        if not source.interest and told.isdisjoint(_key(name) for name in names if name):
            lacking.append((number, source.id))
    if lacking:
        named = _named("source", [id for _, id in lacking], len(claim.sources))
        message = f"nothing tells what {named} {'has' if len(lacking) == 1 else 'have'} to do with the matter"
        publisher = claim.sources[lacking[0][0]].publisher.replace("\\", "").replace('"', "'") or "NAME"
        help = (
            "add “interest” to the source (“None known.” where you looked and found none), "
            f'or for every claim to [publishers."{publisher}"] in site.toml'
        )
        steps = ("sources", lacking[0][0])
        yield Lack("S004", "sources", message, help, steps, "interest: ...", excusable=True)


def _chosen(library: Library, claim: Claim) -> Iterator[Lack]:
    if not claim.why:
        help = "add “why” with its reach, or what hangs on it"
        message = "it is not said why this claim was chosen"
        yield Lack("S005", "why", message, help, ("claim",), "why: ...", excusable=True)


def _both_sides(library: Library, claim: Claim) -> Iterator[Lack]:
    bears = {source.bears for source in claim.sources}
    sides = {"supports": "undermines", "undermines": "supports"}
    missing = [side for side in sides if side not in bears]
    if not missing:
        return
    if len(missing) == 2:
        message = "no source says whether it supports or undermines the claim"
        help = "add “bears” to each source: supports, undermines or context"
    else:
        message = f"every source that takes a side {sides[missing[0]]} the claim; none bears the other way"
        help = f"look for what {missing[0]} it, and add that as a source with “bears”"
    lines = f"bears: {missing[0]}" if len(missing) == 1 else "bears: ..."
    yield Lack("S006", "sources", message, help, ("sources",), lines, excusable=True)


def _contacted(library: Library, claim: Claim) -> Iterator[Lack]:
    if claim.contacted or claim.claimant == ():
        return
    step = "contacted" if claim.contacted is not None else "claim"
    help = "ask whoever made the claim, and add “contacted”"
    if step == "contacted":
        help = "ask whoever made the claim, and write in place of “contacted: []”"
    lines = "contacted:\n  - who: ...\n    date: YYYY-MM-DD\n    reply: ..."
    yield Lack("S007", "contacted", "the claimant was not contacted", help, (step,), lines, excusable=True)


def _origins(library: Library, claim: Claim) -> Iterator[Lack]:
    quoted = sorted({quote.article for quote in claim.quotes} & library.articles.keys())
    if len(quoted) < 2:
        return
    origins = {id: article.origin for id, article in library.articles.items()}
    found = independence(quoted, origins, of_quotes(claim.quotes, origins))
    if len(found.groups) > 1:
        return
    unknown = found.not_established
    help, lines = "quote an article that reports on its own", ""
    if not unknown:
        message = f"all {len(quoted)} articles quoted share an origin ({', '.join(found.groups[0].names)})"
    else:
        message = f"of {len(quoted)} articles quoted no two are known to have different origins"
        help = f"add “origin” to content/articles/{unknown[0]}.yaml ([own] where it is its own reporting); or {help}"
        lines = "origin: [...]"
    yield Lack("S008", "quotes", message, help, ("quotes",), lines, excusable=True)


def _named(noun: str, ids: list[str], of: int) -> str:
    """ "the source “log”", "2 of 9 sources (“log”, “map”)"."""
    if len(ids) == 1:
        return f"the {noun} “{ids[0]}”"
    shown = ", ".join(f"“{id}”" for id in ids[:5]) + (", …" if len(ids) > 5 else "")
    return f"{f'all {of}' if len(ids) == of else f'{len(ids)} of {of}'} {noun}s ({shown})"


# --- of corrections ---------------------------------------------------------------------------------------------------


def unexplained(record: Article | Story | TextPage, settings: Settings) -> list[Problem]:
    """A warning for each correction of a record that does not say what was wrong and what is right."""
    excepted = any(entry.rule == "S009" for entry in settings.exceptions)
    return [] if excepted else [lack.problem(record) for lack in _unexplained(record.corrections)]


def _unexplained(corrections: tuple[Correction, ...], steps: tuple[str | int, ...] = ()) -> Iterator[Lack]:
    for number, correction in enumerate(corrections):
        if correction.text and _words(correction.text) < _FEWEST_WORDS:
            message = f"this {correction.kind} does not say what was wrong and what is right now"
            example = "The summary gave the landing as 04:36; it was 04:35."
            lines = f'text = "{example}"' if steps else f"text: {example}"
            yield Lack(
                "S009", "corrections", message, "say both, as in", (*steps, "corrections", number, "text"), lines
            )


def _words(text: str) -> int:
    wide = len(_WIDE.findall(text))
    return wide // 2 + len(_WORD.findall(_WIDE.sub(" ", text)))


# --- of the site ------------------------------------------------------------------------------------------------------


def check_site_standards(settings: Settings, pages: Collection[str]) -> Iterator[Problem]:
    """What standards ask of the site, and what is wrong with the exceptions in site.toml. `pages` has their ids."""
    unmet: list[Lack] = []
    for number, verdict in enumerate(settings.verdicts):
        unmet += _unexplained(verdict.corrections, ("verdicts", number))
    funded = bool(settings.organisation.funding) or "funding" in pages
    if not funded and not settings.wrong("organisation", "funding"):
        message = "nothing says who pays for this site"
        help = "write content/pages/funding.md, or under [organisation]"
        unmet.append(Lack("S010", "organisation", message, help, ("organisation",), 'funding = "..."'))
    excepted = {entry.rule for entry in settings.exceptions}
    yield from (lack.problem(settings) for lack in unmet if lack.code not in excepted)
    if funded:
        rules = [(number, entry.rule) for number, entry in enumerate(settings.exceptions) if entry.rule == "S010"]
        yield from _idle(settings, rules, "site")


def check_site_exceptions(settings: Settings) -> Iterator[Problem]:
    """What is wrong with the exceptions of site.toml."""
    yield from _check_rules(settings, settings.exceptions)


# --- exceptions -------------------------------------------------------------------------------------------------------


def _check_rules(record: FileRecord, exceptions: tuple[Exception_, ...]) -> Iterator[Problem]:
    """Errors of exceptions whose rule is no standard, or none that can be excepted here, or stands twice."""
    at = partial(_at_rule, record)
    rules = [entry.rule for entry in exceptions]
    for number, rule in enumerate(rules):
        if not rule:
            continue
        if rule not in STANDARDS:
            listed = f"the standards are {', '.join(STANDARDS)} (docs/standards.md says what each asks)"
            help = f"write “{rule.upper()}”" if rule.upper() in STANDARDS else listed
            yield at(number, "L001", f"there is no standard “{rule}”", help)
        elif STANDARDS[rule].of == "site" and not isinstance(record, Settings):
            message = f"{rule} is asked of the site, not of a claim"
            yield at(number, "L002", message, "write it into site.toml under [[exceptions]], or delete it")
        elif rule in rules[:number]:
            yield at(number, "L004", f"“{rule}” stands twice in “exceptions”", "put both reasons into one")


def _idle(record: FileRecord, rules: Iterable[tuple[int, str]], thing: str) -> Iterator[Problem]:
    """Warnings of exceptions, each with its number in the list, that answer nothing."""
    for number, rule in rules:
        message = f"this {thing} meets {rule}, so the exception tells readers what is not so"
        yield _at_rule(record, number, IDLE, message, "delete it")


def _of(rule: str) -> str:
    """What a standard is asked of; an empty string for what is none."""
    return STANDARDS[rule].of if rule in STANDARDS else ""


def _at_rule(record: FileRecord, number: int, code: str, message: str, help: str) -> Problem:
    return Problem(record.path, *record.place("exceptions", number, "rule"), code, message, help)
