"""The preview, as a process: it follows every save, shows what is wrong, and answers to this machine alone."""

from __future__ import annotations

import asyncio
import http.client
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from running_preview import LONG, Preview
from support import PLAIN, REPOSITORY, SMALL, build_site, claim, lay, run, small_site, tree
from test_problems import FIXTURES, FOLDER, read_fixture
from test_problems import lay as lay_one
from tornado.websocket import websocket_connect

from generator.problems import CODES

FULL = os.environ.get("PARALLAX_TORTURE", "") not in ("", "0")


def files_of(output: Path) -> dict[str, bytes]:
    """An output without its manifest, which a preview writes later."""
    return {path: data for path, data in tree(output).items() if path != "manifest.json"}


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
    running.until_state(lambda state: not state["errors"], "no errors")


def test_it_serves_the_site_with_its_drafts(preview: Preview) -> None:
    assert preview.get("/")[0] == 200
    assert "<h1>The ship landed at noon.</h1>" in preview.get("/claims/landing/")[1]
    assert "<h1>A draft.</h1>" in preview.get("/claims/draft/")[1]
    assert preview.get("/assets/site.css")[0] == 200
    assert preview.get("/claims/nothing/")[0] == 404


def test_its_pages_load_its_script_and_the_files_know_nothing_of_it(preview: Preview) -> None:
    page = preview.get("/")[1]
    assert page.count('<script src="/parallax/preview.js" data-build="') == 1
    status, script = preview.get("/parallax/preview.js")
    assert status == 200
    assert "WebSocket" in script
    assert ".panel {" in script
    output = preview.site / ".parallax" / "preview"
    assert not [path for path, data in tree(output).items() if b"preview.js" in data]
    assert preview.get("/livereload.js")[0] == 404
    assert preview.get("/forcereload")[0] == 404


def test_files_come_as_they_are_and_once(preview: Preview) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", preview.port, timeout=LONG)
    headers = {"Host": f"localhost:{preview.port}"}
    connection.request("GET", "/assets/site.css", headers=headers)
    answer = connection.getresponse()
    assert answer.read() == (preview.site / ".parallax/preview/assets/site.css").read_bytes()
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    connection.request("GET", "/assets/site.css", headers={**headers, "If-None-Match": answer.headers["Etag"]})
    again = connection.getresponse()
    assert (again.status, again.read()) == (304, b"")
    connection.close()


def test_an_address_without_a_page_has_the_sites_own_page_for_that(preview: Preview) -> None:
    status, page = preview.get("/claims/not-yet/")
    assert status == 404
    assert "/parallax/preview.js" in page
    assert (preview.site / ".parallax/preview/404.html").read_text("utf-8") in page


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


def own_part(page: str) -> str:
    """A page without the preview's script, which names the build: one that was late may have gone before it."""
    own, script, rest = page.rpartition("<script ")
    assert script
    assert rest.endswith("</script>")
    return own


def test_errors_are_told_and_the_last_good_pages_stay(preview: Preview) -> None:
    output = preview.site / ".parallax" / "preview"
    before, page = files_of(output), own_part(preview.get("/claims/landing/")[1])
    lay(preview.site, {"content/claims/landing.yaml": claim(more="<script>: 1\nsummery: x\n")})
    state = preview.until_state(lambda state: len(state["errors"]) == 2, "two errors")
    first = state["errors"][0]
    assert first["place"] == "content/claims/landing.yaml:5:1"
    assert (first["code"], first["line"], first["after"]) == ("R001", 5, " 1")
    assert first["marked"].startswith("<script>")
    assert state["errors"][1]["help"] == "“summary” is there already: delete this line, or the other"
    assert own_part(preview.get("/claims/landing/")[1]) == page
    assert files_of(output) == before
    lay(preview.site, SMALL)
    preview.until_state(lambda state: not state["errors"], "the errors to go")


