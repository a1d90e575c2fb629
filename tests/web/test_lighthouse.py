"""Lighthouse gives full marks for accessibility, best practices and search engines.

For performance: `make lighthouse`.
"""

from __future__ import annotations

from collections.abc import Callable

from tests.web import lighthouse, tools
from tests.web.sites import Site


def test_lighthouse_has_nothing_to_better(sites: dict[str, Site], small: Callable[[str], str]) -> None:
    """And it would say so: a page of faults is among those that it is given."""
    tools.need(*lighthouse.TOOLS)
    faulty = small("<html><img src='x.png'><p onclick='x()'>")
    own = [sites["own"].url + page for page in lighthouse.PAGES]
    found = lighthouse.audit([*own, faulty], lighthouse.STEADY)
    full = dict.fromkeys(lighthouse.STEADY, 100)
    assert [(address, found[address]) for address in own if found[address]["scores"] != full] == []
    assert all(score < 100 for score in found[faulty]["scores"].values())
