"""claims.json: its schema, and that it says of a claim what the claim's page does."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from jsonschema import Draft202012Validator
from support import SITES, SMALL, claim, shown_claim, small_site

from generator.data.claim_data import ClaimData, claim_data
from generator.data.claims_json import ClaimsFile, claim_json, claims_json, claims_schema
from generator.examine import prepare
from generator.plan.claim_values import ClaimPage
from generator.plan.site import pages_of_claim
from generator.plan.views import Views
from generator.read.content import TYPES

SCHEMA = "docs/claims.schema.json"


def data_of(root: Path, id: str = "landing", drafts: bool = False) -> ClaimData | None:
    views, record, page = shown_claim(root, id, drafts)
    return claim_data(views.library, record, page)


def json_of(root: Path, id: str = "landing") -> dict[str, Any]:
    data = data_of(root, id)
    assert data is not None
    found: dict[str, Any] = json.loads(claim_json(data))
    return found


def whole(site: Path) -> bytes:
    prepared = prepare(site)
    library = prepared.library
    views = Views(library, prepared.frame)
    parts = []
    for record in library.claims.values():
        page = pages_of_claim(views, record)[0].value
        assert isinstance(page, ClaimPage)
        data = claim_data(library, record, page)
        if data is not None:
            parts.append(claim_json(data))
    return claims_json(library.settings, parts)


def test_the_least(tmp_path: Path) -> None:
    assert json_of(small_site(tmp_path, {"content/claims/landing.yaml": claim()})) == {
        "id": "landing",
        "address": "https://small.example/claims/landing/",
        "status": "published",
        "title": "The ship landed at noon.",
        "claim": "The ship landed at noon.",
        "language": "en",
        "verdict": {"id": "true", "label": "True", "value": 2},
        "summary": "It did.",
        "checked": "2021-10-17",
        "changed": "2021-10-17",
        "made": None,
        "story": None,
        "tags": [],
        "claimants": [],
        "compare": None,
        "parts": [],
        "articles": [],
        "silent": [],
        "sources": [],
        "corrections": [],
        "by": [],
        "edited": [],
        "aliases": [],
    }


def test_all_of_it(tmp_path: Path) -> None:
    more = """\
