"""Assets under names that change with what they hold, and compressed files beside the originals."""

from __future__ import annotations

import gzip
import re
import zlib
from pathlib import Path

import brotli
import pytest
from support import SMALL, build_site, claim, lay, run, small_site, tree

from generator.build.compress import SMALLEST
from generator.build.options import Options
from generator.build.session import Session
from generator.build.workers import Workers
from generator.pipeline import build
from generator.plan.assets import published_assets
from generator.problems import FaultError

COMPRESSED = Options(compress=True)


def asset(site: Path, name: str) -> str:
    """The path in the output of an asset's one file."""
    stem, _, ending = name.rpartition(".")
    (found,) = (site / "build" / "assets").glob(f"{stem}.??????????.{ending}")
    return found.relative_to(site / "build").as_posix()


# --- names ------------------------------------------------------------------------------------------------------------


def test_all_pages_have_one_stylesheet_with_the_colours_at_its_end(tmp_path: Path) -> None:
    settings = SMALL["site.toml"].replace("value = 2\n", 'value = 2\ncolour = "#123456"\n')
    site = lay(tmp_path, SMALL, {"site.toml": settings, "templates/assets/site.css": "a { b: c }\n"})
    build_site(site)
    style = asset(site, "site.css")
    assert (site / "build" / style).read_text() == "a { b: c }\n.verdict-true { --verdict: #123456; }\n"
    pages = [path for path in (site / "build").rglob("*.html") if path.name != "404.html"]
    for page in pages:
        found = re.findall(r'<link rel="stylesheet" href="([^"]*)">', page.read_text("utf-8"))
        assert [(page.parent / href).resolve() for href in found] == [(site / "build" / style).resolve()]
    assert len(pages) > 5


def test_an_edited_asset_has_another_name_and_the_old_one_goes(tmp_path: Path) -> None:
    site = small_site(tmp_path, {"templates/base.html": '{{ "/assets/own.js"|here }}', "templates/assets/own.js": "1"})
    build_site(site)
    old = asset(site, "own.js")
    lay(site, {"templates/assets/own.js": "2"})
    build_site(site)
    new = asset(site, "own.js")
    assert old != new
    assert (site / "build" / "index.html").read_text() == new


def test_only_assets_in_folders_keep_their_names(tmp_path: Path) -> None:
    page = "---\ntitle: A page\n---\n[It](/assets/files/report.txt).\n"
    site = small_site(tmp_path, {"templates/assets/files/report.txt": "x", "content/pages/a.md": page})
    build_site(site)
    assert "assets/files/report.txt" in tree(site / "build")
    assert "assets/site.css" not in tree(site / "build")


def test_stylesheets_name_other_assets_as_they_are_published() -> None:
    style = b"""a { b: url(icon.svg) url("./icon.svg#x") url('fonts/a.woff2') url(other.png) url(../media/icon.svg) }"""
    contents = {"assets/site.css": style, "assets/icon.svg": b"<svg/>", "assets/fonts/a.woff2": b"1"}
    files = published_assets(contents, b"")
    icon = files["assets/icon.svg"].path.removeprefix("assets/").encode()
    assert files["assets/fonts/a.woff2"].path == "assets/fonts/a.woff2"
    told = b"""a { b: url(%b) url("%b#x") url('fonts/a.woff2') url(other.png) url(../media/icon.svg) }""" % (icon, icon)
    assert files["assets/site.css"].content == told
    changed = published_assets({**contents, "assets/icon.svg": b"<svg></svg>"}, b"")
    assert changed["assets/site.css"].path != files["assets/site.css"].path


def test_a_preview_changes_no_page_for_an_edited_stylesheet(tmp_path: Path) -> None:
    site = lay(tmp_path, SMALL, {"templates/assets/site.css": "a { b: c }\n"})
    session = Session(site, site / ".parallax" / "preview", Options(drafts=True, preview=True), Workers(1))
    session.build()
    session.keep()
    lay(site, {"templates/assets/site.css": "a { b: d }\n"})
    assert session.differs()
    assert session.build().published.written == 1
    assert not session.differs()
    assert (site / ".parallax/preview/assets/site.css").read_text() == "a { b: d }\n"


