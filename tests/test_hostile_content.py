"""Hostile strings in every field: shown as the text they are, or refused with their place; they never do anything.

`make torture` tries all of it, and many more strings; by default there is a sample, the same in every run.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import time
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hostile.site import files, good
from hostile.strings import ADDRESSES, REFUSED, RUN, SHOWN, made, slow
from lxml import etree, html
from msgspec.structs import replace
from support import SMALL, lay, tree

from generator import records
from generator.examine import examine
from generator.images.values import ShareImage
from generator.pipeline import build
from generator.plan.addresses import slug
from generator.plan.markdown import Context, render_markdown
from generator.problems import ContentError, Place, Problem, errors
from generator.read.content import read_content
from generator.report import as_json, as_text

FULL = os.environ.get("PARALLAX_TORTURE", "") not in ("", "0")
TEXTS = [*(SHOWN if FULL else SHOWN[::4]), *map(made, range(400 if FULL else 3))]
NEUTRAL = "¦"
_MARKS = re.compile(r"[<>&\"'`{}()\[\]|\\$%#=;:@+*/?!.,~^_-]")


def plain(text: str) -> str:
    """`text` with nothing in it that could mean anything, of the same words."""
    return _MARKS.sub(NEUTRAL, text)


class Fields:
    """Gives each field a string with the field's number at its end, so that no two are equal."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.names: list[str] = []

    def __call__(self, name: str) -> str:
        if name not in self.names:
            self.names.append(name)
        return f"{self.text} n{self.names.index(name)}n"


class Site:
    """A site with `text` in all fields, and `more` settings, built."""

    def __init__(self, root: Path, text: str, more: str = "") -> None:
        self.fields = Fields(text)
        laid = files(self.fields, good)
        self.root = lay(root, laid, {"site.toml": laid["site.toml"] + more})
        build(root, root / "build")
        named = {
            slug(self.fields(name)): name for name in ("tag", "second tag", "article.publisher", "source.publisher")
        }
        self.files = {_renamed(path, named): data for path, data in tree(root / "build").items()}
        self.named = named

    def pages(self) -> Iterator[tuple[str, Any]]:
        for path, data in self.files.items():
            if path.endswith(".html"):
                yield path, html.document_fromstring(data.decode(), parser=html.HTMLParser(encoding="utf-8"))


def _renamed(path: str, named: dict[str, str]) -> str:
    return "/".join(named.get(step, step) for step in path.split("/"))


def shape(page: Any) -> list[str]:
    """A page's elements with their attributes, in order; values where they are code or name something."""
    found = []
    for element in page.iter():
        if not isinstance(element.tag, str):
            found.append("comment")
            continue
        kept = [
            f"{name}={value}" if name in ("class", "role", "rel", "type", "http-equiv") else name
            for name, value in sorted(element.attrib.items())
        ]
        found.append(" ".join([element.tag, *kept]))
    return found


def shown(page: Any) -> str:
    """What a page says, without code: that of other formats, in which characters are escaped, and digests."""
    for code in page.iter("script", "pre", "code"):
        code.text = ""
    return words(page.text_content())


def letters(text: str) -> str:
    """`text` without what pages may leave out of it: soft hyphens and marks of no width."""
    return "".join(character for character in words(text) if unicodedata.category(character) not in ("Cf", "Mn"))


def words(text: str) -> str:
    return "".join(unicodedata.normalize("NFC", text).split())


def counted(record_property: Callable[[str, object], None], what: str, asked: int) -> Callable[[int], None]:
    """A count for the end of a run: what was tried, how often it was to be, and, once it is called, how often."""
    entry: list[str | int] = [what, asked, 0]
    record_property("parallax", entry)

    def reached(count: int) -> None:
        entry[2] = count

    return reached


