"""Feeds: valid by their formats' own rules, renewed by corrections, the same entries in both forms."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from formats import ATOM, atom_faults, json_feed_faults
from lxml import etree
from support import SITES, SMALL, claim, lay, small_site

from generator.data.atom import claims_feed, corrections_feed
from generator.data.common import moment
from generator.data.feed_entries import (
    FeedEntry,
    claim_entry,
    correction_entries,
    correction_ids,
    newest_claims,
    newest_entries,
)
from generator.data.json_feed import json_feed
from generator.examine import prepare
from generator.link.library import Library
from generator.plan.frame import Frame
from generator.plan.sitemap import last_change
from generator.records import Correction

MARKUP = "<script>alert('1')</script> & ]]> “é”"


def read(root: Path) -> tuple[Library, Frame]:
    prepared = prepare(root)
    return prepared.library, prepared.frame


def entries_of(library: Library, frame: Frame, length: int = 20) -> list[FeedEntry]:
    changed = {record.id: last_change(record) for record in library.claims.values() if record.listed}
    return [claim_entry(frame, library.claims[id]) for id in newest_claims(changed, length)]


def corrected(library: Library, frame: Frame, length: int = 20) -> list[FeedEntry]:
    records = [*library.claims.values(), *library.stories.values(), *library.pages.values()]
    return newest_entries([entry for record in records for entry in correction_entries(frame, record)], length)


def feeds(root: Path) -> tuple[Any, dict[str, Any], Any]:
    """/feed.xml, /feed.json and /corrections/feed.xml, each valid."""
    library, frame = read(root)
    entries = entries_of(library, frame)
    atom, json_, corrections = (
        claims_feed(frame, entries),
        json_feed(frame, entries),
        corrections_feed(frame, corrected(library, frame)),
    )
    assert atom_faults(atom) == json_feed_faults(json_) == atom_faults(corrections) == []
    return etree.fromstring(atom), json.loads(json_), etree.fromstring(corrections)


def texts(feed: Any, name: str) -> list[str]:
    return [element.text for element in feed.iterfind(f"{ATOM}entry/{ATOM}{name}")]


# --- whole feeds ------------------------------------------------------------------------------------------------------


def test_both_forms_have_the_same_entries(repository: Path) -> None:
    for root in (repository, SITES / "rich"):
        atom, json_, _ = feeds(root)
        items = json_["items"]
        assert items
        for name, member in (
            ("id", "id"),
            ("title", "title"),
            ("published", "date_published"),
            ("updated", "date_modified"),
            ("summary", "summary"),
            ("content", "content_html"),
        ):
            assert texts(atom, name) == [item[member] for item in items]
        tags = [[each.get("term") for each in entry.iterfind(f"{ATOM}category")] for entry in atom.iter(f"{ATOM}entry")]
        assert tags == [item.get("tags", []) for item in items]


def test_a_feed_without_entries_is_valid(tmp_path: Path) -> None:
    atom, json_, corrections = feeds(lay(small_site(tmp_path), {"content/claims/landing.yaml": None}))
    assert texts(atom, "id") == json_["items"] == texts(corrections, "id") == []
    assert atom.findtext(f"{ATOM}updated") == "1970-01-01T00:00:00Z"


def test_the_newest_come_first_and_a_correction_brings_an_old_claim_back(tmp_path: Path) -> None:
    root = small_site(
        tmp_path,
        {
            "content/claims/landing.yaml": claim(checked="2020-01-01"),
            "content/claims/newer.yaml": claim(checked="2021-01-01"),
            "content/claims/evening.yaml": claim(checked="2021-01-01T23:00:00-05:00"),
            "content/claims/corrected.yaml": claim(
                checked="2019", more="corrections: [{date: 2022-02, kind: update, text: a}]\n"
            ),
            "content/claims/draft.yaml": claim(checked="2023-01-01", more="status: draft\n"),
        },
    )
    atom, _, _ = feeds(root)
    assert [id.split("/")[4] for id in texts(atom, "id")] == ["corrected", "evening", "newer", "landing"]
    assert texts(atom, "published")[0] == "2019-01-01T00:00:00Z"
    assert texts(atom, "updated")[0] == "2022-02-01T00:00:00Z" == atom.findtext(f"{ATOM}updated")


def test_it_is_as_long_as_is_asked_for() -> None:
    assert newest_claims({"a": "2020", "b": "2021", "c": "2021", "d": "2019"}, 3) == ["c", "b", "a"]
    assert newest_claims({}, 3) == []


# --- entries ----------------------------------------------------------------------------------------------------------


def entry_of(root: Path, text: str) -> FeedEntry:
    library, frame = read(small_site(root, {"content/claims/landing.yaml": text}))
    return claim_entry(frame, library.claims["landing"])


def test_an_entry(tmp_path: Path) -> None:
    entry = entry_of(tmp_path, claim(more="title: Did it land?\ntags: [ships]\n"))
    assert entry == FeedEntry(
        id="https://small.example/claims/landing/",
        url="https://small.example/claims/landing/",
        title="Did it land?",
        summary="True: It did.",
        html="<p>The claim: The ship landed at noon.</p><p><strong>True</strong></p><p>It did.</p>",
        published="2021-10-17T00:00:00Z",
        updated="2021-10-17T00:00:00Z",
        tags=("ships",),
    )


def test_corrections_are_told_the_newest_first(tmp_path: Path) -> None:
    one, two = "{date: 2021-10-18, kind: update, text: One.}", "{date: 2021-10-19, kind: correction, text: Two.}"
    more = f"corrections: [{one}, {two}]\n"
    entry = entry_of(tmp_path, claim(more=more))
    assert entry.summary == "Correction, October 19, 2021: Two. Update, October 18, 2021: One. True: It did."
    told = "<p><strong>Correction, October 19, 2021:</strong> Two.</p><p><strong>Update, October 18, 2021:</strong>"
    assert entry.html.startswith(told)
    assert entry.updated == "2021-10-19T00:00:00Z"


def test_a_retracted_claim_says_so(tmp_path: Path) -> None:
    more = "status: retracted\ncorrections: [{date: 2021-10-18, kind: correction, text: Gone.}]\n"
    entry = entry_of(tmp_path, claim(more=more))
    assert entry.title == "Retracted: The ship landed at noon."
    assert entry.summary.startswith("Retracted. This check no longer stands. Correction, ")
    assert entry.html.startswith("<p><strong>Retracted. This check no longer stands.</strong></p>")


def test_who_wrote_it_is_its_author(tmp_path: Path) -> None:
    root = small_site(
        tmp_path,
        {
            "site.toml": SMALL["site.toml"].replace("[[", '[people.ann]\nname = "Ann B"\n[[', 1),
            "content/claims/landing.yaml": claim(more="by: [ann]\n"),
        },
    )
    atom, json_, _ = feeds(root)
    assert json_["items"][0]["authors"] == [{"name": "Ann B", "url": "https://small.example/people/ann/"}]
    assert texts(atom, f"author/{ATOM}name") == ["Ann B"]
    assert json_["authors"] == [{"name": "The Small Desk", "url": "https://small.example/"}]


def test_an_image_stands_in_the_json_feed(tmp_path: Path) -> None:
    library, frame = read(small_site(tmp_path))
    feed = json_feed(frame, [claim_entry(frame, library.claims["landing"], "/claims/landing/share.png")])
    assert json_feed_faults(feed) == []
    assert json.loads(feed)["items"][0]["image"] == "https://small.example/claims/landing/share.png"


def test_nothing_typed_becomes_markup(tmp_path: Path) -> None:
    text = json.dumps(MARKUP)
    root = small_site(
        tmp_path,
        {
            "site.toml": SMALL["site.toml"]
            .replace('"The Small Desk"', f"'''{MARKUP}'''")
            .replace('label = "True"', f"label = '''{MARKUP}'''"),
            "content/claims/landing.yaml": f"claim: {text}\nverdict: true\nsummary: {text}\nchecked: 2021\n"
            f"tags: [{text}]\n"
            f"corrections: [{{date: 2021, kind: update, text: {text}}}]\n",
        },
    )
    atom, json_, corrections = feeds(root)
    assert texts(atom, "title") == [MARKUP]
    assert json_["title"] == atom.findtext(f"{ATOM}title") == MARKUP
    assert texts(corrections, "summary") == [MARKUP]
    assert "<script" not in texts(atom, "content")[0]


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2021", "2021-01-01T00:00:00Z"),
        ("2021-10", "2021-10-01T00:00:00Z"),
        ("2021-10-17", "2021-10-17T00:00:00Z"),
        ("2021-10-17 04:35Z", "2021-10-17T04:35:00Z"),
        ("2021-10-17T04:35:44+0300", "2021-10-17T04:35:44+03:00"),
        ("2021-10-17T04:35-03:30", "2021-10-17T04:35:00-03:30"),
    ],
)
def test_every_date_is_a_moment(date: str, expected: str) -> None:
    assert moment(date) == expected


# --- corrections ------------------------------------------------------------------------------------------------------


def test_corrections_of_claims_stories_and_pages(tmp_path: Path) -> None:
    one = "corrections: [{date: %s, kind: %s, text: '%s'}]\n"
    root = small_site(
        tmp_path,
        {
            "content/claims/landing.yaml": claim(more=one % ("2021-10-18", "clarification", "Of a claim.")),
            "content/claims/draft.yaml": claim(more="status: draft\n" + one % ("2021-10-18", "update", "Of a draft.")),
            "content/claims/gone.yaml": claim(more="status: retracted\n" + one % ("2021-10-17", "correction", "Gone.")),
            "content/stories/ship.yaml": "title: The ship\nsummary: s\n"
            + one % ("2021-10-20", "update", "Of a story."),
            "content/pages/about.md": "---\ntitle: About\n"
            + one % ("2021-10-19", "correction", "Of a page.")
            + "---\n",
        },
    )
    _, _, feed = feeds(root)
    assert feed.findtext(f"{ATOM}id") == "https://small.example/corrections/feed.xml"
    assert texts(feed, "title") == [
        "Update: The ship",
        "Correction: About",
        "Clarification: The ship landed at noon.",
        "Correction: Retracted: The ship landed at noon.",
    ]
    assert texts(feed, "summary") == ["Of a story.", "Of a page.", "Of a claim.", "Gone."]
    assert texts(feed, "id")[:2] == [
        "https://small.example/stories/ship/#correction-2021-10-20",
        "https://small.example/about/#correction-2021-10-19",
    ]
    assert texts(feed, "updated")[0] == "2021-10-20T00:00:00Z" == feed.findtext(f"{ATOM}updated")


def corrections(*dates: str, text: str = "t") -> tuple[Correction, ...]:
    return tuple(Correction(date, "update", text) for date in dates)


def test_a_corrections_id_stays() -> None:
    ids = correction_ids(corrections("2021-10-18", "2021-10-19 04:35Z", "2021-10-18", "2021"))
    assert ids == ("correction-2021-10-18", "correction-2021-10-19", "correction-2021-10-18-2", "correction-2021")
    assert correction_ids(corrections("2022", "2021-10-18"))[1] == correction_ids(corrections("2021-10-18"))[0]
    assert correction_ids(corrections("2021", text="edited")) == correction_ids(corrections("2021"))


def test_there_are_no_more_corrections_than_are_asked_for(tmp_path: Path) -> None:
    more = "corrections: [{date: 2021, kind: update, text: a}, {date: 2022, kind: update, text: b}]\n"
    library, frame = read(small_site(tmp_path, {"content/claims/landing.yaml": claim(more=more)}))
    assert [entry.summary for entry in corrected(library, frame, 1)] == ["b"]


# --- the rules themselves ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<updated>", "<updated>on "),
        ("<id>https", "<id>"),
        ("</title>", "</title><title>Twice</title>"),
        ("<author><name>The Small Desk</name>", "<author>"),
        ('<category term="ships"/>', "<category/>"),
        ('<content type="html">', '<content type="html"><p>as it is</p>'),
        ("&lt;strong&gt;", "&lt;script&gt;"),
        ('rel="self"', 'rel="next"'),
        ("</summary>", "</summary><summary>Twice</summary>"),
        ("</entry>", "</entry><entry><title>t</title></entry>"),
        ("</feed>", "<more/></feed>"),
        ("</feed>", ""),
        ('xmlns="http://www.w3.org/2005/Atom"', ""),
    ],
)
def test_the_check_of_atom_finds_faults(tmp_path: Path, old: str, new: str) -> None:
    library, frame = read(small_site(tmp_path, {"content/claims/landing.yaml": claim(more="tags: [ships]\n")}))
    feed = claims_feed(frame, entries_of(library, frame)).decode()
    assert old in feed
    assert atom_faults(feed.replace(old, new).encode())


@pytest.mark.parametrize(
    "change",
    [
        {"version": "1.1"},
        {"title": ""},
        {"items": None},
        {"home_page_url": "/"},
        {"more": 1},
        {"items": [{"id": "1"}]},
        {"items": [{"content_text": "t"}]},
        {"items": [{"id": "1", "content_text": "t"}, {"id": "1", "content_text": "t"}]},
        {"items": [{"id": "1", "content_text": "t", "date_published": "2021-10-17"}]},
        {"items": [{"id": "1", "content_html": "<img src=x>"}]},
        {"items": [{"id": "1", "content_text": "t", "authors": [{}]}]},
        {"items": [{"id": "1", "content_text": "t", "tags": [1]}]},
    ],
)
def test_the_check_of_json_feeds_finds_faults(tmp_path: Path, change: dict[str, Any]) -> None:
    _, frame = read(small_site(tmp_path))
    feed = json.loads(json_feed(frame, []))
    if change.get("items", []) is None:
        del feed["items"]
        change = {}
    assert json_feed_faults(json.dumps({**feed, **change}).encode())
