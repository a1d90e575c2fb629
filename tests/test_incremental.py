"""A build after an edit gives what a build from nothing gives, byte for byte, and does no more than it must."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
import yaml
from support import PLAIN, claim, lay, small_site, tree

from generator import pipeline
from generator.build.builder import Builder
from generator.build.jobs import packed
from generator.build.options import Options
from generator.build.session import Session
from generator.build.workers import Workers
from generator.pipeline import build
from generator.plan import stories
from generator.problems import ContentError, Problem, errors

STEPS = 45
SETTINGS = """\
format = 1
title = "The Random Desk"
url = "https://random.example"
[share_images]
enabled = false
[people.ann]
name = "Desk A"
[people.ben]
name = "Desk B"
[[verdicts]]
id = "true"
label = "True"
value = 2
[[verdicts]]
id = "false"
label = "False"
value = 1
[[verdicts]]
id = "open"
label = "Open"
"""
WORDS = (
    "ship crew landed noon dawn harbour captain officer hour mile report sea wind tide north south late early".split()
)


@pytest.fixture(autouse=True)
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a few claims and articles are enough for a story to go on over several pages."""
    monkeypatch.setattr(stories, "ROWS", 3)
    monkeypatch.setattr(stories, "ARTICLES", 4)
    monkeypatch.setattr(stories, "MOST_COLUMNS", 5)