def test_a_file_that_is_wrong_in_itself_costs_no_build_and_hides_no_other(preview: Preview) -> None:
    lay(preview.site, {"content/claims/landing.yaml": claim(more="nothing: x\n")})
    preview.until_state(lambda state: len(state["errors"]) == 1, "an error")
    lay(preview.site, {"content/claims/second.yaml": claim("A second one.", more="story: unknown\n")})
    both = preview.until_state(lambda state: len(state["errors"]) == 2, "both errors")
    assert [error["code"] for error in both["errors"]] == ["R001", "L001"]
    lay(preview.site, SMALL)
    one = preview.until_state(lambda state: len(state["errors"]) == 1, "one of them to go")
    assert one["errors"][0]["place"] == "content/claims/second.yaml:5:8"
    lay(preview.site, {"content/claims/second.yaml": claim("A second one.")})
    preview.until_page("/claims/second/", "A second one.")
    preview.until_state(lambda state: not state["errors"], "the errors to go")
    lay(preview.site, {"content/claims/second.yaml": None})


def test_more_errors_than_can_be_read_are_counted(preview: Preview) -> None:
    lay(preview.site, {"content/claims/landing.yaml": claim(more="".join(f"x{n}: 1\n" for n in range(130)))})
    state = preview.until_state(lambda state: bool(state["errors"]), "errors")
    assert (len(state["errors"]), state["more"]) == (100, 30)


def test_settings_that_go_missing_are_told_too(preview: Preview) -> None:
    (preview.site / "site.toml").unlink()
    state = preview.until_state(lambda state: bool(state["errors"]), "a fault")
    assert "there is no site.toml" in state["errors"][0]["message"]
    lay(preview.site, {"site.toml": "format = \n"})
    state = preview.until_state(lambda state: state["errors"][0].get("code") == "Y001", "a problem of site.toml")
    lay(preview.site, SMALL)
    preview.until_state(lambda state: not state["errors"], "the errors to go")


def test_a_draft_is_told_what_it_lacks(preview: Preview) -> None:
    (note,) = preview.state("/claims/draft/", notes=True)["notes"]
    assert note["title"] == "What is missing before this can be published"
    lacking = [(problem["code"], problem["place"]) for problem in note["problems"]]
    standards = [(code, "content/claims/draft.yaml:1:8") for code in ("S005", "S007", "W002")]
    assert lacking == [("R006", "content/claims/draft.yaml:1:1")] * 3 + standards
    assert preview.state("/claims/landing/", notes=True)["notes"] == []
    source = "{id: s, title: T, url: 'https://a.example'}"
    exceptions = "".join(
        f"  - {{rule: {code}, why: An example.}}\n" for code in ("S001", "S002", "S003", "S004", "S005", "S006", "S007")
    )
    whole = claim("A draft.", more=f"status: draft\nsources:\n  - {source}\nexceptions:\n{exceptions}")
    lay(preview.site, {"content/claims/draft.yaml": whole})
    preview.until_page("/claims/draft/", "It did.")
    (note,) = preview.state("/claims/draft/", notes=True)["notes"]
    assert note["title"] == "Nothing is missing before this can be published"
    assert note["problems"][0]["place"] == "content/claims/draft.yaml:5:9"


def test_a_folder_that_cannot_be_listed_is_shown_and_goes_when_it_is_mended(tmp_path: Path) -> None:
    site = small_site(tmp_path / "site")
    (site / "content" / "pages").symlink_to("pages")
    with Preview(site) as preview:
        (site / "content" / "pages").unlink()
        preview.until_page("/claims/landing/", "The ship landed at noon.")


def test_search_looks_in_the_last_build_and_nothing_else_of_it_is_served(preview: Preview) -> None:
    assert preview.get("/pagefind/parts.json")[0] == 404
    lay(preview.site, {"build/pagefind/parts.json": "[]", "build/secret.txt": "secret"})
    assert preview.get("/pagefind/parts.json") == (200, "[]")
    for path in (
        "/secret.txt",
        "/pagefind/../secret.txt",
        "/pagefind/..%2fsecret.txt",
        "/pagefind/..%2f..%2foutside.txt",
    ):
        status, body = preview.get(path)
        assert (status in (403, 404), "secret" in body) == (True, False), path


