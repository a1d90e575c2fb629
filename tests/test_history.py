"""Histories: claims' pages show the commits that touched them, whatever the repository, and git is asked safely."""

from __future__ import annotations

import os
import random
import re
import shutil
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from support import REPOSITORY, SMALL, build_site, claim, commit, git, lay, run, small_site, tree

from generator.build.history import MOST_CHANGES, MOST_COMMITS
from generator.build.options import Options
from generator.build.session import Session
from generator.build.workers import Workers
from generator.examine import examine
from generator.history import git as asking
from generator.pipeline import build
from generator.problems import ContentError, errors

ON = """\
format = 1
title = "The Small Desk"
url = "https://small.example"
language = "en-GB"
repository = "https://github.com/small/desk"
[history]
enabled = true
[[verdicts]]
id = "true"
label = "True"
"""
LANDING = "content/claims/landing.yaml"
COMMIT = re.compile(r"<li>commit ([0-9a-f]{40}) \(([0-9a-f]{10})\) (.*?): (.*?) ?(https://\S*)?\n")


def site_with(root: Path, *files: dict[str, str | bytes | None], settings: str = ON) -> Path:
    return small_site(root, {"site.toml": settings}, *files)


def subjects(root: Path, id: str = "landing") -> list[str]:
    """The subjects of the commits that a claim's page shows, in its order."""
    return [found[4] for found in COMMIT.finditer(page(root, id))]


def page(root: Path, id: str = "landing") -> str:
    return (root / "build" / "claims" / id / "index.html").read_text("utf-8")


TO_SO, FROM_SO = " summary: =[It] -[did.] +[did so.]", " summary: =[It] -[did so.] +[did.]"
"""How a summary became “It did so.”, and was “It did.” again."""
CHANGE = re.compile(r"<li>change (.*?</time>|undated) ([0-9a-f]{10}) (\S*) (.*)")


def changes(root: Path, id: str = "landing") -> list[str]:
    """What a claim's page tells of its changes, each in a line without its date and commit, the newest first."""
    return [unescape(found[4]) for found in CHANGE.finditer(page(root, id))]


def said(**fields: str) -> str:
    """A claim's file with other fields than usual."""
    usual = {"claim": "The ship landed at noon.", "verdict": "true", "summary": "It did.", "checked": "2021-10-17"}
    return "".join(f'{name}: "{value}"\n' for name, value in {**usual, **fields}.items())


def commits_of(root: Path, *files: str, path: str = LANDING, first: int = 1_700_000_000) -> None:
    """Commit a claim's file as it was one time after another, a day between."""
    for number, file in enumerate(files):
        lay(root, {path: file})
        commit(root, f"Edit {number}", at=f"{first + number * 86_400} +0000")


def warnings_of(root: Path) -> list[str]:
    """What `check` says of the site's history, after a build that counts as many warnings in all."""
    built = build_site(root)
    found = examine(root)
    assert built.warnings == len(found)
    return [f"{p.path}:{p.line} {p.message} | {p.help}" for p in found if p.code == "H001"]


# --- what pages show --------------------------------------------------------------------------------------------------


def test_a_claims_page_shows_the_commits_that_touched_it(tmp_path: Path) -> None:
    site = site_with(tmp_path)
    first = commit(site, "Check the landing")
    lay(site, {"content/claims/other.yaml": claim("Another.")})
    commit(site, "Another claim")
    lay(site, {LANDING: claim("The ship landed at noon.")})
    last = commit(site, "Sharpen the summary\n\nA body that no page shows.", at="1700100000 -0330")
    build_site(site)
    shown = [found.groups() for found in COMMIT.finditer(page(site))]
    at = "https://github.com/small/desk/commit/"
    assert shown == [
        (last, last[:10], '<time datetime="2023-11-15">15 November 2023</time>', "Sharpen the summary", at + last),
        (first, first[:10], '<time datetime="2023-11-14">14 November 2023</time>', "Check the landing", at + first),
    ]
    assert subjects(site, "other") == ["Another claim"]


def test_a_long_history_says_how_much_of_it_is_not_shown(tmp_path: Path) -> None:
    site = site_with(tmp_path)
    for number in range(MOST_COMMITS + 3):
        lay(site, {LANDING: claim(more=f"why: Reason {number}.\n")})
        commit(site, f"Edit {number}")
    build_site(site)
    assert subjects(site) == [f"Edit {number}" for number in range(MOST_COMMITS + 3)][:2:-1]
    assert "<dt>commits left out<dd>3" in page(site)


def test_a_claims_history_goes_on_with_those_of_its_earlier_ids(tmp_path: Path) -> None:
    site = site_with(tmp_path)
    commit(site, "Check")
    lay(site, {LANDING: None, "content/claims/noon.yaml": claim(more="aliases: [landing]\n")})
    commit(site, "Rename")
    build_site(site)
    assert subjects(site, "noon") == ["Rename", "Check"]
    lay(site, {"content/claims/noon.yaml": claim()})
    commit(site, "No more the same claim")
    build_site(site)
    assert subjects(site, "noon") == ["No more the same claim", "Rename"]