title: Did it land?
story: ship
tags: [ships, At sea]
made: "2021-10-16 23:00-05:00"
by: [ann]
edited: [ann]
aliases: [older]
claimant: [{name: Ann, role: captain, url: https://ann.example/, as: repeater}, {name: AFP}]
compare: {what: Hour, claim: noon, found: noon}
parts: [{words: at noon, verdict: false, note: It was later.}]
silent: [quiet]
quotes:
  - {article: gazette, text: "The ship […] at noon", stance: asserts, says: noon, speaker: [AFP, the captain]}
  - {article: gazette, text: "captain. Nobody", stance: contradicts, says: later, medium: advertisement}
sources:
  - {id: one, title: The log, article: gazette, quote: Nobody was hurt., bears: supports, kind: primary}
  - {id: two, title: A book, url: https://book.example/, quote: Es kam, translation: It came, language: de,
     published: 2020}
corrections:
  - {date: 2021-10-18, kind: update, text: First.}
  - {date: "2021-10-19 04:00+02:00", kind: correction, text: Then.}
"""
    root = small_site(
        tmp_path,
        {
            "site.toml": SMALL["site.toml"].replace("[[", '[people.ann]\nname = "Ann B"\n[[', 1),
            "content/stories/ship.yaml": "title: The ship\nsummary: It came.\n",
            "content/articles/quiet.yaml": "text: seeds/gazette.txt\n",
            "content/articles/gazette.yaml": "text: seeds/gazette.txt\nlanguage: en-GB\nurl: https://g.example/\n",
            "content/claims/landing.yaml": claim(more=more),
        },
    )
    assert json_of(root) == {
        "id": "landing",
        "address": "https://small.example/claims/landing/",
        "status": "published",
        "title": "Did it land?",
        "claim": "The ship landed at noon.",
        "language": "en",
        "verdict": {"id": "true", "label": "True", "value": 2},
        "summary": "It did.",
        "checked": "2021-10-17",
        "changed": "2021-10-19T04:00+02:00",
        "made": "2021-10-16T23:00-05:00",
        "story": {"id": "ship", "title": "The ship", "address": "https://small.example/stories/ship/"},
        "tags": ["ships", "At sea"],
        "claimants": [
            {"name": "Ann", "url": "https://ann.example/", "role": "captain", "repeats": True},
            {"name": "AFP"},
        ],
        "compare": {"what": "Hour", "claim": "noon", "found": "noon"},
        "parts": [{"words": "at noon", "verdict": "false", "note": "It was later."}],
        "articles": [
            {
                "id": "gazette",
                "stance": "contradicts itself",
                "quotes": [
                    {
                        "text": "The ship […] at noon",
                        "stance": "asserts",
                        "says": "noon",
                        "speaker": ["AFP", "the captain"],
                        "language": "en-GB",
                    },
                    {
                        "text": "captain.\n\nNobody",
                        "stance": "contradicts",
                        "says": "later",
                        "medium": "advertisement",
                        "language": "en-GB",
                    },
                ],
                "url": "https://g.example/",
                "says": ["noon", "later"],
            }
        ],
        "silent": ["quiet"],
        "sources": [
            {
                "id": "one",
                "title": "The log",
                "url": "https://g.example/",
                "kind": "primary",
                "bears": "supports",
                "article": "gazette",
                "quote": "Nobody was hurt.",
                "proved": True,
            },
            {
                "id": "two",
                "title": "A book",
                "url": "https://book.example/",
                "published": "2020",
                "language": "de",
                "quote": "Es kam",
                "translation": "It came",
            },
        ],
        "corrections": [
            {"date": "2021-10-19T04:00+02:00", "kind": "correction", "text": "Then."},
            {"date": "2021-10-18", "kind": "update", "text": "First."},
        ],
        "by": ["Ann B"],
        "edited": ["Ann B"],
        "aliases": ["older"],
    }


def test_a_retracted_claim_is_in_it_and_marked(tmp_path: Path) -> None:
    more = "status: retracted\ncorrections: [{date: 2021-10-18, kind: correction, text: Gone.}]\n"
    root = small_site(tmp_path, {"content/claims/landing.yaml": claim(more=more)})
    assert json_of(root)["status"] == "retracted"


@pytest.mark.parametrize("text", ["claim: Not yet.\nstatus: draft\n", claim(more="status: draft\n")])
def test_a_draft_is_not_in_it(tmp_path: Path, text: str) -> None:
    assert data_of(small_site(tmp_path, {"content/claims/landing.yaml": text}), drafts=True) is None


def test_a_site_without_claims(tmp_path: Path) -> None:
    settings = prepare(small_site(tmp_path)).library.settings
    found = json.loads(claims_json(settings, []))
    assert found == {
        "format": 1,
        "site": {"title": "The Small Desk", "address": "https://small.example/", "language": "en"},
        "verdicts": [
            {"id": "true", "label": "True", "value": 2, "meaning": None, "retired": False},
            {"id": "false", "label": "False", "value": 1, "meaning": None, "retired": False},
        ],
        "claims": [],
    }


@pytest.mark.parametrize("site", ["repository", "rich", "smallest"])
def test_whole_sites_keep_the_schema(repository: Path, site: str) -> None:
    data = whole(repository if site == "repository" else SITES / site)
    found = json.loads(data)
    assert found["claims"]
    assert not list(Draft202012Validator(json.loads((repository / SCHEMA).read_text())).iter_errors(found))
    back = msgspec.json.decode(data, type=ClaimsFile)  # strict, and the other way to hold it against its shapes
    assert [claim.id for claim in back.claims] == [claim["id"] for claim in found["claims"]]


def test_the_schema_is_that_of_the_shapes(repository: Path) -> None:
    assert (repository / SCHEMA).read_bytes() == claims_schema()


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("format",), 2),
        (("claims", 0, "id"), "Not an id"),
        (("claims", 0, "status"), "draft"),
        (("claims", 0, "checked"), "17 October 2021"),
        (("claims", 0, "address"), "javascript:alert(1)"),
        (("claims", 0, "verdict", "value"), "2"),
        (("claims", 0, "more"), "than there is"),
        (("claims", 0, "articles", 0, "stance"), "agrees"),
        (("claims", 0, "articles", 0, "quotes", 0, "note"), "not in the schema"),
    ],
)
def test_the_schema_refuses_what_is_not_so(repository: Path, path: tuple[str | int, ...], value: object) -> None:
    found = json.loads(whole(SITES / "rich"))
    *way, last = path
    place = found
    for step in way:
        place = place[step]
    place[last] = value
    assert list(Draft202012Validator(json.loads((repository / SCHEMA).read_text())).iter_errors(found))


def test_the_documentation_names_every_field(repository: Path) -> None:
    text = (repository / "docs/data.md").read_text("utf-8")
    for shape in json.loads(claims_schema())["$defs"].values():
        assert [name for name in shape["properties"] if f"`{name}`" not in text] == []


def test_no_field_of_a_claim_is_forgotten() -> None:
    """Each field of the record is in the data, or is known not to be."""
    left_out = {
        "path",
        "source",
        "begins",
        "why",
        "quotes",
        "analysis",
        "contacted",
        "exceptions",
        "related",
        "claimant",
    }
    shown = {"quotes": "articles", "claimant": "claimants"}
    fields = set(TYPES["claims"].__struct_fields__)
    assert fields - left_out <= set(ClaimData.__struct_fields__)
    assert set(shown.values()) <= set(ClaimData.__struct_fields__)