def test_a_share_image_is_drawn_when_it_is_asked_for(tmp_path: Path) -> None:
    site = small_site(tmp_path)
    lay(site, {"site.toml": SMALL["site.toml"].replace("\n[[", "\n[share_images]\nenabled = true\n\n[[", 1)})
    path = "/claims/landing/share.png"

    def answer(method: str = "GET") -> tuple[int, str | None, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", preview.port, timeout=LONG)
        try:
            connection.request(method, f"{path}?1.1", headers={"Host": f"localhost:{preview.port}"})
            found = connection.getresponse()
            return found.status, found.getheader("Content-Type"), found.read()
        finally:
            connection.close()

    with Preview(site) as preview:
        page = preview.get("/claims/landing/")[1]
        assert "share.png" in page, "as it will be published"
        first = answer()
        assert first[:2] == (200, "image/png")
        assert not (site / ".parallax/preview" / path[1:]).exists()
        assert answer("HEAD") == (200, "image/png", b"")
        (note,) = preview.state("/claims/landing/", notes=True)["notes"]
        assert note["image"] == path
        text = SMALL["content/claims/landing.yaml"].replace("verdict: true", "verdict: false")
        lay(site, {"content/claims/landing.yaml": text})
        second = answer()
        assert second[:2] == (200, "image/png")
        assert second[2] != first[2]
        lay(site, {"content/claims/landing.yaml": "claim: [\n"})
        assert answer()[:2] == (404, "text/html; charset=UTF-8")
        assert preview.get(path, Host="evil.example")[0] == 403
    lay(site, {"content/claims/landing.yaml": text})
    build_site(site)
    assert (site / "build" / path[1:]).read_bytes() == second[2]


def test_every_build_has_a_name_that_its_pages_have_too(preview: Preview) -> None:
    preview.until(lambda: not preview.is_at_work(), "rest")
    before = preview.state()["build"]
    lay(preview.site, {"content/claims/landing.yaml": claim("The ship landed at two.")})
    preview.until(lambda: preview.state()["build"] != before, "another build")
    after = preview.state()
    assert f'data-build="{after["build"]}"' in preview.until_page("/claims/landing/", "at two")
    lay(preview.site, {"templates/assets/site.css": "a { color: red }\n"})
    preview.until_state(lambda state: state["files"] == ["/assets/site.css"], "the stylesheet")
    (preview.site / "templates/assets/site.css").unlink()


def test_two_saves_far_apart_are_two_builds(preview: Preview) -> None:
    preview.until(lambda: not preview.is_at_work(), "rest")
    before = preview.builds()
    lay(preview.site, {"content/claims/landing.yaml": claim("The ship landed at three.")})
    preview.until_page("/claims/landing/", "at three")
    time.sleep(1.5)
    lay(preview.site, {"content/claims/landing.yaml": claim("The ship landed at four.")})
    preview.until_page("/claims/landing/", "at four")
    preview.until(lambda: preview.builds() == before + 2, "two builds")


def test_a_request_waits_for_no_build(preview: Preview) -> None:
    """While a thousand new claims are built, requests are answered."""
    more = {f"content/claims/c-{number}.yaml": claim(f"Claim {number}.") for number in range(1000)}
    lay(preview.site, more)
    answered = 0
    while preview.get("/claims/c-999/")[0] == 404:
        assert preview.get("/claims/landing/")[0] == 200
        answered += 1
    assert answered > 3
    lay(preview.site, dict.fromkeys(more))
    preview.until(lambda: preview.get("/claims/c-1/")[0] == 404, "the claims to go")


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


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"},
        {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "no-cors"},
        {"Sec-Fetch-Site": "cross-site"},
    ],
)
def test_another_sites_page_reads_nothing(preview: Preview, headers: dict[str, str]) -> None:
    for path in ("/claims/draft/", "/parallax/preview.js"):
        status, body = preview.get(path, **headers)
        assert (status, "draft" in body.lower()) == (403, False)