class RandomSite:
    """A site that is edited at random: its files as Python values, and on disk."""

    def __init__(self, root: Path, seed: int) -> None:
        """Every other seed's site has share images."""
        self.root = root
        self.settings = SETTINGS.replace("enabled = false", "enabled = true") if seed % 2 else SETTINGS
        self.random = random.Random(seed)
        self.count = 0
        self.files: dict[str, dict[str, object]] = {}
        self.texts: dict[str, str] = {}
        shutil.copytree(PLAIN, root / "templates")
        lay(root, {"site.toml": self.settings, "content/pages/about.md": "---\ntitle: About\n---\nWords.\n"})
        for _ in range(3):
            self.new_story()
        for _ in range(7):
            self.new_article()
        for _ in range(14):
            self.new_claim()

    # --- values -------------------------------------------------------------------------------------------------------

    def words(self, count: int) -> str:
        return " ".join(self.random.choices(WORDS, k=count)).capitalize()

    def date(self) -> str:
        return f"20{self.random.randint(10, 25)}-0{self.random.randint(1, 9)}-1{self.random.randint(0, 9)}"

    def ids(self, kind: str) -> list[str]:
        return sorted(path.split("/")[2][:-5] for path in self.files if path.startswith(f"content/{kind}/"))

    def some(self, kind: str, most: int) -> list[str]:
        ids = self.ids(kind)
        return self.random.sample(ids, min(len(ids), self.random.randint(0, most)))

    def id(self, letter: str) -> str:
        self.count += 1
        return f"{letter}{self.random.choice('abc')}-{self.count}"

    def claim(self) -> dict[str, object]:
        chance = self.random.random
        articles = self.some("articles", 4)
        quoted = articles[: self.random.randint(0, len(articles))]
        claim: dict[str, object] = {
            "claim": self.words(6),
            "verdict": self.random.choice(["true", "false", "open"]),
            "summary": self.words(8),
            "checked": self.date(),
            "tags": self.random.sample(["Sea", "sea", "Wind", "Crew", "late news"], self.random.randint(0, 2)),
            "by": self.random.sample(["ann", "ben"], self.random.randint(0, 2)),
            "quotes": [self.quote(id) for id in quoted],
            "silent": [id for id in articles if id not in quoted],
            "related": self.some("claims", 2),
        }
        if chance() < 0.8 and self.ids("stories"):
            claim["story"] = self.random.choice(self.ids("stories"))
        shown = [id for id in self.ids("claims") if self.files[f"content/claims/{id}.yaml"].get("status") != "draft"]
        if chance() < 0.4 and shown:
            claim["analysis"] = f"**See** [this](/claims/{self.random.choice(shown)}/) and [that](/verdicts/)."
        if chance() < 0.15:
            claim["status"] = "draft"
        elif chance() < 0.15:
            claim["status"] = "retracted"
        if chance() < 0.3 or claim.get("status") == "retracted":
            claim["corrections"] = [{"date": self.date(), "kind": "update", "text": self.words(4)}]
        if chance() < 0.3:
            claim["made"] = self.random.choice([self.date(), self.date()[:7], self.date()[:4]])
        if chance() < 0.2:
            claim["aliases"] = [self.id("old")]
        return {key: value for key, value in claim.items() if value}

    def quote(self, article: str) -> dict[str, object]:
        words = self.texts[str(self.files[f"content/articles/{article}.yaml"]["text"])].split()
        start = self.random.randrange(len(words) - 6)
        text = " ".join(words[start : start + self.random.randint(4, 6)])
        stance = self.random.choice(["asserts", "asserts", "asserts", "contradicts", "partly", "mentions"])
        quote: dict[str, object] = {"article": article, "text": text, "stance": stance}
        quote["speaker"] = self.random.choice([[], [], [], ["The captain"]])
        quote["medium"] = self.random.choice(["", "", "", "post"])
        quote["origin"] = self.random.choice([[], [], ["own"], ["agency"], self.some("articles", 1)])
        return {key: value for key, value in quote.items() if value}

    def article(self) -> dict[str, object]:
        article: dict[str, object] = {
            "title": self.words(4),
            "publisher": self.random.choice(["The Tide", "the tide", "Gazette", "Globe", ""]),
            "published": self.date(),
            "story": self.some("stories", 2),
            "origin": self.random.choice([["own"], ["Agency"], self.some("articles", 1), []]),
        }
        if self.random.random() < 0.2:
            article["publisher_correction"] = {"date": self.date(), "text": self.words(3)}
        if self.random.random() < 0.2:
            article["corrections"] = [{"date": self.date(), "kind": "correction", "text": self.words(3)}]
        if self.random.random() < 0.3:
            article["aliases"] = [self.id("old")]
        return {key: value for key, value in article.items() if value}

    # --- edits --------------------------------------------------------------------------------------------------------

    def write(self, path: str, value: dict[str, object]) -> None:
        self.files[path] = value
        lay(self.root, {path: yaml.safe_dump(value, sort_keys=False, allow_unicode=True)})

    def delete(self, path: str) -> None:
        del self.files[path]
        (self.root / path).unlink()

    def pick(self, kind: str) -> str:
        return f"content/{kind}/{self.random.choice(self.ids(kind))}.yaml"

    def new_claim(self) -> None:
        self.write(f"content/claims/{self.id('c')}.yaml", self.claim())

    def new_article(self) -> None:
        id = self.id("a")
        path = f"seeds/{id}.txt"
        # Every word once: whatever is quoted of it stands there once.
        self.texts[path] = " ".join(f"{word}{number}" for number, word in enumerate(self.random.choices(WORDS, k=40)))
        lay(self.root, {path: self.texts[path]})
        self.write(f"content/articles/{id}.yaml", {"text": path, **self.article()})

    def new_story(self) -> None:
        self.write(f"content/stories/{self.id('s')}.yaml", {"title": self.words(3), "summary": self.words(5)})

    def edit_claim(self) -> None:
        self.write(self.pick("claims"), self.claim())

    def edit_field(self) -> None:
        path = self.pick("claims")
        name, value = self.random.choice(
            [
                ("summary", self.words(9)),
                ("claim", self.words(5)),
                ("checked", self.date()),
                ("made", self.date()),
                ("verdict", self.random.choice(["true", "false", "open"])),
            ]
        )
        self.write(path, {**self.files[path], name: value})

    def edit_origin(self) -> None:
        """Where an article comes from, and with it those that come from it."""
        path = self.pick("articles")
        origin = self.random.choice([["own"], ["Agency"], ["Wire"], self.some("articles", 1)])
        self.write(path, {**self.files[path], "origin": origin} if origin else self.files[path])

    def retract(self) -> None:
        path = self.pick("claims")
        correction = {"date": self.date(), "kind": "correction", "text": self.words(3)}
        if self.files[path].get("status") != "draft":
            self.write(path, {**self.files[path], "status": "retracted", "corrections": [correction]})

    def edit_quotes(self) -> None:
        """Other words of the same articles."""
        path = self.pick("claims")
        quotes = self.files[path].get("quotes", [])
        assert isinstance(quotes, list)
        there = [quote["article"] for quote in quotes if quote["article"] in self.ids("articles")]
        if there:
            self.write(path, {**self.files[path], "quotes": [self.quote(article) for article in there]})

    def edit_article(self) -> None:
        path = self.pick("articles")
        self.write(path, {"text": self.files[path]["text"], **self.article()})

    def edit_text(self) -> None:
        path = self.random.choice(sorted(self.texts))
        self.texts[path] = f"{self.texts[path]}\n\nAdded{self.random.random()}"
        lay(self.root, {path: self.texts[path]})

    def edit_story(self) -> None:
        corrections = [{"date": self.date(), "kind": "correction", "text": self.words(3)}]
        story: dict[str, object] = {"title": self.words(3), "summary": self.words(5), "date": self.date()}
        self.write(
            self.pick("stories"), {**story, **({"corrections": corrections} if self.random.random() < 0.3 else {})}
        )

    def delete_any(self) -> None:
        self.delete(self.pick(self.random.choice(["claims", "articles", "stories"])))

    def rename_claim(self) -> None:
        self.rename("claims")

    def rename_story(self) -> None:
        """With the claims and articles that name it, so that it keeps its pages."""
        old, new = self.rename("stories")
        for path, value in list(self.files.items()):
            if value.get("story") == old:
                self.write(path, {**value, "story": new})
            elif isinstance(value.get("story"), list) and old in value["story"]:  # type: ignore[operator]
                self.write(path, {**value, "story": [new]})

    def alias_any(self) -> None:
        """An earlier id that may be another's id, or its earlier id too."""
        kind = self.random.choice(["claims", "articles", "stories"])
        path = self.pick(kind)
        known = [alias for value in self.files.values() for alias in value.get("aliases", ())]  # type: ignore[attr-defined]
        alias = self.random.choice([self.id("old"), self.id("old"), *self.ids(kind)[:1], *known[:1]])
        self.write(path, {**self.files[path], "aliases": [alias]})

    def rename(self, kind: str) -> tuple[str, str]:
        path = self.pick(kind)
        old, new = path.split("/")[2][:-5], self.id(kind[0])
        value = self.files[path]
        self.delete(path)
        self.write(f"content/{kind}/{new}.yaml", {**value, "aliases": [old]})
        return old, new

    def edit_page(self) -> None:
        title = self.random.choice(["About", "About", "About us"])
        lay(self.root, {"content/pages/about.md": f"---\ntitle: {title}\n---\n{self.words(6)} [x](/claims/).\n"})

    def edit_template(self) -> None:
        path = self.root / "templates" / self.random.choice(["claim.html", "list.html", "claim-entry.html"])
        path.write_text(path.read_text("utf-8") + f"<!-- {self.random.random()} -->\n", "utf-8")

    def edit_settings(self) -> None:
        lay(self.root, {"site.toml": self.settings.replace("Desk A", f"Desk {self.words(1)}")})

    def edit_asset(self) -> None:
        lay(self.root, {"templates/assets/own.css": f"a {{ width: {self.random.randrange(99)}px }}"})

    def touch(self) -> None:
        os.utime(self.root / self.random.choice(sorted(self.files)))

    def write_the_same(self) -> None:
        path = self.random.choice(sorted(self.files))
        self.write(path, self.files[path])

    def damage_the_store(self) -> None:
        store = self.root / ".parallax" / "build.db"
        if store.exists():
            data = bytearray(store.read_bytes())
            for _ in range(20):
                data[self.random.randrange(len(data))] ^= 0xFF
            store.write_bytes(data)

    def copy_the_store(self) -> None:
        """As a checkout of a repository that holds it would."""
        for name in ("build.db", "build.seal"):
            store = self.root / ".parallax" / name
            if store.exists():
                data = store.read_bytes()
                store.unlink()
                store.write_bytes(data)

    def delete_the_output(self) -> None:
        shutil.rmtree(self.root / "build", ignore_errors=True)

    def edit_several(self) -> None:
        for _ in range(3):
            self.random.choice([self.edit_claim, self.new_claim, self.edit_article, self.edit_story])()

    OFTEN = (
        "new_claim",
        "new_article",
        "new_story",
        "edit_claim",
        "edit_field",
        "edit_quotes",
        "edit_article",
        "edit_text",
    )
    OFTEN += ("edit_origin", "edit_origin", "retract", "edit_story", "delete_any", "rename_claim", "edit_several")
    OFTEN += ("rename_story", "alias_any")
    SELDOM = ("edit_page", "edit_template", "edit_settings", "edit_asset", "touch", "write_the_same")
    SELDOM += ("damage_the_store", "copy_the_store", "delete_the_output")

    def step(self) -> str:
        name = self.random.choice(self.OFTEN if self.random.random() < 0.8 else self.SELDOM)
        edit: Callable[[], None] = getattr(self, name)
        edit()
        return name


