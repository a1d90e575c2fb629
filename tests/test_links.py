"""Links: what outside addresses answer, asked of a server on this machine alone."""

from __future__ import annotations

import json
import re
import socket
import ssl
import threading
import time
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from support import claim, lay, small_site, tree

from generator.__main__ import main
from generator.links import asking, checker
from generator.links.addresses import outside_addresses
from generator.links.answers import Answer
from generator.links.asking import Busy, Manners, ask
from generator.links.cache import is_fresh, read_cache, write_cache
from generator.links.checker import Pace, ask_all
from generator.read.content import read_content

HERE = Manners(timeout=5, private=True)


class Server(ThreadingHTTPServer):
    """Answers by path; keeps what it was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[tuple[str, str]] = []
        self.busy: dict[str, int] = defaultdict(int)
        self.most = 0
        self.lock = threading.Lock()

    @property
    def root(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away is no error."""


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_HEAD(self) -> None:
        self.answer()

    def do_GET(self) -> None:
        self.answer()

    def log_message(self, *arguments: object) -> None:
        pass

    def answer(self) -> None:
        host = self.headers["Host"].split(":")[0]
        with self.server.lock:
            self.server.asked.append((self.command, self.path))
            self.server.busy[host] += 1
            self.server.most = max(self.server.most, self.server.busy[host])
            times = sum(path == self.path for _, path in self.server.asked)
        time.sleep(0.005)  # in which a second one at a time would come
        with self.server.lock:  # before the answer, after which the next may come at once
            self.server.busy[host] -= 1
        self.by_path(self.path.split("?")[0], times)

    def by_path(self, path: str, times: int) -> None:
        redirects = {
            "/moved": (301, "/ok"),
            "/moved-twice": (308, "/moved"),
            "/for-now": (302, "/ok"),
            "/for-good-and-now": (301, "/for-now"),
            "/front": (302, "/"),
            "/loop": (302, "/loop"),
            "/to-a-file": (302, "file:///etc/passwd"),
            "/to-mail": (302, "mailto:a@b.example"),
            "/gone-after-all": (301, "/404"),
            "/relative/a": (301, "b?c=d"),
        }
        if path in redirects:
            code, to = redirects[path]
            self.send(code, Location=to)
        elif path == "/no-head":
            self.send(405 if self.command == "HEAD" else 200)
        elif path == "/bad-head":
            self.send(503 if self.command == "HEAD" else 200)
        elif path == "/busy-once":
            self.send(200 if times > 1 else 429, **{"Retry-After": "0"})
        elif path == "/nonsense":
            self.wfile.write(b"\x00\x01 no HTTP\r\n\r\n")
        elif path == "/hangs-up":
            self.connection.shutdown(socket.SHUT_RDWR)
        elif path[1:].isdigit():
            self.send(int(path[1:]))
        else:
            self.send(200)

    def send(self, code: int, **headers: str) -> None:
        self.send_response(code)
        for name, value in {**headers, "Content-Length": "0"}.items():
            self.send_header(name, value)
        self.end_headers()


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as found:
        thread = threading.Thread(target=found.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield found
        found.shutdown()
        thread.join()


# --- one address ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "status", "why", "to"),
    [
        ("/ok", "ok", "", ""),
        ("/", "ok", "", ""),
        ("/ok?a=b%20c&d=é", "ok", "", ""),
        ("/moved", "moved", "for good", "/ok"),
        ("/moved-twice", "moved", "for good", "/ok"),
        ("/relative/a", "moved", "for good", "/relative/b?c=d"),
        ("/for-now", "ok", "", ""),
        ("/for-good-and-now", "moved", "for good", "/for-now"),
        ("/front", "unknown", "front page", ""),
        ("/loop", "unknown", "never end", ""),
        ("/to-a-file", "unknown", "not asked", ""),
        ("/to-mail", "unknown", "not asked", ""),
        ("/404", "dead", "404", ""),
        ("/410", "dead", "410", ""),
        ("/gone-after-all", "dead", "404", ""),
        ("/403", "unknown", "403", ""),
        ("/401", "unknown", "401", ""),
        ("/451", "unknown", "451", ""),
        ("/no-head", "ok", "", ""),
        ("/bad-head", "ok", "", ""),
        ("/nonsense", "unknown", "makes no sense", ""),
    ],
)
def test_what_an_address_gives(server: Server, path: str, status: str, why: str, to: str) -> None:
    answer = ask(server.root + path, HERE)
    assert answer.status == status
    assert why in answer.why
    assert answer.to == (server.root + to if to else "")