@pytest.mark.parametrize("message", ["", "x", "[]", "{}", '{"command":"info"}', '{"command":"info","url":5}'])
def test_a_message_that_means_nothing_ends_its_connection_alone(preview: Preview, message: str) -> None:
    async def ended() -> object:
        connection = await websocket_connect(f"ws://127.0.0.1:{preview.port}/livereload", connect_timeout=LONG)
        await connection.write_message(message)
        answer = await connection.read_message()
        connection.close()
        return answer

    assert asyncio.run(asyncio.wait_for(ended(), LONG)) is None
    assert preview.state()["command"] == "parallax"
    assert "Traceback" not in "".join(preview.told)


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


@pytest.mark.parametrize(
    "host",
    [
        *("localhost.evil.example:{port}", "evil.example#localhost:{port}", "localhost:{port}@evil.example"),
        *("LOCALHOST:{port}.", "localhost:{port}, evil.example", "[::1]:{port}", "0.0.0.0:{port}", "127.1:{port}"),
        *(
            "2130706433:{port}",
            "localhost:0{port}",
            "localhost:{port}x",
            "a.localhost:{port}",
            "127.0.0.1.nip.example:{port}",
        ),
    ],
)
def test_a_name_that_only_seems_to_be_this_machines_is_refused(preview: Preview, host: str) -> None:
    for path in ("/claims/draft/", "/parallax/preview.js"):
        status, body = preview.get(path, Host=host.format(port=preview.port))
        assert (status in (400, 403), "draft" in body.lower()) == (True, False)


@pytest.mark.parametrize(
    "path",
    [
        *("/..%2f..%2foutside.txt%00.html", "/....//....//outside.txt", "/%252e%252e/%252e%252e/outside.txt"),
        *("/..%5c..%5coutside.txt", "/%c0%ae%c0%ae/outside.txt", "/.%2e/.%2e/outside.txt", "/claims/%2fetc/passwd"),
        *("http://evil.example/", "/%2fetc%2fpasswd", "/../site.toml", "/../state", "/parallax/../../outside.txt"),
        *("/pagefind/%2e%2e/%2e%2e/outside.txt", "/%ff%fe", "/" + "a/" * 2000, "/" + "%41" * 3000, "/;x", "/~root/"),
    ],
)
def test_a_strange_path_is_nothing_but_a_page_that_is_not_there(preview: Preview, path: str) -> None:
    status, body = preview.get(path)
    assert status in (301, 400, 403, 404, 414, 431) or path.startswith("http:")
    assert "secret" not in body
    assert "root:" not in body
    assert "format = 1" not in body
    assert preview.get("/")[0] == 200
    assert "Traceback" not in "".join(preview.told)


def unnumbered(page: str) -> str:
    """A page without the name of the preview's build, which grows longer with the number of builds."""
    return re.sub(r'data-build="[^"]*"', "", page)


@pytest.mark.parametrize("part", range(1 if not FULL else 6))
def test_it_survives_every_error(tmp_path: Path, part: int) -> None:
    """Each fixture of tests/problems/ in turn (a few by default), laid while the preview runs and taken away again."""
    base = FOLDER / "base"
    root = tmp_path / "site"
    shutil.copytree(base, root)
    with Preview(root) as preview:
        before = unnumbered(preview.get("/")[1])
        for path in FIXTURES[part::6] if FULL else FIXTURES[3::14]:
            fixture = read_fixture(path)
            for name, said, content in fixture.files:
                if said != "deleted" or (root / name).exists():
                    lay_one(root, name, said, content)
            if any(CODES[match["code"]][0] == "error" for match in fixture.expected):
                preview.until_state(lambda state: bool(state["errors"]), f"the errors of {path.stem}")
            assert preview.get("/")[0] == 200
            for name, _, _ in fixture.files:
                if (root / name).is_dir() and not (root / name).is_symlink():
                    shutil.rmtree(root / name)
                elif (root / name).is_symlink() or (root / name).exists():
                    (root / name).unlink()
            shutil.copytree(base, root, dirs_exist_ok=True)
            preview.until_state(lambda state: not state["errors"], f"the errors of {path.stem} to go")
        preview.until(lambda: unnumbered(preview.get("/")[1]) == before, "the page as it was")
        assert "Traceback" not in "".join(preview.told)


