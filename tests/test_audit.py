"""`make audit`: a known hole fails it, an answer that nobody gave does not, and is never taken for a good one.

No network is asked: what pip-audit and npm answer is given here, and where these programs are, a server on this machine
answers them.
"""

from __future__ import annotations

import gzip
import http.server
import json
import shutil
import socket
import threading
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from support import REPOSITORY

from tests.upkeep import audit
from tests.upkeep.accepted import FILE, LONGEST, Accepted, Unclear, read_accepted
from tests.upkeep.audit import CONSTRAINTS, HOME, Looked, report
from tests.upkeep.holes import Answer, Broken, Hole, ask_of_npm, ask_of_python, of_npm_audit, of_pip_audit, pins

TODAY = date(2026, 11, 22)
HOLE = Hole("jinja2", "3.1.2", ("PYSEC-2026-1", "CVE-2026-1"), ("3.1.9",), "Templates get out")


def accepted(until: date = TODAY, id: str = "CVE-2026-1", package: str = "Jinja2") -> Accepted:
    return Accepted(id, package, "Only our own templates are rendered.", until)


def told(*holes: Hole, by: tuple[Accepted, ...] = (), silence: str = "", needed: bool = False) -> tuple[str, int]:
    looks = [
        Looked("Python packages", Answer(5, holes, silence), "“make lock”"),
        Looked("npm packages", Answer(3), "npm"),
    ]
    return report(looks, by, TODAY, needed)


# --- what is made of answers ------------------------------------------------------------------------------------------


def test_without_holes_all_is_well() -> None:
    assert told() == ("Python packages: 5 asked for, 0 known holes.\nnpm packages: 3 asked for, 0 known holes.", 0)


def test_a_hole_fails_and_says_what_to_do() -> None:
    text, status = told(HOLE)
    assert status == 1
    assert text.startswith(
        "HOLE jinja2 3.1.2 (PYSEC-2026-1, CVE-2026-1): Templates get out\n  mended in 3.1.9. Next: “make lock”\n"
    )
    assert "say so in tests/upkeep/accepted.toml, with the reason and a last day" in text


def test_a_hole_that_is_mended_nowhere_says_so() -> None:
    assert "no version is known in which it is mended" in told(Hole("a", "1", ("X-1",), (), ""))[0]


def test_no_answer_does_not_fail_but_is_said_and_fails_where_one_is_needed() -> None:
    text, status = told(silence="no way to the host")
    assert status == 0
    assert "not all could be looked up. There was no answer: no way to the host" in text
    assert told(silence="no way to the host", needed=True)[1] == 2
    assert told(HOLE, silence="no way to the host")[1] == 1


def test_nothing_at_all_is_not_called_none() -> None:
    text, status = report([Looked("npm packages", Answer(silence="npm is not here"), "npm")], (), TODAY, False)
    assert (text, status) == ("npm packages: NOTHING could be looked up. There was no answer: npm is not here", 0)


def test_an_accepted_hole_does_not_fail_up_to_its_last_day() -> None:
    text, status = told(HOLE, by=(accepted(),))
    assert status == 0
    assert "accepted until 2026-11-22: Only our own templates are rendered." in text
    text, status = told(HOLE, by=(accepted(TODAY - timedelta(days=1)),))
    assert status == 1
    assert "it was accepted until 2026-11-21: look again." in text


@pytest.mark.parametrize("other", [accepted(id="CVE-2026-2"), accepted(package="jinja")])
def test_accepting_one_hole_accepts_no_other(other: Accepted) -> None:
    assert told(HOLE, by=(other,))[1] == 1


def test_an_entry_that_is_not_needed_any_more_is_told_where_all_was_answered() -> None:
    assert "accepted.toml: CVE-2026-1 of Jinja2 is not found any more: delete the entry." in told(by=(accepted(),))[0]
    assert "delete the entry" not in told(by=(accepted(),), silence="no way")[0]


# --- what is accepted -------------------------------------------------------------------------------------------------


def test_what_this_repository_accepts_can_be_read() -> None:
    for each in read_accepted(FILE, date.today()):
        assert len(each.why.split()) > 3, "say why"