@pytest.mark.parametrize("path", ["/429", "/500", "/503", "/hangs-up"])
def test_what_may_pass_is_asked_again_and_is_unknown(server: Server, path: str) -> None:
    with pytest.raises(Busy) as busy:
        ask(server.root + path, HERE)
    assert busy.value.answer.status == "unknown"
    server.asked.clear()
    answers: dict[str, Answer] = {}
    ask_all([server.root + path], HERE, Pace(pause=0, tries=3), answers.__setitem__)
    assert answers[server.root + path].status == "unknown"
    assert len(server.asked) >= 3


def test_too_many_requests_are_not_answered_with_one_more_at_once(server: Server) -> None:
    with pytest.raises(Busy):
        ask(server.root + "/429", HERE)
    assert server.asked == [("HEAD", "/429")]


def test_who_asks_for_patience_is_asked_again(server: Server) -> None:
    answers: dict[str, Answer] = {}
    ask_all([server.root + "/busy-once"], HERE, Pace(pause=0), answers.__setitem__)
    assert answers[server.root + "/busy-once"].status == "ok"


def test_head_comes_first_and_get_only_where_it_fails(server: Server) -> None:
    ask(server.root + "/ok", HERE)
    ask(server.root + "/404", HERE)
    assert server.asked == [("HEAD", "/ok"), ("HEAD", "/404"), ("GET", "/404")]


def test_a_server_that_does_not_answer_is_unknown() -> None:
    with socket.socket() as silent:  # takes connections, and says nothing
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        with pytest.raises(Busy) as busy:
            ask(f"http://127.0.0.1:{silent.getsockname()[1]}/", Manners(timeout=0.2, private=True))
    assert "in time" in busy.value.answer.why


def test_an_answer_that_comes_letter_by_letter_is_ended() -> None:
    """Each letter comes in time, and the answer never does."""
    cut = []

    def drip(listening: socket.socket) -> None:
        for _ in range(2):  # HEAD, GET
            connection, _ = listening.accept()
            with connection:
                try:
                    for _ in range(200):
                        connection.sendall(b"H")
                        waiting.wait(0.05)
                except OSError:
                    cut.append(True)

    waiting = threading.Event()
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        thread = threading.Thread(target=drip, args=(listening,))
        thread.start()
        try:
            answer = ask(f"http://127.0.0.1:{listening.getsockname()[1]}/", Manners(timeout=0.2, private=True))
        except Busy as busy:
            answer = busy.answer
        thread.join()
    assert answer.status == "unknown"
    assert cut == [True, True]


def test_a_connection_that_is_refused_is_unknown() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    with pytest.raises(Busy) as busy:
        ask(f"http://127.0.0.1:{port}/", HERE)
    assert "no connection" in busy.value.answer.why