# --- what breaks around it --------------------------------------------------------------------------------------------

Undo = Callable[[], None]


def moved(path: Path) -> Undo:
    """Take a file or folder away; returns how to bring it back."""
    aside = path.with_name(f".{path.name}-aside")
    path.rename(aside)

    def undo() -> None:
        if path.is_symlink() or path.is_file():
            path.unlink()
        elif path.is_dir():
            shutil.rmtree(path)
        aside.rename(path)

    return undo


def replaced(path: Path, by: Callable[[Path], object]) -> Undo:
    """Put something else in the place of a file or folder."""
    undo = moved(path)
    by(path)
    return undo


def looping(path: Path) -> None:
    path.symlink_to(path.name)


def added(path: Path, by: Callable[[Path], object]) -> Undo:
    path.parent.mkdir(parents=True, exist_ok=True)
    by(path)
    return lambda: shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()


def written(text: str) -> Callable[[Path], object]:
    return lambda path: path.write_text(text, "utf-8")


def unreadable(path: Path) -> None:
    """A file that nobody may read; to root, who may, a named pipe that never says anything."""
    if os.geteuid():
        path.write_text("x", "utf-8")
        path.chmod(0)
    else:
        os.mkfifo(path)


CLAIM, BASE = "content/claims/landing.yaml", "templates/base.html"
BREAKS: dict[str, Callable[[Path], Undo]] = {
    "site.toml is gone": lambda site: moved(site / "site.toml"),
    "site.toml is broken": lambda site: replaced(site / "site.toml", written("title = [[[")),
    "site.toml is a folder": lambda site: replaced(site / "site.toml", Path.mkdir),
    "site.toml leads to itself": lambda site: replaced(site / "site.toml", looping),
    "site.toml is binary": lambda site: replaced(site / "site.toml", lambda path: path.write_bytes(bytes(range(256)))),
    "a template is broken": lambda site: replaced(site / BASE, written("{% if %}")),
    "a template fails": lambda site: replaced(site / BASE, written("{{ page.nothing.at.all }}")),
    "a template never ends": lambda site: replaced(site / BASE, written("{% extends 'base.html' %}")),
    "a template reaches out": lambda site: replaced(site / BASE, written("{{ ''.__class__.__mro__ }}")),
    "a template is a folder": lambda site: replaced(site / BASE, Path.mkdir),
    "a template cannot be read": lambda site: replaced(site / BASE, unreadable),
    "templates are gone": lambda site: moved(site / "templates"),
    "templates lead to themselves": lambda site: replaced(site / "templates", looping),
    "a claim cannot be read": lambda site: replaced(site / CLAIM, unreadable),
    "a claim is a folder": lambda site: replaced(site / CLAIM, Path.mkdir),
    "a claim leads to itself": lambda site: replaced(site / CLAIM, looping),
    "a claim leads out of the site": lambda site: replaced(site / CLAIM, lambda path: path.symlink_to("/etc/passwd")),
    "a claim is no text": lambda site: replaced(site / CLAIM, lambda path: path.write_bytes(b"\xff\xfe\x00")),
    "claims are gone": lambda site: moved(site / "content/claims"),
    "claims are a file": lambda site: replaced(site / "content/claims", written("x")),
    "content is gone": lambda site: moved(site / "content"),
    "content leads to itself": lambda site: replaced(site / "content", looping),
    "a folder leads round in a circle": lambda site: added(
        site / "content/claims/more", lambda path: path.symlink_to("..")
    ),
    "texts are gone": lambda site: moved(site / "seeds"),
    "an odd name": lambda site: added(site / "content/claims/a\nb\x1b[2J.yaml", written("x")),
    "a name that cannot be decoded": lambda site: added(
        Path(os.fsdecode(os.fsencode(site) + b"/content/claims/\xff.yaml")), written("x")
    ),
    "the site is gone": lambda site: moved(site),
}