def outcome(root: Path, *options: Options) -> dict[str, bytes] | list[str]:
    """What a build leaves in build/; where the content has errors, those."""
    try:
        build(root, root / "build", *options)
    except ContentError as error:
        return [
            f"{problem.path}:{problem.line}:{problem.column} {problem.code} {problem.message}"
            for problem in errors(error.problems)
        ]
    return tree(root / "build")


@pytest.fixture(autouse=True)
def quick_images(monkeypatch: pytest.MonkeyPatch) -> None:
    """In place of each share image, what it would be drawn from."""
    monkeypatch.setattr("generator.images.share.png", packed)


@pytest.mark.parametrize("seed", range(4))
def test_step_by_step_and_from_nothing_are_the_same(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fresh: list[bool] = []

    class Watched(Builder):
        def build(self):  # type: ignore[no-untyped-def]
            fresh.append(self.store.fresh)
            return super().build()

    site = RandomSite(tmp_path / "site", seed)
    assert isinstance(outcome(site.root), dict), outcome(site.root)
    monkeypatch.setattr(pipeline, "Builder", Watched)
    wrong = images = 0
    for number in range(STEPS):
        kept = tmp_path / "kept"
        shutil.rmtree(kept, ignore_errors=True)
        shutil.copytree(site.root, kept, ignore=shutil.ignore_patterns(".parallax", "build"))
        files, texts = dict(site.files), dict(site.texts)
        name = site.step()
        before = tree(site.root / "build")
        images += sum(path.endswith("/share.png") for path in before)
        found = outcome(site.root)
        clean = tmp_path / "clean"
        shutil.rmtree(clean, ignore_errors=True)
        shutil.copytree(site.root, clean, ignore=shutil.ignore_patterns(".parallax", "build"))
        with monkeypatch.context() as context:
            context.setattr(pipeline, "Builder", Builder)
            expected = outcome(clean)
        assert found == expected, f"step {number}: {name}"
        if isinstance(found, list):  # an error: nothing has changed online; the edit is taken back
            wrong += 1
            assert tree(site.root / "build") == before
            site.files, site.texts = files, texts
            for folder in ("content", "seeds", "templates"):
                shutil.rmtree(site.root / folder)
                shutil.copytree(kept / folder, site.root / folder)
            shutil.copy(kept / "site.toml", site.root / "site.toml")
            assert outcome(site.root) == before
    assert fresh.count(False) > STEPS // 2  # most of them went on from what was there
    assert wrong < STEPS // 2
    assert bool(images) == bool(seed % 2)


def problems_of(build: Callable[[], object]) -> list[Problem]:
    """The problems that a build ends with."""
    try:
        build()
    except ContentError as error:
        return error.problems
    return []


PREVIEW = Options(drafts=True, preview=True)


@pytest.mark.parametrize("seed", range(4))
def test_a_preview_that_is_told_of_changes_shows_what_a_build_from_nothing_gives(seed: int, tmp_path: Path) -> None:
    site = RandomSite(tmp_path / "site", seed)
    session = Session(site.root, site.root / ".parallax" / "preview", PREVIEW, Workers(1))
    session.build()
    again = 0
    for number in range(STEPS):
        before = {folder: tree(site.root / folder) for folder in ("content", "seeds", "templates")}
        settings = (site.root / "site.toml").read_bytes()
        name = site.step()
        changed: list[str] | None = []
        for folder, files in before.items():
            after = tree(site.root / folder)
            paths = [path for path in {*files, *after} if files.get(path) != after.get(path)]
            changed += [f"{folder}/{path}" for path in paths]
        if (site.root / "site.toml").read_bytes() != settings or any(path.startswith("templates") for path in changed):
            changed = None
        again += changed is not None
        clean = tmp_path / "clean"
        shutil.rmtree(clean, ignore_errors=True)
        shutil.copytree(site.root, clean, ignore=shutil.ignore_patterns(".parallax", "build"))
        expected = problems_of(partial(build, clean, clean / ".parallax" / "preview", PREVIEW))
        assert problems_of(partial(session.build, changed)) == expected
        if not expected:
            shown, wanted = (tree(root / ".parallax" / "preview") for root in (site.root, clean))
            assert shown.pop("manifest.json")  # it is brought up to date by `keep`
            assert (shown, bool(wanted.pop("manifest.json"))) == (wanted, True), f"step {number}: {name}"
            if number % 3 == 0:
                session.keep()
                assert tree(session.folder) == tree(clean / ".parallax" / "preview")
    assert again > STEPS // 2


ONE_AFTER_ANOTHER = {
    "content/articles/gazette.yaml": "text: seeds/gazette.txt\npublisher: The Gazette\norigin: [globe]\n",
    "content/articles/globe.yaml": "text: seeds/globe.txt\npublisher: Globe\norigin: [wire]\n",
    "content/articles/wire.yaml": "text: seeds/wire.txt\npublisher: Wire\norigin: [Agency]\n",
    "seeds/globe.txt": "Words.\n",
    "seeds/wire.txt": "Words.\n",
    "content/claims/second.yaml": claim(),
    "content/claims/third.yaml": claim(),
}
"""An article that a claim quotes comes from a second, and that from a third."""
RETRACTED = "status: retracted\ncorrections:\n  - {date: 2021-10-18, kind: correction, text: No.}\n"


@pytest.mark.parametrize(
    ("edit", "page", "shown"),
    [
        (
            {"content/articles/wire.yaml": "text: seeds/wire.txt\norigin: [Bureau]\n"},
            "publishers/the-gazette",
            "Bureau",
        ),
        (
            {"content/articles/wire.yaml": "text: seeds/wire.txt\npublisher: Post\norigin: [own]\n"},
            "publishers/the-gazette",
            "Post",
        ),
        ({"content/claims/third.yaml": claim(more=RETRACTED)}, "verdicts", "2 counted, 1 retracted"),
    ],
)
def test_an_edit_reaches_the_spreads_that_it_changes(
    edit: dict[str, str], page: str, shown: str, tmp_path: Path
) -> None:
    site = small_site(tmp_path / "site", ONE_AFTER_ANOTHER)
    before = outcome(site)
    assert isinstance(before, dict)
    path = f"{page}/index.html"
    assert shown.encode() not in before[path]
    lay(site, edit)
    after = outcome(site)
    assert isinstance(after, dict)
    assert shown.encode() in after[path]
    assert after == outcome(small_site(tmp_path / "clean", ONE_AFTER_ANOTHER, edit))
