"""Listings: lists as they were and as they are now, and which of their pages that changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator

from generator.build.reach import Before, entries_of_article, entries_of_claim
from generator.build.state import State
from generator.plan.frame import Frame
from generator.plan.list_values import ListPage
from generator.plan.lists import Entry, Listing, ListPart, list_header, list_parts, standing_lists


class Moves:
    """What leaves a list, and what comes into it."""

    def __init__(self) -> None:
        self.claims_out: list[Entry] = []
        self.claims_in: list[Entry] = []
        self.articles_out: list[Entry] = []
        self.articles_in: list[Entry] = []

    def applied(self, old: Listing) -> Listing:
        return Listing(
            _moved(old.claims, self.claims_out, self.claims_in),
            _moved(old.articles, self.articles_out, self.articles_in),
        )


class Lists:
    """The lists after a change. `come` and `gone` are addresses of their pages."""

    def __init__(self, state: State, frame: Frame, before: Before) -> None:
        self.state = state
        self.frame = frame
        self.come: set[str] = set()
        self.gone: set[str] = set()
        self.counts: dict[str, int] = {}
        """How many entries a list is said to have, where that changed; 0 where it is no more."""
        self.verdicts_changed = False
        """Whether the claims are spread over the verdicts in another way: one may count no more and keep its place."""
        self._standing = set(standing_lists(frame))
        self._old: dict[str, Listing] = {}
        """The lists that changed, as they were."""
        moves = _moves(state, before)
        for address in self._standing:
            if state.listings.get(address) is None:
                moves.setdefault(address, Moves())
        for address, move in sorted(moves.items()):
            self._apply(address, move)

    def _apply(self, address: str, move: Moves) -> None:
        known = self.state.listings.get(address)
        old = known or Listing([], [])
        new = move.applied(old)
        if known is not None and new == old:
            return
        self._old[address] = old if known is not None else Listing([], [])
        if address == "/claims/":
            self.verdicts_changed = _verdicts(old) != _verdicts(new)
        stays = self._stays(address, new)
        self.state.listings.put(address, new if stays else None)
        count = _count(address, new)
        if known is None or not stays or count != _count(address, old):
            self.counts[address] = count
        had = (
            {part.address for part in list_parts(address, _NO_HEADER, old, self.frame.words)}
            if known is not None
            else set()
        )
        has = {part.address for part in list_parts(address, _NO_HEADER, new, self.frame.words)} if stays else set()
        self.come |= has - had
        self.gone |= had - has

    @property
    def changed(self) -> Collection[str]:
        """The addresses of the lists whose entries changed their places."""
        return self._old.keys()

    def _stays(self, address: str, listing: Listing) -> bool:
        return bool(listing.claims or listing.articles) or address in self._standing

    def parts(self, claims: set[str], articles: set[str]) -> list[ListPart]:
        """The pages of lists to be made anew, where the entries of `claims` and `articles` changed too."""
        touched: dict[str, set[Entry]] = {address: set() for address in self._old}
        for entries in (
            *(entries_of_claim(self.state, id) for id in claims),
            *(entries_of_article(self.state.articles.get(id)) for id in articles),
        ):
            for address, entry in entries.items():
                touched.setdefault(address, set()).add(entry)
        found: list[ListPart] = []
        for address, changed in sorted(touched.items()):
            listing = self.state.listings.get(address)
            if listing is None:
                continue
            had = set(self._parts(address, self._old[address])) if address in self._old else None
            found += (
                part
                for part in self._parts(address, listing)
                if (had is not None and part not in had)
                or part.address in self.come
                or not changed.isdisjoint(part.claims)
                or not changed.isdisjoint(part.articles)
            )
        return found

    def _parts(self, address: str, listing: Listing) -> Iterator[ListPart]:
        return list_parts(address, list_header(self.frame, address, listing.claims), listing, self.frame.words)


_NO_HEADER = ListPage("claims", "", "")


def _moves(state: State, before: Before) -> dict[str, Moves]:
    found: dict[str, Moves] = {}
    for id in before.listed:
        for address, entry in before.entries[id].items():
            found.setdefault(address, Moves()).claims_out.append(entry)
        for address, entry in entries_of_claim(state, id).items():
            found.setdefault(address, Moves()).claims_in.append(entry)
    for id, row in before.articles.items():
        for address, entry in entries_of_article(row).items():
            found.setdefault(address, Moves()).articles_out.append(entry)
        for address, entry in entries_of_article(state.articles.get(id)).items():
            found.setdefault(address, Moves()).articles_in.append(entry)
    return found


def _moved(entries: list[Entry], out: list[Entry], into: list[Entry]) -> list[Entry]:
    """`entries` without those of `out` and with those of `into`, in order."""
    if sorted(out) == sorted(into):
        return entries
    left = {*out}
    return sorted([*(entry for entry in entries if entry not in left), *into])


def _verdicts(listing: Listing) -> Counter[str]:
    return Counter(entry.verdict for entry in listing.claims)


def _count(address: str, listing: Listing) -> int:
    return len(listing.articles if address.startswith("/publishers/") else listing.claims)
