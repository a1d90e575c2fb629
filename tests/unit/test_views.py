"""What pages say of articles and claims: stances, origins, who claims, what is silent and what is only not quoted."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from support import SMALL, claim, planned, small_site

from generator.examine import prepare
from generator.lexicons import lexicon_of
from generator.link.library import Library, link
from generator.plan.article_values import StoryPage
from generator.plan.claim_values import ClaimPage
from generator.plan.list_values import ListPage
from generator.plan.site import frame_of
from generator.plan.stances import article_stance
from generator.read.content import Content
from generator.records import Article, Claim, Publisher, Settings
from generator.words import Words

WORDS = Words(lexicon_of("en"))

STORY = "title: A story\nsummary: It happened.\n"


@pytest.mark.parametrize(
    ("stances", "stance"),
    [
        (["asserts"], "asserts"),
        (["mentions", "partly"], "partly"),
        (["mentions", "contradicts", "partly"], "contradicts"),
        (["partly", "asserts"], "asserts"),
        (["asserts", "contradicts"], "contradicts itself"),
        (["contradicts", "mentions", "asserts"], "contradicts itself"),
        ([], "not quoted"),
    ],
)
def test_several_quotes_of_an_article_have_one_stance(stances: list[str], stance: str) -> None:
    assert article_stance(stances) == stance
    assert article_stance(reversed(stances)) == stance


def quote(article: str, stance: str, more: str = "", text: str = "The ship landed") -> str:
    return f"  - {{article: {article}, text: {text}, stance: {stance}{', ' + more if more else ''}}}\n"


def articles(*ids: str, **more: str) -> dict[str, str]:
    """Articles with the gazette's text, each published under its id, with `more` lines."""
    return {
        f"content/articles/{id}.yaml": f"text: seeds/gazette.txt\npublisher: {id.title()}\n{more.get(id, '')}"
        for id in ids
    }


def claim_page(root: Path, id: str = "landing", drafts: bool = False) -> ClaimPage:
    page = planned(root, drafts)[f"/claims/{id}/"]
    assert isinstance(page, ClaimPage)
    return page


def story_page(root: Path) -> StoryPage:
    page = planned(root)["/stories/s/"]
    assert isinstance(page, StoryPage)
    return page


