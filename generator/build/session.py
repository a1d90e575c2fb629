"""A session: builds of one site one after another in one process, for a preview. What is known stays known."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from generator.build.builder import Builder
from generator.build.doubts import Irregular, StartOver
from generator.build.options import Options
from generator.build.progress import Progress
from generator.build.stamps import Look
from generator.build.workers import Workers
from generator.pipeline import PATIENCE, WORKSPACE, Built, build_by, summed_up, uncollected
from generator.problems import FaultError
from generator.publish.lock import locked
from generator.read.templates import assets, template_sources


class Session:
    """Builds the site in `root` into `folder`. After every build call `keep`, once there is nothing more urgent."""

    def __init__(self, root: Path, folder: Path, options: Options, workers: Workers) -> None:
        self.root = root
        self.folder = folder
        self.options = options
        self.workers = workers
        self._builder: Builder | None = None
        self._failed_on: object = None
        """What a look found before a build that failed: until that is otherwise, none is worth trying."""

    def build(self, paths: Iterable[str] | None = None) -> Built:
        """Build what changed in the files at `paths`, relative to the site; without them, whatever changed.

        Raises as `generator.pipeline.build` does.
        """
        builder, self._builder = self._builder, None
        with locked(self.root / WORKSPACE, PATIENCE), uncollected():
            if builder is not None:
                try:
                    if paths is not None:
                        published = builder.build_again(paths)
                        self._builder = builder
                        return summed_up(builder, published)
                except (Irregular, StartOver, FaultError, OSError):  # a fault that stays is told below
                    builder.output.close()
                finally:
                    if self._builder is None:
                        builder.close()
            self._failed_on = _seen(self.root)
            try:
                made = build_by(self.root, self.folder, self.options, False, self.workers, Progress())
            except (FaultError, OSError):
                self._failed_on = None  # no fault of the content: it may go by itself
                raise
            self._builder, published = made
            return summed_up(self._builder, published)

    def keep(self) -> None:
        """Keep for the next session what this one found out, and let helpers go."""
        if self._builder is not None:
            with locked(self.root / WORKSPACE, PATIENCE):
                self._builder.keep()
                self._builder.output.close()
                if self._builder.store.lost:  # a full disk, or somebody cleaned up
                    self.forget()
                else:
                    self._builder.warm_up()
        self.workers.close()

    def forget(self) -> None:
        """Begin anew with the next build: something is wrong with what is known."""
        builder, self._builder = self._builder, None
        self._failed_on = None
        if builder is not None:
            builder.output.close()
            builder.close()

    def goes_on(self) -> bool:
        """Whether the next build can be of a few files alone."""
        return self._builder is not None

    def written(self) -> list[str]:
        """The paths in the output of the files that the last build changed there; none where it failed."""
        return list(self._builder.output.staged) if self._builder is not None else []

    def differs(self) -> bool:
        """Whether a look at all files finds any that is not as the last build found it."""
        return self._builder.differs() if self._builder is not None else _seen(self.root) != self._failed_on


def _seen(root: Path) -> object:
    """All that a build of the site in `root` looks at, in a form that can be compared."""
    files = [asset.file for asset in assets(root).values()]
    return Look(root).folders, template_sources(root), [file.read_bytes() for file in files]
