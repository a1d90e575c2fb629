"""The sites whose pages are checked, built as readers get them: with the templates that come with Parallax."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from tests.support import commit, git
from tests.web import awkward

REPOSITORY = Path(__file__).resolve().parents[2]
EXAMPLES = REPOSITORY / "tests/sites"
NAMES = ("own", "awkward", "arabic", "rich", "smallest")
_ODD = [[name] for name in awkward.ODD]


@dataclass(frozen=True)
class Site:
    """A built site: its files in `folder`, served at `url`, which ends with a slash."""

    name: str
    folder: Path
    url: str

    def pages(self) -> list[str]:
        """The paths of its HTML files, from the folder."""
        return sorted(path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*.html"))

    def shown(self) -> list[str]:
        """The pages that stay: not those of earlier addresses, which lead on at once."""
        return [page for page in self.pages() if b'http-equiv="refresh"' not in (self.folder / page).read_bytes()]

    def kinds(self) -> Iterator[str]:
        """A page of each kind, the first, the longest and the last of many, and those that awkward.py names."""
        folders: dict[str, list[str]] = {"": [page for page in self.shown() if page.split("/")[1:2] in _ODD]}
        for page in self.shown():
            first, _, rest = page.removesuffix("/index.html").partition("/")
            kind = "/".join("*" if step.isdecimal() else step for step in rest.split("/")[1:])
            folders.setdefault(f"{first}/*/{kind}" if rest else page, []).append(page)
        picked = dict.fromkeys(folders.pop(""))
        for pages in folders.values():
            longest = max(pages, key=lambda page: (self.folder / page).stat().st_size)
            picked.update(dict.fromkeys((pages[0], longest, pages[-1])))
        yield from picked

    def address(self, page: str) -> str:
        """Where a file is served."""
        return self.url + quote(page.removesuffix("index.html"))


def build(name: str, work: Path, base: str) -> Site:
    """Lay the site `name` into the folder `work`, build it for the address `base`/NAME/."""
    content, output, url = work / name, work / f"{name}-built", f"{base}/{name}/"
    if name in ("awkward", "arabic"):
        size = _large() if name == "awkward" else awkward.Size(12, 8)
        awkward.write(content, "ar" if name == "arabic" else "en", size)
    elif name == "own":
        for part in ("site.toml", "content", "seeds"):
            copy = shutil.copytree if (REPOSITORY / part).is_dir() else shutil.copy
            copy(REPOSITORY / part, content / part if copy is shutil.copytree else _made(content))
    else:
        shutil.copytree(EXAMPLES / name, content, ignore=shutil.ignore_patterns("expected"))
    commit(content)  # before the address is put in, so that it is the same commit every time
    git(content, "tag", "2024-01-01")  # which the rich site's history begins with
    settings = content / "site.toml"
    settings.write_text(re.sub(r'(?m)^url = ".*"', f'url = "{url}"', settings.read_text("utf-8"), count=1), "utf-8")
    _run([sys.executable, "-m", "generator", "build", "--site", str(content), "--output", str(output)])
    return Site(name, output, url)


def _large() -> awkward.Size:
    """The large story's size, which PARALLAX_WEB_LARGE=CLAIMSxARTICLES changes."""
    typed = os.environ.get("PARALLAX_WEB_LARGE", "")
    return awkward.Size(*map(int, typed.split("x"))) if typed else awkward.LARGE


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _run(command: list[str]) -> None:
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, timeout=300)
    if done.returncode:
        raise AssertionError(f"{' '.join(command)}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}")
