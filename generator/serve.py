"""The preview: the site on this machine alone, built again at every save and reloaded in the browser.

livereload gives the browser's side and the WebSocket protocol. Watching and building are done here, each on a thread of
its own, with what the system tells of through watchfiles: livereload's watcher builds on the server's thread, once a
changed file, and drops a reload that comes soon after another.
"""

from __future__ import annotations

import asyncio
import os
import queue
import threading
import time
import traceback
from collections.abc import Callable, Collection, Iterator
from html import escape
from pathlib import Path
from typing import Any

from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler
from tornado.ioloop import IOLoop
from tornado.web import Application, HTTPError, RequestHandler, StaticFileHandler

from generator.build.options import Options
from generator.build.session import Session
from generator.build.workers import Workers, available
from generator.pipeline import WORKSPACE
from generator.problems import ContentError, FaultError, errors
from generator.report import as_text

Say = Callable[[str], None]
"""Is told what the preview does."""
_WATCHED = ("content", "seeds", "templates")
_QUIET = 0.04  # seconds without a further save before a build: an editor saves several files at once
_PATIENCE = 0.3  # seconds that a build waits for saves to end
_STEP = 5  # milliseconds between questions to the system
_LOOK = (
    2.0  # seconds between looks at all files, for what the system does not tell of; thirty times as long as one takes
)
SCRIPT = "/livereload.js?snipver=1"


def serve(root: Path, port: int, say: Say) -> None:
    """Serve the preview of the site in `root` until it is interrupted. Raises FaultError where it cannot begin."""
    asyncio.run(_Preview(root, port, say).run())


class _Preview:
    def __init__(self, root: Path, port: int, say: Say) -> None:
        self.root = root
        self.port = port
        self.say = say
        self.folder = root / WORKSPACE / "preview"
        self.session = Session(root, self.folder, Options(drafts=True, preview=SCRIPT), Workers(available()))
        self.told: queue.Queue[list[str] | None] = queue.Queue()
        self.fault = ""
        """Why the last build failed, as the page shows it in place of every other."""

    async def run(self) -> None:
        self.build(None)
        loop = IOLoop.current()
        hosts = frozenset(f"{name}:{self.port}" for name in ("localhost", "127.0.0.1"))
        application = Application(
            [
                (r"/livereload", _Reload, {"hosts": hosts}),
                (r"/livereload\.js", LiveReloadJSHandler),
                (
                    r"/(.*)",
                    _Files,
                    {
                        "path": str(self.folder.resolve()),
                        "default_filename": "index.html",
                        "preview": self,
                        "hosts": hosts,
                    },
                ),
            ]
        )
        LiveReloadHandler.live_css = True
        LiveReloadHandler.watcher = _NoWatcher()
        try:
            application.listen(self.port, address="127.0.0.1")
        except OSError as error:
            raise FaultError(f"port {self.port} cannot be used: {error.strerror}. Name another with --port") from error
        self.say(f"The preview is at http://localhost:{self.port}/ and follows every save. Stop it with Ctrl+C.")
        threading.Thread(target=self.watch, daemon=True).start()
        threading.Thread(target=self.follow, args=(loop,), daemon=True).start()
        await asyncio.Event().wait()

    def watch(self) -> None:
        """Put what the system tells of into `told`; None for a look at everything."""
        looked = time.monotonic()
        pause = _LOOK
        while True:
            folders = self.folders()
            for changes in self.changes(folders):
                if changes:
                    self.told.put(changes)
                began = time.monotonic()
                if began - looked > pause:
                    self.look()
                    looked = time.monotonic()
                    pause = max(_LOOK, 30 * (looked - began))
                if self.folders() != folders:
                    break

    def changes(self, folders: list[str]) -> Iterator[list[str]]:
        """What the system tells of in `folders`, and nothing every now and then."""
        import watchfiles

        try:
            for changes in watchfiles.watch(
                *(self.root / name for name in folders),
                watch_filter=None,
                step=_STEP,
                debounce=2 * _STEP,
                rust_timeout=int(_LOOK * 250),
                yield_on_timeout=True,
            ):
                yield [os.path.relpath(path, self.root) for _, path in changes]
        except (OSError, RuntimeError):  # a folder that has just gone, or no more watches: looks have to do
            time.sleep(_LOOK)
            yield []

    def look(self) -> None:
        """Ask for a build where a look at all files finds a difference."""
        try:
            differs = self.session.differs()
        except (FaultError, OSError):  # a build says what is wrong
            differs = True
        if differs:
            self.told.put(None)

    def folders(self) -> list[str]:
        """The watched folders that there are; without any, the site's own."""
        return [name for name in _WATCHED if (self.root / name).is_dir()] or ["."]

    def follow(self, loop: IOLoop) -> None:
        """Build whenever something has changed, once for saves that come together."""
        self.keep()
        while True:
            paths: set[str] | None = set()
            told = self.told.get()
            last = time.monotonic() + _PATIENCE
            while True:
                paths = None if told is None or paths is None else paths | set(told)
                try:
                    told = self.told.get(timeout=min(_QUIET, max(0.0, last - time.monotonic())))
                except queue.Empty:
                    break
            self.build(paths if paths is None or all(map(_is_content, paths)) else None)
            loop.add_callback(LiveReloadHandler.reload_waiters, "*")
            if not self.fault:
                self.keep()

    def keep(self) -> None:
        """Keep what was found out; where that cannot be, the next start of a preview only takes longer."""
        try:
            self.session.keep()
        except (FaultError, OSError) as error:
            self.say(str(error))

    def build(self, paths: Collection[str] | None) -> None:
        try:
            built = self.session.build(paths)
            self.fault = ""
            self.say(f"Built {built.pages} pages, {built.published.written} files changed, {built.warnings} warnings.")
        except ContentError as error:
            text = as_text(errors(error.problems), self.root)
            self.say(text)
            self.fault = text
        except FaultError as error:
            self.say(str(error))
            self.fault = str(error)
        except Exception as error:  # the preview outlives whatever a build does
            traceback.print_exc()
            self.fault = f"Parallax itself failed here: {type(error).__name__}: {error}"


