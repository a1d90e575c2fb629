"""What holds on every page that the templates of Parallax make: of this repo's own site, and of the example sites."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urljoin, urlsplit

import msgspec
import pytest
import yaml
from bs4 import BeautifulSoup, NavigableString, Tag
from formats import claim_review_faults
from lxml import etree
from support import REPOSITORY, SITES, browser_finds, copy_of, tree

from generator import records
from generator.build.options import Options
from generator.link.fold import fold, visible
from generator.pipeline import build
from generator.plan.addresses import claim_address, embed_address
from generator.plan.site import SEARCH
from generator.read.content import Content, read_content
from generator.records import Record, Settings


class Built:
    """A site that was built: its pages as they were parsed, by address, and what it was made from."""

    def __init__(self, root: Path, drafts: bool = False) -> None:
        build(root, root / "build", Options(drafts=drafts))
        self.root = root
        self.files = tree(root / "build")
        self.html = {_address(path): data.decode() for path, data in self.files.items() if path.endswith(".html")}

    @cached_property
    def pages(self) -> dict[str, BeautifulSoup]:
        return {address: BeautifulSoup(html, "lxml") for address, html in self.html.items()}

    @cached_property
    def content(self) -> Content:
        return read_content(self.root)

    @property
    def settings(self) -> Settings:
        assert self.content.settings is not None
        return self.content.settings

    def asset(self, name: str) -> str:
        """The path at which one of the templates' own files was published."""
        stem, ending = name.rsplit(".", 1)
        (path,) = (path for path in self.files if re.fullmatch(rf"assets/{stem}\.[0-9a-f]+\.{ending}", path))
        return path

    def whole(self, article: str) -> str:
        """The article's text as pages may show it, on one line."""
        return on_one_line(visible(self.content.texts[self.content.articles[article].text].text.whole))

    def target(self, address: str, href: str) -> str:
        """Where a link on the page at `address` leads: an address of this site, or one out of it."""
        home = self.settings.url.rstrip("/")
        full = urljoin("https://this.site" + address, href)
        return full.removeprefix("https://this.site").removeprefix(home)


def _address(path: str) -> str:
    return "/" + path.removesuffix("index.html")