@pytest.mark.parametrize("number", range(len(TEXTS)))
def test_texts_are_shown_as_they_are(
    tmp_path: Path, number: int, record_property: Callable[[str, object], None]
) -> None:
    """Pages with the string have the elements that they have with its mere words, and say the same."""
    files(names := Fields("x"), good)
    tried = counted(record_property, "hostile strings by fields of any text", len(names.names))
    text = TEXTS[number]
    hostile, tame = Site(tmp_path / "hostile", text), Site(tmp_path / "tame", plain(text))
    assert hostile.files.keys() == tame.files.keys()
    tames = dict(tame.pages())
    whole = ""
    for path, page in hostile.pages():
        assert shape(page) == shape(tames[path]), path
        for script in page.iter("script"):
            assert script.get("type") == "application/ld+json" or path == "search/index.html"
        said = shown(page)
        assert plain(said) == plain(shown(tames[path])), path
        whole += said
        for element in page.iter():
            for name, value in element.attrib.items():
                assert not name.startswith("on")
                assert name != "style"
                if name in ("href", "src", "action"):
                    assert re.match(r"(?:https?:|mailto:)|[^:]*(?:$|[?#/])", value), value
    lost = {name for name in hostile.fields.names if letters(hostile.fields(name)) not in letters(whole)}
    cut = {"second tag", "before", "after"} if len(text) > 60 else set()  # as one with a like name, as an excerpt
    assert lost <= {"site.description", *cut}, "these are nowhere to be seen"
    tried(len(hostile.fields.names))


def test_a_field_that_there_is_has_its_place(tmp_path: Path) -> None:
    """Every field of every record holds something in the site, save those whose values are no text."""
    lay(tmp_path, files(Fields("x"), good))
    content = read_content(tmp_path)
    full: set[tuple[str, str]] = set()
    todo: list[Any] = [content.settings, *content.claims.values(), *content.articles.values()]
    todo += [*content.stories.values(), *content.pages.values()]
    for value in todo:
        if isinstance(value, records.Record):
            for field in msgspec.structs.fields(value):
                inner = getattr(value, field.name)
                if inner:
                    full.add((type(value).__name__, field.encode_name))
                todo.append(inner)
        elif isinstance(value, tuple):
            todo += value
        elif isinstance(value, dict):
            todo += value.values()
    types = [type_ for type_ in vars(records).values() if isinstance(type_, type) and issubclass(type_, records.Record)]
    lacking = {
        (type_.__name__, field.encode_name)
        for type_ in types
        for field in msgspec.structs.fields(type_)
        if field.type not in (bool, int)
    } - full
    assert {f"{type_}.{name}" for type_, name in lacking} <= NOT_TRIED, lacking


NOT_TRIED = {
    *("FileRecord.id", "FileRecord.path", "FileRecord.source", "Claim.begins", "Story.begins", "TextPage.body_line"),
    *("Claim.analysis", "Story.introduction"),  # Markdown: a test of its own
    *("Article.sha256", "Organisation.logo", "History.from", "CheckSettings.off", "Settings.check", "Settings.history"),
}


# --- data -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", range(0, len(TEXTS), 1 if FULL else 3))
def test_programs_get_the_text_too(tmp_path: Path, number: int) -> None:
    site = Site(tmp_path, TEXTS[number])
    wording = f"Before {site.fields('part.words')} after."
    data = json.loads(site.files["claims.json"])
    claim = next(claim for claim in data["claims"] if claim["id"] == "claim")
    assert claim["claim"] == " ".join(wording.split())
    for path, bytes_ in site.files.items():
        if path.endswith(".json"):
            json.loads(bytes_)
        if path.endswith(".xml"):
            root = etree.fromstring(bytes_, parser=etree.XMLParser(resolve_entities=False, no_network=True))
            assert {etree.QName(element).namespace for element in root.iter()} <= {
                "http://www.w3.org/2005/Atom",
                "http://www.w3.org/1999/xhtml",
                "http://www.sitemaps.org/schemas/sitemap/0.9",
            }
            assert root.getroottree().docinfo.doctype == ""
    for row in csv.reader(io.StringIO(site.files["claims.csv"].decode(), newline="")):
        assert all(re.match(r"[\s\u200e\u200f\ufeff]*[=+@]", cell) is None for cell in row)
        assert all(re.match(r"-\D", cell) is None for cell in row)
    ((_, page),) = [(path, page) for path, page in site.pages() if path == "claims/claim/index.html"]
    (block,) = page.iter("script")
    assert json.loads(block.text)["claimReviewed"] == claim["claim"]
    for path in ("_headers", "_redirects", "robots.txt"):
        assert "evil" not in site.files[path].decode()


