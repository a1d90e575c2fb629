"""A static host for the tests: gzip, lifetimes, a site's own 404 page, and nothing else. It knows what it was asked."""

from __future__ import annotations

import gzip
import mimetypes
import sys
import threading
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from urllib.parse import unquote, urlsplit

_TEXT = (
    "text/",
    "application/json",
    "application/xml",
    "application/ld+json",
    "image/svg+xml",
    "application/javascript",
)
_TYPES = {".xml": "application/xml", ".wasm": "application/wasm", ".js": "text/javascript"}


class Server:
    """Serves folders below names of their own, `/NAME/`, on this machine alone, until it is closed."""

    def __init__(self) -> None:
        self.folders: dict[str, Path] = {}
        self.missed: list[str] = []
        """Addresses that were asked for and are not there."""
        self._http = _Http(("127.0.0.1", 0), _Handler)
        self._http.site = self
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()
        self.url = f"http://localhost:{self._http.server_address[1]}"

    def __enter__(self) -> Server:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()

    def find(self, path: str) -> tuple[int, Path | None]:
        """A path's status, and its file: where there is none, the 404 page of its site."""
        name, _, rest = unquote(path).lstrip("/").partition("/")
        folder = self.folders.get(name)
        if folder is None:
            return 404, None
        file = (folder / (rest + "index.html" if rest.endswith("/") or not rest else rest)).resolve()
        if file.is_file() and file.is_relative_to(folder.resolve()):
            return 200, file
        own = folder / "404.html"
        return 404, own if own.is_file() else None


class _Http(ThreadingHTTPServer):
    daemon_threads = True
    site: Server

    def handle_error(self, request: object, client_address: object) -> None:
        """A reader who goes on before a page is whole is no error."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Http

    def do_GET(self) -> None:
        self._answer(True)

    def do_HEAD(self) -> None:
        self._answer(False)

    def log_message(self, *_: object) -> None:
        pass

    def _answer(self, body: bool) -> None:
        path = urlsplit(self.path).path
        status, file = self.server.site.find(path)
        if status == 404:
            self.server.site.missed.append(path)
        kind = _kind(file) if file else "text/plain; charset=utf-8"
        packed = kind.startswith(_TEXT) and "gzip" in self.headers.get("Accept-Encoding", "")
        data = _data(file, file.stat().st_mtime_ns, packed) if file else b"Not found\n"
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "max-age=31536000" if "/assets/" in path else "no-cache")
        if packed and file:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        if body:
            self.wfile.write(data)


def _kind(file: Path) -> str:
    kind = _TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind


@lru_cache(maxsize=4096)
def _data(file: Path, changed: int, packed: bool) -> bytes:
    return gzip.compress(file.read_bytes(), 6, mtime=0) if packed else file.read_bytes()
