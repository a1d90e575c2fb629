"""The preview: the site on this machine alone, built again at every save and reloaded in the browser.

livereload gives the browser's side and the WebSocket protocol. Watching and building are done here, on a thread of
their own:
its own watcher builds on the server's thread, once a changed file, and drops a reload that comes soon after another.
"""

from __future__ import annotations

import asyncio
import os
import threading
import time
import traceback
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler
from tornado.ioloop import IOLoop
from tornado.web import Application, HTTPError, RequestHandler, StaticFileHandler

from generator.build.options import Options
from generator.pipeline import WORKSPACE, build
from generator.problems import ContentError, FaultError, errors
from generator.report import as_text

Say = Callable[[str], None]
"""Is told what the preview does."""
_WATCHED = ("site.toml", "content", "seeds", "templates")
_POLL = 0.3  # seconds between looks at the files
_QUIET = 0.15  # seconds without a further change before a build: an editor saves several files at once
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
        self.fault = ""
        """Why the last build failed, as the page shows it in place of every other."""

    async def run(self) -> None:
        seen = self.snapshot()
        self.build()
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
        threading.Thread(target=self.watch, args=(loop, seen), daemon=True).start()
        await asyncio.Event().wait()

    def watch(self, loop: IOLoop, seen: dict[str, tuple[int, int]]) -> None:
        while True:
            time.sleep(_POLL)
            now = self.snapshot()
            if now == seen:
                continue
            while True:
                time.sleep(_QUIET)
                later = self.snapshot()
                if later == now:
                    break
                now = later
            seen = now
            self.build()
            loop.add_callback(LiveReloadHandler.reload_waiters, "*")

    def build(self) -> None:
        try:
            built = build(self.root, self.folder, Options(drafts=True, preview=SCRIPT))
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

    def snapshot(self) -> dict[str, tuple[int, int]]:
        """Every watched file with its time of change and size."""
        found: dict[str, tuple[int, int]] = {}
        waiting = [str(self.root / name) for name in _WATCHED]
        while waiting:
            path = waiting.pop()
            try:
                if os.path.isdir(path) and not os.path.islink(path):
                    waiting += [entry.path for entry in os.scandir(path)]
                else:
                    status = os.lstat(path)
                    found[path] = (status.st_mtime_ns, status.st_size)
            except OSError:  # gone while we looked
                continue
        return found


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