def list_page(root: Path, address: str) -> ListPage:
    page = planned(root)[address]
    assert isinstance(page, ListPage)
    return page


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Articles a and b of a story and c of none; the claim quotes b and c, and says that a is silent or not."""
    quotes = "quotes:\n" + quote("b", "asserts") + quote("c", "contradicts") + quote("b", "contradicts")
    more = "story: s\n" + quotes
    return small_site(
        tmp_path,
        {"content/stories/s.yaml": STORY},
        articles("a", "b", "c", a="story: s\n", b="story: s\n"),
        {
            "content/claims/landing.yaml": claim(more=more),
            "content/claims/quiet.yaml": claim(more="story: s\nsilent: [a]\n"),
        },
    )


def test_an_article_of_the_story_that_is_not_quoted_is_not_silent(site: Path) -> None:
    page, quiet = claim_page(site), claim_page(site, "quiet")
    assert [head.id for head in page.not_quoted] == ["a"]
    assert page.silent == ()
    assert [head.id for head in quiet.silent] == ["a"]
    assert [head.id for head in quiet.not_quoted] == ["b", "c"]


def test_an_articles_quotes_make_one_row_and_are_counted_once(site: Path) -> None:
    page = claim_page(site)
    assert [(row.article.id, row.stance, len(row.quotes)) for row in page.rows] == [
        ("b", "contradicts itself", 2),
        ("c", "contradicts", 1),
    ]
    assert {(count.stance, count.count) for count in page.stances} == {
        ("contradicts", 1),
        ("contradicts itself", 1),
        ("not quoted", 1),
    }


def test_a_storys_table_has_a_cell_for_each_article_that_names_it_or_is_quoted(site: Path) -> None:
    page = story_page(site)
    assert [head.id for head in page.articles] == ["a", "b", "c"]
    cells = {row.claim.address: [(cell.stance, cell.address) for cell in row.cells] for row in page.rows}
    assert cells == {
        "/claims/landing/": [
            ("not quoted", ""),
            ("contradicts itself", "/claims/landing/#quote-1"),
            ("contradicts", "/claims/landing/#quote-2"),
        ],
        "/claims/quiet/": [("silent", ""), ("not quoted", ""), ("not quoted", "")],
    }


def test_a_storys_claims_on_which_articles_contradict_each_other_come_first(tmp_path: Path) -> None:
    """Then those that most articles speak to."""
    quotes = {
        "a-one": quote("a", "asserts"),
        "b-agree": quote("a", "asserts") + quote("b", "asserts"),
        "c-differ": quote("a", "asserts") + quote("b", "contradicts"),
        "d-itself": quote("b", "asserts") + quote("b", "contradicts"),
    }
    claims = {f"content/claims/{id}.yaml": claim(more=f"story: s\nquotes:\n{text}") for id, text in quotes.items()}
    root = small_site(tmp_path, {"content/stories/s.yaml": STORY}, articles("a", "b"), claims)
    order = [row.claim.address.split("/")[2] for row in story_page(root).rows]
    assert order == ["c-differ", "d-itself", "b-agree", "a-one"]


def big_story(root: Path, claims: int, names: list[str], quoted: int = 1) -> dict[str, StoryPage]:
    """The pages of a story with so many claims, each of which quotes the first articles of `names`."""
    quotes = "".join(quote(name, "asserts") for name in names[:quoted])
    files = {f"content/claims/c{n}.yaml": claim(more=f"story: s\nquotes:\n{quotes}") for n in range(claims)}
    head = "text: seeds/gazette.txt\npublisher: The Gazette\nstory: s\n"
    told = {f"content/articles/{name}.yaml": head for name in names}
    pages = planned(small_site(root, {"content/stories/s.yaml": STORY}, told, files))
    return {address: page for address, page in pages.items() if isinstance(page, StoryPage)}


def test_a_storys_table_goes_on_over_several_pages_and_nothing_is_lost(tmp_path: Path) -> None:
    pages = big_story(tmp_path, 121, ["a"])
    assert list(pages) == ["/stories/s/", "/stories/s/page/2/", "/stories/s/page/3/"]
    assert [len(page.rows) for page in pages.values()] == [60, 60, 1]
    assert len({row.claim.address for page in pages.values() for row in page.rows}) == 121
    for number, page in enumerate(pages.values(), 1):
        assert page.parts is not None
        assert (page.parts.number, [link.address for link in page.parts.pages]) == (number, list(pages))
        assert (page.claim_count, page.article_count, len(page.columns)) == (121, 1, 1)


def test_a_storys_articles_go_on_over_several_pages_too(tmp_path: Path) -> None:
    pages = big_story(tmp_path, 1, [f"a{n}" for n in range(61)])
    assert [len(page.articles) for page in pages.values()] == [60, 1]
    assert [len(page.rows) for page in pages.values()] == [1, 0]


def test_with_many_articles_a_storys_table_has_a_column_a_stance(tmp_path: Path) -> None:
    """A row has cells for those alone that speak to the claim, and the number of the others."""
    pages = big_story(tmp_path, 2, [f"a{n}" for n in range(9)], quoted=2)
    page = pages["/stories/s/"]
    assert (page.columns, page.stances) == ((), ("asserts",))
    assert [([cell.stance for cell in row.cells], row.not_quoted) for row in page.rows] == [(["asserts"] * 2, 7)] * 2


def test_a_page_of_a_storys_table_has_no_more_than_so_many_cells(tmp_path: Path) -> None:
    pages = big_story(tmp_path, 25, [f"a{n}" for n in range(60)], quoted=50)
    assert [len(page.rows) for page in pages.values()] == [12, 12, 1]


def test_articles_of_one_publisher_are_told_apart_in_the_table(tmp_path: Path) -> None:
    page = big_story(tmp_path, 1, ["a", "b"])["/stories/s/"]
    assert [column.text for column in page.columns] == ["The Gazette (a)", "The Gazette (b)"]


# --- origins ----------------------------------------------------------------------------------------------------------


def sentence(root: Path, a: str, b: str, of_a: str = "", of_b: str = "") -> str:
    """What the page says of the origins of articles a and b, and of the quotes from them."""
    quotes = quote("a", "asserts", of_a) + quote("b", "asserts", of_b)
    files = articles("a", "b", a=f"origin: {a}\n" if a else "", b=f"origin: {b}\n" if b else "")
    small_site(root, files, {"content/claims/landing.yaml": claim(more="quotes:\n" + quotes)})
    independence = claim_page(root).independence
    assert independence is not None
    return independence.sentence


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("[own]", "[own]", "2 articles: at most 2 independent origins"),
        ("[AFP]", "[afp]", "2 articles: at most 1 independent origin"),
        ("[own]", "[a]", "2 articles: at most 1 independent origin"),
        ("[own]", "", "2 articles: at most 1 independent origin, 1 not established"),
        ("", "[a]", "2 articles: origin not established"),
    ],
)
def test_origins_are_counted_in_words(tmp_path: Path, a: str, b: str, expected: str) -> None:
    assert sentence(tmp_path, a, b) == expected


def test_one_articles_origin_is_its_own_sentence(tmp_path: Path) -> None:
    quotes = "quotes:\n" + quote("a", "asserts")
    small_site(tmp_path, articles("a", a="origin: [own]\n"), {"content/claims/landing.yaml": claim(more=quotes)})
    independence = claim_page(tmp_path).independence
    assert independence is not None
    assert independence.sentence == "1 article: 1 independent origin"


def test_a_quotes_own_origin_stands_before_its_articles(tmp_path: Path) -> None:
    assert sentence(tmp_path, "[own]", "[AFP]", of_a="origin: [AFP]").endswith("at most 1 independent origin")


def test_an_articles_other_quotes_keep_its_origin(tmp_path: Path) -> None:
    """Quote 1 of a is AFP's, quote 2 is a's own, that is Reuters': so a and b share Reuters."""
    of_a = "origin: [AFP]}\n  - {article: a, text: Nobody was hurt, stance: asserts"
    assert sentence(tmp_path, "[Reuters]", "[Reuters]", of_a=of_a).endswith("at most 1 independent origin")