def test_a_host_that_is_not_there_is_dead(monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere(*_: object, **__: object) -> object:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", nowhere)
    assert ask("https://nowhere.example/", HERE) == Answer("dead", "there is no such host")


def test_a_name_that_cannot_be_looked_up_now_is_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    def later(*_: object, **__: object) -> object:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", later)
    with pytest.raises(Busy):
        ask("https://somewhere.example/", HERE)


def test_no_safe_connection_is_unknown(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = ask(server.root.replace("http", "https") + "/ok", HERE)
    assert (answer.status, answer.why[:18]) == ("unknown", "no safe connection")

    class Distrust:
        def wrap_socket(self, *_: object, **__: object) -> object:
            error = ssl.SSLCertVerificationError()
            error.verify_message = "certificate has expired"
            raise error

    monkeypatch.setattr(asking, "_tls", Distrust)
    answer = ask(server.root.replace("http", "https") + "/ok", HERE)
    assert answer == Answer("unknown", "its certificate is not trusted: certificate has expired")


# --- private networks -------------------------------------------------------------------------------------------------


PRIVATE = (
    "127.0.0.1 10.0.0.1 192.168.1.1 169.254.169.254 0.0.0.0 100.64.0.1 224.0.0.1 [::1] [fe80::1] [fd00::1] "
    "[::ffff:127.0.0.1] [64:ff9b::7f00:1] [2002:7f00:1::] localhost 2130706433 0x7f.1"
).split()


@pytest.mark.parametrize("host", PRIVATE)
def test_a_private_host_is_not_asked(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        raise AssertionError("it was asked")

    monkeypatch.setattr(socket.socket, "connect", never)
    assert "not asked" in ask(f"http://{host}/", Manners()).why


def test_a_public_name_that_stands_for_a_private_host_is_not_asked(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 80)) for ip in ("93.184.216.34", "127.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    assert "private network" in ask("http://rebound.example/", Manners()).why


def test_a_redirect_to_a_private_host_is_not_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    def request(address: str, *_: object) -> tuple[int, dict[str, str]]:
        if address == "http://public.example/":
            return 302, {"Location": "http://169.254.169.254/latest"}
        return real(address, *_)  # type: ignore[arg-type]

    real = asking._request
    monkeypatch.setattr(asking, "_request", request)
    assert "private network" in ask("http://public.example/", Manners()).why


@pytest.mark.parametrize(
    "address", ["ftp://a.example/", "file:///etc/passwd", "http://user:pw@a.example/", "http://a b/"]
)
def test_what_is_no_web_address_is_not_asked(address: str) -> None:
    answer = ask(address, HERE)
    assert "not asked" in answer.why
    assert "pw" not in answer.why


# --- all addresses ----------------------------------------------------------------------------------------------------


def test_a_host_is_asked_one_at_a_time_and_hosts_beside_each_other(server: Server) -> None:
    addresses = [f"{server.root}/ok?{number}" for number in range(20)]
    addresses += [address.replace("127.0.0.1", "localhost") for address in addresses]
    answers: dict[str, Answer] = {}
    ask_all(addresses, HERE, Pace(pause=0), answers.__setitem__)
    assert answers.keys() == set(addresses)
    assert {answer.status for answer in answers.values()} == {"ok"}
    assert server.most == 1


def test_between_two_requests_to_a_host_there_is_a_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    events: list[str] = []

    class Event(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            events.append(f"wait {timeout}")
            return False

    def answer(address: str, _: Manners) -> Answer:
        events.append(address)
        return Answer("ok")

    monkeypatch.setattr(checker, "ask", answer)
    monkeypatch.setattr(checker.threading, "Event", Event)
    list_: list[str] = []
    ask_all(
        ["http://a.example/1", "http://a.example/2"], HERE, Pace(pause=2.5), lambda address, _: list_.append(address)
    )
    assert [event for event in events if event.startswith(("http", "wait 2.5"))] == [
        "http://a.example/1",
        "wait 2.5",
        "http://a.example/2",
    ]


# --- the content ------------------------------------------------------------------------------------------------------

CONTENT = {
    "site.toml": """\
title = "The Small Desk"
url = "https://small.example"
repository = "ROOT/repository"

[organisation]
url = "https://small.example/about/"
email = "desk@small.example"

[[verdicts]]
id = "true"
label = "True"

[publishers."The Gazette"]
url = "ROOT/404"
""",
    "content/articles/gazette.yaml": "text: seeds/gazette.txt\npublisher: The Gazette\nurl: ROOT/moved\n",
    "content/claims/landing.yaml": claim(
        more="""\
sources:
  - id: a
    title: A
    url: ROOT/404
    archived: https://small.example/copy
    accessed: 2021-11-02
  - {id: b, title: B, url: "ROOT/410#part", accessed: 2021-11-02}
  - {id: c, title: C, url: "ROOT/moved"}
analysis: |
  As [they say](ROOT/403 "a title") and <ROOT/404>, [within](/claims/) and
  [again](ROOT/404). `ROOT/code`
"""
    ),
    "content/pages/about.md": "---\ntitle: About\n---\n\nMail <mailto:a@b.example> or [us][1].\n\n[1]: ROOT/ok\n",
}


@pytest.fixture
def site(tmp_path: Path, server: Server) -> Path:
    files = {path: text.replace("ROOT", server.root) for path, text in CONTENT.items()}
    return small_site(tmp_path / "site", files)


def checking(site: Path, *options: str) -> int:
    return main(["links", "--site", str(site), "--allow-private", "--pause", "0", *options])


def test_every_address_is_found_with_its_places(site: Path, server: Server) -> None:
    found = {
        address.replace(server.root, ""): [(use.path.rpartition("/")[2], *use.place) for use in uses]
        for address, uses in outside_addresses(read_content(site)).items()
    }
    assert found == {
        "/repository": [("site.toml", 3, 14)],
        "/404": [("landing.yaml", 8, 10), ("landing.yaml", 14, Any), ("landing.yaml", 15, 11), ("site.toml", 14, 7)],
        "/410": [("landing.yaml", 11, 28)],
        "/moved": [("gazette.yaml", 3, 6), ("landing.yaml", 12, 28)],
        "/403": [("landing.yaml", 14, 17)],
        "/ok": [("about.md", 7, 6)],
    }


class _Any:
    def __eq__(self, other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return 0


Any = _Any()


def test_an_editor_is_told_where_and_what_to_type(
    site: Path, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    assert checking(site) == 0
    out, err = capsys.readouterr()
    told = out.replace(server.root, "ROOT")
    assert "content/claims/landing.yaml:8:10: dead: 404, Not Found\n  ROOT/404\n" in told
    assert "  help: readers have the archived copy on record: https://small.example/copy\n" in told
    assert "landing.yaml:11:28: dead: 410, Gone" in told
    assert (
        "help: look for a copy at https://web.archive.org/web/20211102/ROOT/410, and if it is the same: archived:"
        in told
    )
    assert (
        "landing.yaml:12:28: moved: it has moved for good\n  ROOT/moved\n  help: if the same is there: url: ROOT/ok\n"
        in told
    )
    assert "gazette.yaml:3:6: moved: it has moved for good\n  ROOT/moved\n  help: an article keeps the address" in told
    assert "landing.yaml:14:17: unknown: 403, it refuses programs" in told
    assert "site.toml:14:7: dead" in told
    assert "ROOT/ok\n" not in re.sub(r"help: .*", "", told)
    assert "Of 6 addresses 2 answer, 1 moved, 2 are dead and 1 unknown." in err
    assert Counter(path for _, path in server.asked)["/moved"] == 1  # asked once, told at both places


def test_dead_addresses_end_it_with_1_only_where_that_is_asked_for(site: Path) -> None:
    assert checking(site, "--strict") == 1
    lay(site, {"content/claims/landing.yaml": claim(), "site.toml": CONTENT["site.toml"].split("[publishers")[0]})
    assert checking(site, "--strict") == 0


def test_programs_are_told_the_same(site: Path, server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    checking(site, "--format", "json")
    links = json.loads(capsys.readouterr().out)["links"]
    first = links[0]
    assert (first["path"], first["line"], first["status"]) == ("content/articles/gazette.yaml", 3, "moved")
    assert first["to"] == server.root + "/ok"
    assert Counter(link["status"] for link in links) == {"moved": 2, "dead": 5, "unknown": 1}


def test_good_answers_are_kept_and_others_asked_again(
    site: Path, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    checking(site)
    before = capsys.readouterr().out
    server.asked.clear()
    checking(site)
    assert capsys.readouterr().out == before
    assert {path for _, path in server.asked} == {"/404", "/410", "/403"}
    server.asked.clear()
    checking(site, "--max-age", "0")
    assert "/ok" in {path for _, path in server.asked}


def test_nothing_but_the_cache_is_written(site: Path) -> None:
    before = tree(site)
    checking(site)
    assert tree(site).keys() - before.keys() == {".parallax/.gitignore", ".parallax/links.json"}
    assert all(tree(site)[path] == data for path, data in before.items())


@pytest.mark.parametrize("data", [b"", b"{}", b"[1]", b'{"format": 2, "answers": {}}', b"\xff\x00"])
def test_a_cache_that_is_not_understood_is_none(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "links.json").write_bytes(data)
    assert read_cache(tmp_path) == {}


def test_a_cache_comes_back_and_grows_old(tmp_path: Path) -> None:
    answers = {"http://a.example/": Answer("moved", "w", "t", "2026-01-01T00:00:00Z")}
    write_cache(tmp_path, answers)
    assert read_cache(tmp_path) == answers
    from datetime import datetime

    def fresh(answer: Answer, day: int) -> bool:
        return is_fresh(answer, 7, datetime.fromisoformat(f"2026-01-{day:02}T00:00:00+00:00"))

    answer = answers["http://a.example/"]
    assert (fresh(answer, 7), fresh(answer, 8)) == (True, False)
    assert not fresh(Answer("ok", at="2026-02-01T00:00:00Z"), 7)  # a clock that went back
    assert not fresh(Answer("dead", at="2026-01-01T00:00:00Z"), 2)
    assert not fresh(Answer("ok", at="yesterday"), 2)


def test_without_the_network_nothing_is_called_dead(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def nowhere(*_: object, **__: object) -> object:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", nowhere)
    lay(site, {"content/pages/b.md": "---\ntitle: B\n---\n\n[b](https://b.example/) [c](https://c.example/)\n"})
    assert checking(site) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "connected" in err


def test_nothing_of_content_or_of_an_answer_is_printed_live(
    site: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    evil = "\x1b[31m\r::error::x\n##[group]\u202e"
    monkeypatch.setattr(checker, "ask", lambda *_: Answer("moved", evil, f"https://a.example/{evil}"))
    checking(site)
    for printed in capfd.readouterr():
        live = {character for character in printed if unicodedata.category(character) in ("Cc", "Cf", "Zl", "Zp")}
        assert live <= {"\n"}
        assert not re.search(r"(?m)^\s*(::|##)", printed)


@pytest.mark.parametrize(
    "arguments", [["--pause", "-1"], ["--timeout", "soon"], ["--format", "xml"], ["--max-age", "nan"]]
)
def test_wrong_use_is_2(site: Path, arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        checking(site, *arguments)
    assert ended.value.code == 2