@pytest.fixture(scope="module")
def beset(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    with Preview(small_site(tmp_path_factory.mktemp("beset") / "site")) as preview:
        yield preview


def is_well(preview: Preview, words: str) -> None:
    """It follows edits, and has nothing to complain of."""
    preview.until_state(lambda state: not state["errors"], "no errors")
    lay(preview.site, {CLAIM: claim(words)})
    preview.until_page("/claims/landing/", words)
    told = "".join(preview.told)
    assert told.count("Traceback") == 0, told[told.index("Traceback") :]


@pytest.mark.parametrize("what", BREAKS)
def test_it_survives_what_breaks_around_it(beset: Preview, what: str) -> None:
    """Pages stay, what is wrong is told, and when it is mended the preview follows edits as before."""
    is_well(beset, f"Before {what}.")
    builds = beset.builds()
    undo = BREAKS[what](beset.site)
    try:
        beset.until_state(lambda state: bool(state["errors"]) or beset.builds() > builds, "a build of some kind")
        said = json.dumps(beset.state())
        assert "Parallax itself failed" not in said
        assert "root:" not in said  # of /etc/passwd
        assert beset.get("/")[0] == (404 if what == "the site is gone" else 200)
    finally:
        undo()
    is_well(beset, f"After {what}.")


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="only Linux limits another process")
@pytest.mark.parametrize("limit", ["RLIMIT_FSIZE", "RLIMIT_NOFILE"])
def test_it_survives_a_disk_that_is_full_and_files_that_cannot_be_opened(beset: Preview, limit: str) -> None:
    is_well(beset, "With room.")
    kind = getattr(resource, limit)
    before = resource.prlimit(beset.process.pid, kind)
    page = own_part(beset.get("/claims/landing/")[1])
    resource.prlimit(beset.process.pid, kind, (0 if limit == "RLIMIT_FSIZE" else 4, before[1]))
    try:
        lay(beset.site, {CLAIM: claim("Without room.")})
        time.sleep(2)
        assert beset.process.poll() is None
        if limit == "RLIMIT_FSIZE":
            assert beset.state()["errors"]
            assert own_part(beset.get("/claims/landing/")[1]) == page
    finally:
        resource.prlimit(beset.process.pid, kind, before)
    is_well(beset, f"With room again, after {limit}.")


@pytest.mark.parametrize("lost", [".parallax", ".parallax/preview", ".parallax/preview.db"])
def test_it_survives_the_loss_of_what_it_made(beset: Preview, lost: str) -> None:
    is_well(beset, "As it was made.")
    path = beset.site / lost
    path.rename(beset.site.parent / f"lost{len(beset.told)}")
    lay(beset.site, {CLAIM: claim(f"Without {lost}.")})
    beset.until_page("/claims/landing/", f"Without {lost}.")
    is_well(beset, f"After {lost} was lost.")
    assert beset.get("/")[0] == 200


# --- links out of the site --------------------------------------------------------------------------------------------


