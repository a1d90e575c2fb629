"""Timelines: what stands in a story's, in which order, and where one ends."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import claim, planned, small_site

from generator.plan import timelines
from generator.plan.article_values import StoryPage
from generator.plan.picture_values import TimelineView


def line(root: Path) -> TimelineView | None:
    page = planned(root)["/stories/voyage/"]
    assert isinstance(page, StoryPage)
    return page.timeline


def story(more: str = "") -> dict[str, str]:
    return {"content/stories/voyage.yaml": f"title: The voyage\nsummary: A ship.\n{more}"}


def article(id: str, published: str = "", more: str = "") -> dict[str, str]:
    date = f"published: {published}\n" if published else ""
    text = f"text: seeds/gazette.txt\npublisher: {id.title()}\nstory: voyage\n{date}{more}"
    return {f"content/articles/{id}.yaml": text}


def told(view: TimelineView | None) -> list[tuple[str, list[tuple[str, list[str]]]]]:
    assert view
    return [
        (
            day.date.iso if day.date else "",
            [(group.kind, [item.link.address if item.link else "" for item in group.items]) for group in day.groups],
        )
        for day in view.days
    ]


def test_everything_that_has_a_date_stands_in_the_order_of_time(tmp_path: Path) -> None:
    root = small_site(
        tmp_path,
        story(
            "date: 2021-10-17\n"
            "corrections:\n  - {date: 2021-10-17, kind: update, text: More.}\n"
            "  - {date: 2021-10-20, kind: correction, text: Less.}\n"
        ),
        article("tide", "2021-10-17T09:00:00+02:00", "publisher_correction: {date: 2021-10-18, text: Not so.}\n"),
        article("globe"),
        article("post", "2021-10"),
        {
            "content/claims/noon.yaml": claim(
                more="story: voyage\nmade: 2021-10-17\n"
                "corrections:\n  - {date: 2021-10-19, kind: clarification, text: So.}\n"
            ),
            "content/claims/morning.yaml": claim(more="story: voyage\nmade: 2021\n"),
            "content/claims/draft.yaml": claim(more="story: voyage\nmade: 2020\nstatus: draft\n"),
            "content/claims/other.yaml": claim(more="made: 2020\n"),
        },
    )
    view = line(root)
    own = "/stories/voyage/#corrections"
    assert told(view) == [
        ("2021", [("made", ["/claims/morning/"])]),
        ("2021-10", [("article", ["/articles/post/"])]),
        ("2021-10-17", [("event", [""]), ("made", ["/claims/noon/"]), ("update", [own])]),
        ("2021-10-17T09:00:00+02:00", [("article", ["/articles/tide/"])]),
        ("2021-10-18", [("publisher correction", ["/articles/tide/"])]),
        ("2021-10-19", [("clarification", ["/claims/noon/"])]),
        ("2021-10-20", [("correction", [own])]),
        ("", [("article", ["/articles/globe/"])]),
    ]
    assert view
    assert [day.exact for day in view.days] == [False, False, True, True, True, True, True, False]
    assert (view.days[0].date.text, view.inexact) == ("2021", True)  # type: ignore[union-attr]


def test_a_retracted_claim_is_marked(tmp_path: Path) -> None:
    withdrawn = "status: retracted\ncorrections:\n  - {date: 2021-10-19, kind: correction, text: No.}\n"
    root = small_site(
        tmp_path, story("date: 2021"), {"content/claims/noon.yaml": claim(more=f"story: voyage\n{withdrawn}")}
    )
    view = line(root)
    assert view
    item = view.days[1].groups[0].items[0]
    assert (item.retracted, item.verdict) == (True, None)


@pytest.mark.parametrize(
    "files",
    [
        [story()],
        [story("date: 2021-10-17\n"), article("globe")],
        [story("date: 2021-10-17\n"), article("globe", "2021-10-17")],
    ],
)
def test_one_date_makes_no_timeline(tmp_path: Path, files: list[dict[str, str]]) -> None:
    assert line(small_site(tmp_path, *files)) is None


def test_what_would_be_too_much_is_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timelines, "MOST", 3)
    claims = {f"content/claims/c{number}.yaml": claim(more="story: voyage\nmade: 2021-10-18\n") for number in range(4)}
    root = small_site(tmp_path, story("date: 2021-10-17\n"), article("globe"), article("tide", "2021-10-19"), claims)
    view = line(root)
    assert told(view) == [
        ("2021-10-17", [("event", [""])]),
        ("2021-10-18", [("made", ["/claims/c0/", "/claims/c1/"])]),
    ]
    assert view
    assert (view.more_claims, view.more_articles) == (2, 2)