ENTRY = '[[accepted]]\nid = "CVE-2026-1"\npackage = "jinja2"\nwhy = "Not used."\nuntil = 2027-01-31\n'


def test_an_entry(tmp_path: Path) -> None:
    path = tmp_path / "accepted.toml"
    assert read_accepted(path, TODAY) == ()
    path.write_text(ENTRY)
    assert read_accepted(path, TODAY) == (Accepted("CVE-2026-1", "jinja2", "Not used.", date(2027, 1, 31)),)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("until = 2027-01-31\n", ""),
        ("2027-01-31", '"soon"'),
        ("2027-01-31", (TODAY + LONGEST + timedelta(days=1)).isoformat()),
        ('why = "Not used."\n', ""),
        ("Not used.", " "),
        ("why", "reason"),
        ("[[accepted]]", "[[accepted]"),
    ],
)
def test_an_entry_without_a_reason_or_an_end_is_refused(tmp_path: Path, old: str, new: str) -> None:
    path = tmp_path / "accepted.toml"
    assert old in ENTRY
    path.write_text(ENTRY.replace(old, new))
    with pytest.raises(Unclear, match=r"accepted\.toml"):
        read_accepted(path, TODAY)


# --- what the programs say --------------------------------------------------------------------------------------------


def test_a_package_that_nobody_knows_is_not_taken_for_one_without_holes() -> None:
    """pip-audit itself ends with status 0 here, and says "No known vulnerabilities found"."""
    listed = {
        "dependencies": [{"name": "jinja2", "skip_reason": "not found"}, {"name": "a", "skip_reason": "nor this"}]
    }
    assert of_pip_audit(json.dumps(listed), "") == Answer(silence="not found, and 1 more like it")


def test_a_network_that_fails_is_silence_and_anything_else_is_broken() -> None:
    trace = "Traceback …\nrequests.exceptions.ProxyError: no way\x1b[2J"
    assert of_pip_audit("", trace) == Answer(silence="requests.exceptions.ProxyError: no way [2J")
    for out, err in (("", "pip-audit: error: unrecognized arguments"), ("", ""), ("{}", ""), ("no JSON", "")):
        with pytest.raises(Broken):
            of_pip_audit(out, err)


def test_npm_without_an_answer_is_silence_and_anything_else_is_broken() -> None:
    assert of_npm_audit('{"message": "405 Method Not Allowed", "error": {"summary": ""}}', "", 3).silence == (
        "405 Method Not Allowed"
    )
    for out in (
        '{"error": {"code": "ENOLOCK", "summary": "no lock file"}}',
        "",
        "[]",
        '{"vulnerabilities": {"a": {}}}',
    ):
        with pytest.raises(Broken):
            of_npm_audit(out, "", 3)


def test_every_pinned_package_is_asked_for_whatever_it_is_for(tmp_path: Path) -> None:
    found = pins(REPOSITORY / name for name in CONSTRAINTS)
    assert len({name for name, _ in found}) < len(found), "one stands in two versions, for different Pythons"
    assert ("pip-audit" in dict(found), "jinja2" in dict(found), "colorama" in dict(found)) == (True, True, True)


def test_the_command_fails_with_a_hole_and_not_without_a_network(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def looks(*holes: Hole, silence: str = "") -> None:
        monkeypatch.setattr(audit, "looked", lambda: [Looked("Python packages", Answer(1, holes, silence), "x")])

    looks(HOLE)
    assert audit.main([]) == 1
    assert "HOLE jinja2" in capsys.readouterr().out
    looks(silence="no way")
    assert audit.main([]) == 0
    assert audit.main(["--answer-needed"]) == 2
    monkeypatch.setattr(audit, "looked", lambda: (_ for _ in ()).throw(Broken("it broke")))
    assert audit.main([]) == 2


# --- the programs themselves ------------------------------------------------------------------------------------------

OSV = {
    "id": "PYSEC-2026-1",
    "aliases": ["CVE-2026-1"],
    "summary": "Templates get out",
    "affected": [
        {
            "package": {"name": "jinja2", "ecosystem": "PyPI"},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "3.1.9"}]}],
        }
    ],
}
ADVISORY = {
    "id": 1,
    "url": "https://advisories.example/GHSA-aaaa-bbbb-cccc",
    "title": "A page gets out",
    "severity": "high",
    "vulnerable_versions": "<5.0.0",
    "cwe": [],
    "cvss": {"score": 7.5, "vectorString": None},
}


