"""What hosts send with a site's files: /_headers as two hosts read it, and a real nginx with what docs/ has for it."""

from __future__ import annotations

import http.client
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from support import REPOSITORY, SITES, tree

from generator import hosting
from generator.data.headers import headers_file
from generator.pipeline import build
from generator.records import On, Settings

SITE = Settings(id="site", path="site.toml", title="t", url="https://e.org/", verdicts=())
NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The rich site with the templates that come with Parallax."""
    root = tmp_path_factory.mktemp("hosting")
    source = SITES / "rich"
    for part in ("content", "seeds"):
        shutil.copytree(source / part, root / part)
    settings = (
        (source / "site.toml").read_text("utf-8").replace("[history]\nenabled = true", "[history]\nenabled = false")
    )
    settings = re.sub(r'(?m)^url = ".*"', 'url = "https://rich.example/"', settings, count=1)
    (root / "site.toml").write_text(settings, "utf-8")
    build(root, root / "build")
    return root / "build"


# --- /_headers --------------------------------------------------------------------------------------------------------


def rules(data: bytes) -> list[tuple[str, list[tuple[str, str]]]]:
    found: list[tuple[str, list[tuple[str, str]]]] = []
    for line in data.decode().splitlines():
        if line.startswith("/"):
            found.append((line, []))
        else:
            name, _, value = line.strip().partition(": ")
            found[-1][1].append((name, value))
    return found


def sent(data: bytes, path: str, lenient: bool) -> dict[str, list[str]]:
    """What a host sends with `path`: all that the matching rules say. A lenient one passes over slashes at the end."""
    got: dict[str, list[str]] = {}
    for rule, values in rules(data):
        pattern = re.sub(r":\w+", "[^/]+", re.escape(rule).replace(r"\*", ".*").replace(r"\:", ":"))
        if re.fullmatch(pattern.rstrip("/") + "/?" if lenient else pattern, path):
            for name, value in values:
                got.setdefault(name, []).append(value)
    return got


@pytest.mark.parametrize("lenient", [False, True])
def test_every_file_but_cards_may_not_be_framed(output: Path, lenient: bool) -> None:
    data = (output / "_headers").read_bytes()
    files = [f"/{path}" for path in tree(output) if path.endswith(".html")]
    cards = {path for path in files if "/embed/" in path}
    assert len(files) - len(cards) > 20
    assert cards
    for file in files:
        for path in (file, file.removesuffix("index.html"), file.removesuffix("/index.html") or "/"):
            policies = set(sent(data, path, lenient).get("Content-Security-Policy", []))
            if file not in cards:
                assert policies == {"frame-ancestors 'none'"}, path
            elif path.endswith("/"):
                assert policies == {"frame-ancestors *"}, path
            else:
                assert "frame-ancestors 'none'" not in policies, path


def test_only_files_named_by_what_they_hold_are_kept_for_good(output: Path) -> None:
    data = (output / "_headers").read_bytes()
    kept = {path for path in tree(output) if "Cache-Control" in sent(data, f"/{path}", False)}
    assert kept == {path for path in tree(output) if path.startswith("assets/")}
    assert all(re.search(r"\.[0-9a-f]{10}\.\w+$", path) for path in kept)
    assert "Cache-Control" not in sent(data, "/assets/fonts/own.woff2", False)


def test_every_file_comes_as_what_it_is_said_to_be(output: Path) -> None:
    data = (output / "_headers").read_bytes()
    for path in tree(output):
        got = sent(data, f"/{path}", False)
        assert got["X-Content-Type-Options"] == ["nosniff"]
        assert [len(values) for name, values in got.items() if name != "Content-Security-Policy"].count(1) == len(
            got.keys() - {"Content-Security-Policy"}
        )


def test_a_site_without_cards_has_one_rule_for_all_pages() -> None:
    data = headers_file(replace(SITE, embeds=On(enabled=False)))
    assert "frame-ancestors *" not in data.decode()
    assert sent(data, "/claims/x/", False)["Content-Security-Policy"] == ["frame-ancestors 'none'"]


def test_https_is_asked_for_only_where_the_site_has_it() -> None:
    assert b"Strict-Transport-Security" in headers_file(SITE)
    assert b"Strict-Transport-Security" not in headers_file(replace(SITE, url="http://e.org/"))


def test_a_site_in_a_folder_names_it_and_no_character_of_it_means_anything() -> None:
    paths = [path for path, _ in rules(headers_file(replace(SITE, url="https://e.org/our *:x\n/é%20/")))]
    assert all(path.startswith("/our%20%2A%3Ax") for path in paths)


def test_hosts_that_count_rules_read_all_of_them() -> None:
    assert len(rules(headers_file(SITE))) <= 100  # as many as Cloudflare Pages reads
    assert max(map(len, headers_file(SITE).splitlines())) <= 2000


# --- nginx and Apache -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", hosting.FILES)
def test_the_files_of_docs_hosting_are_what_is_made(name: str) -> None:
    text = (REPOSITORY / "docs/hosting" / name).read_text("utf-8")
    assert text == hosting.FILES[name](), "python -m generator.hosting writes it"


class Served:
    """What a running nginx answers."""

    def __init__(self, port: int) -> None:
        self.port = port

    def head(self, path: str) -> tuple[int, dict[str, str]]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            answer.read()
            values = [value for name, value in answer.getheaders() if name == "Content-Security-Policy"]
            assert len(values) <= 1
            return answer.status, dict(answer.getheaders())
        finally:
            connection.close()


@pytest.fixture(scope="module")
def nginx(output: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    if NGINX is None:
        pytest.skip("nginx is missing (Debian: apt install nginx-light)")
    folder = tmp_path_factory.mktemp("nginx")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    shutil.copytree(output, folder / "site")
    (folder / "site/.hidden").write_text("secret", "utf-8")
    folder.parent.chmod(0o755)
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log;\n"
        + ("user root;\n" if Path("/root").owner() == Path(folder).owner() else "")
        + "events {}\nhttp {\n"
        + "types { text/html html; text/css css; text/javascript js; application/json json; image/svg+xml svg; }\n"
        + f"access_log off;\n{temporary}"
        + f"server {{ listen 127.0.0.1:{port}; root {folder}/site;\n"
        + f"include {REPOSITORY}/docs/hosting/nginx.conf; }}\n}}\n",
        "utf-8",
    )
    log = (folder / "log").open("wb")
    process = subprocess.Popen(
        [NGINX, "-e", str(folder / "error.log"), "-p", str(folder), "-c", str(folder / "nginx.conf")],
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
    )
    try:
        end = time.monotonic() + 20
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                assert process.poll() is None, (folder / "log").read_text("utf-8")
                assert time.monotonic() < end
                time.sleep(0.05)
        yield Served(port)
    finally:
        process.terminate()
        process.wait(20)
        log.close()


def test_nginx_sends_what_is_said(nginx: Served, output: Path) -> None:
    asked = 0
    for path in tree(output):
        status, got = nginx.head("/" + path.removesuffix("index.html"))
        asked += 1
        assert status == 200, path
        card = "/embed/" in path
        assert got["Content-Security-Policy"] == ("frame-ancestors *" if card else "frame-ancestors 'none'") or (
            path.startswith("media/") and "sandbox" in got["Content-Security-Policy"]
        )
        assert got["X-Content-Type-Options"] == "nosniff"
        assert got["Strict-Transport-Security"].startswith("max-age=")
        assert {"Referrer-Policy", "Permissions-Policy", "Cross-Origin-Opener-Policy"} <= got.keys()
        assert ("immutable" in got.get("Cache-Control", "")) == path.startswith("assets/")
        if path.endswith(".html"):
            assert got["Content-Type"] == "text/html; charset=utf-8"
    assert asked > 50


@pytest.mark.parametrize(
    "path",
    [
        *("/nothing/", "/claims/no-such/embed/", "/assets/site.css", "/media/none.png", "/.hidden"),
        *("/claims/..%2f.hidden", "/%2e%2e/error.log", "/..%5c.hidden", "/claims/%00/"),
    ],
)
def test_nginx_answers_with_the_sites_own_page_where_there_is_none(nginx: Served, path: str) -> None:
    status, got = nginx.head(path)
    assert status in (400, 404)
    if status == 404:
        assert got["Content-Security-Policy"].endswith("frame-ancestors 'none'")
        assert "immutable" not in got.get("Cache-Control", "")


def test_nginx_leads_a_page_without_its_slash_there(nginx: Served, output: Path) -> None:
    claim = next(path for path in tree(output) if re.fullmatch(r"claims/[^/]+/index\.html", path))
    status, got = nginx.head("/" + claim.removesuffix("/index.html"))
    assert status == 301
    assert got["Location"].endswith("/" + claim.removesuffix("index.html"))