# --- a claim's page ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("speaker", "attribution"),
    [
        ("", "The Gazette"),
        ("speaker: [the captain]", "The Gazette, quoting the captain"),
        ("speaker: [AFP, the owner, the captain]", "The Gazette, from AFP, from the owner, quoting the captain"),
        ("speaker: [الوكالة, Roa]", "The Gazette, from \u2068الوكالة\u2069, quoting Roa"),
    ],
)
def test_who_says_a_quote(tmp_path: Path, speaker: str, attribution: str) -> None:
    small_site(
        tmp_path, {"content/claims/landing.yaml": claim(more="quotes:\n" + quote("gazette", "asserts", speaker))}
    )
    assert claim_page(tmp_path).rows[0].quotes[0].attribution == attribution


@pytest.mark.parametrize(
    ("more", "names"),
    [
        ("claimant: []\n", []),
        ("claimant:\n  - name: A\n  - {name: B, as: repeater}\n", ["A", "B (repeats)"]),
        ("", ["the captain", "B"]),
    ],
)
def test_who_claims_it(tmp_path: Path, more: str, names: list[str]) -> None:
    """Where it is left out: the innermost speakers of the asserting quotes, else their publishers."""
    quotes = quote("a", "asserts", "speaker: [AFP, the captain]") + quote("b", "asserts") + quote("c", "contradicts")
    small_site(
        tmp_path, articles("a", "b", "c"), {"content/claims/landing.yaml": claim(more=f"{more}quotes:\n{quotes}")}
    )
    found = claim_page(tmp_path).claimants
    assert [claimant.name + (" (repeats)" if claimant.repeats else "") for claimant in found] == names


@pytest.mark.parametrize(
    ("says", "same"), [(["noon"], True), (["one"], False), (["noon", "one"], False), (["", "noon"], True), ([""], None)]
)
def test_whether_an_articles_value_is_the_claims(tmp_path: Path, says: list[str], same: bool | None) -> None:
    quotes = "".join(quote("gazette", "mentions", f"says: {value}" if value else "") for value in says)
    compare = "compare: {what: Time, claim: noon, found: noon}\n"
    small_site(tmp_path, {"content/claims/landing.yaml": claim(more=f"{compare}quotes:\n{quotes}")})
    (row,) = claim_page(tmp_path).rows
    assert row.says == tuple(filter(None, says))
    assert row.same is same


def test_of_parts_that_overlap_the_first_is_pointed_out(tmp_path: Path) -> None:
    parts = "parts:\n  - {words: landed at, verdict: true}\n  - {words: The ship landed, verdict: false}\n"
    small_site(tmp_path, {"content/claims/landing.yaml": claim(more=parts)})
    page = claim_page(tmp_path)
    assert [(run.text, run.part) for run in page.claim] == [("The ship landed", 2), (" at noon.", 0)]
    assert [part.words for part in page.parts] == ["landed at", "The ship landed"]


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("he", "rtl"), ("ar-EG", "rtl"), ("arn", "ltr")])
def test_the_direction_of_the_sites_language(tmp_path: Path, language: str, direction: str) -> None:
    small_site(tmp_path, {"site.toml": SMALL["site.toml"].replace("url =", f'language = "{language}"\nurl =')})
    plan = prepare(tmp_path).plan
    assert plan is not None
    assert plan.site.direction == direction