class _Asked(http.server.BaseHTTPRequestHandler):
    """Answers as OSV and as npm's registry do; `refuses` makes it answer with that status instead."""

    refuses = 0
    queries: tuple[dict[str, Any], ...] = ()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        query = json.loads(gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body)
        type(self).queries += (query,)
        if self.path == "/osv":
            answer: Any = {"vulns": [OSV]} if query["package"]["name"] == "jinja2" else {}
        else:
            answer = {"axe-core": [ADVISORY]} if "axe-core" in query else {}
        data = json.dumps(answer).encode()
        self.send_response(self.refuses or 200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def host() -> Iterator[tuple[str, type[_Asked]]]:
    """The address of a server of its own, and what it was asked."""
    handler = type("Asked", (_Asked,), {})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}", handler
        server.shutdown()


@pytest.fixture
def nowhere() -> Iterator[str]:
    """An address at which nobody answers."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{taken.getsockname()[1]}"


def pip_audit(host: str, folder: Path) -> list[str]:
    program = HOME / "bin" / "pip-audit"
    if not program.exists():
        pytest.skip("pip-audit is not installed: “make audit” does that, where there is a network")
    return [str(program), "--cache-dir", str(folder), "-s", "osv", "--osv-url", f"{host}/osv"]


def test_pip_audit_finds_a_hole(tmp_path: Path, host: tuple[str, type[_Asked]]) -> None:
    found = ask_of_python([("b", "1"), ("jinja2", "3.1.2"), ("b", "2")], pip_audit(host[0], tmp_path))
    assert found == Answer(3, (HOLE,))
    asked = [(query["package"]["name"], query["version"]) for query in host[1].queries]
    assert sorted(asked) == [("b", "1"), ("b", "2"), ("jinja2", "3.1.2")]


def test_pip_audit_without_a_network_is_silent_and_asks_once(
    tmp_path: Path, host: tuple[str, type[_Asked]], nowhere: str
) -> None:
    found = ask_of_python([("b", "1"), ("jinja2", "3.1.2")], pip_audit(nowhere, tmp_path))
    assert (found.packages, found.holes) == (0, ())
    assert "Connection" in found.silence
    host[1].refuses = 503
    found = ask_of_python([("b", "1"), ("jinja2", "3.1.2")], pip_audit(host[0], tmp_path))
    assert found.silence
    assert len(host[1].queries) == 1


def npm(address: str) -> dict[str, str]:
    if not shutil.which("npm"):
        pytest.skip("npm is missing (Debian: apt install npm)")
    return {"npm_config_registry": f"{address}/", "npm_config_fetch_retry_mintimeout": "10"}


@pytest.fixture
def locked(tmp_path: Path) -> Path:
    """A folder with what this repository pins of npm's packages."""
    for name in ("package.json", "package-lock.json"):
        shutil.copy(REPOSITORY / "tests" / "web" / name, tmp_path)
    return tmp_path


def test_npm_audit_finds_a_hole(locked: Path, host: tuple[str, type[_Asked]]) -> None:
    found = ask_of_npm(locked, more=npm(host[0]))
    assert [(hole.package, hole.names, hole.told) for hole in found.holes] == [
        ("axe-core", ("GHSA-aaaa-bbbb-cccc",), "A page gets out")
    ]
    assert found.packages > 10


def test_npm_audit_without_a_network_is_silent(locked: Path, host: tuple[str, type[_Asked]], nowhere: str) -> None:
    assert "ECONNREFUSED" in ask_of_npm(locked, more=npm(nowhere)).silence
    host[1].refuses = 405
    assert "405" in ask_of_npm(locked, more=npm(host[0])).silence
