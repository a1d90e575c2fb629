"""Are the entrants' sites equivalent? Whatever a site does not show that it should is a difference."""

from __future__ import annotations

import html
import os
import re
from calendar import month_name
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from urllib.parse import urljoin
from xml.etree import ElementTree

from tests.bench.corpus import Claim, Corpus
from tests.bench.expected import IN_FEED, ON_HOME, Expected
from tests.bench.front_matter import verdict_label, verdict_meaning

SAMPLE = 50
_SITE = "https://bench.example"
_INLINE = re.compile(r"</?(?:a|bdi|em|mark|span|strong|time)\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")
_CELL = re.compile(r"<t[dh]\b.*?</t[dh]>", re.DOTALL)
_LINK = re.compile(r'<a\b[^>]*\bhref="([^"]*)"')


def differences(corpus: Corpus, output: Path, from_oldest: bool) -> list[str]:
    """What the site in `output` lacks: pages, or facts on the pages of some claims."""
    expected = Expected(corpus)
    site = _Site(output)
    addresses = expected.addresses(from_oldest)
    lacking = sorted(address for address in addresses if not site.has(address))
    found = [f"no page at {address}" for address in lacking[:20]]
    found += [f"{len(lacking) - 20} more pages are not there"] if len(lacking) > 20 else []
    found += [f"no {name}" for name in ("404.html", "feed.xml", "sitemap.xml") if not (output / name).is_file()]
    if not lacking:
        step = max(1, len(corpus.claims) // SAMPLE)
        for claim in corpus.claims[::step]:
            found += _claim(expected, site, claim)
        found += _home(expected, site)
    found += _feed(expected, output / "feed.xml") + _sitemap(addresses, output / "sitemap.xml")
    return found


def pages_with(output: Path, words: str) -> set[str]:
    """The files of the site that hold the words."""
    wanted = words.encode()
    found = set()
    for folder, _, names in os.walk(output):
        for name in names:
            path = os.path.join(folder, name)
            with open(path, "rb") as file:
                if wanted in file.read():
                    found.add(os.path.relpath(path, output))
    return found


def edit_differences(corpus: Corpus, output: Path, claim: Claim, before: set[str], was: str, words: str) -> list[str]:
    """What is wrong after the claim's summary `was` became `words`; `before` are the files that held it."""
    expected = Expected(corpus)
    after = pages_with(output, words)
    stale = pages_with(output, was)
    found = [f"{path} still has the words before the edit" for path in sorted(stale)]
    found += [f"{path} has lost the summary" for path in sorted(before - after - stale)]
    found += [f"{path} has gained the summary" for path in sorted(after - before)]
    if f"claims/{claim.id}/index.html" not in after:
        found.append("the claim's own page lacks the edited words")
    found += [
        f"no page of {address} has the edited words"
        for address in expected.lists_of(claim)
        if not any(path.startswith(address[1:]) and "/claim-" not in path for path in after)
    ]
    for count, path in ((ON_HOME, "index.html"), (IN_FEED, "feed.xml")):
        if claim.id in expected.newest(count) and path not in after:
            found.append(f"{path} lacks the edited words")
    return found


class _Site:
    """A site's pages, by address."""

    def __init__(self, output: Path) -> None:
        self.output = output
        self.raw = lru_cache(maxsize=2000)(self._raw)
        self.text = lru_cache(maxsize=2000)(self._text)

    def has(self, address: str) -> bool:
        return self._file(address).is_file()

    def _file(self, address: str) -> Path:
        return self.output / address[1:] / "index.html" if address.endswith("/") else self.output / address[1:]

    def _raw(self, address: str) -> str:
        return self._file(address).read_text("utf-8")

    def _text(self, address: str) -> str:
        return _words(self.raw(address))

    def entry(self, address: str, claim: str) -> str:
        """The words of a claim's entry in a list, from its link on."""
        return _words("<" + self.raw(address).partition(f'claims/{claim}/"')[2].partition("</li>")[0])

    def links(self, address: str) -> set[str]:
        """The addresses in this site that the page links to."""
        targets = {
            urljoin(_SITE + address, html.unescape(link)).split("#")[0] for link in _LINK.findall(self.raw(address))
        }
        return {target.removeprefix(_SITE) for target in targets if target.startswith(f"{_SITE}/")}

    def rows(self, address: str) -> list[list[str]]:
        """The markup of the cells of the page's table, row by row."""
        table = self.raw(address).partition("<table")[2].partition("</table>")[0]
        return [_CELL.findall(row) for row in table.split("<tr")[1:]]

    def list_pages(self, address: str) -> Iterator[str]:
        """The pages of a list."""
        yield address
        folder = self._file(address).parent / "page"
        if folder.is_dir():
            yield from (f"{address}page/{name}/" for name in sorted(os.listdir(folder)))


def _words(markup: str) -> str:
    """The words without the markup, runs of white space as one space."""
    return " ".join(html.unescape(_TAG.sub(" ", _INLINE.sub("", markup))).split())


def _claim(expected: Expected, site: _Site, claim: Claim) -> Iterator[str]:
    """What is missing of one claim, on its own page and on those that show it."""
    own = f"/claims/{claim.id}/"
    yield from _lacks(site, own, _facts(expected, claim))
    raw = site.raw(own)
    for source in claim.sources:
        if f'id="source-{source.id}"' not in raw or f'href="#source-{source.id}"' not in raw:
            yield f"{own} lacks the citation of {source.id}"
        if f'href="{source.url}"' not in raw:
            yield f"{own} lacks the link to {source.url}"
    for quote in claim.quotes:
        if f'href="{expected.articles[quote.article].url}' not in raw:
            yield f"{own} lacks the link to the original of {quote.article}"
    articles = [f"/articles/{id}/" for id in expected.story_articles[claim.story]]
    lists = [address for address in expected.lists_of(claim) if not address.startswith(("/claims/", "/publishers/"))]
    yield from _unlinked(site, own, [*articles, *lists, f"/stories/{claim.story}/"])
    yield from (f"{own} links to {link}, which is not there" for link in sorted(site.links(own)) if not site.has(link))

    facts = [claim.claim, claim.summary, verdict_label(claim.verdict), expected.stories[claim.story].title]
    facts += [f"{len(claim.quotes)} articles quoted", f"checked {_date(claim.checked)}"]
    for address in expected.lists_of(claim):
        pages = [page for page in site.list_pages(address) if own in site.links(page)]
        if not pages:
            yield f"no page of {address} links to {claim.id}"
        for page in pages:
            entry = site.entry(page, claim.id)
            yield from (f"{page} does not show “{fact}” of {claim.id}" for fact in facts if fact not in entry)
    for quote in claim.quotes:
        article = expected.articles[quote.article]
        address = f"/articles/{article.id}/"
        yield from _unlinked(site, address, [own, f"/stories/{article.story}/"])
        words = [article.title, article.publisher, article.origin.replace("own", ""), quote.stance.capitalize()]
        words.append(_date(article.published))
        yield from _lacks(site, address, [*words, claim.claim, *article.paragraphs])
    story = f"/stories/{claim.story}/"
    yield from _unlinked(site, story, [own, *articles])
    summary = expected.stories[claim.story].summary
    yield from _lacks(site, story, [claim.claim, claim.what, verdict_label(claim.verdict), summary])
    yield from _stances(expected, site, claim)


def _stances(expected: Expected, site: _Site, claim: Claim) -> Iterator[str]:
    """What is wrong in the claim's row of its story's table.

    It has a column an article, with stance and value; or, with many articles, a column a stance, with articles and
    values, and the number of those that are not quoted.
    """
    address = f"/stories/{claim.story}/"
    heads, *rows = site.rows(address) or [[]]
    row = next((row for row in rows if row and f'claims/{claim.id}/"' in row[0]), [])
    columns = [link.rstrip("/").rpartition("/")[2] for head in heads for link in _LINK.findall(head)]
    if row and not columns:
        yield from _by_stance(expected, address, dict(zip(map(_words, heads), row, strict=True)), claim)
        return
    if sorted(columns) != sorted(expected.story_articles[claim.story]) or len(row) != len(columns) + 1:
        yield f"{address} has no cell for each article in the row of {claim.id}"
        return
    quotes = {quote.article: quote for quote in claim.quotes}
    for article, cell in zip(columns, map(_words, row[1:]), strict=True):
        quote = quotes.get(article)
        wanted = f"{quote.stance.capitalize()} {quote.says}".strip() if quote else "Not quoted"
        # Parallax's own templates tell readers who do not see colours that a value differs.
        if cell.replace("differs: ", "") != wanted:
            yield f"{address} shows “{cell}” of {article} for {claim.id}, not “{wanted}”"


def _by_stance(expected: Expected, address: str, cells: dict[str, str], claim: Claim) -> Iterator[str]:
    """What is wrong in a row whose `cells` have a stance each."""
    wanted: dict[str, list[str]] = {}
    for quote in claim.quotes:
        publisher = expected.articles[quote.article].publisher
        wanted.setdefault(quote.stance.capitalize(), []).append(f"{publisher} {quote.says}".strip())
    for stance, cell in cells.items():
        if stance in ("Claim", "Not quoted"):
            continue
        # Where a publisher has several articles, its name has more beside it, in brackets.
        items = [_words(item).replace("differs: ", "") for item in cell.split("<li>")[1:]]
        shown = sorted(re.sub(r" \([^)]*\)", "", item) for item in items)
        if shown != sorted(wanted.pop(stance, [])):
            yield f"{address} shows {shown} under “{stance}” for {claim.id}"
    for stance, articles in wanted.items():
        yield f"{address} does not show {articles} under “{stance}” for {claim.id}"
    silent = len(expected.story_articles[claim.story]) - len({quote.article for quote in claim.quotes})
    if not _words(cells.get("Not quoted", "")).startswith(f"{silent} article"):
        yield f"{address} does not say that {silent} articles are not quoted for {claim.id}"


def _facts(expected: Expected, claim: Claim) -> Iterator[str]:
    """The words that a claim's page must show."""
    yield from (claim.claim, claim.summary, verdict_label(claim.verdict), verdict_meaning(claim.verdict), *claim.tags)
    yield from (expected.stories[claim.story].title, expected.people[claim.by], claim.what, claim.value, claim.found)
    yield _date(claim.checked)
    for quote in claim.quotes:
        article = expected.articles[quote.article]
        yield from (quote.text, quote.stance.capitalize(), quote.says, article.title, article.publisher)
    for source in claim.sources:
        yield from (source.title, source.publisher, f"{source.kind} source")
    yield from _plain(claim)


def _plain(claim: Claim) -> Iterator[str]:
    """The analysis's paragraphs and list items as a reader sees them; citations are numbers."""
    text = re.sub(r"\[([^\]@]*)\]\([^)]*\)", r"\1", claim.analysis.replace("*", ""))
    for number, source in enumerate(claim.sources, 1):
        text = text.replace(f"[@{source.id}]", f"[{number}]")
    for part in text.split("\n"):
        yield part.removeprefix("- ")


def _date(date: str) -> str:
    year, month, day = date.split("-")
    return f"{int(day)} {month_name[int(month)]} {year}"


def _lacks(site: _Site, address: str, facts: Iterator[str] | list[str]) -> Iterator[str]:
    text = site.text(address)
    return (f"{address} does not show “{fact}”" for fact in facts if fact not in text)


def _unlinked(site: _Site, address: str, targets: list[str]) -> Iterator[str]:
    links = site.links(address)
    return (f"{address} does not link to {target}" for target in targets if target not in links)


def _home(expected: Expected, site: _Site) -> Iterator[str]:
    yield from _unlinked(site, "/", [f"/claims/{id}/" for id in sorted(expected.newest(ON_HOME))])
    links = site.links("/")
    for kind, records in (("claims", expected.corpus.claims), ("stories", expected.corpus.stories)):
        shown = sum(f"/{kind}/{record.id}/" in links for record in records)
        if shown < min(ON_HOME, len(records)):  # a claim's entry links to its story too
            yield f"/ links to {shown} {kind}"


def _feed(expected: Expected, file: Path) -> list[str]:
    if not file.is_file():
        return []
    entries = ElementTree.parse(file).getroot().findall("{http://www.w3.org/2005/Atom}entry")
    links = {str(link.get("href")) for entry in entries for link in entry.findall("{http://www.w3.org/2005/Atom}link")}
    wanted = {f"{_SITE}/claims/{id}/" for id in expected.newest(IN_FEED)}
    found = (
        [f"feed.xml has {len(entries)} entries"] if len(entries) != min(IN_FEED, len(expected.corpus.claims)) else []
    )
    return found + [f"feed.xml lacks {link}" for link in sorted(wanted - links)]


def _sitemap(addresses: set[str], file: Path) -> list[str]:
    if not file.is_file():
        return []
    locations = _locations(file)
    # Hugo's own sitemap leaves out the numbered pages of lists.
    wanted = {_SITE + address for address in addresses if "/page/" not in address}
    return [f"sitemap.xml lacks {address}" for address in sorted(wanted - locations)[:5]]


def _locations(file: Path) -> set[str]:
    """The addresses of a sitemap, or of all the sitemaps that an index names."""
    namespace = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    root = ElementTree.parse(file).getroot()
    locations = {str(location.text) for location in root.iter(f"{namespace}loc")}
    if root.tag == f"{namespace}sitemapindex":
        return set().union(*(_locations(file.parent / location.rpartition("/")[2]) for location in locations))
    return locations