def on_one_line(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture(scope="session")
def own(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """This repo's own site."""
    return Built(copy_of(REPOSITORY, tmp_path_factory.mktemp("own") / "site"))


@pytest.fixture(scope="session")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The example site with every field of the format, drafts too."""
    return Built(copy_of(SITES / "rich", tmp_path_factory.mktemp("rich") / "site"), drafts=True)


@pytest.fixture(scope="session", params=["own", "rich", "smallest"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Each of the sites in turn."""
    if request.param == "smallest":
        return Built(copy_of(SITES / "smallest", tmp_path_factory.mktemp("smallest") / "site"))
    built: Built = request.getfixturevalue(request.param)
    return built


def elements(page: BeautifulSoup, *names: str) -> Iterator[tuple[Tag, str]]:
    """Every element with one of the attributes `names`, and that attribute's value."""
    for element in page.find_all(True):
        for name in names:
            if name in element.attrs:
                yield element, str(element.attrs[name])


# --- HTML -------------------------------------------------------------------------------------------------------------


class Strict(HTMLParser):
    """Reads a page as it was written, and tells of what a browser would have to mend."""

    VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
    DRAWN = frozenset(["path", "circle", "rect"])
    PHRASES = frozenset("h1 h2 h3 h4 h5 h6 p summary pre".split())
    BLOCKS = frozenset(
        "address article aside blockquote details div dl dd dt figure footer form h1 h2 h3 h4 h5 h6 header hr li main "
        "nav ol p pre section table ul".split()
    )

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []
        self.feed(html)
        self.close()
        self.faults += [f"<{name}> is never closed" for name in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        twice = [name for name, count in Counter(name for name, _ in attrs).items() if count > 1]
        self.faults += [f"{name} stands twice on <{tag}>" for name in twice]
        if tag in self.BLOCKS and self.PHRASES & set(self.open):
            self.faults.append(f"<{tag}> in {self.open}, line {self.getpos()[0]}")
        if tag == "a" and "a" in self.open:
            self.faults.append(f"a link in a link, line {self.getpos()[0]}")
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in self.VOID:
            self.open.pop()
            if tag not in self.DRAWN:
                self.faults.append(f"<{tag}/> does not end <{tag}>")

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            self.faults.append(f"</{tag}> in {self.open}, line {self.getpos()[0]}")


def test_every_page_is_well_formed(site: Built) -> None:
    assert {address: faults for address, html in site.html.items() if (faults := Strict(html).faults)} == {}


def test_every_page_has_one_title_one_h1_and_a_language(site: Built) -> None:
    for address, page in site.pages.items():
        assert page.html is not None
        assert page.html.get("lang"), address
        assert [len(page.find_all(name)) for name in ("title", "h1", "main")] == [1, 1, 1], address
        assert page.title is not None
        assert page.title.text.strip(), address


def test_headings_leave_no_level_out(site: Built) -> None:
    for address, page in site.pages.items():
        levels = [int(heading.name[1]) for heading in page.find_all(re.compile("^h[1-6]$"))]
        assert levels[0] == 1, address
        assert all(after <= before + 1 for before, after in pairwise(levels)), (address, levels)


def test_ids_are_unique(site: Built) -> None:
    for address, page in site.pages.items():
        counts = Counter(value for _, value in elements(page, "id"))
        assert [id for id, count in counts.items() if count > 1] == [], address


def test_what_elements_refer_to_is_there(site: Built) -> None:
    for address, page in site.pages.items():
        ids = {value for _, value in elements(page, "id")}
        named = {
            id for _, value in elements(page, "aria-labelledby", "aria-describedby", "for") for id in value.split()
        }
        assert named <= ids, address


def test_images_have_alternative_text(site: Built) -> None:
    for address, page in site.pages.items():
        assert not [image for image in page.find_all("img") if not image.get("alt")], address


# --- links ------------------------------------------------------------------------------------------------------------


def test_every_internal_link_and_fragment_leads_somewhere(site: Built) -> None:
    ids = {address: {value for _, value in elements(page, "id")} for address, page in site.pages.items()}
    there = {_address(path) for path in site.files}
    dead = []
    for address, page in site.pages.items():
        for _, href in elements(page, "href", "src"):
            target = site.target(address, href)
            if not target.startswith("/"):
                continue
            path, _, fragment = target.partition("#")
            if unquote(path) not in there or (fragment and fragment not in ids[unquote(path)]):
                dead.append((address, href))
    assert dead == []


def test_the_page_that_is_served_anywhere_names_the_site_in_full(site: Built) -> None:
    links = [
        href for _, href in elements(site.pages["/404.html"], "href", "src") if not href.startswith(("#", "mailto:"))
    ]
    assert all(href.startswith(site.settings.url.rstrip("/") + "/") for href in links)


def test_links_are_relative_on_all_others_so_that_a_site_works_from_any_folder(site: Built) -> None:
    for address, page in site.pages.items():
        if address != "/404.html":
            assert not [href for _, href in elements(page, "href", "src") if href.startswith("/")], address


def test_addresses_out_of_the_site_are_safe(site: Built) -> None:
    for address, page in site.pages.items():
        for element, href in elements(page, "href", "src", "action", "cite", "data", "srcset", "poster", "formaction"):
            target = site.target(address, href)
            assert target.startswith("/") or urlsplit(target).scheme in ("https", "http", "mailto"), (address, href)
            allowed = ("a", "link", "img", *(["script", "form"] if address == SEARCH else []))
            assert element.name in allowed, (address, element.name)


def test_every_claim_has_a_page(site: Built) -> None:
    claims = {claim_address(claim.id) for claim in site.content.claims.values() if claim.listed}
    assert claims
    assert claims <= site.pages.keys()


# --- nothing runs, nothing is fetched from elsewhere ------------------------------------------------------------------


def scripts(page: BeautifulSoup) -> list[Tag]:
    """A page's scripts. What has the type of data is none: no browser runs it."""
    return [tag for tag in page.find_all("script") if tag.get("type") != "application/ld+json"]


def test_no_script_and_no_style_in_a_page(site: Built) -> None:
    for address, page in site.pages.items():
        forbidden = ["style", "iframe", "object", "embed", "base", *(["form"] if address != SEARCH else [])]
        assert not page.find_all(forbidden), address
        assert address == SEARCH or not scripts(page), address
        attributes = {name for element in page.find_all(True) for name in element.attrs}
        assert not [name for name in attributes if name == "style" or name.startswith("on")], address


def test_nothing_is_fetched_from_another_site(site: Built) -> None:
    for address, page in site.pages.items():
        told = (["canonical"], ["alternate"])  # which browsers do not fetch
        links = [tag for tag in page.find_all("link") if tag.get("rel") not in told]
        fetched = [str(tag.get("href")) for tag in links] + [str(tag.get("src")) for tag in page.find_all("img")]
        assert all(site.target(address, href).startswith("/") for href in fetched), address
    for path, data in site.files.items():
        if path.endswith(".css"):
            assert not re.findall(rb"@import|url\(\s*['\"]?(?:https?:)?//", data), path


def test_a_policy_forbids_the_rest(site: Built) -> None:
    for address, page in site.pages.items():
        policy = page.find("meta", attrs={"http-equiv": "Content-Security-Policy"})
        assert isinstance(policy, Tag), address
        assert "default-src 'none'" in str(policy["content"]), address
        if address == SEARCH:
            continue
        assert "unsafe" not in str(policy["content"]), address
        assert "script-src" not in str(policy["content"]), address


def test_the_page_that_searches_runs_scripts_of_the_site_alone(own: Built) -> None:
    page = own.pages[SEARCH]
    policy = page.find("meta", attrs={"http-equiv": "Content-Security-Policy"})
    assert isinstance(policy, Tag)
    assert str(policy["content"]).split("; ") == [
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "script-src 'self' 'wasm-unsafe-eval'",
        "connect-src 'self'",
    ]
    assert [(tag.get("src"), tag.text) for tag in page.find_all("script")] == [(f"../{own.asset('search.js')}", "")]


# --- quotations -------------------------------------------------------------------------------------------------------


class Shown:
    """A quote of a claim, as the claim's page shows it."""

    def __init__(self, site: Built, claim: str, number: int) -> None:
        self.quote = site.content.claims[claim].quotes[number]
        self.whole = site.whole(self.quote.article)
        self.address = claim_address(claim)
        found = site.pages[self.address].find(id=f"quote-{number + 1}")
        assert isinstance(found, Tag), f"{claim}: quote {number + 1} is not shown"
        self.block = found
        (self.blockquote,) = self.block.find_all("blockquote")
        for line in self.blockquote.find_all("br"):
            line.replace_with(" ")
        self.text = on_one_line(self.blockquote.text)
        self.parts = [part.strip() for part in self.text.split("[…]")]
        self.where = f"{claim}, quote {number + 1}"

    def link(self, words: str) -> str:
        links = [link for link in self.block.find_all("a") if on_one_line(link.text).startswith(words)]
        assert len(links) == 1, self.where
        return str(links[0]["href"])


def shown_quotes(site: Built) -> list[Shown]:
    claims = site.content.claims.values()
    with_page = [claim for claim in claims if claim_address(claim.id) in site.pages]
    return [Shown(site, claim.id, number) for claim in with_page for number in range(len(claim.quotes))]


def test_in_a_quotation_stand_only_the_articles_own_characters(site: Built) -> None:
    quotes = shown_quotes(site)
    assert quotes
    for shown in quotes:
        at = 0
        for part in shown.parts:
            at = shown.whole.find(part, at)
            assert at >= 0, f"{shown.where}: “{part}” is not in the article"
            at += len(part)
        assert {element.name for element in shown.blockquote.find_all(True)} <= {"p", "mark", "span"}, shown.where


def test_a_quotation_is_the_quote_that_was_typed(site: Built) -> None:
    for shown in shown_quotes(site):
        assert fold(shown.text) == fold(shown.quote.text.replace("[...]", "[…]")), shown.where


def test_every_quotation_of_a_claims_page_is_a_quote_or_a_source(site: Built) -> None:
    """What was copied by hand says so, and stands in no quotation that looks proved."""
    for claim in site.content.claims.values():
        page = site.pages.get(claim_address(claim.id))
        if page is None:
            continue
        proved = [source for source in claim.sources if source.quote and (source.article or source.text)]
        copied = [source for source in claim.sources if source.quote and not (source.article or source.text)]
        blocks = page.find_all("blockquote")
        by_hand = [block for block in blocks if block.find_parent(class_="copied")]
        assert len(blocks) - len(by_hand) == len(claim.quotes) + len(proved), claim.id
        assert len(page.find_all(class_="copied")) == len(copied), claim.id
        assert page.text.count("Copied by hand") == len(copied), claim.id
        for source in proved:
            item = page.find(id=f"source-{source.id}")
            assert isinstance(item, Tag)
            assert item.blockquote is not None
            path = source.text or site.content.articles[source.article].text
            whole = on_one_line(visible(site.content.texts[path].text.whole))
            assert all(part.strip() in whole for part in on_one_line(item.blockquote.text).split("[…]")), source.id


def test_marked_words_are_the_quotes_own(site: Built) -> None:
    for shown in shown_quotes(site):
        marked = fold(" ".join(mark.text for mark in shown.blockquote.find_all("mark")))
        for mark in shown.quote.mark:
            assert fold(mark.words) in marked, shown.where


def passage(article: BeautifulSoup, anchor: str) -> str:
    """What an article's page marks from `anchor` on; a line break where a mark ends, a space between paragraphs."""
    start = article.find(id=anchor)
    assert isinstance(start, Tag), anchor
    pieces = []
    paragraph = start.find_parent("p")
    for text in start.find_all_next(string=True):
        if not isinstance(text, NavigableString) or not text.find_parent(class_="own"):
            continue
        if text.find_parent("p") is not paragraph:
            paragraph = text.find_parent("p")
            pieces.append(" ")
        pieces.append(str(text) if text.find_parent("mark") else "\n")
    return "".join(pieces)


def test_a_quote_leads_to_its_passage_which_is_marked_in_the_articles_page(site: Built) -> None:
    for shown in shown_quotes(site):
        target = site.target(shown.address, shown.link("In the article"))
        address, _, anchor = target.partition("#")
        assert address == f"/articles/{shown.quote.article}/", shown.where
        marked = passage(site.pages[address], anchor)
        assert on_one_line(marked).startswith(shown.parts[0]), shown.where
        at = 0
        for part in shown.parts:
            at = on_one_line(marked).find(part, at)
            assert at >= 0, f"{shown.where}: “{part}” is not marked"
            at += len(part)


def test_a_passage_leads_back_to_the_claim(site: Built) -> None:
    for shown in shown_quotes(site):
        address = f"/articles/{shown.quote.article}/"
        links = {site.target(address, href) for _, href in elements(site.pages[address], "href")}
        assert f"{shown.address}#{shown.block['id']}" in links, shown.where


def test_the_link_to_the_original_leads_to_the_quotes_words(site: Built) -> None:
    for shown in shown_quotes(site):
        article = site.content.articles[shown.quote.article]
        if not article.url:
            continue
        address, _, directives = shown.link("At ").partition(":~:")
        assert address.removesuffix("#") == article.url, shown.where
        whole = visible(site.content.texts[article.text].text.whole)
        spans = [browser_finds(whole, words.removeprefix("text=")) for words in directives.split("&")]
        assert [on_one_line(whole[start:end]) for start, end in spans] == shown.parts, shown.where


def test_what_an_omission_leaves_out_is_on_the_page(rich: Built) -> None:
    block = rich.pages["/claims/toll-rises/"].find(id="quote-1")
    assert isinstance(block, Tag)
    assert block.details is not None
    assert on_one_line(block.details.text) == "What […] leaves out did not"


# --- what a claim's page says of its articles -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        ("ferry-stopped", "Silent Read for this claim, and nothing was found in it on the matter. The Tide"),
        ("toll-rises", "Not quoted Of this story, not quoted here: that is not silence. Diario del Puerto"),
        ("bridge-closed", "Morning Post March 2024 Contradicts itself"),
        ("bridge-closed", "Corrected by its publisher, 4 March 2024 It was 06:15, not 07:15."),
        ("bridge-closed", "Tide, from the harbour office, quoting Ines Roa"),
        ("bridge-closed", "3 articles: at most 2 independent origins"),
        ("bridge-closed", "Translation The Old Bridge closed at 06:15 on Sunday."),
        ("ferry-stopped", "No public copy known"),
        ("ferry-stopped", "1 article: origin not established"),
        ("ferry-stopped", "Nobody was contacted."),
        ("toll-rises", "Retracted. This check no longer stands."),
        ("toll-rises", "Pants on fire (no longer given)"),
        ("cars", "Draft. This is not published and may change. Still lacking: verdict, summary, checked."),
    ],
)
def test_a_claims_page_says_it_in_words(rich: Built, claim: str, words: str) -> None:
    assert words in on_one_line(rich.pages[claim_address(claim)].text)


@pytest.mark.parametrize("address", ["/claims/cars/", "/404.html", "/claims/bridge-shut/"])
def test_what_is_not_to_be_found_says_so(rich: Built, address: str) -> None:
    robots = rich.pages[address].find("meta", attrs={"name": "robots"})
    assert isinstance(robots, Tag)
    assert robots["content"] == "noindex"


def test_nothing_else_asks_not_to_be_found(rich: Built) -> None:
    hidden = {address for address, html in rich.html.items() if "noindex" in html}
    cards = {embed_address(claim.id) for claim in rich.content.claims.values() if claim.listed}
    moved = {"/claims/bridge-shut/", "/claims/old-bridge/", "/articles/tide-bridge/", "/stories/bridge-closing/"}
    assert hidden == {"/claims/cars/", "/404.html", SEARCH, *moved, *cards}


def test_an_earlier_address_leads_on(rich: Built) -> None:
    page = rich.pages["/claims/bridge-shut/"]
    refresh = page.find("meta", attrs={"http-equiv": "refresh"})
    assert isinstance(refresh, Tag)
    assert refresh["content"] == "0; url=../../claims/bridge-closed/"
    assert page.a is not None
    assert page.a["href"] == "../../claims/bridge-closed/"


# --- trust ------------------------------------------------------------------------------------------------------------


def test_a_correction_stands_directly_under_the_verdict(rich: Built) -> None:
    rating = rich.pages["/claims/bridge-closed/"].select_one(".answer > .rating")
    assert rating is not None
    under = rating.find_next_sibling()
    assert isinstance(under, Tag)
    newest = rich.content.claims["bridge-closed"].corrections[-1]
    assert "corrected" in under["class"]
    assert newest.text in under.get_text()
    assert under.time is not None
    assert under.time["datetime"] == newest.date


def test_an_error_is_reported_in_a_letter_with_the_pages_address(rich: Built) -> None:
    link = rich.pages["/claims/bridge-closed/"].select_one("a.report")
    assert link is not None
    letter = urlsplit(str(link["href"]))
    assert (letter.scheme, letter.path) == ("mailto", "desk@harbour.example")
    told = parse_qs(letter.query, strict_parsing=True)
    assert told["body"] == ["https://harbour.example/checks/claims/bridge-closed/"]
    assert rich.content.claims["bridge-closed"].headline in told["subject"][0]


def test_a_claim_shows_the_sha256_of_every_text_that_it_quotes(rich: Built) -> None:
    for id, claim in rich.content.claims.items():
        if claim.listed:
            texts = {rich.content.articles[quote.article].text for quote in claim.quotes}
            shown = [code.get_text() for code in rich.pages[claim_address(id)].select(".digests code")]
            assert sorted(shown) == sorted(
                hashlib.sha256((rich.root / text).read_bytes()).hexdigest() for text in texts
            ), id


def test_a_card_has_the_claim_its_verdict_and_a_way_to_the_whole_check(rich: Built) -> None:
    card = rich.pages["/claims/bridge-closed/embed/"]
    claim = rich.content.claims["bridge-closed"]
    assert claim.claim in on_one_line(card.get_text())
    assert card.select_one(f".verdict-{claim.verdict}") is not None
    links = {rich.target("/claims/bridge-closed/embed/", str(link["href"])): link for link in card.select("a")}
    assert links.keys() == {"/claims/bridge-closed/", "/"}
    assert all(link["target"] == "_blank" for link in links.values())
    assert not card.select("script")


def test_a_retracted_claims_card_says_so_and_shows_no_verdict(rich: Built) -> None:
    card = rich.pages["/claims/toll-rises/embed/"]
    assert "Retracted" in card.get_text()
    assert card.select_one(".verdict") is None
    assert rich.content.claims["toll-rises"].summary not in card.get_text()


def test_the_lists_of_people_and_of_corrections_lead_to_those_whom_readers_may_turn_to(rich: Built) -> None:
    for address in ("/people/", "/corrections/"):
        assert "https://code.example/complaints" in rich.html[address], address


# --- what programs are told -------------------------------------------------------------------------------------------


def review_of(page: BeautifulSoup) -> list[dict[str, Any]]:
    return [json.loads(tag.text) for tag in page.find_all("script", type="application/ld+json")]


def told_plainly(page: BeautifulSoup) -> str:
    """A page's words, without the numbers that lead from a claim's wording to its parts."""
    strings = (text for text in page.find_all(string=True) if not text.find_parent(("script", "pre")))
    return on_one_line("".join(text for text in strings if not text.find_parent(class_="part-number")))


def test_each_published_claim_has_one_claim_review_that_keeps_the_rules(site: Built) -> None:
    """And nothing else has any."""
    published = {claim_address(id) for id, claim in site.content.claims.items() if claim.status == "published"}
    assert published
    for address, page in site.pages.items():
        reviews = review_of(page)
        assert len(reviews) == (address in published), address
        for review in reviews:
            home = site.settings.url.rstrip("/")
            assert claim_review_faults(review, home + address, urlsplit(home).hostname or "") == [], address


def test_what_a_claim_review_says_stands_on_the_page_word_for_word(site: Built) -> None:
    for address, page in site.pages.items():
        for review in review_of(page):
            text = told_plainly(page)
            rating = review["reviewRating"]
            for words in (review["claimReviewed"], rating["alternateName"], rating["ratingExplanation"]):
                assert on_one_line(words) in text, address


def test_the_data_feed_has_the_reviews_of_all_pages(site: Built) -> None:
    feed = json.loads(site.files["claimreview.json"])
    on_pages = [review for address in sorted(site.pages) for review in review_of(site.pages[address])]
    assert [review for element in feed["dataFeedElement"] for review in element["item"]] == on_pages


# --- hostile content --------------------------------------------------------------------------------------------------

HOSTILE = (
    """<script>alert(1)</script>{{ 7*7 }}{% x %}"' onclick='x()' <b>javascript:alert(2)</b> &lt;i&gt; --><!-- ]]>"""
)
HARMLESS = re.sub(r"[^\w\s]", "·", HOSTILE)
"""The same words without a sign: a site with these has the same addresses and must have the same elements."""

FREE = frozenset(
    "address analysis author bio claim description found funding headline interest introduction label legal "
    "logo meaning medium name note origin_note publisher reply role says speaker summary tags title translation "
    "what who why".split()
)
"""Fields that take any text, wherever they stand. So do `text` in corrections and `quote` where it is copied."""
NOT_FREE = frozenset(
    # references, exact words of other texts, codes, and what only another command uses
    "verdict by edited words before after text quote encoding origin off from id rule email".split()
)


def test_it_is_known_of_every_field_whether_it_takes_any_text() -> None:
    types = [type_ for type_ in vars(records).values() if isinstance(type_, type) and issubclass(type_, Record)]
    names = {
        field.encode_name
        for type_ in types
        for field in msgspec.structs.fields(type_)
        if str(field.type).replace("tuple[str, ...]", "str").removesuffix(" | None") in ("<class 'str'>", "str")
    }
    assert names - FREE - NOT_FREE == {"path", "body"}, "add new fields to FREE if they take any text"


def spiked(value: Any, words: str, key: str = "", above: str = "") -> Any:
    """YAML's values with `words` behind every free text."""
    if isinstance(value, dict):
        return {name: spiked(inner, words, name, key) for name, inner in value.items()}
    if isinstance(value, list):
        return [spiked(inner, words, key, above) for inner in value]
    if key in FREE or (key == "text" and "correction" in above) or (key == "quote" and "<b>" in value):
        return f"{value}\n\n{words}" if key in ("analysis", "introduction") else f"{value} {words}"
    return value


def spiked_site(root: Path, words: str) -> Built:
    """The rich site with `words` in every free text, in an article, and in a quote from it."""
    copy_of(SITES / "rich", root)
    article = root / "seeds" / "tide.txt"
    article.write_text(f"{article.read_text('utf-8')}\n{words}\n", "utf-8")
    for path in sorted((root / "content").rglob("*.yaml")):
        data = spiked(yaml.load(path.read_text("utf-8"), yaml.BaseLoader), words)
        if path.name == "tide.yaml":
            data["sha256"] = hashlib.sha256(article.read_bytes()).hexdigest()
        if path.name == "toll-rises.yaml":
            data["quotes"].append({"article": "tide", "text": words, "stance": "asserts"})
        path.write_text(yaml.safe_dump(data, allow_unicode=True, width=100_000), "utf-8")
    for path in sorted((root / "content" / "pages").glob("*.md")):
        title = re.compile(r"^title: (.*)$", re.MULTILINE)
        text = title.sub(lambda match: "title: " + json.dumps(f"{match[1]} {words}"), path.read_text("utf-8"))
        path.write_text(f"{text}\n{words}\n", "utf-8")
    settings = (root / "site.toml").read_text("utf-8")
    line = re.compile(rf'^({"|".join(FREE)}) = "(.*)"$|^\[publishers\."(.*)"\]$', re.MULTILINE)
    settings = line.sub(
        lambda match: (
            f"{match[1]} = {json.dumps(f'{match[2]} {words}')}"
            if match[1]
            else f"[publishers.{json.dumps(f'{match[3]} {words}')}]"
        ),
        settings,
    )
    (root / "site.toml").write_text(settings, "utf-8")
    return Built(root, drafts=True)


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return spiked_site(tmp_path_factory.mktemp("hostile") / "site", HOSTILE)


@pytest.fixture(scope="session")
def harmless(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return spiked_site(tmp_path_factory.mktemp("harmless") / "site", HARMLESS)


def skeleton(page: BeautifulSoup) -> list[tuple[str, list[tuple[str, object]]]]:
    """A page's elements with their attributes, and the values of those that no content is in."""
    own = ("class", "id", "lang", "dir", "datetime", "http-equiv", "name", "rel")
    return [
        (element.name, [(name, value if name in own else ...) for name, value in sorted(element.attrs.items())])
        for element in page.find_all(True)
    ]


def test_hostile_content_makes_the_same_elements_as_harmless(hostile: Built, harmless: Built) -> None:
    assert hostile.pages.keys() == harmless.pages.keys()
    for address, page in hostile.pages.items():
        assert skeleton(page) == skeleton(harmless.pages[address]), address
        assert Strict(hostile.html[address]).faults == [], address


def test_hostile_content_is_shown_as_it_was_typed(hostile: Built, harmless: Built) -> None:
    shown = 0
    for address, page in hostile.pages.items():
        text = readable(page)
        count = text.count(HOSTILE) + text.count(unescape(HOSTILE))  # Markdown takes &lt; for a sign: <
        assert count == readable(harmless.pages[address]).count(HARMLESS), address
        shown += count
    assert shown > 300


def readable(page: BeautifulSoup) -> str:
    """A page's words, without those that are written as another language wants them: JSON, BibTeX, HTML to copy."""
    apart = ("script", "pre")
    strings = (text for text in page.find_all(string=True) if not text.find_parent(apart))
    return on_one_line("".join(strings))


def test_hostile_content_is_told_to_programs_as_it_was_typed(hostile: Built) -> None:
    (script,) = hostile.pages["/claims/bridge-closed/"].find_all("script")
    review = json.loads(script.text)
    assert HOSTILE in review["claimReviewed"]
    assert HOSTILE in review["reviewRating"]["alternateName"]
    claims = json.loads(hostile.files["claims.json"])["claims"]
    assert HOSTILE in next(claim for claim in claims if claim["id"] == "bridge-closed")["claim"]


def test_hostile_content_is_in_no_link_and_runs_nowhere(hostile: Built) -> None:
    for address, page in hostile.pages.items():
        assert not page.find_all(["i", "iframe"]), address
        assert address == SEARCH or not scripts(page), address
        assert not [name for element in page.find_all(True) for name in element.attrs if name.startswith("on")], address
        for _, href in elements(page, "href", "src", "content"):
            assert not re.match(r"\s*(javascript|data|vbscript):", href, re.IGNORECASE), address


def test_hostile_words_can_be_quoted_to_the_character(hostile: Built) -> None:
    for shown in shown_quotes(hostile):
        assert all(part in shown.whole for part in shown.parts), shown.where
    assert HOSTILE in {shown.text for shown in shown_quotes(hostile)}


def test_other_files_hold_nothing_of_it(hostile: Built) -> None:
    for path, data in hostile.files.items():
        if not path.endswith((".html", ".png", ".csv")):  # CSV has no other way to write it
            assert b"<script" not in data, path
    etree.fromstring(hostile.files["sitemap.xml"])


# --- pictures ---------------------------------------------------------------------------------------------------------


def test_a_bar_has_a_part_for_each_verdict_of_the_list_that_says_the_same(own: Built) -> None:
    page = own.pages["/verdicts/"]
    bar, parts = page.select(".spread-bar > g"), page.select(".spread-parts > li")
    shown = [next(name for name in part.attrs["class"] if name.startswith("verdict-")) for part in bar]
    told = [part.select_one(".verdict").attrs["class"][1] for part in parts]  # type: ignore[union-attr]
    assert shown == told == [f"verdict-{verdict.id}" for verdict in own.settings.verdicts]
    assert ["outside" in part.attrs["class"] for part in bar] == [
        verdict.value is None for verdict in own.settings.verdicts
    ]
    counted = sum(int(found) for part in parts for found in re.findall(r"(\d+) claim", part.text))
    assert counted == len([address for address in own.pages if re.fullmatch(r"/claims/[a-z0-9-]+/", address)])
    (svg,) = page.select(".spread-bar")
    assert svg.attrs["aria-hidden"] == "true"


def test_a_publishers_page_says_where_its_words_come_from(own: Built) -> None:
    told = on_one_line(own.pages["/publishers/codelist-biz/"].select_one(".spread").text)  # type: ignore[union-attr]
    assert "It asserts" in told
    assert "the reporting comes from elsewhere, at least in part: AFP (" in told
    few = own.pages["/publishers/trueviralnews-com/"]
    assert not few.select(".spread-bar")
    assert "too few for a picture" in few.select_one(".spread").text  # type: ignore[union-attr]


def test_a_timeline_is_a_list_with_dates_and_links(own: Built) -> None:
    days = own.pages["/stories/the-challenge/"].select(".timeline > ol > li")
    dates = [found.attrs["datetime"] if (found := day.select_one("h3 > time")) else "" for day in days]
    assert dates == [*sorted(filter(None, dates)), ""]
    assert all(day.select("a[href]") for day in days)
    assert "Date not known" in days[-1].text