# --- what is refused --------------------------------------------------------------------------------------------------


def refused(root: Path) -> list[Problem]:
    """The errors of a site that can't be built; nothing of it reaches a terminal or a log as a command."""
    found = errors(examine(root))
    with pytest.raises(ContentError):
        build(root, root / "build")
    assert tree(root / "build") == {}
    is_safe(as_text(found, root))
    json.loads(as_json(found))
    return found


def built_or_refused(root: Path) -> list[Problem]:
    """The errors of a site, each with its place; none where it was built."""
    found: list[Problem] = []
    try:
        build(root, root / "build")
    except ContentError as error:
        found = errors(error.problems)
    assert all(problem.line for problem in found)
    is_safe(as_text(found, root))
    return found


def is_safe(told: str) -> None:
    for line in told.split("\n"):
        assert re.match(r"\s*(?:::|##)", line) is None, line
        assert all(
            character.isprintable() or unicodedata.category(character) in ("Zs", "Co", "Cn") for character in line
        )


@pytest.mark.parametrize("text", REFUSED if FULL else REFUSED[::2])
def test_what_is_unseen_is_refused_where_it_stands(tmp_path: Path, text: str) -> None:
    """In each field by itself of a few, and in all of them at once."""
    fields = Fields(text)
    lay(tmp_path, files(fields, good))
    found = refused(tmp_path)
    assert {problem.path for problem in found} >= {
        *("site.toml", "content/claims/claim.yaml", "content/articles/article.yaml"),
        *("content/stories/story.yaml", "content/pages/about.md"),
    }
    assert {problem.code for problem in found} <= {"F004", "R004", "R002", "R003", "Y001", "L001", "Q001", "A001"}


def _formed() -> list[str]:
    names: list[str] = []
    files(Fields("x"), lambda name: names.append(name) or good(name))  # type: ignore[func-returns-value]
    return sorted(set(names))


FORMED = _formed()
ADDRESS_FIELDS = [name for name in FORMED if good(name).startswith("https://e.org/")]


def _places(root: Path, marks: dict[str, str]) -> dict[str, tuple[str, int]]:
    """The file and line of each field's value, by what stands in it."""
    return {
        name: (path.relative_to(root).as_posix(), text[: text.index(mark)].count("\n") + 1)
        for name, mark in marks.items()
        for path in sorted(root.rglob("*"))
        if path.suffix in (".yaml", ".toml", ".md") and mark in (text := path.read_text("utf-8"))
    }


@pytest.mark.parametrize("address", ADDRESSES if FULL else ADDRESSES[::4])
def test_no_field_holds_an_unsafe_address(
    tmp_path: Path, address: str, record_property: Callable[[str, object], None]
) -> None:
    """Each address in all fields of addresses at once: each is refused, at its own line."""
    tried = counted(record_property, "unsafe addresses by fields of addresses", len(ADDRESS_FIELDS))
    marks = {name: f"https://e.org/mark-{number}-" for number, name in enumerate(ADDRESS_FIELDS)}
    lay(tmp_path, files(Fields("x"), lambda name: marks.get(name, good(name))))
    places = _places(tmp_path, marks)
    assert places.keys() == marks.keys()
    lay(tmp_path, files(Fields("x"), lambda name: address if name in marks else good(name)))
    found = {
        (problem.path, problem.line)
        for problem in refused(tmp_path)
        if problem.code in ("R005", "F004", "R004", "Y001")
    }
    # Where a file has a character that none may have, nothing more of it is read.
    unread = {problem.path for problem in errors(examine(tmp_path)) if problem.code in ("F004", "Y001")}
    assert {place for place in places.values() if place[0] not in unread} <= found
    assert {path for path, _ in places.values()} <= {path for path, _ in found}
    tried(len(marks))


