"""Builds are killed, run out of room, lose their output, meet each other and editors: no page is torn, nothing is lost.

`make torture` runs all of it; by default there is a sample, the same in every run.
"""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from support import claim, lay, small_site, tree

from generator.__main__ import main
from generator.build import change, packages
from generator.build.options import Options
from generator.pipeline import build
from tests.torture.intruder import Intruder

TRIALS = int(os.environ.get("PARALLAX_TORTURE", "3"))
"""How often each way of harm is tried in each mode."""
FULL = TRIALS > 3
"""Whether there are so many trials that some of them must have met what they are for."""
SEED = 20211017
MODES = {"plain": ["--jobs", "1"], "processes": ["--jobs", "2"], "releases": ["--jobs", "1", "--releases", "3"]}
LONGEST = 60  # seconds
MANY = 12  # claims

EDITIONS: list[dict[str, str | bytes | None]] = [
    {
        "content/claims/landing.yaml": claim("The ship landed at noon.", more=f"tags: [{tag}]\nwhy: {tag} asked.\n"),
        f"content/claims/only-{tag}.yaml": claim(f"A claim of {tag}.", more=f"tags: [{tag}]\n"),
        "content/stories/ship.yaml": f"title: The ship\nsummary: As {tag} tells it.\n",
    }
    for tag in ("one", "two", "three")
]
EDITIONS.append(
    {**EDITIONS[-1], "content/claims/landing.yaml": claim("The ship landed at one.", more="tags: [three]\n")}
)
"""What the site says at one time and at others: claims, topics and an asset come and go.

To the second and the fourth a build makes anew what an edit reaches, in the fourth only words; to the others all of it.
"""


class Site:
    """A site with what it builds to in each edition."""

    def __init__(self, root: Path) -> None:
        claims: dict[str, str | bytes | None] = {
            f"content/claims/c{number}.yaml": claim(f"Claim {number}.") for number in range(MANY)
        }
        self.root = small_site(root, claims)
        self.expected: list[dict[str, bytes]] = []
        for number in range(len(EDITIONS)):
            self.edit(number)
            shutil.rmtree(root.parent / "clean", ignore_errors=True)
            build(self.root, root.parent / "clean", Options(clean=True), workspace=root.parent / "workspace")
            self.expected.append(tree(root.parent / "clean"))
        self.output = self.root / "build"

    def edit(self, number: int) -> None:
        """Bring the site to an edition."""
        for edition in EDITIONS:
            for path in edition:
                (self.root / path).unlink(missing_ok=True)
        lay(self.root, EDITIONS[number])

    def content(self) -> dict[str, bytes]:
        """All that is the site's own."""
        found = {"site.toml": (self.root / "site.toml").read_bytes()}
        for folder in ("content", "seeds", "templates"):
            found.update((f"{folder}/{path}", data) for path, data in tree(self.root / folder).items())
        return found

    def online(self) -> dict[str, bytes]:
        """What readers can get, but the manifest."""
        home = self.output / "current" if (self.output / "current").is_symlink() else self.output
        if home == self.output and (home / "releases").exists():
            return {}
        staged = (".parallax-staging",)
        found = tree(home.resolve()) if home.exists() else {}
        return {path: data for path, data in found.items() if path != "manifest.json" and not path.startswith(staged)}

    def require_whole(self) -> None:
        """Every page online is a page of some edition."""
        for path, data in self.online().items():
            assert data in [expected.get(path) for expected in self.expected], f"{path} is torn"

    def require_clean(self, mode: str, number: int) -> None:
        """The next build gives what a build from nothing gives, and leaves nothing lying about."""
        before = self.content()
        build(self.root, self.output, releases=3 if mode == "releases" else 0)
        home = self.output / "current" if mode == "releases" else self.output
        found = tree(home.resolve())
        assert {path for path in found if found[path] != self.expected[number].get(path)} == set()
        assert found.keys() == self.expected[number].keys()
        assert self.content() == before
        left = {path.name for path in (self.root / ".parallax").iterdir()}
        assert left <= {".gitignore", "lock", "build.db", "build.seal"}, left
        if mode == "releases":
            assert all(name.isdigit() for name in os.listdir(self.output / "releases"))
            assert len(os.listdir(self.output / "releases")) <= 3
            assert set(os.listdir(self.output)) == {"current", "releases"}

    def build(
        self, mode: str, plan: dict[str, Any] | None = None, first: Callable[[], None] | None = None
    ) -> tuple[int, str]:
        """The exit status of a build in a process of its own, and what it said."""
        status, said = self.start(mode, plan, first).wait()
        assert "Traceback" not in said, said
        return status, said

    def start(self, mode: str, plan: dict[str, Any] | None = None, first: Callable[[], None] | None = None) -> Child:
        plan = {"in": f"{self.root}/", **(plan or {})}
        arguments = ["build", "--site", str(self.root), *MODES[mode]]
        return Child(plan, arguments, first)

    def steps(self, mode: str) -> int:
        """How many steps a build after an edit has, which is where harm can be done."""
        file = self.root.parent / "count"
        assert self.build(mode, {"count": str(file)})[0] == 0
        return int(file.read_text())


