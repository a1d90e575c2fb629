"""What every entrant must publish of the corpus: addresses, and where a claim is shown."""

from __future__ import annotations

from collections import Counter, defaultdict

from tests.bench.corpus import Claim, Corpus
from tests.bench.front_matter import TEXT_PAGES, person_id

PER_PAGE = 50
ON_HOME, IN_FEED = 12, 20


def slug(name: str) -> str:
    """A publisher's or tag's name in addresses: the corpus has letters, digits, spaces and hyphens alone."""
    return name.lower().replace(" ", "-")


class Expected:
    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.articles = {article.id: article for article in corpus.articles}
        self.stories = {story.id: story for story in corpus.stories}
        self.people = {person_id(name): name for name in corpus.people}
        self.story_articles = defaultdict(list)
        for article in corpus.articles:
            self.story_articles[article.story].append(article.id)
        self.lists = self._lists()

    def _lists(self) -> dict[str, int]:
        """Every list's address, with the number of its entries."""
        claims: Counter[str] = Counter()
        for claim in self.corpus.claims:
            claims.update(self.lists_of(claim))
        articles = Counter(self._publisher(article.id) for article in self.corpus.articles)
        lists = {address: max(count, articles[address]) for address, count in claims.items()}
        lists |= {address: count for address, count in articles.items() if address not in lists}
        lists["/articles/"] = len(self.articles)
        lists["/stories/"] = len(self.stories)
        lists["/people/"] = len(self.people)
        for kind in ("publishers", "tags", "verdicts"):
            lists[f"/{kind}/"] = sum(address.startswith(f"/{kind}/") for address in lists)
        return lists

    def lists_of(self, claim: Claim) -> list[str]:
        """The lists that a claim is in: each shows it on one of its pages."""
        publishers = {self._publisher(quote.article) for quote in claim.quotes}
        tags = [f"/tags/{slug(tag)}/" for tag in claim.tags]
        return ["/claims/", f"/verdicts/{claim.verdict}/", f"/people/{claim.by}/", *tags, *sorted(publishers)]

    def _publisher(self, article: str) -> str:
        return f"/publishers/{slug(self.articles[article].publisher)}/"

    def addresses(self, from_oldest: bool) -> set[str]:
        """Every page's address. `from_oldest` says how a list's pages are numbered (see Entrant)."""
        addresses = {"/", *(f"/{id}/" for id in TEXT_PAGES), *self.lists}
        addresses |= {f"/claims/{claim.id}/" for claim in self.corpus.claims}
        addresses |= {f"/articles/{id}/" for id in self.articles} | {f"/stories/{id}/" for id in self.stories}
        for address, entries in self.lists.items():
            pages = -(-entries // PER_PAGE)
            numbers = range(1 if from_oldest else 2, pages + 1) if pages > 1 else ()
            addresses |= {f"{address}page/{number}/" for number in numbers}
        return addresses

    def newest(self, count: int) -> set[str]:
        """The claims that are among the newest `count` whatever becomes of claims of one day."""
        dates = sorted((claim.checked for claim in self.corpus.claims), reverse=True)
        last = dates[count] if count < len(dates) else ""
        return {claim.id for claim in self.corpus.claims if claim.checked > last}