@pytest.mark.parametrize("text", SHOWN if FULL else SHOWN[::9])
def test_a_field_with_a_form_refuses_any_other_text(
    tmp_path: Path, text: str, record_property: Callable[[str, object], None]
) -> None:
    """In all such fields at once: ids, dates, languages, paths, colours, shapes, choices."""
    tried = counted(record_property, "hostile strings by fields with a form", len(FORMED))
    marks = {name: f"zq{number}zq" for number, name in enumerate(FORMED)}
    lay(tmp_path, files(Fields("x"), marks.__getitem__))
    places = _places(tmp_path, marks)
    lay(tmp_path, files(Fields("x"), lambda name: text))
    found = {(problem.path, problem.line) for problem in refused(tmp_path)}
    lax = {place for name, place in places.items() if name in ("encoding", "source.text", "article.text")}
    assert set(places.values()) - lax <= found, sorted(set(places.values()) - found)
    tried(len(marks))


# --- Markdown ---------------------------------------------------------------------------------------------------------

_HARMLESS = frozenset(
    "html head body meta title link main article section header footer nav h1 h2 h3 h4 h5 h6 p a ul ol li dl dt dd div"
    " span strong em del s code pre blockquote table thead tbody tr th td br hr img time details summary bdi cite"
    " q mark abbr figure figcaption svg path circle rect g use symbol defs line polygon sup sub b i script".split()
)


@pytest.mark.parametrize("number", range(0, len(TEXTS), 1 if FULL else 2))
def test_markdown_makes_none_but_harmless_elements(tmp_path: Path, number: int) -> None:
    """The string as Markdown: what it becomes has no element or attribute that could do anything."""
    text = TEXTS[number]
    claim = json.loads(files(Fields("x"), good)["content/claims/claim.yaml"]) | {
        "analysis": f"Words {text}\n\n{text}\n"
    }
    page = f"---\ntitle: About\n---\n{text}\n\n> {text}\n\n- {text}\n\n| {text} |\n| - |\n| b |\n\n[a]: {text}\n\n[a]\n"
    lay(tmp_path, files(Fields("x"), good))
    lay(tmp_path, {"content/claims/claim.yaml": json.dumps(claim, ensure_ascii=False), "content/pages/about.md": page})
    found = built_or_refused(tmp_path)
    if found:
        assert {problem.code for problem in found} <= {"R005", "M001", "L001", "Y001"}
        return
    for path in ("claims/claim/index.html", "about/index.html"):
        page_ = html.document_fromstring((tmp_path / "build" / path).read_bytes())
        for element in page_.iter():
            if not isinstance(element.tag, str):
                pytest.fail(f"a comment in {path}")
            assert element.tag in _HARMLESS, element.tag
            assert not [name for name in element.attrib if name.startswith("on") or name in ("style", "srcdoc")]
            assert element.tag != "script" or element.get("type") == "application/ld+json"


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("form", ["[a](<{}>)", "[a]({})", "![a](<{}>)", "<{}>", "[a]\n\n[a]: <{}>", "[a]: {}\n\n[a]"])
def test_markdown_leads_nowhere_unsafe(tmp_path: Path, address: str, form: str) -> None:
    if not FULL and hash_of(address + form) % 19:
        return
    lay(tmp_path, files(Fields("x"), good))
    lay(tmp_path, {"content/pages/about.md": f"---\ntitle: About\n---\n{form.format(address)}\n"})
    if built_or_refused(tmp_path):
        return
    page = html.document_fromstring((tmp_path / "build/about/index.html").read_bytes())
    (main,) = page.iter("main")
    for element in main.iter():
        for name in ("href", "src"):
            value = element.get(name, "")
            assert re.fullmatch(r"(?:https?://|mailto:)[^\s\\]*|\.\./[^:]*|[?#].*|", value), value