# --- compressed files -------------------------------------------------------------------------------------------------


def beside(site: Path) -> dict[str, bytes]:
    return {path: data for path, data in tree(site / "build").items() if path.endswith((".gz", ".br"))}


def packed(site: Path, options: Options = COMPRESSED) -> None:
    build(site, site / "build", options)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return lay(tmp_path, SMALL, {"content/claims/other.yaml": claim("Another.")})


def test_compressed_files_hold_what_their_originals_do(site: Path) -> None:
    packed(site)
    files = tree(site / "build")
    for path, data in files.items():
        if path.endswith(".gz"):
            assert gzip.decompress(data) == files[path[:-3]]
            assert data[4:8] == bytes(4)  # no time
        elif path.endswith(".br"):
            assert brotli.decompress(data) == files[path[:-3]]
        elif len(data) >= SMALLEST and path not in ("manifest.json", "_headers"):
            assert {f"{path}.gz", f"{path}.br"} <= files.keys()
        else:
            assert not {f"{path}.gz", f"{path}.br"} & files.keys()
    assert {"index.html.br", f"{asset(site, 'site.css')}.br"} <= files.keys()
    listed = (site / "build" / "manifest.json").read_text()
    assert all(f'"{path}"' in listed for path in beside(site))


def test_only_what_changed_is_compressed_anew_and_what_goes_goes_with_its_original(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packed(site)
    before = beside(site)
    packs: list[int] = []
    real = zlib.compressobj
    monkeypatch.setattr(zlib, "compressobj", lambda *more: (packs.append(1), real(*more))[1])
    packed(site)
    assert (beside(site), packs) == (before, [])
    lay(site, {"content/claims/other.yaml": None})
    packed(site)
    after = beside(site)
    gone = before.keys() - after.keys()
    assert {"claims/other/index.html.gz", "claims/other/index.html.br"} <= gone
    assert not {path.rpartition(".")[0] for path in gone} & {
        path for path, data in tree(site / "build").items() if len(data) >= SMALLEST
    }
    changed = [path for path in after if path.endswith(".gz") and after[path] != before[path]]
    assert len(packs) == len(changed) < len(before) // 2
    monkeypatch.undo()
    packed(site, Options(compress=True, clean=True))
    assert beside(site) == after


def test_a_file_that_shrinks_below_the_smallest_has_none_any_more(site: Path) -> None:
    lay(site, {"templates/page.html": "{{ page.body }}"})
    lay(site, {"content/pages/about.md": f"---\ntitle: About\n---\n{'Words. ' * 300}\n"})
    packed(site)
    assert "about/index.html.br" in beside(site)
    lay(site, {"content/pages/about.md": "---\ntitle: About\n---\nWords.\n"})
    packed(site)
    assert not [path for path in beside(site) if path.startswith("about/")]


def test_without_the_option_they_go(site: Path) -> None:
    packed(site)
    build_site(site)
    plain = tree(site / "build")
    assert not beside(site)
    build(site, site / "fresh")
    assert tree(site / "fresh") == plain


def test_a_pool_makes_the_same(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packed(site)
    expected = tree(site / "build")
    monkeypatch.setattr("generator.build.compress._MANY", 1)
    with Workers(2) as workers:
        build(site, site / "build", Options(compress=True, clean=True), workers=workers)
    assert tree(site / "build") == expected


def test_without_brotli_it_says_what_to_install(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.build.compress.find_spec", lambda name: None)
    with pytest.raises(FaultError, match=r"pip install 'parallax-factcheck\[compress\]'"):
        packed(site)


def test_brotli_is_needed_for_nothing_else(tmp_path: Path) -> None:
    lay(tmp_path / "broken", {"brotli.py": "raise ImportError\n"})
    site = small_site(tmp_path / "site")
    assert run("build", "--site", site, PYTHONPATH=str(tmp_path / "broken")).returncode == 0
    assert run("build", "--site", site, "--compress").returncode == 0
