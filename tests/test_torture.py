"""Builds are killed, run out of room, lose their output, meet each other and editors: no page is torn, nothing is lost.

`make torture` tries each way of harm a hundred times; by default three times, at the same steps in every run. What was
survived is counted, and told at the end of the run: harm counts only if it was done, and then only once the next build
has given what a build from nothing gives.
"""

from __future__ import annotations

import ctypes
import mmap
import os
import random
import resource
import shlex
import shutil
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from reached import Reached
from support import REPOSITORY, claim, commit, lay, small_site, tree

from generator.__main__ import main
from generator.build import change, packages
from generator.build.options import Options
from generator.pipeline import build
from generator.problems import FaultError
from tests.torture.intruder import Intruder

TRIALS = int(os.environ.get("PARALLAX_TORTURE", "3"))
"""How often each way of harm is tried in each mode."""
SEED = 20211017
MODES = {"plain": ["--jobs", "1"], "processes": ["--jobs", "2"], "releases": ["--jobs", "1", "--releases", "3"]}
LONGEST = 60  # seconds
MANY = 12  # claims
EVERYTHING = "[history]\nenabled = true\n[search]\nenabled = true\n"
"""What has a build ask other programs."""

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

    def __init__(self, root: Path, settings: str = "", options: Options = Options(clean=True)) -> None:  # noqa: B008
        claims: dict[str, str | bytes | None] = {
            f"content/claims/c{number}.yaml": claim(f"Claim {number}.") for number in range(MANY)
        }
        self.root = small_site(root, claims)
        if settings:
            (root / "site.toml").write_text((root / "site.toml").read_text("utf-8") + settings, "utf-8")
            commit(root)
        self.options = options
        self.expected: list[dict[str, bytes]] = []
        for number in range(len(EDITIONS)):
            self.edit(number)
            shutil.rmtree(root.parent / "clean", ignore_errors=True)
            build(self.root, root.parent / "clean", options, workspace=root.parent / "workspace")
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

    def require_online(self, mode: str, number: int) -> None:
        """Readers see this edition, whole."""
        home = self.output / "current" if mode == "releases" else self.output
        found = tree(home.resolve())
        assert {path for path in found if found[path] != self.expected[number].get(path)} == set()
        assert found.keys() == self.expected[number].keys()

    def require_clean(self, mode: str, number: int) -> None:
        """The next build gives what a build from nothing gives, and leaves nothing lying about."""
        before = self.content()
        build(self.root, self.output, replace(self.options, clean=False), releases=3 if mode == "releases" else 0)
        self.require_online(mode, number)
        assert self.content() == before
        left = {path.name for path in (self.root / ".parallax").iterdir()}
        assert left <= {".gitignore", "lock", "build.db", "build.seal", "search.db", "search.seal"}, left
        if mode == "releases":
            assert all(name.isdigit() for name in os.listdir(self.output / "releases"))
            assert len(os.listdir(self.output / "releases")) <= 3
            assert set(os.listdir(self.output)) == {"current", "releases"}

    def build(
        self, mode: str, plan: dict[str, Any] | None = None, first: Callable[[], None] | None = None
    ) -> tuple[int, str]:
        """The exit status of a build in a process of its own, and what it said."""
        return self.start(mode, plan, first).wait()

    def harmed(self, mode: str, plan: dict[str, Any]) -> tuple[int, str, bool]:
        """The same of a build that harm is planned for, and whether any was done."""
        child = self.start(mode, plan)
        return (*child.wait(), child.was_harmed())

    def start(self, mode: str, plan: dict[str, Any] | None = None, first: Callable[[], None] | None = None) -> Child:
        plan = {"in": f"{self.root}/", **(plan or {})}
        arguments = ["build", "--site", str(self.root), "--output", str(self.output), *MODES[mode]]
        arguments += ["--compress"] if self.options.compress else []
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
        self._harm = mmap.mmap(-1, 1)
        """Told of by the child, whatever happens to it."""
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
        with suppress(OSError):  # it has done so itself, or has ended
            os.setpgid(self.pid, self.pid)
        self._status: int | None = None

    def _run(self, plan: dict[str, Any], arguments: list[str], first: Callable[[], None] | None, saying: int) -> int:
        os.setpgid(0, 0)
        os.dup2(saying, 1)
        os.dup2(saying, 2)
        sys.stdout = sys.stderr = os.fdopen(2, "w", buffering=1, closefd=False)
        packages.CLAIMS_A_JOB = change._MANY = change.FILES_A_JOB = 2
        if first is not None:
            first()
        intruder = Intruder(plan, lambda: self._harm.write_byte(1) if not self._harm.tell() else None)
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
        """The exit status, and what was said, which is never a traceback. All its helpers have ended with it."""
        last = time.monotonic() + LONGEST
        while self.running() or self._helpers():
            if time.monotonic() > last:
                os.killpg(self.pid, signal.SIGKILL)
                os.waitpid(self.pid, 0)
                pytest.fail("a build, or a helper of a dead one, does not end")
            time.sleep(0.002)
        assert self._status is not None
        with os.fdopen(self._said, encoding="utf-8", errors="replace") as file:
            said = file.read()
        assert "Traceback" not in said, said
        return self._status, said

    def was_harmed(self) -> bool:
        return self._harm[0] == 1

    def _helpers(self) -> bool:
        """Whether any is there still. Those of a dead build are this process's own now."""
        with suppress(ChildProcessError):
            while os.waitpid(-self.pid, os.WNOHANG)[0]:
                continue
        try:
            os.killpg(self.pid, 0)
        except ProcessLookupError:
            return False
        return True