class Child:
    """A build in a copy of this process, with a group of its own: there is nothing to be started or imported."""

    def __init__(self, plan: dict[str, Any], arguments: list[str], first: Callable[[], None] | None = None) -> None:
        self._said, saying = os.pipe()
        self.pid = os.fork()
        if not self.pid:
            status = 70
            try:
                status = self._run(plan, arguments, first, saying)
            except BaseException:
                os.write(saying, traceback.format_exc().encode())
            finally:
                os._exit(status)
        os.close(saying)
        self._status: int | None = None

    def _run(self, plan: dict[str, Any], arguments: list[str], first: Callable[[], None] | None, saying: int) -> int:
        os.setsid()
        os.dup2(saying, 1)
        os.dup2(saying, 2)
        sys.stdout = sys.stderr = os.fdopen(2, "w", buffering=1, closefd=False)
        packages.CLAIMS_A_JOB = change._MANY = change.FILES_A_JOB = 2
        if first is not None:
            first()
        intruder = Intruder(plan)
        sys.addaudithook(intruder.step)
        status = main(arguments)
        intruder.awake = False
        if "count" in plan:
            Path(plan["count"]).write_text(f"{intruder.steps}", "utf-8")
        sys.stderr.flush()
        return status

    def running(self) -> bool:
        if self._status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            self._status = os.waitstatus_to_exitcode(status) if pid else None
        return self._status is None

    def wait(self) -> tuple[int, str]:
        """The exit status, and what was said. All its helpers have ended with it."""
        last = time.monotonic() + LONGEST
        while self.running() or self._helpers():
            if time.monotonic() > last:
                os.killpg(self.pid, signal.SIGKILL)
                os.waitpid(self.pid, 0)
                pytest.fail("a build, or a helper of a dead one, does not end")
            time.sleep(0.002)
        assert self._status is not None
        with os.fdopen(self._said, encoding="utf-8", errors="replace") as said:
            return self._status, said.read()

    def _helpers(self) -> bool:
        try:
            os.killpg(self.pid, 0)
        except ProcessLookupError:
            return False
        return True


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return Site(tmp_path_factory.mktemp("torture") / "site")


@pytest.fixture(scope="module")
def told(request: pytest.FixtureRequest) -> Iterator[Callable[[str], None]]:
    """Says what was reached, at the end of a full run."""
    lines: list[str] = []
    yield lines.append
    if FULL:
        with request.config.pluginmanager.getplugin("capturemanager").global_and_fixture_disabled():
            print("", *lines, sep="\n")


def begun(site: Site, mode: str) -> tuple[int, ...]:
    """Bring site and output to the last edition; returns how many steps its build has, and that of the one before."""
    shutil.rmtree(site.output, ignore_errors=True)
    site.edit(1)
    assert site.build(mode)[0] == 0
    steps = []
    for number in (2, 3):
        site.edit(number)
        steps.append(site.steps(mode))
    site.require_clean(mode, 3)
    return tuple(steps)


