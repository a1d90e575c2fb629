"""Parallax as it is installed: a wheel that has all that a build needs, and a site's own templates before its own."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from support import REPOSITORY, SMALL, build_site, lay, tree

OWN = ("generator", "templates", "pyproject.toml", "README.md", "CHANGELOG.md", "LICENSE")
"""What a package is made from."""


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what a package is made from: a build of the package writes nothing into the checkout."""
    folder = tmp_path_factory.mktemp("source")
    for name in OWN:
        if (REPOSITORY / name).is_dir():
            shutil.copytree(REPOSITORY / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(REPOSITORY / name, folder / name)
    return folder


@pytest.fixture(scope="module")
def wheel(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("wheel")
    pip("wheel", "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", target, source)
    (made,) = target.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("installed")
    pip("install", "--no-deps", "--no-index", "--no-compile", "--target", target, wheel)
    return target


def pip(*arguments: str | Path) -> None:
    command = [sys.executable, "-m", "pip", *map(str, arguments), "--quiet", "--disable-pip-version-check"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr


def run_installed(installed: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command of an installed Parallax, called in `folder`."""
    return subprocess.run(
        [sys.executable, installed / "bin" / "parallax", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(installed), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )


def files(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path.relative_to(folder).as_posix()


def test_the_wheel_has_every_file_of_the_package_and_the_templates_inside_it(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        found = {name for name in archive.namelist() if ".dist-info/" not in name}
    own = {f"generator/{name}" for name in files(REPOSITORY / "generator")}
    templates = {f"generator/templates/{name}" for name in files(REPOSITORY / "templates")}
    assert found == own | templates
    assert {name.rpartition(".")[2] for name in found} >= {"py", "po", "ttf", "html", "css", "js", "svg"}


def test_the_installed_command_builds_what_the_checkout_builds(installed: Path, tmp_path: Path) -> None:
    pages = {
        "content/pages/about.md": "---\ntitle: About\n---\nText.\n",
        "site.toml": SMALL["site.toml"] + "\n[share_images]\nenabled = true\n",
    }
    site = lay(tmp_path / "a", SMALL, pages)
    assert not (site / "templates").exists()
    build_site(site)
    other = lay(tmp_path / "b", SMALL, pages)
    done = run_installed(installed, other, "build")
    assert done.returncode == 0, done.stderr
    assert tree(other / "build") == tree(site / "build")
    assert any(path.endswith(".png") for path in tree(site / "build"))
    again = run_installed(installed, other, "build")
    assert re.search(r"^0 files written, 0 removed", again.stderr, re.MULTILINE), again.stderr


def test_an_installed_template_that_changes_makes_all_pages_anew(installed: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(installed, tmp_path / "installed")
    site = lay(tmp_path / "site", SMALL)
    assert run_installed(copy, site, "build").returncode == 0
    base = copy / "generator" / "templates" / "base.html"
    base.write_text(base.read_text("utf-8").replace("</body>", "<i>changed</i></body>"), "utf-8")
    assert run_installed(copy, site, "build").returncode == 0
    for page in ("404.html", "index.html", "claims/landing/index.html"):
        assert "<i>changed</i>" in (site / "build" / page).read_text("utf-8")


def test_a_wheel_can_be_made_from_the_source_archive(source: Path, wheel: Path, tmp_path: Path) -> None:
    made = subprocess.run(
        [sys.executable, "-c", "import sys, hatchling.build as build; print(build.build_sdist(sys.argv[1]))", tmp_path],
        cwd=source,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )
    assert made.returncode == 0, made.stderr
    with tarfile.open(tmp_path / made.stdout.split()[-1]) as archive:
        archive.extractall(tmp_path, filter="data")
    (folder,) = (path for path in tmp_path.iterdir() if path.is_dir())
    pip("wheel", "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", tmp_path / "wheel", folder)
    (second,) = (tmp_path / "wheel").glob("*.whl")
    with zipfile.ZipFile(wheel) as one, zipfile.ZipFile(second) as other:
        assert one.namelist() == other.namelist()


def test_an_editable_install_is_only_the_way_to_the_checkout(source: Path, tmp_path: Path) -> None:
    code = "import sys, hatchling.build as build; print(build.build_editable(sys.argv[1]))"
    made = subprocess.run(
        [sys.executable, "-c", code, tmp_path], cwd=source, capture_output=True, encoding="utf-8", timeout=120
    )
    assert made.returncode == 0, made.stderr
    with zipfile.ZipFile(tmp_path / made.stdout.split()[-1]) as archive:
        (way,) = (name for name in archive.namelist() if ".dist-info/" not in name)
        assert archive.read(way).decode().strip() == str(source)


# --- a site's own -----------------------------------------------------------------------------------------------------


ABOUT = {"content/pages/about.md": "---\ntitle: About\n---\nText.\n"}
ORGANISED = SMALL["site.toml"] + '\n[organisation]\nname = "The Desk"\nlegal = "A cooperative"\n'


def test_one_partial_of_a_site_takes_the_place_of_the_shipped_one(tmp_path: Path) -> None:
    partial = """{% macro complaints(codes) %}{% endmacro %}
{% macro section(imprint) %}<p>We are {{ imprint.name }}, {{ imprint.legal }}.</p>{% endmacro %}
"""
    site = lay(tmp_path, SMALL, ABOUT, {"site.toml": ORGANISED})
    build_site(site)
    shipped = tree(site / "build")
    assert b'<dd dir="auto">A cooperative</dd>' in shipped["about/index.html"]
    lay(site, {"templates/partials/imprint.html": partial})
    build_site(site)
    own = tree(site / "build")
    assert b"<p>We are The Desk, A cooperative.</p>" in own["about/index.html"]
    changed = {path for path in shipped if shipped[path] != own[path]}
    assert changed == {"about/index.html", "manifest.json"}


def test_one_asset_of_a_site_takes_the_place_of_the_shipped_one(tmp_path: Path) -> None:
    icon = "<svg xmlns='http://www.w3.org/2000/svg'/>"
    site = lay(
        tmp_path, SMALL, {"templates/assets/icon.svg": icon, "templates/assets/site.css": "main { color: teal }"}
    )
    build_site(site)
    built = tree(site / "build")
    assert [data for path, data in built.items() if re.fullmatch(r"assets/icon\..*\.svg", path)] == [icon.encode()]
    (style,) = (data for path, data in built.items() if re.fullmatch(r"assets/site\..*\.css", path))
    assert style.startswith(b"main { color: teal }")
    assert b'class="masthead' in built["index.html"]  # all else is the shipped one's


def test_a_template_of_a_site_can_add_to_the_shipped_one(tmp_path: Path) -> None:
    own = """{% extends "!base.html" %}
{% block source %}<p>Printed by us.</p>{{ super() }}{% endblock %}
"""
    site = lay(tmp_path, SMALL)
    build_site(site)
    before = (site / "build" / "index.html").read_text("utf-8")
    lay(site, {"templates/base.html": own})
    build_site(site)
    after = (site / "build" / "index.html").read_text("utf-8")
    assert after.replace("<p>Printed by us.</p>", "") == before
