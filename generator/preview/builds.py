"""The preview's builds, one after another on a thread of their own: once for saves that come together."""

from __future__ import annotations

import contextlib
import queue
import time
import traceback
from collections.abc import Callable, Collection
from pathlib import Path

from generator.build.session import Session
from generator.preview.piece import errors_in
from generator.preview.told import MOST, State, fault, shown
from generator.problems import ContentError, FaultError, Problem, errors
from generator.report import as_text

Say = Callable[[str], None]
"""Is told what the preview does."""
QUIET = 0.045  # seconds without a further save before a build: saves 40 ms apart are one, and events are not exact
PATIENCE = 2.5  # seconds that a build waits for saves to end
_IDLE = 0.3  # seconds after a build until what it found out is kept: browsers ask for their pages first
_LOOK = 2.0  # seconds between looks at all files, for what the system does not tell of;
_LOOKS_A_TIME = 30  # and at least so many times as long as one takes


class Builds:
    """Follows the site in `root`. `tell` is given the state after every build, on this thread."""

    def __init__(self, root: Path, session: Session, say: Say, tell: Callable[[State], None]) -> None:
        self.root = root
        self.session = session
        self.say = say
        self.tell = tell
        self.saved: queue.Queue[Collection[str] | None] = queue.Queue()
        """What was saved, in the order in which it was told; None for a look at everything."""
        self.started = time.time_ns()
        self.count = 0
        self.state = State(self._name())
        self._unkept = False
        self._glance: list[Problem] | None = None
        """Errors of the saved files, as far as they tell by themselves; None where nobody looked."""
        self._wrong: set[str] = set()
        """Changed files that are not built yet: one of them at least has errors of its own."""
        self._looked = time.monotonic()
        self._took = 0.0
        self._began = 0.0
        """When all files were last looked at; how long that took, or a build that failed; when a build began."""

    def run(self) -> None:
        """Build, and build again whenever something changed, until the process ends."""
        self.build(None)
        self._looked = time.monotonic()
        while True:
            try:
                self.wait()
            except Exception as error:  # this thread is all that follows saves
                self._give_up(error)
                self.saved.put(None)
                time.sleep(_LOOK)

    def wait(self) -> None:
        """Wait for a save, and build; or do what there is time for until then."""
        try:
            first = self.saved.get(timeout=_IDLE if self._unkept else _LOOK)
        except queue.Empty:
            if self._unkept:
                self.keep()
            elif not self._wrong and time.monotonic() - self._looked > max(_LOOK, _LOOKS_A_TIME * self._took):
                began = time.monotonic()
                differs = self.differs()
                self._looked = time.monotonic()
                self._took = self._looked - began
                if differs:
                    self.build(None)
            return
        if self._unkept:
            self.keep()
        self.build(self.gathered(first))
        self._looked = max(self._looked, time.monotonic() - _LOOK / 2)  # saves do not wait behind a look

    def gathered(self, first: Collection[str] | None) -> Collection[str] | None:
        """The paths of all saves that come together, `first` among them; None where only a look at all files will do.

        Meanwhile the saved files are looked at for errors of their own.
        """
        paths: set[str] | None = set()
        told = first
        now = time.monotonic()
        last = now + PATIENCE
        while True:
            paths = None if told is None or paths is None or not all(map(_is_content, told)) else paths.union(told)
            self._glance = None
            until = min(now + QUIET, last)
            if paths is not None and self.saved.empty() and self.session.goes_on():
                with contextlib.suppress(Exception):  # a build says what is wrong
                    self._glance = errors_in(self.root, self._wrong.union(paths))
            try:
                told = self.saved.get(timeout=max(0.0, until - time.monotonic()))
            except queue.Empty:
                return paths
            now = time.monotonic()

    def differs(self) -> bool:
        """Whether a look at all files finds a difference."""
        try:
            return self.session.differs()
        except (FaultError, OSError):  # a build says what is wrong
            return True

    def keep(self) -> None:
        """Keep what was found out; where that cannot be, the next start of a preview only takes longer."""
        self._unkept = False
        try:
            self.session.keep()
        except (FaultError, OSError) as error:
            self.say(str(error))
        except Exception:  # what it had made is gone, as after `git clean`: the next build begins anew
            self.session.forget()
            self.saved.put(None)

    def build(self, paths: Collection[str] | None) -> None:
        """Build what changed in the files at `paths`, or whatever did, and tell of it."""
        self._began = time.monotonic()
        try:
            if paths is not None and self._glance is not None:
                paths = self._wrong = self._wrong.union(paths)
                if self._glance:  # known long before all other files are looked at for more
                    self._fail(self._glance)
                    return
            self._wrong = set()
            built = self.session.build(paths)
        except ContentError as error:
            self._fail(errors(error.problems))
            return
        except FaultError as error:
            self._tell_fault(str(error))
            return
        except OSError as error:  # a full disk, a folder that goes while it is written
            what = f" ({error.filename})" if error.filename else ""
            self._tell_fault(f"the preview could not be built: {error.strerror or error}{what}")
            return
        except Exception as error:  # the preview outlives whatever a build does
            self._give_up(error)
            return
        self._unkept = True
        self.count += 1
        self.say(f"Built {built.pages} pages, {built.published.written} files changed, {built.warnings} warnings.")
        self._show(State(self._name(), files=_beside_pages(self.session.written())))

    def _give_up(self, error: Exception) -> None:
        """Tell of what Parallax did wrong, and forget what led there."""
        traceback.print_exception(error)
        self.session.forget()
        words = f"Parallax itself failed here, which is no fault of yours: {type(error).__name__}: {error}"
        self._show(State(self.state.build, (fault(words),)))

    def _tell_fault(self, words: str) -> None:
        """Tell of a fault outside the content. The next look tries again, and it is told once."""
        self._took = time.monotonic() - self._began
        if self.state.errors != (fault(words),):
            self.say(words)
        self._show(State(self.state.build, (fault(words),)))

    def _fail(self, found: list[Problem]) -> None:
        self.say(as_text(found, self.root))
        self._show(State(self.state.build, shown(found[:MOST], self.root), max(0, len(found) - MOST)))

    def _show(self, state: State) -> None:
        self.state = state
        self.tell(state)

    def _name(self) -> str:
        """What tells a build from those before it, and from those of an earlier preview."""
        return f"{self.started:x}.{self.count}"


def _is_content(path: str) -> bool:
    """Whether a change of the file at `path` is all that a build needs to know."""
    return path.startswith(("content/", "seeds/"))


def _beside_pages(written: list[str]) -> tuple[str, ...]:
    """The addresses of files that pages show or run."""
    return tuple(sorted(f"/{path}" for path in written if path.startswith(("assets/", "media/"))))