# --- drafts -----------------------------------------------------------------------------------------------------------


def test_a_draft_is_in_no_list_even_where_it_has_a_page(tmp_path: Path) -> None:
    draft = "claim: DRAFT.\nstatus: draft\nstory: s\ntags: [secret]\naliases: [old]\nquotes:\n" + quote("d", "asserts")
    root = small_site(
        tmp_path,
        articles("d"),
        {
            "content/stories/s.yaml": STORY,
            "content/claims/draft.yaml": draft,
            "content/claims/landing.yaml": claim(more="related: [draft]\n"),
        },
    )
    published, preview = planned(root), planned(root, drafts=True)
    assert preview.keys() - published.keys() == {"/claims/draft/", "/claims/old/"}
    assert not [address for address, page in published.items() if "DRAFT" in repr(page)]
    told = {address for address, page in preview.items() if "DRAFT" in repr(page)}
    assert told == {"/claims/draft/", "/claims/old/", "/articles/d/", "/claims/landing/"}
    assert claim_page(root, "draft", drafts=True).lacking == ("verdict", "summary", "checked")


# --- names ------------------------------------------------------------------------------------------------------------


def test_names_that_share_a_page_have_the_spelling_that_is_typed_most(tmp_path: Path) -> None:
    tags = ["Space flight", "space  Flight!", "space  Flight!", "Cinéma"]
    root = small_site(
        tmp_path, {f"content/claims/c{n}.yaml": claim(more=f"tags: ['{tag}']\n") for n, tag in enumerate(tags)}
    )
    named = list_page(root, "/tags/").named
    assert [(entry.link.text, entry.link.address, entry.count) for entry in named] == [
        ("Cinéma", "/tags/cinéma/", 1),
        ("space Flight!", "/tags/space-flight/", 3),
    ]
    assert list_page(root, "/tags/space-flight/").title == "space Flight!"
    assert {link.text for n in range(3) for link in claim_page(root, f"c{n}").tags} == {"space Flight!"}


def test_a_publishers_page_has_its_articles_under_all_spellings_and_its_settings(tmp_path: Path) -> None:
    settings = (small_site(tmp_path) / "site.toml").read_text("utf-8")
    files = {
        "content/articles/one.yaml": "text: seeds/gazette.txt\npublisher: THE GAZETTE\n",
        "site.toml": settings
        + '\n[publishers."the-gazette"]\nurl = "https://g.example/"\ninterest = "Owns the ship."\n',
    }
    page = list_page(small_site(tmp_path, files), "/publishers/the-gazette/")
    assert [str(entry) for entry in page.articles] == ["one", "gazette"]
    assert (page.url, page.text) == ("https://g.example/", "Owns the ship.")
    assert [item.stance for item in page.claims] == ["asserts"]


def test_templates_link_only_to_lists_that_there_are(tmp_path: Path) -> None:
    files = {"content/articles/gazette.yaml": "text: seeds/gazette.txt\n"}
    pages = planned(small_site(tmp_path, files))
    assert not {"/publishers/", "/tags/", "/stories/", "/people/"} & pages.keys()


def test_of_spellings_in_site_toml_that_share_a_page_the_first_counts() -> None:
    library = large(2, {"The Tide": Publisher(interest="one"), "the-tide": Publisher(interest="two")})
    frame = frame_of(library, WORDS)
    assert [frame.interest(name) for name in ("THE TIDE", "the-tide", "Another", "")] == ["one", "one", "", ""]


# --- sizes ------------------------------------------------------------------------------------------------------------


def large(size: int, publishers: dict[str, Publisher] | None = None) -> Library:
    """As many articles of as many publishers, and as many claims that quote none."""
    settings = Settings(id="site", path="site.toml", title="T", url="https://t.example", verdicts=())
    if publishers is None:
        publishers = {f"Publisher {number}": Publisher() for number in range(size)}
    articles = {
        f"a{number}": Article(id=f"a{number}", path="", text="x", publisher=f"Publisher {number}", origin=("own",))
        for number in range(size)
    }
    claims = {f"c{number}": Claim(id=f"c{number}", path="", claim="x", checked="2021") for number in range(size)}
    content = Content(
        settings=msgspec.structs.replace(settings, publishers=publishers),
        articles=articles,
        claims=claims,
        stories={},
        pages={},
        texts={},
        media=frozenset(),
        known={"articles": frozenset(articles), "claims": frozenset(claims), "stories": frozenset()},
        problems=(),
    )
    return link(content)[0]
