"""docs/architecture.md and docs/modules.md: true of the folders and modules that there are."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from support import REPOSITORY

ROOT = REPOSITORY / "generator"
ARCHITECTURE = REPOSITORY / "docs" / "architecture.md"
MODULES = REPOSITORY / "docs" / "modules.md"

PLACES = (
    ROOT,
    REPOSITORY,
    REPOSITORY / "docs",
    REPOSITORY / ".github" / "workflows",
    ROOT / "preview",
    ROOT / "compare",
)
MADE = ("build/", ".parallax/", "generator/templates/")
"""What is there only once something was built or installed."""

HEAD = """\
# Every module

What each module of `generator/` is for: its own first line. [architecture.md](architecture.md) says how they work
together. This list is made of the modules; `pytest tests/test_architecture.py --update-expected` makes it anew.
"""


def modules() -> list[Path]:
    return sorted(path.relative_to(ROOT) for path in ROOT.rglob("*.py") if path.name != "__init__.py")


def first_line(path: Path) -> str:
    told = ast.get_docstring(ast.parse((ROOT / path).read_text("utf-8"))) or ""
    return told.partition("\n\n")[0].replace("\n", " ")


def listed() -> str:
    parts = [HEAD]
    folder = None
    for path in sorted(modules(), key=lambda path: (path.parent.as_posix(), path.name)):
        if path.parent != folder:
            folder = path.parent
            told = first_line(folder / "__init__.py") if (ROOT / folder / "__init__.py").exists() else ""
            name = "generator" if folder == Path() else folder.as_posix()
            parts.append(f"\n## {name}/\n\n" + (f"{told}\n\n" if told else ""))
        parts.append(f"- `{path.name}`: {first_line(path)}\n")
    return "".join(parts)


def test_every_module_says_what_it_is_for() -> None:
    assert [path.as_posix() for path in modules() if not first_line(path)] == []


def test_every_module_is_listed(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--update-expected"):
        MODULES.write_text(listed(), "utf-8")
    assert MODULES.read_text("utf-8") == listed(), "pytest tests/test_architecture.py --update-expected"


def test_every_folder_has_its_place_in_the_architecture() -> None:
    text = ARCHITECTURE.read_text("utf-8")
    folders = {path.parent.parts[0] for path in modules() if path.parent != Path()}
    assert [folder for folder in sorted(folders) if f"`{folder}/`" not in text] == []


def test_whatever_the_architecture_names_is_there() -> None:
    named = re.findall(r"`((?:[\w.-]+/)*[\w.-]+(?:\.py|\.js|\.md|\.yml|/))`", ARCHITECTURE.read_text("utf-8"))
    assert len(named) > 80
    own = {path.name for path in modules()}
    lacking = [
        name
        for name in dict.fromkeys(named)
        if not any((folder / name).exists() for folder in PLACES) and name not in own and not name.startswith(MADE)
    ]
    assert not lacking, lacking