def _is_content(path: str) -> bool:
    """Whether a change of the file at `path` is all that a build needs to know."""
    return path.startswith(("content/", "seeds/"))


class _NoWatcher:
    """Stands where livereload expects its own watcher."""

    filepath = None


def _refuse_strangers(handler: RequestHandler, hosts: frozenset[str]) -> None:
    """Answer only requests made to this machine by name: another site's page may point its own name here."""
    if handler.request.host not in hosts:
        handler.set_status(403)
        handler.finish("This preview answers to localhost alone.")


class _Files(StaticFileHandler):
    def initialize(self, path: str, default_filename: str, preview: _Preview, hosts: frozenset[str]) -> None:  # type: ignore[override]
        super().initialize(path, default_filename)
        self.preview = preview
        self.hosts = hosts

    def prepare(self) -> None:
        _refuse_strangers(self, self.hosts)
        if "%00" in self.request.path:
            raise HTTPError(404)

    def set_extra_headers(self, path: str) -> None:
        self.set_header("Cache-Control", "no-store")

    def compute_etag(self) -> str | None:
        return None  # nothing is kept, and a fault's page has no file to take one from

    async def get(self, path: str, include_body: bool = True) -> None:
        if self.preview.fault and (path.endswith(("/", ".html")) or not path):
            self.set_header("Cache-Control", "no-store")
            self.finish(_FAULT_PAGE.format(text=escape(self.preview.fault), script=SCRIPT))
            return
        await super().get(path, include_body)


class _Reload(LiveReloadHandler):  # type: ignore[misc]
    def initialize(self, hosts: frozenset[str]) -> None:
        self.hosts = hosts

    def prepare(self) -> None:
        _refuse_strangers(self, self.hosts)

    def check_origin(self, origin: str) -> bool:
        return origin.removeprefix("http://") in self.hosts

    def on_message(self, message: Any) -> None:
        try:
            super().on_message(message)
        except (ValueError, AttributeError, KeyError):
            self.close()


_FAULT_PAGE = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>The site does not build</title><script src="{script}"></script></head>
<body><h1>The site does not build</h1>
<p>The last version that did is kept; this page goes when these are corrected.</p>
<pre>{text}</pre></body>
</html>
"""
