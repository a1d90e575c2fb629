"""What several tests share."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings
from reached import Reached, Summary

# No clock: an example that takes long on a busy machine is no failure. The same examples in every run.
settings.register_profile("parallax", deadline=None, derandomize=True, database=None)
settings.load_profile("parallax")


@pytest.fixture(scope="session")
def repository() -> Path:
    """The folder of this repository, which is itself a site."""
    return Path(__file__).parent.parent


@pytest.fixture
def reached(request: pytest.FixtureRequest) -> Reached:
    """Counts what a test reaches; `reached("kills survived", 100)` gives a count, which is called for each."""
    return Reached(request.node.user_properties)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-expected",
        action="store_true",
        help="rewrite what tests/sites/, tests/imports/ and docs/editors-guide.md expect now; look at git's diff",
    )
    parser.addoption("--reached", metavar="FILE", help="write what the tests reached to FILE too")


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(Summary(config.getoption("--reached")), "reached")