def test_a_merge_is_shown_only_where_it_made_something_new(tmp_path: Path) -> None:
    site = site_with(tmp_path, {"content/claims/other.yaml": claim("Another.")})
    commit(site, "Check", at="1700000000 +0000")
    git(site, "checkout", "--quiet", "-b", "side")
    lay(site, {LANDING: claim(more="why: One.\n"), "content/claims/other.yaml": claim("Another.", more="why: One.\n")})
    commit(site, "On a branch", at="1700000100 +0000")
    git(site, "checkout", "--quiet", "main")
    lay(site, {LANDING: claim(more="why: Two.\n")})
    commit(site, "Meanwhile", at="1700000200 +0000")
    git(site, "merge", "--quiet", "--no-commit", "--strategy=ours", "side")
    git(site, "checkout", "side", "--", "content/claims/other.yaml")
    lay(site, {LANDING: claim(more="why: Both.\n")})
    commit(site, "Bring both together", at="1700000300 +0000")
    build_site(site)
    assert subjects(site) == ["Bring both together", "Meanwhile", "On a branch", "Check"]
    assert subjects(site, "other") == ["On a branch", "Check"]


@pytest.mark.parametrize("start", ["launch", "v1/launch", "HASH"])
def test_a_history_may_begin_later(start: str, tmp_path: Path) -> None:
    site = site_with(tmp_path)
    commit(site, "Import")
    lay(site, {LANDING: claim()})
    hash = commit(site, "Launch")
    git(site, "tag", "--annotate", "--message=Launch", start)
    lay(site, {LANDING: claim(more="why: So.\n")})
    commit(site, "Edit")
    name = hash[:12] if start == "HASH" else start
    lay(site, {"site.toml": ON.replace("enabled = true", f'enabled = true\nfrom = "{name}"')})
    build_site(site)
    assert subjects(site) == ["Edit", "Launch"]


