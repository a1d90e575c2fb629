"""One build: look, make what changed, publish, keep the rest for the next time.

A build from nothing is a change like any other: everything has come. Where nothing has, only what a look needs is
imported.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from generator.build.differences import Differences, differences, everything
from generator.build.doubts import Irregular, StartOver
from generator.build.options import Options
from generator.build.progress import Progress
from generator.build.stamps import FOLDERS, Look, changes
from generator.build.store import Store
from generator.build.tally import Tally
from generator.build.version import program
from generator.build.workers import Workers, available
from generator.problems import FaultError, errors
from generator.publish.output import Incomplete, Output, Published
from generator.read.files import linked_folders
from generator.read.templates import assets, template_sources

if TYPE_CHECKING:
    from generator.build.change import Change
    from generator.build.history import Histories
    from generator.build.state import State
    from generator.read.content import Layout
    from generator.records import Settings
    from generator.search.index import Index


class Builder:
    """One build of the site in `root`. `workspace` is its `.parallax/`, whose lock the caller holds."""

    def __init__(
        self, root: Path, output: Output, workspace: Path, options: Options, workers: Workers, progress: Progress
    ) -> None:
        """Raises Irregular where a template or site.toml cannot be read."""
        self.root = root
        self.output = output
        self.options = options
        self.workers = workers
        self.progress = progress
        progress.begin("Looking")
        self.sources, problems = template_sources(root)
        self.assets = assets(root)
        self.contents = {path: asset.file.read_bytes() for path, asset in self.assets.items()}
        if problems or linked_folders(root, FOLDERS):
            raise Irregular
        self.look = Look(root)
        self.store = self._store(workspace)
        known = self.store.get("tally", "")
        self.tally = msgspec.msgpack.decode(known, type=Tally) if known else Tally()
        """What the site comes to."""
        self.state: State | None = None
        self.settings: Settings | None = None
        self.histories: Histories | None = None
        self.workspace = workspace
        self.index: Index | None = None
        self.offers_differ = False
        """Whether the site's schemas for text editors may be others than when they were last looked at."""

    def _store(self, workspace: Path) -> Store:
        """What an earlier build left, if it was made with the same and the output is as it left it."""
        try:
            made_with = msgspec.msgpack.encode(
                [
                    program(),
                    (self.root / "site.toml").read_bytes(),
                    sorted(self.sources.items()),
                    sorted((path, asset.source) for path, asset in self.assets.items()),
                    [] if self.options.preview else sorted(self.contents.items()),  # else pages name them by it
                    [row[0] for folder in ("content", "content/media") for row in self.look.folders[folder]],
                    self.options.drafts,
                    self.options.preview,
                    self._compressed_with(),
                ]
            )
        except (OSError, UnicodeEncodeError) as error:  # a file that cannot be read, a name that is no text
            raise Irregular from error
        key = hashlib.sha256(made_with).hexdigest()
        name = "preview" if self.options.preview else "build"
        store = Store(workspace, name, key, fresh=self.options.clean)
        if not store.fresh and store.get("output", "") != self.output.mark().encode():
            store.close()
            store = Store(workspace, name, key, fresh=True)
        return store

    def _compressed_with(self) -> str:
        if not self.options.compress:
            return ""
        from generator.build.compress import made_with

        return made_with()

    def build(self) -> Published:
        """Build what changed.

        Raises Irregular where anything is wrong, and StartOver where what was kept is of no use; then nothing has
        changed online.
        """
        if not self.store.fresh:
            self.output.keep_rest()
        if self.store.fresh:
            self._make_everything()
        else:
            self._stage_edited_assets()
            found = differences(changes(self.look, dict(self.store.all("look"))))
            if found.any() or self._asks_git_anew():
                self._make(found)
        self._index()
        self._refuse_other_settings()
        published = self.publish()
        self.keep()
        return published

    def _refuse_other_settings(self) -> None:
        """Raises StartOver where site.toml was saved during the build.

        It is read more than once, and what pages were made with is known by its bytes.
        """
        if Look.of_file(self.root, "site.toml") != self.look.folders[""]:
            raise StartOver

    def _stage_edited_assets(self) -> None:
        """In a preview assets keep their names, so that an edited one changes no page; elsewhere none was edited."""
        if self.options.preview:
            from generator.plan.assets import published_assets

            colours = self.store.get("colours", "") or b""
            for file in published_assets(self.contents, colours, hashed=False).values():
                self.output.stage(file.path, file.content)

    def build_again(self, paths: Iterable[str]) -> Published:
        """Build what changed in the files at `paths` since the last build by this builder. `keep` is the caller's.

        Raises as `build` does, and StartOver where other files than content changed.
        """
        self.progress.begin("Looking")
        self.output.again()
        if linked_folders(self.root, FOLDERS):
            raise Irregular
        found = differences(self.look.again(self.root, paths))
        if found.any():
            self._make(found, ask_git=False)
        return self.publish(finish=False)

    def _make_everything(self) -> None:
        from generator.read.content import read_layout

        layout = read_layout(self.root)
        if errors(layout.problems):
            raise Irregular
        self._make(everything(layout.paths), layout)

    def _make(self, found: Differences, layout: Layout | None = None, ask_git: bool = True) -> None:
        change = self._change()
        change.make(found, layout, ask_git)
        self.tally = change.state.tally
        self.offers_differ = self.offers_differ or change.offers_differ

    def _index(self) -> None:
        """Bring the search index up to date, where there is to be one and anything changed; a preview has none."""
        if self.settings is None or not self.settings.search.enabled or self.options.preview:
            return
        from generator.search.index import Index

        self.index = Index(self.workspace, self.settings.language, min(self.workers.count, available()), self.progress)
        self.index.update(self.output)

    def _change(self) -> Change:
        from generator.build.change import Change  # which takes a while, and often there is none
        from generator.build.state import State

        sources = {path: asset.source for path, asset in self.assets.items()}
        self.state = self.state or State(self.store)
        change = Change(
            self.root,
            self.state,
            self.output,
            self.options,
            self.workers,
            self.progress,
            self.sources,
            sources,
            self.contents,
            self.settings,
            self.histories,
        )
        self.settings, self.histories = change.settings, change.histories
        return change

    def _asks_git_anew(self) -> bool:
        """As `_history_moved`; raises Irregular where site.toml asks for a commit that is no more."""
        try:
            return self._history_moved()
        except FaultError as error:
            raise Irregular from error

    def _history_moved(self) -> bool:
        """Whether git, if it is to be asked, tells of other commits than the last time."""
        if self.histories is None:
            start = self.store.get("history from", "")
            if start is None:
                return False
            from generator.build.history import Histories

            self.histories = Histories(self.root, self.store, start.decode())
        return self.histories.moved()

    def close(self) -> None:
        """Let go of the files that are open: what an earlier build left is read from them as it is needed."""
        self.store.close()
        if self.index is not None:
            self.index.store.close()

    def warm_up(self) -> None:
        """Make ready what the first edit needs."""
        if self.settings is None:
            self._change().warm_up()

    def publish(self, finish: bool = True) -> Published:
        """Put online what was made. Raises StartOver where the output lacks what an earlier build put there."""
        if self.options.compress and self.output.changes():
            from generator.build.compress import compress

            compress(self.output, self.workers, self.progress)
        self.progress.begin("Publishing")
        if self.output.changes() or self.store.changed():
            self.store.unseal()
        try:
            published = self.output.commit(finish)
        except Incomplete as error:
            if self.store.fresh:  # every file was made just now, and they go all the same
                raise
            raise StartOver from error
        self.progress.end()
        return published

    def differs(self) -> bool:
        """Whether a look at all files finds any that is not as this builder last found it."""
        sources, problems = template_sources(self.root)
        if self._history_moved():
            return True
        if problems or sources != self.sources or Look(self.root).folders != self.look.folders:
            return True
        return {path: asset.file.read_bytes() for path, asset in assets(self.root).items()} != self.contents

    def keep(self) -> None:
        """Keep for the next build, in another process too, what this one found out."""
        self.output.finish()
        if self.histories is not None and self.store.get("history from", "") is None:
            self.store.put("history from", "", self.histories.start.encode())
        for folder in self.look.folders:
            packed = self.look.packed_for_later(folder)
            if packed != self.store.get("look", folder):
                self.store.put("look", folder, packed)
        for folder, _ in list(self.store.all("look")):
            if folder not in self.look.folders:
                self.store.put("look", folder, None)
        if self.index is not None:
            self.index.keep()
        mark = self.output.mark().encode()
        if mark != self.store.get("output", ""):
            self.store.put("output", "", mark)
        if self.store.changed():
            self.store.save()
        if self.offers_differ and self.state is not None and self.settings is not None:
            from generator.build.offers import renew

            renew(self.workspace, self.state, self.settings)
            self.offers_differ = False
