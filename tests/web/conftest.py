"""The sites, the server and the browser that the tests of this folder share. See docs/testing.md."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.web import nu, tools
from tests.web.browser import Browser
from tests.web.server import Server
from tests.web.sites import NAMES, Site, build


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with Server() as server:
        yield server


@pytest.fixture(scope="session")
def sites(server: Server, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Site]:
    """All sites, built and served, by their names."""
    work = tmp_path_factory.mktemp("sites")
    found = {name: build(name, work, server.url) for name in NAMES}
    server.folders.update({name: site.folder for name, site in found.items()})
    return found


@pytest.fixture(params=NAMES)
def site(request: pytest.FixtureRequest, sites: dict[str, Site]) -> Site:
    """Each of the sites."""
    return sites[request.param]


@pytest.fixture(scope="session")
def nu_check(sites: dict[str, Site]) -> Iterator[nu.Check]:
    """The Nu checker, at work on all pages."""
    tools.need("java", "nu")
    check = nu.Check({site.folder: site.url for site in sites.values()})
    yield check
    check.stop()


@pytest.fixture(scope="session", autouse=True)
def nu_goes_first(request: pytest.FixtureRequest) -> None:
    """The checker takes its time on one core: where it is wanted at all, it begins before the browser does.

    Not where tests are spread over processes: there only the one that gets the checker's test begins it.
    """
    if "PYTEST_XDIST_WORKER" in os.environ:
        return
    wanted = any("nu_check" in getattr(item, "fixturenames", ()) for item in request.session.items)
    if wanted and not any(map(tools.lacking, ("java", "nu"))):
        request.getfixturevalue("nu_check")


@pytest.fixture(scope="session")
def browser(server: Server) -> Iterator[Browser]:
    tools.need("chromium", "playwright")
    with Browser(server.url) as browser:
        yield browser


@pytest.fixture
def small(tmp_path: Path, server: Server) -> Iterator[Callable[[str], str]]:
    """Serves one page of the given HTML, for tests that show that a check can fail; gives its address."""
    folder = tmp_path / "small"
    folder.mkdir()
    server.folders["small"] = folder

    def page(text: str) -> str:
        (folder / "index.html").write_text(text, "utf-8")
        return f"{server.url}/small/"

    yield page
    del server.folders["small"]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say why tests were skipped, each reason once."""
    reasons = {report.longrepr[2].removeprefix("Skipped: ") for report in terminalreporter.stats.get("skipped", ())}
    if reasons:
        terminalreporter.section("web checks that were skipped")
        for reason in sorted(reasons):
            terminalreporter.write_line(reason)