def hash_of(text: str) -> int:
    return sum(text.encode())


@pytest.mark.parametrize("name", slow(1))
def test_markdown_is_never_slow(name: str) -> None:
    """A text's time grows with its length alone: bounded in time of its own, however busy the machine is."""
    text = slow(900_000 if FULL else 30_000)[name]
    began = time.process_time()
    found = render_markdown(text, Context("a.md", lambda: Place(1, 1), "/about/", {"a": 1}))
    assert time.process_time() - began < (120 if FULL else 10)  # some twenty times what it takes
    page = html.fromstring(f"<div>{found.html}</div>")
    assert {element.tag for element in page.iter()} <= _HARMLESS


def test_slow_markdown_is_a_page_or_a_problem_with_its_place(tmp_path: Path) -> None:
    """All of it at once, as pages and as a claim's analysis; then what was refused is left out."""
    texts = slow(1_000)
    laid = files(Fields("x"), good)
    claim = json.loads(laid["content/claims/claim.yaml"]) | {"analysis": "\n\n".join(texts.values())}
    pages = {f"content/pages/p-{at}.md": f"---\ntitle: P\n---\n{text}\n" for at, text in enumerate(texts.values())}
    lay(tmp_path, laid, pages, {"content/claims/claim.yaml": json.dumps(claim, ensure_ascii=False)})
    wrong = {problem.path for problem in built_or_refused(tmp_path)}
    assert "content/claims/claim.yaml" in wrong
    assert len(wrong) < len(texts)
    lay(tmp_path, {"content/claims/claim.yaml": laid["content/claims/claim.yaml"]})
    lay(tmp_path, dict.fromkeys(wrong - {"content/claims/claim.yaml"}))
    assert built_or_refused(tmp_path) == []
    assert len(list((tmp_path / "build").glob("p-*/index.html"))) == len(pages) - len(wrong) + 1


# --- share images -----------------------------------------------------------------------------------------------------

UNSEEN = "\u00ad\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
DRAWN = ShareImage(
    site="The Small Desk",
    claim="The ship landed at noon.",
    label="True",
    shape="ring",
    colour="#123456",
    basis="1 article",
    retracted=False,
    language="en",
    direction="ltr",
)
HUGE = (
    "W" * 1_000_000,
    "a " * 500_000,
    "\u0301" * 100_000,
    "\U0001f468\u200d" * 5_000,
    "ا" * 5_000,
    "\U0010ffff" * 9_000,
)


@pytest.mark.parametrize(
    "text", [*SHOWN, *REFUSED, *HUGE, "\u0378\u0379\ue000", "a\ud7ff", ""], ids=lambda text: ascii(text[:20])
)
def test_a_share_image_takes_any_text(text: str) -> None:
    """An image of its size, in time, whatever stands where; a text turns none but its own letters."""
    pytest.importorskip("uharfbuzz")
    from generator.images.share import png

    for field in ("claim", "label", "site", "basis"):
        began = time.process_time()
        data = png(replace(DRAWN, **{field: text}))
        assert time.process_time() - began < 10
        assert data.startswith(b"\x89PNG\r\n\x1a\n")
        assert data[16:24] == (1200).to_bytes(4, "big") + (630).to_bytes(4, "big")
        assert len(data) < 100_000


@pytest.mark.parametrize("unseen", UNSEEN, ids=ascii)
def test_what_is_not_seen_changes_no_share_image(unseen: str) -> None:
    """Above all, what turns the direction of letters elsewhere turns none here."""
    pytest.importorskip("uharfbuzz")
    from generator.images.share import png

    with_it = replace(DRAWN, claim=f"The {unseen}gpj.exe stayed{unseen}, all of 12{unseen}3 times.")
    assert png(with_it) == png(replace(DRAWN, claim="The gpj.exe stayed, all of 123 times."))


# --- articles saved as HTML -------------------------------------------------------------------------------------------