def moment(chance: random.Random, steps: tuple[int, ...]) -> int:
    """A step to do harm at: of a large build or of a small one, every other time in its last third."""
    most = chance.choice(steps)
    return chance.randint(chance.choice([1, most * 2 // 3]), most)


# --- killed -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", MODES)
def test_a_build_that_is_killed_at_any_step_again_and_again(site: Site, mode: str, told: Callable[[str], None]) -> None:
    chance = random.Random(f"{SEED} kill {mode}")
    steps = begun(site, mode)
    killed = survived = 0
    now = 3
    for _ in range(TRIALS):
        now = (now + 1) % len(EDITIONS)
        site.edit(now)
        before = site.content()
        # Several builds die one after another before one may end: each finds what the last one left.
        for _ in range(chance.choice([1, 1, 2, 3])):
            harm = chance.choice(["kill", "kill the group"])
            status, said = site.build(mode, {"at": moment(chance, steps), "harm": harm})
            killed += status == -signal.SIGKILL
            assert status in (-signal.SIGKILL, 0), said
            site.require_whole()
            assert site.content() == before
        site.require_clean(mode, now)
        survived += 1
    assert killed
    told(f"{mode}: {killed} kills at one of {max(steps)} steps, {survived} times the next build gave the clean bytes")


@pytest.mark.parametrize("mode", MODES)
def test_a_build_that_is_killed_at_any_moment(site: Site, mode: str, told: Callable[[str], None]) -> None:
    """By the clock, so also in the middle of writing a file: as often as it takes, up to the build's own end."""
    chance = random.Random(f"{SEED} moment {mode}")
    begun(site, mode)
    started = time.monotonic()
    site.edit(2)
    assert site.build(mode)[0] == 0
    takes = time.monotonic() - started
    killed = 0
    for trial in range(TRIALS):
        now = trial % len(EDITIONS)
        site.edit(now)
        before = site.content()
        process = site.start(mode)
        time.sleep(chance.random() * takes)
        with_group = chance.random() < 0.5
        if process.running():
            (os.killpg if with_group else os.kill)(process.pid, signal.SIGKILL)
        killed += process.wait()[0] == -signal.SIGKILL
        site.require_whole()
        assert site.content() == before
        site.require_clean(mode, now)
    told(f"{mode}: {killed} kills by the clock")


# --- no room, no output -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("harm", ["full", "full once", "read-only"])
@pytest.mark.parametrize("mode", ["plain", "releases"])
def test_a_disk_that_takes_nothing_more_from_any_step_on(
    site: Site, mode: str, harm: str, told: Callable[[str], None]
) -> None:
    chance = random.Random(f"{SEED} {harm} {mode}")
    steps = begun(site, mode)
    failed = 0
    for trial in range(TRIALS):
        now = trial % len(EDITIONS)
        site.edit(now)
        before = site.content()
        status, said = site.build(mode, {"at": moment(chance, steps), "harm": harm})
        assert status in (0, 2), said
        assert not status or "parallax: " in said
        failed += status == 2
        site.require_whole()
        assert site.content() == before
        site.require_clean(mode, now)
    assert failed or not FULL
    told(f"{mode}, {harm}: {failed} of {TRIALS} builds failed and said so")


@pytest.mark.parametrize("size", [0, 100, 2000, 20_000])
def test_a_limit_on_the_size_of_files(site: Site, size: int) -> None:
    """What the system enforces also where no step of Python's is seen, as in the store."""
    begun(site, "plain")
    site.edit(2)

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    status, said = site.build("plain", first=limit)
    assert (status == 2) == (size < 20_000), said
    site.require_whole()
    site.require_clean("plain", 2)


@pytest.mark.parametrize("megabytes", [2, 4])
def test_a_disk_that_is_full(tmp_path: Path, megabytes: int) -> None:
    """A real file system without room, where this may mount one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "none", str(disk)]
    if os.getuid() or shutil.which("mount") is None or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("no file system can be mounted here")
    try:
        site = Site(tmp_path / "site")
        site.root = shutil.copytree(site.root, disk / "site", symlinks=True)
        site.output = site.root / "build"
        site.edit(0)
        assert site.build("plain")[0] == 0
        filler = disk / "filler"
        for left in (0, 4096, 16_384, 65_536):
            site.edit(1)
            filler.write_bytes(b"x" * max(0, shutil.disk_usage(disk).free - left))
            before = site.content()
            status, said = site.build("plain")
            assert status in (0, 2), said
            assert left or status == 2
            site.require_whole()
            filler.unlink()
            assert site.content() == before
            site.require_clean("plain", 1)
            site.edit(0)
            site.require_clean("plain", 0)
    finally:
        subprocess.run(["umount", "--lazy", str(disk)], check=True)


@pytest.mark.parametrize("mode", ["plain", "releases"])
def test_an_output_that_vanishes_at_any_step(site: Site, mode: str, told: Callable[[str], None]) -> None:
    chance = random.Random(f"{SEED} vanish {mode}")
    steps = begun(site, mode)
    failed = 0
    for trial in range(TRIALS):
        now = trial % len(EDITIONS)
        site.edit(now)
        before = site.content()
        plan = {"at": moment(chance, steps), "harm": "vanish", "folder": str(site.output)}
        status, said = site.build(mode, plan)
        assert status in (0, 2), said
        failed += status == 2
        site.require_whole()
        assert site.content() == before
        site.require_clean(mode, now)
    assert failed or not FULL
    told(f"{mode}: an output vanished in {TRIALS} builds, of which {failed} said so")


# --- company ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", ["plain", "releases"])
def test_builds_at_the_same_time_wait_for_each_other(site: Site, mode: str) -> None:
    begun(site, mode)
    for round in range(3 if FULL else 1):
        now = (round + 2) % len(EDITIONS)
        site.edit(now)
        several = [site.start(mode) for _ in range(3)]
        for process in several:
            status, said = process.wait()
            assert "Traceback" not in said
            assert status == 0 or "another build" in said, said
        site.require_whole()
        site.require_clean(mode, now)


def test_two_copies_of_a_site_that_publish_into_one_output_do_it_one_after_the_other(
    site: Site, tmp_path: Path
) -> None:
    begun(site, "plain")
    ignored = shutil.ignore_patterns("build", ".parallax")
    copies = [shutil.copytree(site.root, tmp_path / name, ignore=ignored) for name in "ab"]
    for number, copy in enumerate(copies):
        for edition in EDITIONS:
            for path in edition:
                (copy / path).unlink(missing_ok=True)
        lay(copy, EDITIONS[number])
    output = tmp_path / "www"
    several = [Child({"in": "/"}, ["build", "--site", str(copy), "--output", str(output)]) for copy in copies]
    for process in several:
        status, said = process.wait()
        assert status == 0, said
    assert tree(output) in site.expected[:2]


@pytest.mark.parametrize("mode", ["plain", "processes"])
def test_an_editor_who_saves_at_any_step(site: Site, mode: str, told: Callable[[str], None]) -> None:
    chance = random.Random(f"{SEED} save {mode}")
    steps = begun(site, mode)
    saves = 0
    for trial in range(TRIALS * 2):
        now, then = trial % len(EDITIONS), (trial + 1) % len(EDITIONS)
        site.edit(now)
        files = {**dict.fromkeys(EDITIONS[now]), **EDITIONS[then]}
        some = dict(chance.sample(sorted(files.items()), chance.randint(1, len(files))))
        plan = {"at": moment(chance, steps), "harm": "save"}
        saved = {str(site.root / path): text for path, text in some.items()}
        status, said = site.build(mode, {**plan, "files": saved})
        assert status in (0, 1, 2), said
        saves += len(some)
        site.edit(then)  # and then the rest
        site.require_clean(mode, then)
    told(f"{mode}: {saves} files saved in the middle of {TRIALS * 2} builds")


@pytest.mark.parametrize("at", range(1, 200, 7 if FULL else 28))
def test_settings_that_are_saved_and_taken_back_in_the_middle_leave_no_trace(site: Site, at: int) -> None:
    """`site.toml` is read more than once: no build is believed that had two of it."""
    begun(site, "plain")
    before = (site.root / "site.toml").read_text("utf-8")
    site.edit(2)
    (site.root / "site.toml").write_text(before + "\n", "utf-8")
    other = before.replace("The Small Desk", "The Other Desk")
    try:
        status, said = site.build("plain", {"at": at, "harm": "save", "files": {str(site.root / "site.toml"): other}})
        assert status in (0, 2), said
        (site.root / "site.toml").write_text(before + "\n", "utf-8")
        site.require_clean("plain", 2)
    finally:
        (site.root / "site.toml").write_text(before, "utf-8")


# --- a first build ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", MODES)
def test_a_first_build_that_dies_does_not_make_its_output_a_strangers(
    site: Site, mode: str, told: Callable[[str], None]
) -> None:
    chance = random.Random(f"{SEED} first {mode}")
    shutil.rmtree(site.output, ignore_errors=True)
    shutil.rmtree(site.root / ".parallax", ignore_errors=True)
    site.edit(0)
    steps = (site.steps(mode),)
    for _ in range(TRIALS):
        shutil.rmtree(site.output, ignore_errors=True)
        shutil.rmtree(site.root / ".parallax", ignore_errors=True)
        status, said = site.build(mode, {"at": moment(chance, steps), "harm": "kill the group"})
        assert status == -signal.SIGKILL, said
        site.require_whole()
        site.require_clean(mode, 0)
    told(f"{mode}: {TRIALS} first builds killed at one of {max(steps)} steps")