def test_no_link_leads_out_of_what_is_served(preview: Preview) -> None:
    """A site from elsewhere may have links committed where the preview serves files."""
    outside = preview.site.parent / "outside"
    lay(outside, {"secret.txt": "secret", "index.html": "secret", "404.html": "secret"})
    build, served = preview.site / "build", preview.site / ".parallax/preview"
    shutil.rmtree(build, ignore_errors=True)
    build.mkdir()
    (build / "pagefind").symlink_to(outside)
    found = [preview.get(path) for path in ("/pagefind/secret.txt", "/pagefind/", "/pagefind/index.html")]
    (build / "pagefind").unlink()
    (build / "pagefind").mkdir()
    for folder in (build / "pagefind", served):
        (folder / "x.txt").symlink_to(outside / "secret.txt")
        (folder / "x.html").symlink_to(outside / "index.html")
        (folder / "x").symlink_to(outside)
    for path in ("/x.txt", "/x.html", "/x/", "/x/secret.txt", "/x/index.html"):
        found += [preview.get(f"/pagefind{path}"), preview.get(path)]
    for name in ("x.txt", "x.html", "x"):
        (served / name).unlink()
    shutil.rmtree(build)
    assert [status for status, _ in found if status not in (403, 404)] == []
    assert [body for _, body in found if "secret" in body] == []


@pytest.mark.parametrize("link", [".parallax", ".parallax/preview"])
def test_a_preview_that_would_show_another_folder_does_not_begin(tmp_path: Path, link: str) -> None:
    site = small_site(tmp_path / "site")
    lay(tmp_path / "other", {"preview/secret.txt": "secret"})
    (site / link).parent.mkdir(exist_ok=True)
    (site / link).symlink_to(tmp_path / "other")
    done = run("serve", "--site", site, "--port", "1")
    assert done.returncode == 2
    assert "is a link" in done.stderr
    assert tree(tmp_path / "other") == {"preview/secret.txt": b"secret"}


def test_a_problem_with_a_link_shows_no_line_of_what_it_leads_to(preview: Preview) -> None:
    secret = preview.site.parent / "secret.txt"
    secret.write_text("the secret line\n", "utf-8")
    (preview.site / "content/claims/leak.yaml").symlink_to(secret)
    state = preview.until_state(lambda state: bool(state["errors"]), "the problem")
    (preview.site / "content/claims/leak.yaml").unlink()
    assert "symbolic link" in json.dumps(state)
    assert "secret line" not in json.dumps(state) + "".join(preview.told)


# --- beginning and end ------------------------------------------------------------------------------------------------


def test_a_port_that_is_taken_is_a_fault(preview: Preview, tmp_path: Path) -> None:
    site = small_site(tmp_path / "site")
    command = [sys.executable, "-m", "generator", "serve", "--site", str(site), "--port", str(preview.port)]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, encoding="utf-8", timeout=LONG)
    assert done.returncode == 2
    assert f"port {preview.port} is taken" in done.stderr
    assert re.search(r"add --port \d+\n", done.stderr)


def test_it_begins_with_a_site_that_has_errors_and_ends_when_it_is_told_to(tmp_path: Path) -> None:
    site = small_site(tmp_path / "site", {"content/claims/landing.yaml": "claim: [\n"})
    with Preview(site) as preview:
        assert "comes by itself" in preview.get("/")[1]
        assert preview.state()["errors"][0]["code"] == "Y001"
        assert not (site / "build").exists()
    assert "Traceback" not in "".join(preview.told)
    with pytest.raises(ConnectionRefusedError):
        preview.get("/")


def test_a_published_site_has_no_trace_of_the_preview(tmp_path: Path) -> None:
    site = small_site(tmp_path / "site")
    build_site(site)
    assert not [path for path, data in tree(site / "build").items() if b"preview.js" in data]
    assert not (site / ".parallax" / "preview").exists()


def test_a_site_with_errors_is_not_built_again_until_something_changes(preview: Preview) -> None:
    lay(preview.site, {"content/claims/landing.yaml": claim("Broken.", more="nothing: x\n")})
    preview.until_state(lambda state: bool(state["errors"]), "an error")
    said = -1
    while said != len(preview.told):  # the problems are still being told
        said = len(preview.told)
        time.sleep(1)
    time.sleep(5)  # longer than it takes between looks at all files
    assert len(preview.told) == said
