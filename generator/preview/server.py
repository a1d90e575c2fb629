"""The preview's server: pages with the preview's script in them, for browsers on this machine alone.

livereload gives the protocol of the socket and keeps who listens. Its watcher is not used, which builds on the server's
thread, once a changed file, and drops a reload that comes soon after another; nor is its script.
"""

from __future__ import annotations

import asyncio
import errno
import json
import os
import socket
import threading
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import msgspec
from livereload.handlers import LiveReloadHandler
from tornado.ioloop import IOLoop
from tornado.web import Application, HTTPError, RequestHandler, StaticFileHandler

from generator.build.options import Options
from generator.build.session import Session
from generator.build.workers import Workers, available
from generator.pipeline import WORKSPACE
from generator.preview.builds import Builds, Say
from generator.preview.images import claim_of, drawn
from generator.preview.notes import notes_of
from generator.preview.policy import SCRIPT, SOCKET, with_script
from generator.preview.told import Message, State
from generator.preview.watching import watch
from generator.problems import FaultError
from generator.search.parts import FOLDER

_HERE = Path(__file__).parent
_WAITING = b"""<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Not there</title></head>
<body><h1>Not there</h1><p>There is no page at this address yet. It comes by itself as soon as there is one.</p></body>
</html>
"""
_TAKEN_LOOKS = 20  # ports that are tried for one that is free


def serve(root: Path, port: int, say: Say) -> None:
    """Serve the preview of the site in `root` until it is interrupted. Raises FaultError where it cannot begin."""
    asyncio.run(_Preview(root, port, say).run())


class _Preview:
    """What the handlers share."""

    def __init__(self, root: Path, port: int, say: Say) -> None:
        self.root = root
        self.port = port
        self.say = say
        self.folder = root / WORKSPACE / "preview"
        self.base = os.path.realpath(root)
        self.served = os.path.join(self.base, WORKSPACE, "preview")
        for folder in (self.folder.parent, self.folder):
            if folder.is_symlink():
                raise FaultError(f"{folder} is a link, and a preview writes and shows nothing elsewhere: remove it")
        session = Session(root, self.folder, Options(drafts=True, preview=True), Workers(available()))
        self.builds = Builds(root, session, say, self.tell)
        names = ("localhost", "127.0.0.1")
        self.hosts = frozenset(f"{name}:{port}" for name in names) | frozenset(names if port == 80 else ())
        self.script = _script()
        self.painter = ThreadPoolExecutor(1, "share images")
        """One at a time: what draws them keeps fonts that are not for several threads at once."""

    async def run(self) -> None:
        self.loop = IOLoop.current()
        application = Application(
            [
                (SOCKET, _Socket, {"preview": self}),
                (SCRIPT, _Script, {"preview": self}),
                (r"/(.*)", _Files, {"path": self.served, "preview": self}),
            ],
            log_function=lambda _: None,  # what is not there is shown in the browser
        )
        try:
            application.listen(self.port, address="127.0.0.1")
        except OSError as error:
            raise FaultError(_refused(self.port, error)) from error
        self.say(f"The preview is at http://localhost:{self.port}/ and follows every save. Stop it with Ctrl+C.")
        watch(self.root, self.builds.saved.put)
        threading.Thread(target=self.builds.run, daemon=True).start()
        await asyncio.Event().wait()

    def tell(self, state: State) -> None:
        """Tell all browsers of a build, from its thread."""
        self.loop.add_callback(self._tell, state)

    def _tell(self, state: State) -> None:
        for waiter in list(LiveReloadHandler.waiters):
            if isinstance(waiter, _Socket):
                waiter.show(state)


class _Socket(LiveReloadHandler):  # type: ignore[misc]
    """A browser's connection: it says which page it shows, and is told of every build from then on."""

    def initialize(self, preview: _Preview) -> None:
        self.preview = preview
        self.address = "/"

    def prepare(self) -> None:
        _refuse_strangers(self, self.preview.hosts)

    def check_origin(self, origin: str) -> bool:
        return origin.removeprefix("http://") in self.preview.hosts

    def on_message(self, message: Any) -> None:
        try:
            super().on_message(message)
            said = json.loads(message)
            if said.get("command") == "info":
                self.address = unquote(urlsplit(said["url"]).path)
                self.show(self.preview.builds.state)
        except (ValueError, AttributeError, KeyError, TypeError):
            self.close()

    def show(self, state: State) -> None:
        """Send a state at once; what is to be told of the page follows, since it takes longer to find out."""
        message = Message(build=state.build, errors=state.errors, more=state.more, files=state.files)
        self._send(message)
        if not state.errors:
            self.preview.loop.add_callback(self._note, message)

    async def _note(self, message: Message) -> None:
        preview = self.preview
        notes = await preview.loop.run_in_executor(None, notes_of, preview.root, preview.folder, self.address)
        self._send(msgspec.structs.replace(message, files=(), notes=notes))

    def _send(self, message: Message) -> None:
        if self.ws_connection is not None:
            self.send_message(msgspec.json.encode(message).decode())


class _Script(RequestHandler):
    def initialize(self, preview: _Preview) -> None:
        self.preview = preview

    def prepare(self) -> None:
        _refuse_strangers(self, self.preview.hosts)

    def get(self) -> None:
        self.set_header("Content-Type", "text/javascript; charset=UTF-8")
        self.set_header("Cache-Control", "no-cache")
        self.finish(self.preview.script)


