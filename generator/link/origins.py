"""Origins: where articles' reporting really comes from, and how many independent ones there are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain
from types import MappingProxyType

from msgspec import Struct

from generator.records import Quote

OWN = "own"

Origins = Mapping[str, tuple[str, ...] | None]
"""An article's id to its origins; None where they are not established."""


class OriginGroup(Struct, frozen=True):
    """Articles that share an origin. `names` are the agencies and publishers that it goes back to."""

    articles: tuple[str, ...]
    names: tuple[str, ...]


class Independence(Struct, frozen=True):
    """Groups of articles by origin, and the articles whose origin is not established: those count as nothing."""

    groups: tuple[OriginGroup, ...]
    not_established: tuple[str, ...]


def cycles(origins: Origins) -> list[tuple[str, ...]]:
    """Each circle of articles that name one another as origin, once, beginning with its first id."""
    found: set[tuple[str, ...]] = set()
    done: set[str] = set()
    for start in sorted(origins):
        trail: list[str] = []
        on_trail: dict[str, int] = {}
        stack: list[tuple[str, int]] = [(start, 0)]
        while stack:
            article, depth = stack.pop()
            while len(trail) > depth:
                done.add(trail[-1])
                del on_trail[trail.pop()]
            if article in on_trail:
                circle = trail[on_trail[article] :]
                least = circle.index(min(circle))
                found.add((*circle[least:], *circle[:least]))
                continue
            if article in done:
                continue
            on_trail[article] = len(trail)
            trail.append(article)
            stack.extend((name, depth + 1) for name in origins.get(article) or () if name in origins)
        done.update(trail)
    return sorted(found)


def independence(articles: Iterable[str], origins: Origins, own: Origins = MappingProxyType({})) -> Independence:
    """How many independent origins `articles` go back to, at most. What `own` says of one goes before `origins`.

    An article that only names articles whose own origin is not established is not established either.
    """
    parents: dict[str, str] = {}
    reached: dict[str, set[str]] = {}
    unknown = []
    chosen = sorted(set(articles))
    for article in chosen:
        names = roots(article, origins, own)
        if not names:
            unknown.append(article)
            continue
        reached[article] = names
        for name in names:
            _join(parents, f"article {article}", name.casefold())
    by_root: dict[str, list[str]] = {}
    for article in reached:
        by_root.setdefault(_root(parents, f"article {article}"), []).append(article)
    groups = []
    for members in by_root.values():
        found = set(chain.from_iterable(reached[article] for article in members))
        spelt = {name.casefold(): name for name in sorted(found, reverse=True)}  # of “AFP” and “afp” the first
        groups.append(OriginGroup(tuple(members), tuple(spelt[key] for key in sorted(spelt))))
    return Independence(tuple(sorted(groups, key=lambda group: (-len(group.articles), group.articles))), tuple(unknown))


def of_quotes(quotes: Iterable[Quote], origins: Origins) -> Origins:
    """By quoted article: the origins of what is quoted of it. A quote may name others than its article does."""
    found: dict[str, list[str]] = {}
    for quote in quotes:
        own = quote.origin if quote.origin is not None else origins.get(quote.article)
        found.setdefault(quote.article, []).extend(own or ())
    return {id: tuple(dict.fromkeys(names)) or None for id, names in found.items()}


def roots(article: str, origins: Origins, own: Origins = MappingProxyType({})) -> set[str]:
    """The agencies that `article` goes back to, and the articles that are their own reporting.

    Empty where nothing is established.
    A circle ends where it closes.
    """
    found: set[str] = set()
    seen = {article}
    waiting = [article]
    while waiting:
        current = waiting.pop()
        for name in (own[current] if current in own else origins.get(current)) or ():
            if name == OWN:
                found.add(current)
            elif name in origins:
                if name not in seen:
                    seen.add(name)
                    waiting.append(name)
            else:
                found.add(name)
    return found


def _root(parents: dict[str, str], name: str) -> str:
    while parents.get(name, name) != name:
        name = parents[name]
    return name


def _join(parents: dict[str, str], one: str, other: str) -> None:
    parents[_root(parents, one)] = _root(parents, other)
