"""Sites for tests: laid into a folder, built, and read back."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote

from markupsafe import Markup

from generator.examine import prepare
from generator.pipeline import Built, build
from generator.plan.claim_values import ClaimPage
from generator.plan.list_values import ArticleItem, ClaimItem
from generator.plan.pages import PageValue
from generator.plan.site import pages_of_claim, plan
from generator.plan.views import Views
from generator.records import Claim

REPOSITORY = Path(__file__).parent.parent
SITES = Path(__file__).parent / "sites"
PLAIN = SITES / "templates"
"""Templates that show every value of a page and nothing else: they stand for those that come with Parallax."""

SMALL = {
    "site.toml": """\
format = 1
title = "The Small Desk"
url = "https://small.example"

[[verdicts]]
id = "true"
label = "True"
value = 2

[[verdicts]]
id = "false"
label = "False"
value = 1
""",
    "seeds/gazette.txt": "The ship landed at noon, said the captain.\n\nNobody was hurt.\n",
    "content/articles/gazette.yaml": "text: seeds/gazette.txt\npublisher: The Gazette\n",
    "content/claims/landing.yaml": """\
claim: The ship landed at noon.
verdict: true
summary: It did.
checked: 2021-10-17
quotes:
  - article: gazette
    text: The ship landed at noon
    stance: asserts
""",
}
"""A site of one article and one claim; small enough to be changed at will."""


def claim(claim: str = "The ship landed at noon.", checked: str = "2021-10-17", more: str = "") -> str:
    """A claim's file: the required fields, and `more` lines."""
    return f'claim: "{claim}"\nverdict: true\nsummary: It did.\nchecked: {checked}\n{more}'


def lay(root: Path, *files: Mapping[str, str | bytes | None]) -> Path:
    """Put files into the folder `root`, later ones over earlier ones; None takes a file away."""
    for path, content in {path: content for each in files for path, content in each.items()}.items():
        target = root / path
        if content is None:
            target.unlink()
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


def small_site(root: Path, *files: Mapping[str, str | bytes | None]) -> Path:
    """The small site with plain templates of its own, and `files` over it."""
    shutil.copytree(PLAIN, root / "templates", dirs_exist_ok=True)
    return lay(root, SMALL, *files)


def git(folder: Path, *arguments: str, at: str = "1700000000 +0100", **environment: str) -> str:
    """What git says in `folder`, with nothing of this machine's in it: the same commits have the same hashes."""
    about = {f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER") for what, value in (*_DESK, ("DATE", at))}
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    done = subprocess.run(
        ["git", "-c", "init.defaultBranch=main", "-c", "core.autocrlf=false", *arguments],
        cwd=folder,
        env={**kept, "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull, **about, **environment},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


_DESK = (("NAME", "Desk"), ("EMAIL", "desk@desk.example"))


def commit(root: Path, subject: str = "Edit", *paths: str, at: str = "1700000000 +0100") -> str:
    """Commit what is in `paths` (all of the site's own files without any); returns the commit's hash."""
    if not (root / ".git").exists():
        git(root, "init", "--quiet")
    git(root, "add", "--all", "--force", "--", *(paths or ("site.toml", "content", "seeds")))
    git(root, "commit", "--quiet", "--allow-empty", "--message", subject, at=at)
    return git(root, "rev-parse", "HEAD")


def copy_of(source: Path, target: Path) -> Path:
    """A site's own files, without templates; where site.toml asks for one, with a history that changed each claim."""
    shutil.copy(source / "site.toml", shutil.copytree(source / "content", target / "content").parent)
    shutil.copytree(source / "seeds", target / "seeds")
    settings = (target / "site.toml").read_text("utf-8")
    if "[history]\nenabled = true" in settings:
        claims = {path: path.read_bytes() for path in (target / "content/claims").iterdir()}
        for path, data in claims.items():
            path.write_bytes(data.replace(b"\nsummary: ", b"\nsummary: At first sight, "))
        commit(target, "The claims as they were first published", "content/claims")
        git(target, "tag", settings.split('\nfrom = "')[1].split('"')[0])
        for path, data in claims.items():
            path.write_bytes(data)
        commit(target, "A second look", "content/claims", at="1700086400 +0100")
    return target


def build_site(root: Path, output: Path | None = None) -> Built:
    return build(root, output or root / "build")


def planned(root: Path, drafts: bool = False) -> dict[str, PageValue]:
    """The values of the site's pages, by address."""
    prepared = prepare(root, drafts)
    found, _ = plan(prepared.library, prepared.frame, drafts, entries=Names())
    return {page.address: page.value for page in found.pages}


class Names:
    """Makes entries of lists that only name what they are of."""

    def claim_entry(self, claim: ClaimItem) -> Markup:
        return Markup(claim.address.split("/")[2])

    def article_entry(self, article: ArticleItem) -> Markup:
        return Markup(article.head.id)


def tree(folder: Path) -> dict[str, bytes]:
    """Every file under `folder`, by its path there."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() or path.is_symlink()
    }


def run(*arguments: str | Path, umask: int = -1, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command line as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "generator", *map(str, arguments)],
        cwd=REPOSITORY,
        env={**os.environ, **environment},
        umask=umask,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )


def browser_finds(whole: str, directive: str) -> tuple[int, int]:
    """Where a text directive leads in a page's text: the first place of its words, on whole words, in any case.

    `directive` is what stands behind `text=`: `prefix-,start,end`, of which only the start has to be there.
    """
    prefix, start, end = re.fullmatch(r"(?:(.*?)-,)?([^,]*)(?:,(.*))?", directive).groups()  # type: ignore[union-attr]
    pattern = f"(?P<start>{_words(start)})" + (f".*?{_words(end)}" if end else "")
    pattern = rf"{_words(prefix)}\s*{pattern}" if prefix else pattern
    found = re.search(rf"(?<!\w){pattern}(?!\w)", whole, re.IGNORECASE | re.DOTALL)
    assert found, f"no such words: {unquote(directive)}"
    return found.start("start"), found.end()


def _words(term: str) -> str:
    return r"\s+".join(map(re.escape, unquote(term).split()))


def shown_claim(root: Path, id: str = "landing", drafts: bool = False) -> tuple[Views, Claim, ClaimPage]:
    """A claim of the site in `root` with its page's value, and the views that it was made with."""
    prepared = prepare(root, drafts)
    library = prepared.library
    views = Views(library, prepared.frame, drafts)
    claim = library.claims[id]
    value = pages_of_claim(views, claim)[0].value
    assert isinstance(value, ClaimPage)
    return views, claim, value