class _Files(StaticFileHandler):
    """The files of the last build that succeeded."""

    def initialize(self, path: str, preview: _Preview) -> None:  # type: ignore[override]
        super().initialize(path, "index.html")
        self.absolute_path = None
        self.preview = preview

    def prepare(self) -> None:
        _refuse_strangers(self, self.preview.hosts)
        if "%00" in self.request.path:
            raise HTTPError(404)

    def set_default_headers(self) -> None:
        # Another site's page can neither show nor read what is not published yet.
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")
        self.set_header("X-Frame-Options", "SAMEORIGIN")
        self.set_header("X-Content-Type-Options", "nosniff")

    async def get(self, path: str, include_body: bool = True) -> None:
        build = self.preview.builds.state.build  # before the file is read: it is of this build or of a later one
        if claim := claim_of(f"/{path}"):
            await self._draw(claim, include_body)
            return
        if path.startswith(FOLDER):  # a preview has no index of its own: that of the last build, and nothing else of it
            self.root = os.path.join(self.preview.base, "build", FOLDER.rstrip("/"))
            path = path.removeprefix(FOLDER)
        if not _stands_in(self.root, self.root):
            raise HTTPError(404)
        self.path = self.parse_url_path(path)
        found = self.validate_absolute_path(self.root, self.get_absolute_path(self.root, self.path))
        if found is None:
            return  # led to the same address with a slash
        if not _stands_in(found, self.root):
            raise HTTPError(404)
        if not found.endswith((".html", ".htm")):
            await super().get(path, include_body)
            return
        self._finish_page(Path(found).read_bytes(), build)

    async def _draw(self, claim: str, include_body: bool) -> None:
        """Answer with a claim's share image, which takes a moment, and has a thread of its own for that."""
        preview = self.preview
        try:
            image = await preview.loop.run_in_executor(preview.painter, drawn, preview.root, claim)
        except (OSError, ValueError, FaultError):  # a file that changes just now
            image = None
        if image is None:
            raise HTTPError(404)
        self.set_header("Content-Type", "image/png")
        self.set_header("Content-Length", str(len(image)))
        self.set_header("Cache-Control", "no-store")
        self.finish(image if include_body else None)

    def _finish_page(self, page: bytes, build: str) -> None:
        self.set_header("Content-Type", "text/html; charset=UTF-8")
        self.set_header("Cache-Control", "no-store")
        self.finish(with_script(page, self.request.host, build))

    def write_error(self, status_code: int, **more: Any) -> None:
        """A page that is not there is the site's own page for that, and becomes the one that was asked for."""
        if status_code != 404:
            super().write_error(status_code, **more)
            return
        own = os.path.join(self.preview.served, "404.html")
        there = os.path.isfile(own) and _stands_in(own, self.preview.served)
        self._finish_page(Path(own).read_bytes() if there else _WAITING, self.preview.builds.state.build)

    def set_extra_headers(self, path: str) -> None:
        self.set_header("Cache-Control", "no-cache")

    def compute_etag(self) -> str | None:
        if self.absolute_path is None:
            return None
        status = os.stat(self.absolute_path)
        return f'"{status.st_ino:x}-{status.st_mtime_ns:x}-{status.st_size:x}"'

    def should_return_304(self) -> bool:
        return self.check_etag_header()  # a date in whole seconds is too coarse for two saves


def _stands_in(file: str, folder: str) -> bool:
    """Whether `file` is `folder` or in it, and no link is on the way: a site from elsewhere may have them anywhere."""
    real = os.path.realpath(file)
    return real == folder or real.startswith(os.path.join(folder, ""))


def _refuse_strangers(handler: RequestHandler, hosts: Collection[str]) -> None:
    """Answer only requests made to this machine by name, by its own pages or by nobody's.

    Another site's page may point its own name here, and may ask for anything.
    """
    headers = handler.request.headers
    origin = headers.get("Origin")
    theirs = origin is not None and origin.removeprefix("http://") not in hosts
    # A page of another port of this machine is “same-site”. What no browser says comes from no page.
    elsewhere = headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin")
    fetched = elsewhere and headers.get("Sec-Fetch-Mode") != "navigate"
    if handler.request.host not in hosts or theirs or fetched:
        handler.set_status(403)
        handler.finish("This preview answers to localhost alone.")


def _script() -> bytes:
    """The preview's script, with its styles: they stand in a shadow root, where no page's policy or style reaches."""
    styles = json.dumps((_HERE / "preview.css").read_text("utf-8"))
    code = (_HERE / "preview.js").read_text("utf-8")
    return f'"use strict";\n{{\nconst STYLES = {styles};\n{code}}}\n'.encode()


def _refused(port: int, error: OSError) -> str:
    """Why a port cannot be used, and what to type."""
    if error.errno == errno.EADDRINUSE:
        free = next((each for each in range(port + 1, min(port + _TAKEN_LOOKS, 65536)) if _is_free(each)), None)
        instead = f"add --port {free}" if free else "name another with --port"
        return f"port {port} is taken, perhaps by a preview that still runs. Stop that one with Ctrl+C, or {instead}"
    if error.errno == errno.EACCES:
        return f"port {port} is for the system alone: add --port 8000, or any other from 1024 on"
    return f"port {port} cannot be used: {error.strerror}. Name another with --port"


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