@pytest.fixture(scope="module", autouse=True)
def heir() -> None:
    """Helpers of builds that died become this process's own. Whose they are else may take its time to notice an end."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)  # PR_SET_CHILD_SUBREAPER


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return Site(tmp_path_factory.mktemp("torture") / "site")


@pytest.fixture(scope="module")
def site_of_everything(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site whose builds ask git and Pagefind, and compress."""
    pytest.importorskip("pagefind_bin")
    return Site(tmp_path_factory.mktemp("torture") / "site", EVERYTHING, Options(clean=True, compress=True))


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

ALONE, GROUP = "kills survived: the build alone", "kills survived: the build with its helpers"


def survive_kills(site: Site, mode: str, reached: Reached) -> None:
    """Kill builds at steps of their own, several one after another: each finds what the last one left."""
    chance = random.Random(f"{SEED} kill {mode}")
    steps = begun(site, mode)
    counts = {"kill": reached(ALONE, (TRIALS + 1) // 2), "kill the group": reached(GROUP, TRIALS // 2)}
    now = len(EDITIONS) - 1
    while lacking := [harm for harm, count in counts.items() if count.left]:
        now = (now + chance.randint(1, len(EDITIONS) - 1)) % len(EDITIONS)
        site.edit(now)
        before = site.content()
        done = []
        for harm in (lacking * 3)[: chance.choice([1, 1, 2, 3])]:
            status, said, harmed = site.harmed(mode, {"at": moment(chance, steps), "harm": harm})
            assert status in (-signal.SIGKILL, 0), said
            assert harmed == (status == -signal.SIGKILL)
            site.require_whole()
            assert site.content() == before
            done += [harm] if harmed else []
        site.require_clean(mode, now)
        for harm in done:
            counts[harm]()


@pytest.mark.parametrize("mode", MODES)
def test_a_build_that_is_killed_at_any_step_again_and_again(site: Site, mode: str, reached: Reached) -> None:
    survive_kills(site, mode, reached)


def test_a_build_that_is_killed_while_it_asks_other_programs(site_of_everything: Site, reached: Reached) -> None:
    """Git for histories, Pagefind for the search index; and it has compressed files too."""
    survive_kills(site_of_everything, "processes", reached)


@pytest.mark.parametrize("mode", MODES)
def test_a_build_that_is_killed_at_any_moment(site: Site, mode: str, reached: Reached) -> None:
    """By the clock, so also in the middle of writing a file: as often as it takes, up to the build's own end."""
    chance = random.Random(f"{SEED} moment {mode}")
    begun(site, mode)
    started = time.monotonic()
    site.edit(2)
    assert site.build(mode)[0] == 0
    takes = time.monotonic() - started
    alone, group = reached(ALONE, (TRIALS + 1) // 2), reached(GROUP, TRIALS // 2)
    for count in (alone, group):
        for trial in count.trials():
            now = trial % len(EDITIONS)
            site.edit(now)
            before = site.content()
            process = site.start(mode)
            time.sleep(chance.random() * takes)
            if process.running():
                (os.kill if count is alone else os.killpg)(process.pid, signal.SIGKILL)
            status, said = process.wait()
            assert status in (-signal.SIGKILL, 0), said
            site.require_whole()
            assert site.content() == before
            site.require_clean(mode, now)
            count(status == -signal.SIGKILL)


@pytest.mark.parametrize("harm", ["stop", "end"])
@pytest.mark.parametrize("mode", ["plain", "processes"])
def test_a_build_that_is_told_to_stop_at_any_step(site: Site, mode: str, harm: str, reached: Reached) -> None:
    """By Ctrl+C, which reaches its helpers too, and which it says; and by the system, as at a shutdown."""
    chance = random.Random(f"{SEED} {harm} {mode}")
    steps = begun(site, mode)
    count = reached("builds stopped " + ("by Ctrl+C" if harm == "stop" else "by the system"), TRIALS)
    for trial in count.trials():
        now = trial % len(EDITIONS)
        site.edit(now)
        before = site.content()
        status, said, harmed = site.harmed(mode, {"at": moment(chance, steps), "harm": harm})
        if harm == "end":
            assert (status == -signal.SIGTERM) == harmed, said
        elif harmed:
            assert status == 2, said
            assert "Stopped." in said
        site.require_whole()
        assert site.content() == before
        site.require_clean(mode, now)
        count(harmed)


# --- no room, no output -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("harm", ["full", "full once", "read-only"])
@pytest.mark.parametrize("mode", ["plain", "releases"])
def test_a_disk_that_takes_nothing_more_from_any_step_on(site: Site, mode: str, harm: str, reached: Reached) -> None:
    """Where a build says that it is done, it is: what was refused to it was no more than help for the next one."""
    chance = random.Random(f"{SEED} {harm} {mode}")
    steps = begun(site, mode)
    count = reached(f"builds on a disk that is {harm}", TRIALS)
    for trial in count.trials():
        now = trial % len(EDITIONS)
        site.edit(now)
        before = site.content()
        status, said, harmed = site.harmed(mode, {"at": moment(chance, steps), "harm": harm})
        assert status in (0, 2), said
        assert not status or "parallax: " in said
        site.require_whole()
        if not status:
            site.require_online(mode, now)
        assert site.content() == before
        site.require_clean(mode, now)
        count(harmed)


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


@contextmanager
def mounted(folder: Path, options: str) -> Iterator[Path]:
    """A file system of its own in memory, at `folder`, where this may mount one."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", options, "none", str(folder)]
    if os.getuid() or shutil.which("mount") is None or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("no file system can be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.mark.parametrize("megabytes", [2, 4])
def test_a_disk_that_is_full(tmp_path: Path, megabytes: int, reached: Reached) -> None:
    """A real file system without room."""
    count = reached("builds on a real disk without room", 4)
    with mounted(tmp_path / "disk", f"size={megabytes}m") as disk:
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
            count()


@pytest.mark.parametrize("mode", ["plain", "releases"])
def test_a_disk_that_has_room_for_no_more_names(tmp_path: Path, mode: str, reached: Reached) -> None:
    """Disks run out of files before they run out of bytes. What is there already can still be written over."""
    count = reached("builds on a real disk without room for names", 4)
    site = Site(tmp_path / "site")
    with mounted(tmp_path / "disk", "nr_inodes=2000") as disk:
        site.output = disk / "www"
        site.edit(0)
        assert site.build(mode)[0] == 0
        for left in (0, 1, 5, 12):
            site.edit(1)
            for number in range(os.statvfs(disk).f_ffree - left):
                (disk / f"{number}").touch()
            status, said = site.build(mode)
            assert status == 2, said
            assert "No space left on device" in said
            site.require_whole()
            for number in disk.glob("[0-9]*"):
                number.unlink()
            site.require_clean(mode, 1)
            site.edit(0)
            site.require_clean(mode, 0)
            count()


@pytest.mark.parametrize("mode", ["plain", "releases"])
def test_an_output_that_can_only_be_read(tmp_path: Path, mode: str, reached: Reached) -> None:
    """A real file system that is made read-only, as systems do after a disk's first error."""
    count = reached("builds into a real output that can only be read", 2)
    site = Site(tmp_path / "site")
    with mounted(tmp_path / "disk", "size=4m") as disk:
        site.output = disk / "www"
        site.edit(0)
        assert site.build(mode)[0] == 0
        online = site.online()
        for number in (1, 2):
            site.edit(number)
            before = site.content()
            subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
            status, said = site.build(mode)
            assert status == 2, said
            assert "Read-only file system" in said
            assert site.online() == online
            subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
            assert site.content() == before
            site.require_clean(mode, number)
            online = site.online()
            count()


@pytest.mark.parametrize("mode", ["plain", "releases"])
def test_an_output_that_vanishes_at_any_step(site: Site, mode: str, reached: Reached) -> None:
    chance = random.Random(f"{SEED} vanish {mode}")
    steps = begun(site, mode)
    count = reached("builds whose output vanished", TRIALS)
    for trial in count.trials():
        now = trial % len(EDITIONS)
        site.edit(now)
        before = site.content()
        plan = {"at": moment(chance, steps), "harm": "vanish", "folder": str(site.output)}
        status, said, harmed = site.harmed(mode, plan)
        assert status in (0, 2), said
        site.require_whole()
        assert site.content() == before
        site.require_clean(mode, now)
        count(harmed)


@pytest.mark.parametrize("mode", ["plain", "releases"])
def test_a_part_of_the_output_that_went_between_two_builds_is_put_back(site: Site, mode: str, reached: Reached) -> None:
    """Whatever stands on its first level, or in it; with an edit and without one.

    Without its manifest a plain output is a stranger's, and what an old release holds is nobody's to remove.
    """
    chance = random.Random(f"{SEED} part {mode}")
    begun(site, mode)
    count = reached("parts of an output that went and came back", TRIALS)
    for trial in range(TRIALS):
        home = (site.output / "current").resolve() if mode == "releases" else site.output
        folders = [path for path in home.iterdir() if path.is_dir()]
        inside = [path for folder in folders for path in folder.iterdir()]
        gone = chance.choice(sorted({*home.iterdir(), *inside} - {home / "manifest.json"}))
        shutil.rmtree(gone) if gone.is_dir() else gone.unlink()
        now = chance.choice([3, trial % len(EDITIONS)])
        site.edit(now)
        site.require_clean(mode, now)
        site.edit(3)
        site.require_clean(mode, 3)
        count()


@pytest.mark.parametrize("name", ["claims/c1/index.html", "current", "releases", "the current release"])
def test_what_was_removed_from_releases_by_hand_is_back_after_the_next_edit(site: Site, name: str) -> None:
    """A page is never missing from a new release because it is missing from the one before."""
    begun(site, "releases")
    home = site.output / "current"
    gone = (
        site.output / name
        if name in ("current", "releases")
        else home.resolve() / name.removeprefix("the current release")
    )
    shutil.rmtree(gone) if gone.is_dir() and not gone.is_symlink() else gone.unlink()
    site.edit(2)
    site.require_clean("releases", 2)


# --- company ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", ["plain", "releases"])
def test_builds_at_the_same_time_wait_for_each_other(site: Site, mode: str, reached: Reached) -> None:
    begun(site, mode)
    count = reached("times three builds of a site at once", (TRIALS + 1) // 2)
    for trial in range(count.asked):
        now = trial % len(EDITIONS)
        site.edit(now)
        several = [site.start(mode) for _ in range(3)]
        for process in several:
            status, said = process.wait()
            assert status == 0 or (status == 2 and "another build" in said), said
        site.require_whole()
        site.require_clean(mode, now)
        count()


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


def test_a_build_that_hangs_is_told_of_and_one_that_was_killed_leaves_no_lock(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A build that is stopped for a while has its lock all that time; once it is killed, the next one goes on."""
    begun(site, "plain")
    site.edit(2)
    monkeypatch.setattr("generator.pipeline.PATIENCE", 0.3)
    first = site.start("plain", {"at": 40, "harm": "hang"})
    assert os.waitid(os.P_PID, first.pid, os.WSTOPPED | os.WEXITED | os.WNOWAIT)
    assert first.was_harmed()
    with pytest.raises(FaultError, match="another build of this site is running"):
        build(site.root, site.output)
    os.kill(first.pid, signal.SIGKILL)
    assert first.wait()[0] == -signal.SIGKILL
    site.require_clean("plain", 2)


@pytest.mark.parametrize("mode", ["plain", "processes"])
def test_an_editor_who_saves_at_any_step(site: Site, mode: str, reached: Reached) -> None:
    chance = random.Random(f"{SEED} save {mode}")
    steps = begun(site, mode)
    count = reached("builds in which an editor saved files", TRIALS)
    for trial in count.trials():
        now, then = trial % len(EDITIONS), (trial + 2) % len(EDITIONS)  # the next trial begins with neither
        site.edit(now)
        files = {**dict.fromkeys(EDITIONS[now]), **EDITIONS[then]}
        some = dict(chance.sample(sorted(files.items()), chance.randint(1, len(files))))
        plan = {"at": moment(chance, steps), "harm": "save"}
        saved = {str(site.root / path): text for path, text in some.items()}
        status, said, harmed = site.harmed(mode, {**plan, "files": saved})
        assert status in (0, 1, 2), said
        site.edit(then)  # and then the rest
        site.require_clean(mode, then)
        count(harmed)


def test_settings_that_are_saved_and_taken_back_in_the_middle_leave_no_trace(site: Site, reached: Reached) -> None:
    """`site.toml` is read more than once: no build is believed that had two of it."""
    chance = random.Random(f"{SEED} settings")
    begun(site, "plain")
    before = (site.root / "site.toml").read_text("utf-8")
    other = before.replace("The Small Desk", "The Other Desk")
    count = reached("builds in which settings were saved and taken back", TRIALS)
    try:
        for trial in count.trials():
            now = trial % len(EDITIONS)
            site.edit(now)
            same = before + "\n" * (trial % 2)  # other bytes than before, so that all is made anew
            (site.root / "site.toml").write_text(same, "utf-8")
            plan = {"at": chance.randint(1, 150), "harm": "save", "files": {str(site.root / "site.toml"): other}}
            status, said, harmed = site.harmed("plain", plan)
            assert status in (0, 2), said
            (site.root / "site.toml").write_text(same, "utf-8")
            site.require_clean("plain", now)
            count(harmed)
    finally:
        (site.root / "site.toml").write_text(before, "utf-8")


# --- a first build ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", MODES)
def test_a_first_build_that_dies_does_not_make_its_output_a_strangers(site: Site, mode: str, reached: Reached) -> None:
    chance = random.Random(f"{SEED} first {mode}")
    shutil.rmtree(site.output, ignore_errors=True)
    shutil.rmtree(site.root / ".parallax", ignore_errors=True)
    site.edit(0)
    steps = (site.steps(mode),)
    count = reached("kills survived: a first build", TRIALS)
    for _ in count.trials():
        shutil.rmtree(site.output, ignore_errors=True)
        shutil.rmtree(site.root / ".parallax", ignore_errors=True)
        status, said, harmed = site.harmed(mode, {"at": moment(chance, steps), "harm": "kill the group"})
        assert status == (-signal.SIGKILL if harmed else 0), said
        site.require_whole()
        site.require_clean(mode, 0)
        count(harmed)


# --- nobody to tell ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", [["check", "--format", "json"], ["build"], ["explain", "Q001"]])
@pytest.mark.parametrize("streams", [">/dev/full", "2>/dev/full", ">/dev/full 2>/dev/full"])
def test_what_cannot_be_said_is_a_fault_and_no_traceback(
    site: Site, tmp_path: Path, command: list[str], streams: str
) -> None:
    """Where what a command prints goes to a full disk. A command that has nothing to say there is done."""
    site.edit(0)
    where = [] if command[0] == "explain" else ["--site", str(site.root)]
    where += ["--output", str(tmp_path / "www")] if command[0] == "build" else []
    line = shlex.join([sys.executable, "-m", "generator", *command, *where])
    done = subprocess.run(["bash", "-c", f"{line} {streams}"], cwd=REPOSITORY, capture_output=True, timeout=60)
    said = "2" if command[0] == "build" else "1"
    lost = "2>" in streams if said == "2" else streams.startswith(">")
    assert done.returncode == (2 if lost else 0), done.stderr
    assert b"Traceback" not in done.stderr
    assert b"Exception" not in done.stderr


def test_streams_that_are_closed_are_no_pages(site: Site, tmp_path: Path) -> None:
    """The first files that a program opens take the numbers of closed streams: what is said would go into them."""
    site.edit(0)
    line = shlex.join([sys.executable, "-m", "generator", "build", "--clean", "--site", str(site.root)])
    shutil.rmtree(site.output, ignore_errors=True)
    done = subprocess.run(["bash", "-c", f"{line} <&- >&- 2>&-"], cwd=REPOSITORY, timeout=60)
    assert done.returncode == 0
    assert tree(site.output) == site.expected[0]