TRAPS = (
    f"<script>{RUN}; document.write('all lies')</script>",
    "<base href='//evil.example/'><meta http-equiv=refresh content='0;url=//evil.example'>he left",
    "<link rel=stylesheet href=//evil.example>he left",
    "<style>.h{display:none}@import url(//evil.example)</style><p class=h>all lies</p>",
    "<p hidden>all lies</p><p style='display:none'>all lies</p><!-- all lies -->",
    "<template><p>all lies</p></template><noscript><p>all lies</p></noscript>",
    f"<svg onload={RUN}><text>all lies</text><foreignObject><p>all lies</p></foreignObject></svg>",
    "<iframe srcdoc='<p>all lies</p>'>all lies</iframe><object data=//evil.example>all lies</object>",
    f"<a href='javascript:{RUN}'>a link</a><form action=//evil.example>",
    "<form><input value='all lies'><button>all lies</button></form>",
    f"<img src=x onerror={RUN} alt='all lies'><video src=//evil.example><track src=x>all lies</video>",
    "<math><mtext>all lies</mtext></math><select><option>all lies</select><textarea>all lies",
    "<p title='all lies' data-x='all lies' aria-label='all lies'>none of it</p>",
    "<body onload='x'><frameset><frame src=//evil.example></frameset><dialog>all lies</dialog>",
    "<p>{{ 7 * 7 }} {% raw %} &lt;script&gt;window.ran=1&lt;/script&gt; <b>bold</b>",
    "</p></div></main></body></html><p>after the end",
    "he <!-- did not --><del>denied</del> it all",
)


def test_an_article_saved_as_html_is_words_alone(tmp_path: Path) -> None:
    """Its markup does nothing on any page; and what no reader saw is no evidence."""
    laid: dict[str, str | bytes | None] = {**SMALL, "site.toml": SMALL["site.toml"]}
    pages = [*TRAPS, *TEXTS]
    for number, text in enumerate(pages):
        laid[f"seeds/h-{number}.html"] = f"<!doctype html><title>T</title><p>These words stay {number}.</p>{text}"
        laid[f"content/articles/h-{number}.yaml"] = f"text: seeds/h-{number}.html\nshow: full\nlanguage: en\n"
        laid[f"content/claims/h-{number}.yaml"] = (
            SMALL["content/claims/landing.yaml"]
            .replace("gazette", f"h-{number}")
            .replace("The ship landed at noon\n", f"These words stay {number}\n")
        )
    lay(tmp_path, laid)
    build(tmp_path, tmp_path / "build")
    for number in range(len(pages)):
        data = (tmp_path / f"build/articles/h-{number}/index.html").read_bytes()
        page = html.document_fromstring(data.decode(), parser=html.HTMLParser(encoding="utf-8"))
        assert page.find_class("own")[0].find("span/mark").text == f"These words stay {number}"
        for element in page.iter():
            assert isinstance(element.tag, str)
            assert element.tag in _HARMLESS, element.tag
            assert not [name for name in element.attrib if name.startswith("on") or name in ("style", "srcdoc")]
            for name in ("href", "src", "action"):
                assert "evil" not in element.get(name, "")
                assert not element.get(name, "").startswith("javascript")
        own = " ".join(each.text_content() for each in page.find_class("own"))
        if number < len(TRAPS):
            assert "all lies" not in " ".join(own.split())


@pytest.mark.parametrize("trap", [trap for trap in TRAPS if "all lies" in trap])
def test_a_quote_of_what_no_reader_saw_is_refused(tmp_path: Path, trap: str) -> None:
    quoted = SMALL["content/claims/landing.yaml"].replace("The ship landed at noon\n", "all lies\n")
    files_ = {"seeds/gazette.html": f"<p>The ship landed.</p>{trap}", "content/claims/landing.yaml": quoted}
    lay(tmp_path, SMALL, files_, {"content/articles/gazette.yaml": "text: seeds/gazette.html\n"})
    (problem,) = refused(tmp_path)
    assert (problem.code, problem.path) == ("Q001", "content/claims/landing.yaml")
    assert problem.line == 7