def test_a_site_may_stand_deep_in_its_repository(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    lay(tmp_path, {LANDING: "Another site's.\n"})
    commit(tmp_path, "Elsewhere", "content")
    site = site_with(tmp_path / "all é" / 'the "site"\nof\tours')
    commit(site, "Here")
    build_site(site)
    assert subjects(site) == ["Here"]


def test_files_of_any_name_may_be_in_the_history(tmp_path: Path) -> None:
    names = ("ü.yaml", "a\nb.yaml", ":x.yaml", "deep/a.yaml", "a.yml")
    odd: dict[str, str | bytes | None] = {f"content/claims/{name}": "claim: X." for name in names}
    site = site_with(tmp_path, odd)
    lay(site, {b"content/claims/\xff.yaml".decode("utf-8", "surrogateescape"): "claim: X."})
    commit(site, "Odd names", ".")
    shutil.rmtree(site / "content/claims")
    lay(site, {LANDING: claim()})
    commit(site, "Plain names", ".")
    build_site(site)
    assert subjects(site) == ["Plain names", "Odd names"]


def test_what_a_commit_says_is_text_and_its_date_may_be_none(tmp_path: Path) -> None:
    site = site_with(tmp_path)
    commit(site, "Check")
    tree_of = git(site, "rev-parse", "HEAD^{tree}")
    lay(site, {LANDING: claim(more="why: So.\n")})
    commit(site, "Edit")
    edited = git(site, "rev-parse", "HEAD^{tree}")
    parent = ""
    for tree_hash, about in ((tree_of, "99999999999999 +0000"), (edited, "1700000000 +9959")):
        forged = site / "forged"
        said = "<script>\x02\x1b[31m\u202e&\r\x01 x"
        forged.write_text(
            f"tree {tree_hash}\n{parent}author D <d@d> {about}\ncommitter D <d@d> {about}\n\n{said}\n", newline=""
        )
        parent = f"parent {git(site, 'hash-object', '-t', 'commit', '-w', '--literally', 'forged')}\n"
    git(site, "reset", "--quiet", "--hard", parent.split()[1])
    build_site(site)
    shown = page(site)
    assert "&lt;script&gt;[31m&amp; x" in shown
    assert "undated" in shown
    assert not re.search("[\x01\x02\x1b\u202e]", shown)


def test_a_page_says_that_it_is_not_committed(tmp_path: Path) -> None:
    site = site_with(tmp_path)
    commit(site, "Check")
    build_site(site)
    assert "uncommitted" not in page(site)
    lay(site, {LANDING: claim(more="why: So.\n"), "content/claims/new.yaml": claim("New.")})
    build_site(site)
    assert "<dt>uncommitted" in page(site)
    assert subjects(site) == ["Check"]
    assert "<dt>uncommitted" in page(site, "new")
    assert subjects(site, "new") == []
    commit(site, "Edit")
    build_site(site)
    assert "uncommitted" not in page(site) + page(site, "new")
    assert (subjects(site), subjects(site, "new")) == (["Edit", "Check"], ["Edit"])


def test_ends_of_lines_as_a_checkout_makes_them_are_no_change(tmp_path: Path) -> None:
    site = site_with(tmp_path)
    commit(site, "Check")
    lay(site, {LANDING: (site / LANDING).read_bytes().replace(b"\n", b"\r\n")})
    build_site(site)
    assert "uncommitted" not in page(site)


def test_a_branch_without_a_commit_has_no_history(tmp_path: Path) -> None:
    site = site_with(tmp_path)
    git(site, "init", "--quiet")
    build_site(site)
    assert subjects(site) == []
    commit(site, "Check")
    build_site(site)
    assert subjects(site) == ["Check"]


def test_a_repository_with_long_hashes(tmp_path: Path) -> None:
    site = site_with(tmp_path)
    git(site, "init", "--quiet", "--object-format=sha256")
    hash = commit(site, "Check")
    build_site(site)
    assert len(hash) == 64
    assert f"commit {hash} ({hash[:10]})" in page(site)
    assert "uncommitted" not in page(site)


# --- what changed -----------------------------------------------------------------------------------------------------


def test_a_page_tells_what_changed_and_when(tmp_path: Path) -> None:
    site = site_with(tmp_path, settings=ON + '[[verdicts]]\nid = "half"\nlabel = "Half true"\n')
    commits_of(
        site,
        said(),
        said(verdict="half"),
        said(verdict="half", why="So that nobody wonders."),
        said(verdict="half", claim="The ship landed at dawn, they say.", summary="The log has it so."),
        said(claim="The ship landed at dawn, they say.", summary="The log has it so."),
    )
    build_site(site)
    assert changes(site) == [
        " verdict: -[Half true] +[True]",
        " claim: =[The ship landed at] -[noon.] +[dawn, they say.] summary: -[It did.] +[The log has it so.]",
        " verdict: -[True] +[Half true]",
        "published",
    ]
    shown = CHANGE.search(page(site))
    assert shown is not None
    assert shown[1] == '<time datetime="2023-11-18">18 November 2023</time>'
    assert shown[3] == f"https://github.com/small/desk/commit/{git(site, 'rev-parse', 'HEAD')}"
    assert len(subjects(site)) == 5


def test_what_was_never_published_is_not_told(tmp_path: Path) -> None:
    site = site_with(tmp_path)
    commits_of(
        site,
        said(status="draft", verdict="false", summary="A hunch."),
        'claim: "A thought."\nstatus: draft\n',
        said(),
        said(summary="It did so."),
        said(status="draft", summary="Or did it?"),
        said(status="draft", summary="It may have."),
        said(summary="It did indeed."),
    )
    build_site(site)
    assert changes(site) == ["returned summary: =[It did] -[so.] +[indeed.]", "withdrawn", TO_SO, "published"]
    assert subjects(site) == ["Edit 6", "Edit 5", "Edit 4", "Edit 3", "Edit 2"]
    assert not re.search("hunch|thought|Or did it|may have", page(site))


def test_a_draft_that_was_never_published_has_no_history(tmp_path: Path) -> None:
    site = site_with(tmp_path)
    commits_of(site, said(status="draft"), said(status="draft", summary="It may have."))
    build(site, site / "build", Options(drafts=True))
    assert (changes(site), subjects(site)) == ([], [])
    assert "uncommitted" not in page(site)
    lay(site, {LANDING: said(status="draft", summary="Or not.")})
    build(site, site / "build", Options(drafts=True))
    assert "<dt>uncommitted<dd>changed" in page(site)


def test_retraction_and_return(tmp_path: Path) -> None:
    site = site_with(tmp_path)
    sorry = "corrections:\n- {date: 2021-10-18, kind: correction, text: We erred.}\n"
    gone = said(status="retracted", summary="We erred.") + sorry
    commits_of(site, said(), gone, said() + sorry)
    lay(site, {LANDING: None})
    commit(site, "Delete", at="1700300000 +0000")
    lay(site, {LANDING: said() + sorry})
    commit(site, "Restore", at="1700400000 +0000")
    build_site(site)
    assert changes(site) == [
        "returned",
        "withdrawn",
        "restored summary: -[We erred.] +[It did.]",
        "retracted summary: -[It did.] +[We erred.]",
        "published",
    ]


def test_a_renamed_claim_keeps_its_changes(tmp_path: Path) -> None:
    noon, midday = "content/claims/noon.yaml", "content/claims/midday.yaml"
    site = site_with(tmp_path)
    commits_of(site, said(), said(summary="It did so."))
    lay(site, {LANDING: None, noon: said(summary="It did so.") + "aliases: [landing]\n"})
    commit(site, "Rename", at="1700200000 +0000")
    lay(site, {midday: said(summary="It did, too.") + "aliases: [landing, noon]\n"})
    commit(site, "Copy", at="1700300000 +0000")
    lay(site, {noon: None})
    commit(site, "Delete", at="1700400000 +0000")
    build_site(site)
    assert changes(site, "midday") == [" summary: -[It did so.] +[It did, too.]", TO_SO, "published"]


def test_two_claims_that_became_one_are_not_told_in_turns(tmp_path: Path) -> None:
    site = site_with(tmp_path)
    (site / LANDING).unlink()
    early, late = "content/claims/early.yaml", "content/claims/late.yaml"
    commits_of(site, said(summary="Early."), path=early)
    commits_of(site, said(summary="Late."), path=late, first=1_700_100_000)
    commits_of(site, said(summary="Quite early."), path=early, first=1_700_200_000)
    commits_of(site, said(summary="Quite late."), path=late, first=1_700_300_000)
    lay(site, {late: None})
    commit(site, "One less", at="1700400000 +0000")
    lay(site, {early: None, LANDING: said(summary="Both.") + "aliases: [early, late]\n"})
    commit(site, "Together", at="1700500000 +0000")
    build_site(site)
    assert changes(site) == [
        " summary: -[Quite early.] +[Both.]",
        " summary: -[Early.] +[Quite early.]",
        "published",
    ]


def test_what_was_done_on_a_branch_counts_from_when_it_came_in(tmp_path: Path) -> None:
    site = site_with(tmp_path)
    commits_of(site, said())
    git(site, "checkout", "--quiet", "-b", "side")
    commits_of(site, said(verdict="false"), said(summary="It did so."), first=1_700_100_000)
    git(site, "checkout", "--quiet", "main")
    commits_of(site, said(why="So."), first=1_700_150_000)
    git(site, "merge", "--quiet", "--no-commit", "--strategy=ours", "side")
    lay(site, {LANDING: said(why="So.", summary="It did so.")})
    commit(site, "Bring in", at="1700300000 +0000")
    git(site, "checkout", "--quiet", "-b", "next")
    commits_of(site, said(why="So.", summary="It did."), first=1_700_400_000)
    git(site, "checkout", "--quiet", "main")
    git(site, "merge", "--quiet", "--no-ff", "--message=Take it back", "next", at="1700500000 +0000")
    build_site(site)
    assert changes(site) == [FROM_SO, TO_SO, "published"]
    days = re.findall(r'<li>change <time datetime="(.*?)"', page(site))
    assert days == ["2023-11-20", "2023-11-18", "2023-11-14"]


def test_what_is_older_than_the_beginning_is_withheld(tmp_path: Path) -> None:
    new, other = "content/claims/new.yaml", "content/claims/other.yaml"
    site = site_with(tmp_path, {other: said(summary="A first thought.")})
    commits_of(site, said(summary="Unkind words."), said(summary="Plain words."))
    lay(site, {LANDING: said(summary="Final words."), new: said()})
    commit(site, "Launch", at="1700200000 +0000")
    git(site, "tag", "launch")
    commits_of(site, said(summary="Better words."), first=1_700_300_000)
    lay(site, {new: said(summary="It may."), other: said(summary="A second thought.")})
    commit(site, "Edit others", at="1700400000 +0000")
    lay(site, {"site.toml": ON.replace("enabled = true", 'enabled = true\nfrom = "launch"')})
    build_site(site)
    assert changes(site) == [" summary: -[Final] +[Better] =[words.]"]
    assert not re.search("Unkind|Plain", page(site))
    assert changes(site, "new") == [" summary: =[It] -[did.] +[may.]", "published"]
    assert changes(site, "other") == [" summary: =[A] -[first] +[second] =[thought.]"]


def test_a_renaming_as_history_begins_is_no_publication(tmp_path: Path) -> None:
    site = site_with(tmp_path)
    commits_of(site, said(summary="Unkind words."))
    lay(site, {LANDING: None, "content/claims/noon.yaml": said() + "aliases: [landing]\n"})
    commit(site, "Rename")
    git(site, "tag", "launch")
    lay(site, {"site.toml": ON.replace("enabled = true", 'enabled = true\nfrom = "launch"')})
    build_site(site)
    assert changes(site, "noon") == []


UNREADABLE = {
    "broken": b"claim: [\n",
    "another format": b"headline: X\nrating: 3\n",
    "no fields": b"- a\n- b\n",
    "empty": b"",
    "a byte that is no UTF-8": said(summary="X").encode() + b"why: \xff\n",
    "twice": said().encode() + b"verdict: false\n",
    "an alias": b"why: &x Y\n" + said().replace('"It did."', "*x").encode(),
    "fields in a field": b"claim: {a: b}\nverdict: x\nsummary: y\n",
    "unfinished": b"claim: X\n",
    "too deep": b"claim: X\nverdict: false\nsummary: " + b"[" * 200_000,
    "too large": said().encode() + b"# " + b"x" * 1_000_000,
    "too long": said(summary="word " * 2_000).encode(),
    "two documents": said().encode() + b"---\nx: y\n",
}


@pytest.mark.parametrize("kind", sorted(UNREADABLE))
def test_a_version_that_cannot_be_read_is_passed_over_and_counted(kind: str, tmp_path: Path) -> None:
    site = site_with(tmp_path)
    commits_of(site, said())
    lay(site, {LANDING: UNREADABLE[kind]})
    commit(site, "Break it", at="1700100000 +0000")
    commits_of(site, said(verdict="false"), said(), first=1_700_200_000)
    build_site(site)
    assert changes(site) == [" verdict: -[false] +[True]", " verdict: -[True] +[false]", "published"]
    assert "<dt>versions unread<dd>1" in page(site)


def test_where_the_first_versions_cannot_be_read_no_first_publication_is_told(tmp_path: Path) -> None:
    site = site_with(tmp_path)
    commits_of(site, "headline: X\n", said(), said(summary="It did so."))
    build_site(site)
    assert changes(site) == [TO_SO]
    assert "<dt>versions unread<dd>1" in page(site)


def test_old_words_are_text(tmp_path: Path) -> None:
    site = site_with(tmp_path)
    odd = r"<script>alert(1)</script>\u202e\u0007 {{ x }} &amp; \e[31m"
    commits_of(site, said(summary=odd, verdict="<b>odd</b>"), said())
    shutil.rmtree(site / "templates")  # those that come with Parallax
    build_site(site)
    shown = page(site)
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ x }} &amp;amp; [31m" in shown
    assert "&lt;b&gt;odd&lt;/b&gt;" in shown
    assert "<b>odd" not in shown
    assert "<script>alert" not in shown
    assert not re.search("[\x01-\x08\x0e-\x1f\u202e]", shown)


def test_a_long_list_of_changes_says_how_much_of_it_is_not_shown(tmp_path: Path) -> None:
    site = site_with(tmp_path)
    commits_of(site, *(said(summary=f"Finding {number}.") for number in range(MOST_CHANGES + 3)))
    build_site(site)
    assert len(changes(site)) == MOST_CHANGES
    assert "<dt>changes left out<dd>3" in page(site)


def test_a_link_in_the_place_of_a_file_is_none(tmp_path: Path) -> None:
    site = site_with(tmp_path)
    commits_of(site, said(summary="It did so."))
    (site / LANDING).unlink()
    (site / LANDING).symlink_to("/etc/hostname")
    commit(site, "A link", at="1700100000 +0000")
    (site / LANDING).unlink()
    commits_of(site, said(), first=1_700_200_000)
    build_site(site)
    assert changes(site) == [f"returned{FROM_SO}", "withdrawn", "published"]


def test_how_words_are_folded_is_no_change(tmp_path: Path) -> None:
    site = site_with(tmp_path)
    folded = (
        "claim: >-\n  The ship landed\n  at noon.\nverdict: 'true'\nsummary: |\n  It\n  did.\nchecked: 2021-10-17\n"
    )
    commits_of(site, folded, "\ufeff" + said().replace("\n", "\r\n"), said().replace('"', ""))
    build_site(site)
    assert changes(site) == ["published"]


def test_a_line_in_a_long_quote_is_no_field(tmp_path: Path) -> None:
    site = site_with(tmp_path)
    commits_of(site, said() + 'why: "x\nverdict: false"\n', said(verdict="false"), said())
    build_site(site)
    assert changes(site) == [" verdict: -[false] +[True]", " verdict: -[True] +[false]", "published"]


def test_shipped_templates_tell_changes_in_words(tmp_path: Path) -> None:
    site = site_with(tmp_path)
    commits_of(site, said(), said(summary="Nobody knows."))
    shutil.rmtree(site / "templates")
    build_site(site)
    shown = page(site)
    assert shown.count('id="recorded-changes"') == 1
    assert '<del><span class="unseen">removed: </span>It did.' in shown
    assert '<ins><span class="unseen">added: </span>Nobody knows.' in shown
    assert "<strong>First published</strong>" in shown


# --- what cannot be ---------------------------------------------------------------------------------------------------


def test_without_history_no_program_is_run(tmp_path: Path) -> None:
    site = small_site(tmp_path)
    commit(site, "Check")
    done = run("build", "--site", site, PATH="")
    assert done.returncode == 0, done.stderr
    assert "H001" not in run("check", "--site", site, PATH="").stdout


def test_without_git_pages_say_less_and_a_warning_says_why(tmp_path: Path) -> None:
    site = site_with(tmp_path)
    commit(site, "Check")
    done = run("build", "--site", site, PATH="")
    assert done.returncode == 0, done.stderr
    assert (subjects(site), changes(site)) == ([], [])
    assert "uncommitted" not in page(site)
    done = run("check", "--site", site, PATH="")
    assert done.returncode == 0
    assert "site.toml:7:" in done.stdout
    assert "warning H001: claims' pages show no history: git is not installed here" in done.stdout
    assert "apt install git" in done.stdout


def test_a_program_in_the_site_is_not_taken_for_git(tmp_path: Path) -> None:
    site = site_with(tmp_path, {"git": "#!/bin/sh\ntouch it-was-run\n"})
    (site / "git").chmod(0o755)
    done = run("build", "--site", site, PATH=".:")
    assert done.returncode == 0, done.stderr
    assert not list(site.rglob("it-was-run"))


def test_in_a_shallow_clone_pages_say_less_and_a_warning_says_why(tmp_path: Path) -> None:
    site = site_with(tmp_path / "site")
    commit(site, "Check", ".")
    lay(site, {LANDING: claim()})
    commit(site, "Edit", ".")
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", "--depth=1", site.as_uri(), str(clone))
    (warning,) = warnings_of(clone)
    assert warning.startswith("site.toml:7 claims' pages show no history: this clone has only a part of the history")
    assert "git fetch --unshallow" in warning
    assert (subjects(clone), changes(clone)) == ([], [])
    lay(clone, {"content/claims/new.yaml": claim("New.")})
    build_site(clone)
    assert "uncommitted" not in page(clone) + page(clone, "new")
    git(clone, "fetch", "--quiet", "--unshallow")
    assert warnings_of(clone) == []
    assert subjects(clone) == ["Edit", "Check"]
    assert "<dt>uncommitted" in page(clone, "new")
    git(clone, "fetch", "--quiet", "--depth=1", "--update-shallow")
    (warning,) = warnings_of(clone)
    assert (subjects(clone), "uncommitted" in page(clone, "new")) == ([], False)


def test_the_warning_can_be_turned_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    site = site_with(tmp_path / "site", settings=ON + '[check]\noff = ["H001"]\n')
    assert warnings_of(site) == []


def test_a_site_in_no_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    site = site_with(tmp_path / "site")
    (warning,) = warnings_of(site)
    assert "git init" in warning
    commit(site, "Check")
    assert warnings_of(site) == []
    assert subjects(site) == ["Check"]


def test_a_repository_that_git_does_not_trust(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = site_with(tmp_path / "site")
    commit(site, "Check")
    monkeypatch.setitem(asking._ENVIRONMENT, "GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    monkeypatch.setitem(asking._ENVIRONMENT, "GIT_CONFIG_GLOBAL", os.devnull)
    (warning,) = warnings_of(site)
    assert "safe.directory" in warning


@pytest.mark.parametrize("start", ["never", "--all", "a..b", "HEAD HEAD", "HEAD:content", "HEAD^{tree}", "x\u00a0y"])
def test_a_beginning_that_is_none_is_refused(start: str, tmp_path: Path) -> None:
    site = site_with(tmp_path, settings=ON.replace("enabled = true", f'enabled = true\nfrom = "{start}"'))
    commit(site, "Check")
    with pytest.raises(ContentError) as raised:
        build_site(site)
    (problem,) = errors(raised.value.problems)
    assert (problem.path, problem.line, problem.code) == ("site.toml", 8, "L001")
    assert f"“{start}” is no commit or tag" in problem.message


def test_a_beginning_that_is_no_more_is_refused(tmp_path: Path) -> None:
    site = site_with(tmp_path, settings=ON.replace("enabled = true", 'enabled = true\nfrom = "launch"'))
    commit(site, "Check")
    git(site, "tag", "launch")
    build_site(site)
    git(site, "tag", "--delete", "launch")
    with pytest.raises(ContentError):
        build_site(site)
    assert subjects(site) == ["Check"], "what is online stays"


# --- repositories that come from anywhere -----------------------------------------------------------------------------

HOSTILE = """\
[core]
    fsmonitor = {program}
    hooksPath = {folder}/hooks
    pager = {program}
    editor = {program}
    sshCommand = {program}
    gitProxy = {program}
    alternateRefsCommand = {program}
    attributesFile = {folder}/attributes
    quotePath = true
    abbrev = 5
[pager]
    log = {program}
    rev-list = {program}
    diff-tree = {program}
[diff]
    external = {program}
    renames = copies
    relative = true
    orderFile = {folder}/order
    noprefix = true
[diff "run"]
    command = {program}
    textconv = {program}
[filter "run"]
    smudge = {program}
    clean = {program}
    process = {program}
[alias]
    diff-tree = !{program}
    rev-list = !{program}
[log]
    showSignature = true
    showRoot = false
    date = relative
    mailmap = true
    follow = true
[format]
    pretty = oneline
[gpg]
    program = {program}
[color]
    ui = always
[i18n]
    logOutputEncoding = ISO-8859-1
[credential]
    helper = !{program}
"""


def test_a_repositorys_configuration_runs_nothing_and_changes_nothing(tmp_path: Path) -> None:
    site = site_with(tmp_path / "site")
    commit(site, "Prüfung")
    lay(site, {LANDING: claim()})
    commit(site, "Zweite Prüfung")
    build_site(site)
    plain = tree(site / "build")
    shutil.rmtree(site / ".parallax")
    mark = tmp_path / "it-was-run"
    program = lay(tmp_path, {"program": f"#!/bin/sh\ntouch '{mark}'\n"}) / "program"
    program.chmod(0o755)
    for hook in ("post-checkout", "reference-transaction", "post-index-change", "fsmonitor-watchman"):
        shutil.copy(program, lay(tmp_path, {f"hooks/{hook}": ""}) / "hooks" / hook)
    lay(tmp_path, {"attributes": "* diff=run filter=run\n", "order": "seeds\n"})
    config = (site / ".git" / "config").read_text("utf-8") + HOSTILE.format(program=program, folder=tmp_path)
    lay(site, {".git/config": config, ".git/info/attributes": "* diff=run filter=run\n"})
    build_site(site)
    assert tree(site / "build") == plain
    assert not mark.exists()


def test_what_a_clone_lacks_is_not_fetched(tmp_path: Path) -> None:
    site = site_with(tmp_path / "site")
    commit(site, "Check")
    mark = tmp_path / "it-was-run"
    git(site, "config", "core.repositoryFormatVersion", "1")
    git(site, "config", "extensions.partialClone", "origin")
    git(site, "config", "remote.origin.promisor", "true")
    git(site, "config", "remote.origin.url", f"ext::touch {mark}")
    git(site, "config", "protocol.ext.allow", "always")
    lacking = git(site, "rev-parse", "HEAD^{tree}")
    (site / ".git" / "objects" / lacking[:2] / lacking[2:]).unlink()
    (warning,) = warnings_of(site)
    assert "git cannot read the history" in warning
    assert subjects(site) == []
    assert not mark.exists()


def test_a_clone_without_earlier_versions(tmp_path: Path) -> None:
    site = site_with(tmp_path / "site")
    git(site, "init", "--quiet")
    git(site, "config", "uploadpack.allowFilter", "true")
    commits_of(site, said(), said(verdict="false"), said())
    commits_of(site, "claim: X\nstatus: draft\n", path="content/claims/gone.yaml", first=1_700_400_000)
    lay(site, {"content/claims/gone.yaml": None})
    commit(site, "Gone", at="1700500000 +0000")
    git(tmp_path, "clone", "--quiet", "--no-local", "--filter=blob:none", site.as_uri(), "clone")
    shutil.copytree(site / "templates", tmp_path / "clone/templates")
    (warning,) = warnings_of(tmp_path / "clone")
    assert "lacks earlier versions" in warning
    assert "--filter" in warning
    assert (subjects(tmp_path / "clone"), changes(tmp_path / "clone")) == ([], [])
    assert build_site(tmp_path / "clone").published.written == 0


def test_the_surroundings_name_no_other_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = site_with(tmp_path / "site")
    commit(site, "Check")
    monkeypatch.setenv("GIT_DIR", str(REPOSITORY / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(tmp_path))
    monkeypatch.setenv("GIT_OBJECT_DIRECTORY", str(tmp_path))
    monkeypatch.setenv("GIT_CONFIG_PARAMETERS", "'log.showroot'='false'")
    monkeypatch.setenv("GIT_TRACE", str(tmp_path / "trace"))
    build_site(site)
    assert subjects(site) == ["Check"]
    assert not (tmp_path / "trace").exists()


def test_what_stands_in_one_clone_alone_is_no_history(tmp_path: Path) -> None:
    site = site_with(tmp_path / "site")
    commit(site, "Check")
    lay(site, {LANDING: claim()})
    hash = commit(site, "Edit")
    lay(site, {LANDING: claim(more="why: So.\n")})
    other = commit(site, "Replaced")
    git(site, "reset", "--quiet", "--hard", hash)
    git(site, "replace", hash, other)
    lay(site, {".git/info/grafts": f"{hash}\n"})
    build_site(site)
    assert subjects(site) == ["Edit", "Check"]


# --- step by step -----------------------------------------------------------------------------------------------------


def test_a_commit_makes_only_the_pages_anew_that_it_touched(tmp_path: Path) -> None:
    site = site_with(tmp_path, {"content/claims/other.yaml": claim("Another.")})
    commit(site, "Check")
    build_site(site)
    before = tree(site / "build")
    lay(site, {LANDING: SMALL[LANDING] + "why: So.\n", "seeds/new.txt": "New."})
    build_site(site)
    commit(site, "Edit")
    published = build_site(site).published
    after = tree(site / "build")
    assert {path for path in after if after[path] != before[path]} == {"claims/landing/index.html", "manifest.json"}
    assert (published.written, published.removed) == (1, 0)
    commit(site, "Nothing of the content")
    assert build_site(site).published.written == 0


def test_git_is_asked_of_each_commit_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = site_with(tmp_path)
    asked: list[tuple[str, int]] = []
    ask = asking.Git._run

    def watched(self: asking.Git, *arguments: str, given: bytes = b""):  # type: ignore[no-untyped-def]
        asked.append((arguments[0], given.count(b"\n")))
        return ask(self, *arguments, given=given)

    ask_changes = asking.Git.ask_changes

    def counted(self: asking.Git, commits: list[asking.Parents], path: str) -> asking.Asked:
        asked.append(("changes", len(commits)))
        return ask_changes(self, commits, path)

    monkeypatch.setattr(asking.Git, "_run", watched)
    monkeypatch.setattr(asking.Git, "ask_changes", counted)
    for number in range(5):
        lay(site, {LANDING: claim(more=f"why: {number}.\n")})
        commit(site, f"Edit {number}")
    build_site(site)
    assert [count for what, count in asked if what == "changes"] == [5]
    asked.clear()
    build_site(site)
    assert asked == [("rev-parse", 0)]
    asked.clear()
    git(site, "commit", "--quiet", "--amend", "--message", "Rewritten")
    build_site(site)
    assert [count for what, count in asked if what == "changes"] == [1]


def test_commits_to_an_earlier_ids_file_reach_the_claim(tmp_path: Path) -> None:
    site = site_with(tmp_path)
    commit(site, "Check", at="1700000000 +0000")
    git(site, "checkout", "--quiet", "-b", "side")
    lay(site, {LANDING: claim(more="why: So.\n")})
    commit(site, "Under the earlier id", at="1700000100 +0000")
    git(site, "checkout", "--quiet", "main")
    lay(site, {LANDING: None, "content/claims/noon.yaml": claim(more="aliases: [landing]\n")})
    commit(site, "Rename", at="1700000200 +0000")
    build_site(site)
    assert subjects(site, "noon") == ["Rename", "Check"]
    git(site, "merge", "--quiet", "--strategy=ours", "side")
    build_site(site)
    assert subjects(site, "noon") == ["Rename", "Under the earlier id", "Check"]


def test_a_tag_that_moves_while_commits_come(tmp_path: Path) -> None:
    site = site_with(tmp_path, settings=ON.replace("enabled = true", 'enabled = true\nfrom = "begin"'))
    commit(site, "One")
    git(site, "tag", "begin")
    build_site(site)
    lay(site, {LANDING: claim()})
    commit(site, "Two")
    git(site, "tag", "--force", "begin")
    lay(site, {LANDING: claim(more="why: So.\n")})
    commit(site, "Three")
    build_site(site)
    assert subjects(site) == ["Three", "Two"]


class RandomHistory:
    """A repository that grows at random: claims come, change and go, branches part and meet, history is rewritten."""

    def __init__(self, root: Path, seed: int) -> None:
        self.root = site_with(root)
        self.random = random.Random(seed)
        self.count = 0
        self.clock = 1_700_000_000
        commit(self.root, "Begin")

    def claims(self) -> list[str]:
        return sorted(path.stem for path in (self.root / "content/claims").iterdir())

    def edit(self) -> None:
        self.count += 1
        id = self.random.choice([*self.claims(), f"c{self.count}"])
        aliases = self.random.sample([f"old-{number}" for number in range(4)], self.random.randint(0, 1))
        folder = self.root / "content/claims"
        used = "".join((folder / f"{other}.yaml").read_text() for other in self.claims() if other != id)
        more = "".join(f"aliases: [{alias}]\n" for alias in aliases if alias not in used)
        status = self.random.choice(["published", "published", "published", "draft"])
        file = said(claim=f"Claim {self.random.randrange(3)}.", verdict="true", status=status) + more
        lay(self.root, {f"content/claims/{id}.yaml": file})

    def rename(self) -> None:
        """Under a name that some claim may give as its earlier one; the file goes again with the next commit."""
        path = self.root / f"content/claims/{self.random.choice(self.claims())}.yaml"
        old = f"old-{self.random.randrange(4)}"
        if not any(old in other.read_text() for other in path.parent.iterdir()) and "aliases" not in path.read_text():
            self.count += 1
            shutil.copy(path, path.with_name(f"{old}.yaml"))
            self.commit()
            path.with_name(f"{old}.yaml").unlink()

    def delete(self) -> None:
        if len(self.claims()) > 2:
            (self.root / f"content/claims/{self.random.choice(self.claims())}.yaml").unlink()

    def commit(self) -> None:
        self.clock += self.random.choice([60, 60, 0, -3600])
        commit(self.root, f"Commit {self.count}", at=f"{self.clock} +0{self.random.randint(0, 9)}00")

    def amend(self) -> None:
        git(self.root, "commit", "--quiet", "--amend", "--allow-empty", "--message", f"Amended {self.count}")

    def back(self) -> None:
        if git(self.root, "rev-list", "--count", "HEAD") > "1":
            git(self.root, "reset", "--quiet", self.random.choice(["--hard", "--mixed"]), "HEAD~1")

    def branch(self) -> None:
        """A branch that parts from an earlier commit and comes in: as it is, or with one side's files."""
        self.commit()
        here = git(self.root, "rev-parse", "HEAD")
        commits = git(self.root, "rev-list", "HEAD").split()
        git(self.root, "checkout", "--quiet", self.random.choice(commits[:4]))
        self.edit()
        self.commit()
        side = git(self.root, "rev-parse", "HEAD")
        git(self.root, "checkout", "--quiet", here)
        git(self.root, "merge", "--quiet", "--no-commit", "--no-ff", "--strategy=ours", side)
        if self.random.random() < 0.5:
            self.edit()
        self.commit()

    def tag(self) -> None:
        """Let what is shown begin elsewhere."""
        commits = git(self.root, "rev-list", "HEAD").split()
        git(self.root, "tag", "--force", "begin", self.random.choice(commits))
        lay(self.root, {"site.toml": ON.replace("enabled = true", 'enabled = true\nfrom = "begin"')})

    def steps(self) -> Iterator[str]:
        steps = "edit edit edit edit rename rename delete commit commit commit amend back branch branch branch tag tag"
        for name in self.random.sample(steps.split(), len(steps.split())):
            getattr(self, name)()
            yield name


@pytest.mark.parametrize("seed", range(3))
def test_step_by_step_and_from_nothing_are_the_same(seed: int, tmp_path: Path) -> None:
    site = RandomHistory(tmp_path / "site", seed)
    steps = []
    for step in site.steps():
        steps.append(step)
        build_site(site.root)
        clean = tmp_path / "clean"
        shutil.rmtree(clean, ignore_errors=True)
        shutil.copytree(site.root, clean, ignore=shutil.ignore_patterns(".parallax", "build"))
        build_site(clean)
        assert tree(site.root / "build") == tree(clean / "build"), steps


def test_a_preview_notices_commits_by_a_look(tmp_path: Path) -> None:
    site = site_with(tmp_path)
    commit(site, "Check")
    options = Options(drafts=True, preview=True)
    session = Session(site, site / ".parallax" / "preview", options, Workers(1))
    session.build()
    session.keep()
    lay(site, {LANDING: claim()})
    session.build([LANDING])
    shown = site / ".parallax" / "preview" / "claims" / "landing" / "index.html"
    assert "<dt>uncommitted" in shown.read_text("utf-8")
    assert not session.differs()
    commit(site, "Edit")
    assert session.differs()
    session.build()
    assert "uncommitted" not in shown.read_text("utf-8")
    assert not session.differs()


def test_pages_made_by_a_pool_have_their_history(tmp_path: Path) -> None:
    site = site_with(tmp_path)
    commit(site, "Check")
    with Workers(2) as workers:
        workers.start()
        build(site, site / "build", workers=workers)
    assert subjects(site) == ["Check"]
