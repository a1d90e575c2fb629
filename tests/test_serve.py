"""The preview, as a process: it follows every save, shows what is wrong, and answers to this machine alone."""

from __future__ import annotations

import asyncio
import http.client
import json
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support import PLAIN, REPOSITORY, SMALL, build_site, claim, lay, small_site, tree
from tornado.websocket import websocket_connect

LONG = 20  # seconds until a wait is given up: far more than anything here takes


class Preview:
    """A running preview of the small site."""

    def __init__(self, site: Path) -> None:
        self.site = site
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "generator", "serve", "--site", str(site), "--port", str(self.port)],
            cwd=REPOSITORY,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        self.told: list[str] = []
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()

    def __enter__(self) -> Preview:
        try:
            self.until(lambda: any("is at http" in line for line in self.told), "the preview to begin")
        except AssertionError:
            self.__exit__()
            raise
        return self

    def read(self) -> None:
        assert self.process.stderr
        self.told.extend(iter(self.process.stderr.readline, ""))

    def get(self, path: str, **headers: str) -> tuple[int, str]:
        """Status and body of the answer to GET `path`, which is sent as it stands."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=LONG)
        try:
            host = headers.pop("Host", f"localhost:{self.port}")
            connection.request("GET", path, headers={"Host": host, **headers})
            answer = connection.getresponse()
            return answer.status, "" if answer.status == 101 else answer.read().decode()
        finally:
            connection.close()

    def until(self, true: Callable[[], bool], what: str) -> None:
        end = time.monotonic() + LONG
        while not true():
            assert self.process.poll() is None, f"the preview ended: {''.join(self.told)}"
            assert time.monotonic() < end, f"waited in vain for {what}: {''.join(self.told)}"
            time.sleep(0.02)

    def until_page(self, path: str, words: str) -> str:
        self.until(lambda: words in self.get(path)[1], f"“{words}” on {path}")
        return self.get(path)[1]

    def __exit__(self, *_: object) -> None:
        self.process.send_signal(signal.SIGINT)
        self.process.wait(LONG)
        self.reader.join(LONG)
        assert self.process.stderr
        self.process.stderr.close()


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    site = small_site(tmp_path_factory.mktemp("preview") / "site")
    lay(site, {"outside.txt": "secret", "content/claims/draft.yaml": "claim: A draft.\nstatus: draft\n"})
    with Preview(site) as preview:
        yield preview


@pytest.fixture
def preview(running: Preview) -> Iterator[Preview]:
    """The preview, with the site as it was at first."""
    yield running
    lay(running.site, SMALL)
    running.until_page("/claims/landing/", "The ship landed at noon.")


def test_it_serves_the_site_with_its_drafts(preview: Preview) -> None:
    assert preview.get("/")[0] == 200
    assert "<h1>The ship landed at noon.</h1>" in preview.get("/claims/landing/")[1]
    assert "<h1>A draft.</h1>" in preview.get("/claims/draft/")[1]
    assert preview.get("/assets/site.css")[0] == 200
    assert preview.get("/claims/nothing/")[0] == 404


def test_its_pages_load_the_script_that_reloads_them(preview: Preview) -> None:
    page = preview.get("/")[1]
    assert '<script src="/livereload.js' in page
    status, script = preview.get("/livereload.js")
    assert status == 200
    assert "LiveReload" in script


def test_an_edit_shows_up(preview: Preview) -> None:
    lay(preview.site, {"content/claims/landing.yaml": claim("The ship landed at one.")})
    preview.until_page("/claims/landing/", "The ship landed at one.")
    lay(preview.site, {"templates/base.html": (PLAIN / "base.html").read_text("utf-8") + "edited"})
    preview.until_page("/claims/landing/", "edited")
    lay(preview.site, {"templates/base.html": (PLAIN / "base.html").read_text("utf-8")})


def test_files_come_and_go(preview: Preview) -> None:
    lay(preview.site, {"content/claims/new.yaml": claim("A new claim.")})
    preview.until_page("/claims/new/", "A new claim.")
    lay(preview.site, {"content/claims/new.yaml": None})
    preview.until(lambda: preview.get("/claims/new/")[0] == 404, "the page to go")


def test_an_error_shows_the_problems_in_every_page_and_goes_when_it_is_mended(preview: Preview) -> None:
    output = preview.site / ".parallax" / "preview"
    before = tree(output)
    lay(preview.site, {"content/claims/landing.yaml": claim(more="<script>: 1\n")})
    page = preview.until_page("/", "The site does not build")
    assert "content/claims/landing.yaml:5:1: error R001" in page
    assert "&lt;script&gt;: 1" in page
    assert "<script>:" not in page
    assert "/livereload.js" in page
    assert "The site does not build" in preview.get("/claims/landing/")[1]
    assert preview.get("/assets/site.css")[0] == 200
    assert tree(output) == before
    lay(preview.site, SMALL)
    preview.until_page("/", "The Small Desk")


def test_settings_that_go_missing_are_shown_too(preview: Preview) -> None:
    (preview.site / "site.toml").unlink()
    preview.until_page("/", "there is no site.toml")
    lay(preview.site, SMALL)
    preview.until_page("/", "The Small Desk")


def test_a_folder_that_cannot_be_listed_is_shown_and_goes_when_it_is_mended(tmp_path: Path) -> None:
    site = small_site(tmp_path / "site")
    (site / "content" / "pages").symlink_to("pages")
    with Preview(site) as preview:
        (site / "content" / "pages").unlink()
        preview.until_page("/claims/landing/", "The ship landed at noon.")


def test_the_browser_is_told_of_a_build(preview: Preview) -> None:
    async def told() -> None:
        connection = await websocket_connect(f"ws://127.0.0.1:{preview.port}/livereload", connect_timeout=LONG)

        async def answer() -> object:
            return json.loads(await connection.read_message() or "{}").get("command")

        hello = {"command": "hello", "protocols": ["http://livereload.com/protocols/official-7"]}
        await connection.write_message(json.dumps(hello))
        await connection.write_message(json.dumps({"command": "info", "url": f"http://localhost:{preview.port}/"}))
        assert await answer() == "hello"
        lay(preview.site, {"content/claims/landing.yaml": claim("The ship landed at two.")})
        assert await answer() == "reload"
        while "at two" not in preview.get("/claims/landing/")[1]:  # an earlier test's edit was told of first
            assert await answer() == "reload"
        connection.close()
        await connection.read_message()

    asyncio.run(asyncio.wait_for(told(), LONG))


# --- strangers --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/", "/claims/landing/", "/assets/site.css", "/livereload"])
@pytest.mark.parametrize("host", ["evil.example", "evil.example:{port}", "localhost", "localhost:1", ""])
def test_a_name_that_is_not_this_machines_is_refused(preview: Preview, path: str, host: str) -> None:
    status, body = preview.get(path, Host=host.format(port=preview.port))
    assert status in (400, 403)
    assert "ship" not in body


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        ("http://localhost:{port}", 101),
        ("http://127.0.0.1:{port}", 101),
        ("http://evil.example", 403),
        ("http://localhost:1", 403),
        ("http://localhost:{port}.evil.example", 403),
        ("null", 403),
    ],
)
def test_a_socket_is_for_its_own_pages_alone(preview: Preview, origin: str, status: int) -> None:
    upgrade = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13"}
    key = {"Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ=="}
    headers = {**upgrade, **key, "Origin": origin.format(port=preview.port)}
    assert preview.get("/livereload", **headers)[0] == status


@pytest.mark.parametrize(
    "path",
    [
        "/../../outside.txt",
        "/..%2f..%2foutside.txt",
        "/%2e%2e/%2e%2e/outside.txt",
        "/claims/..%2f..%2f..%2f..%2foutside.txt",
        "/..\\..\\outside.txt",
        "//etc/passwd",
        pytest.param("/%00"),
    ],
)
def test_no_file_outside_the_preview_is_served(preview: Preview, path: str) -> None:
    status, body = preview.get(path)
    assert status in (400, 403, 404)
    assert "secret" not in body
    assert "root:" not in body


def test_nothing_but_reading_is_answered(preview: Preview) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", preview.port, timeout=LONG)
    connection.request("POST", "/", body="x", headers={"Host": f"localhost:{preview.port}"})
    assert connection.getresponse().status == 405
    connection.close()


def test_it_listens_on_this_machine_alone(preview: Preview) -> None:
    table = Path("/proc/net/tcp")
    if not table.exists():
        pytest.skip("this system has no /proc/net/tcp")
    port = f"{preview.port:04X}"
    listening = [line.split()[1] for line in table.read_text("utf-8").splitlines() if line.split()[3] == "0A"]
    assert [address for address in listening if address.endswith(f":{port}")] == [f"0100007F:{port}"]


# --- beginning and end ------------------------------------------------------------------------------------------------


def test_a_port_that_is_taken_is_a_fault(preview: Preview, tmp_path: Path) -> None:
    site = small_site(tmp_path / "site")
    command = [sys.executable, "-m", "generator", "serve", "--site", str(site), "--port", str(preview.port)]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, encoding="utf-8", timeout=LONG)
    assert done.returncode == 2
    assert f"port {preview.port} cannot be used" in done.stderr
    assert "--port" in done.stderr


def test_it_begins_with_a_site_that_has_errors_and_ends_when_it_is_told_to(tmp_path: Path) -> None:
    site = small_site(tmp_path / "site", {"content/claims/landing.yaml": "claim: [\n"})
    with Preview(site) as preview:
        assert "The site does not build" in preview.get("/")[1]
        assert not (site / "build").exists()
    assert "Traceback" not in "".join(preview.told)
    with pytest.raises(ConnectionRefusedError):
        preview.get("/")


def test_a_published_site_has_no_trace_of_the_preview(tmp_path: Path) -> None:
    site = small_site(tmp_path / "site")
    build_site(site)
    assert not [path for path, data in tree(site / "build").items() if b"livereload" in data]
    assert not (site / ".parallax" / "preview").exists()


def test_a_site_with_errors_is_not_built_again_until_something_changes(preview: Preview) -> None:
    lay(preview.site, {"content/claims/landing.yaml": claim("Broken.", more="nothing: x\n")})
    preview.until_page("/claims/landing/", "The site does not build")
    said = -1
    while said != len(preview.told):  # the problems are still being told
        said = len(preview.told)
        time.sleep(1)
    time.sleep(5)  # longer than it takes between looks at all files
    assert len(preview.told) == said
