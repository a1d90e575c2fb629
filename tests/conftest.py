"""What several tests share."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

# No clock: an example that takes long on a busy machine is no failure. The same examples in every run.
settings.register_profile("parallax", deadline=None, derandomize=True, database=None)
settings.load_profile("parallax")


@pytest.fixture(scope="session")
def repository() -> Path:
    """The folder of this repository, which is itself a site."""
    return Path(__file__).parent.parent


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-expected",
        action="store_true",
        help="rewrite what tests/sites/, tests/imports/ and docs/editors-guide.md expect now; look at git's diff",
    )
