"""What hosts send with a site's files: /_headers as two hosts read it; a real nginx and Apache with what docs/ has."""

from __future__ import annotations

import http.client
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
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
APACHE = shutil.which("apache2", path="/usr/sbin:/usr/bin") or shutil.which("httpd", path="/usr/sbin:/usr/bin")
MODULES = Path("/usr/lib/apache2/modules")


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
    """What a running host answers."""

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


@contextmanager
def answering(command: list[str], port: int, folder: Path) -> Iterator[Served]:
    """A host's program that runs until it has been asked everything."""
    log = (folder / "log").open("wb")
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
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


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def laid_out(output: Path, folder: Path) -> Path:
    """A copy of the site that any user may read, with a file in it that nobody should."""
    shutil.copytree(output, folder / "site")
    (folder / "site/.hidden").write_text("secret", "utf-8")
    (folder / "site/.well-known").mkdir()
    (folder / "site/.well-known/security.txt").write_text("Contact: mailto:desk@rich.example\n", "utf-8")
    folder.parent.chmod(0o755)
    folder.chmod(0o755)
    return folder / "site"


@contextmanager
def nginx(output: Path, folder: Path) -> Iterator[Served]:
    if NGINX is None:
        pytest.skip("nginx is missing (Debian: apt install nginx-light)")
    port = free_port()
    site = laid_out(output, folder)
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log;\n"
        + ("user root;\n" if Path("/root").owner() == Path(folder).owner() else "")
        + "events {}\nhttp {\n"
        + "types { text/html html; text/css css; text/javascript js; application/json json; image/svg+xml svg; }\n"
        + f"access_log off;\n{temporary}"
        + f"server {{ listen 127.0.0.1:{port}; root {site};\n"
        + f"include {REPOSITORY}/docs/hosting/nginx.conf; }}\n}}\n",
        "utf-8",
    )
    command = [NGINX, "-e", str(folder / "error.log"), "-p", str(folder), "-c", str(folder / "nginx.conf")]
    with answering(command, port, folder) as served:
        yield served


@contextmanager
def apache(output: Path, folder: Path, htaccess: bool) -> Iterator[Served]:
    """Apache with what docs/ has for it in the site's folder, as a host's customers can have it, or in its settings."""
    if APACHE is None or not MODULES.is_dir():
        pytest.skip("Apache is missing (Debian: apt install apache2-bin)")
    port = free_port()
    site = laid_out(output, folder)
    ours = REPOSITORY / "docs/hosting/apache.conf"
    if htaccess:
        shutil.copy(ours, site / ".htaccess")
    modules = "mpm_event authz_core dir mime setenvif headers alias".split()
    (folder / "httpd.conf").write_text(
        "".join(f"LoadModule {name}_module {MODULES}/mod_{name}.so\n" for name in modules)
        + f"ServerName localhost\nListen 127.0.0.1:{port}\nPidFile {folder}/pid\nErrorLog {folder}/error.log\n"
        + f'DefaultRuntimeDir {folder}\nTypesConfig /dev/null\nDocumentRoot "{site}"\nDirectoryIndex index.html\n'
        + "AddType text/html .html\nAddType text/css .css\nAddType text/javascript .js\n"
        + f'<Directory "{site}">\nRequire all granted\nAllowOverride {"All" if htaccess else "None"}\n'
        + ("" if htaccess else f"Include {ours}\n")
        + "</Directory>\n",
        "utf-8",
    )
    with answering([APACHE, "-DFOREGROUND", "-f", str(folder / "httpd.conf")], port, folder) as served:
        yield served


HOSTS: dict[str, Callable[[Path, Path], AbstractContextManager[Served]]] = {
    "nginx": nginx,
    "apache": partial(apache, htaccess=False),
    "apache-htaccess": partial(apache, htaccess=True),
}


@pytest.fixture(scope="module", params=HOSTS)
def host(request: pytest.FixtureRequest, output: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with HOSTS[request.param](output, tmp_path_factory.mktemp(request.param)) as served:
        yield served


def test_a_host_sends_what_is_said(host: Served, output: Path) -> None:
    asked = 0
    for path in tree(output):
        status, got = host.head("/" + path.removesuffix("index.html"))
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
        *("/.htaccess", "/claims/.hidden", "/claims/no-such/embed/index.html", "/claims/x/embed", "/.git/config"),
        *("/claims/..%2f.hidden", "/%2e%2e/error.log", "/..%5c.hidden", "/claims/%00/"),
    ],
)
def test_a_host_answers_with_the_sites_own_page_where_there_is_none(host: Served, path: str) -> None:
    status, got = host.head(path)
    assert status in (400, 404)
    if "%" not in path or (
        status == 404 and "utf-8" in got["Content-Type"]
    ):  # hosts have pages of their own for bad ones
        assert got["Content-Security-Policy"].endswith("frame-ancestors 'none'")
        assert got["X-Content-Type-Options"] == "nosniff"
    assert "immutable" not in got.get("Cache-Control", "")
    assert int(got["Content-Length"]) != len("secret")


def test_a_host_serves_what_is_well_known(host: Served) -> None:
    """Certificates and security.txt are asked for there."""
    assert host.head("/.well-known/security.txt")[0] == 200


def test_a_host_leads_to_a_page_that_was_asked_for_without_its_slash(host: Served, output: Path) -> None:
    claim = next(path for path in tree(output) if re.fullmatch(r"claims/[^/]+/index\.html", path))
    status, got = host.head("/" + claim.removesuffix("/index.html"))
    assert status == 301
    assert got["Location"].endswith("/" + claim.removesuffix("index.html"))
