"""Addresses that cannot be: two pages at one, a page at one of the site's own, a name that leaves none."""

from __future__ import annotations

from collections.abc import Sequence

from generator.link.library import Library
from generator.plan.addresses import RESERVED, slug
from generator.plan.values import File, Page
from generator.problems import Problem


def collisions(library: Library, pages: Sequence[Page], files: Sequence[File]) -> list[Problem]:
    """A problem for each, at the file that can be changed."""
    problems = []
    for page in library.pages.values():
        if page.id in RESERVED:
            problems.append(
                Problem(
                    page.path,
                    0,
                    0,
                    "P001",
                    f"/{page.id}/ is an address of the site's own",
                    "give the file another name",
                )
            )
    taken = {id: id for id in library.claims}
    for claim in library.claims.values():
        for number, alias in enumerate(claim.aliases):
            if alias in taken and alias not in claim.aliases[:number]:  # one that stands twice was reported as that
                message = f"/claims/{alias}/ is an address of the claim “{taken[alias]}” already"
                problems.append(
                    Problem(
                        claim.path, *claim.place("aliases", number), "P001", message, "delete this alias, or correct it"
                    )
                )
            taken[alias] = claim.id
        for number, tag in enumerate(claim.tags):
            if tag and not slug(tag):
                problems.append(
                    Problem(
                        claim.path,
                        *claim.place("tags", number),
                        "P001",
                        f"“{tag}” leaves nothing for an address",
                        "use a name with letters or digits",
                    )
                )
    for article in library.articles.values():
        if article.publisher and not slug(article.publisher):
            place = article.place("publisher")
            problems.append(
                Problem(
                    article.path,
                    *place,
                    "P001",
                    f"“{article.publisher}” leaves nothing for an address",
                    "use a name with letters or digits",
                )
            )
    return problems
