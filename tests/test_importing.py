"""Import: saved pages of different make become the right fields and the right text, and nothing is written over."""

from __future__ import annotations

import datetime
import hashlib
import os
import re
import sys
from pathlib import Path

import pytest
from support import claim, lay, run, small_site, tree

from generator.__main__ import main
from generator.examine import examine
from generator.importing.dates import page_date
from generator.importing.encodings import decoded
from generator.importing.naming import id_for
from generator.problems import errors
from generator.read.content import read_content

PAGES = Path(__file__).parent / "imports"
SAVED_ON = datetime.datetime(2026, 5, 5, 12).timestamp()

STORY = {"content/stories/town.yaml": "title: The town\nsummary: What happened there.\n"}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return small_site(tmp_path / "site", STORY)


def saved(folder: Path, name: str, data: str | bytes) -> Path:
    """A file that was saved on 5 May 2026."""
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    os.utime(path, (SAVED_ON, SAVED_ON))
    return path


def page(body: str, head: str = "", root: str = '<html lang="en">') -> str:
    return f"<!DOCTYPE html>{root}<head>{head}</head><body>{body}</body></html>"


PARAGRAPHS = [
    "The ferry will not sail on Monday, since its engine is being mended, said a note that hung on the pier.",
    "It carried 412 people on Sunday, which is more than on any other day of this spring, and nobody was left behind.",
    "A second boat was asked for in April. The council has not answered, and the captain would not guess why.",
]
ARTICLE = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)


def importing(site: Path, path: Path, *options: str) -> int:
    return main(["import", str(path), "--site", str(site), *options])


def record(site: Path, id: str):  # type: ignore[no-untyped-def]
    return read_content(site).articles[id]


# --- pages of different make ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    sorted(
        path.name for path in PAGES.iterdir() if path.suffix not in (".expected", ".py") and path.name != "README.md"
    ),
)
def test_a_saved_page_becomes_the_right_fields_and_text(
    site: Path, tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest
) -> None:
    before = tree(site)
    path = saved(tmp_path, name, (PAGES / name).read_bytes())
    assert importing(site, path, "--story", "town") == 0
    out, err = capsys.readouterr()
    written = {path: data.decode() for path, data in tree(site).items() if path not in before and path[0] != "."}
    assert out.split() == sorted(written)
    notes = "".join(line + "\n" for line in err.split("\n") if line.startswith("  note: "))
    whole = f"--- notes\n{notes}" + "".join(f"--- {path}\n{text}" for path, text in sorted(written.items()))
    whole = re.sub(r"by Parallax \S+ with trafilatura [\d.]+\d", "by Parallax with trafilatura", whole)
    expected = PAGES / f"{name}.expected"
    if request.config.getoption("--update-expected"):
        expected.write_text(whole, "utf-8")
    assert whole == expected.read_text("utf-8")
    # What was written is sound as it is, and so is the help for what may not be the article.
    assert not errors(examine(site))
    (article,) = (path for path in written if path.startswith("content/"))
    head, mark, hints = written[article].partition("# not_article:\n")
    lay(site, {article: head + mark[2:] + re.sub(r"(?m)^# ", "", hints)})
    assert not errors(examine(site))
    assert len(record(site, Path(article).stem).not_article) == hints.count("- text:")


def test_there_are_at_least_ten_pages_of_different_make() -> None:
    assert len(list(PAGES.glob("*.expected"))) >= 10


# --- metadata ---------------------------------------------------------------------------------------------------------


def test_of_two_dates_the_more_specific_is_taken_and_the_other_told(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    head = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2024-05-05"}'
        '</script><meta property="article:published_time" content="2024-05-04T22:30:00Z">'
    )
    importing(site, saved(tmp_path, "a.html", page(ARTICLE, head)), "--id", "a")
    assert record(site, "a").published == "2024-05-04T22:30:00+00:00"
    assert (
        "published: taken is “2024-05-04T22:30:00+00:00” (article:published_time); the page also has “2024-05-05”"
        in (capsys.readouterr().err)
    )


def test_one_moment_in_two_zones_is_no_conflict(site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    head = (
        '<meta name="dc.date" content="2024-05-05T00:30:00+02:00">'
        '<meta property="article:published_time" content="2024-05-04T22:30:00Z">'
    )
    importing(site, saved(tmp_path, "a.html", page(ARTICLE, head)), "--id", "a")
    assert "published" not in capsys.readouterr().err


def test_a_date_of_a_form_of_its_own_is_left_out_and_told(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    importing(site, saved(tmp_path, "a.html", page(ARTICLE, '<meta name="date" content="5/4/2024">')), "--id", "a")
    assert record(site, "a").published == ""
    assert "its date “5/4/2024” (meta date) has a form of its own" in capsys.readouterr().err
    assert "# published: not found" in (site / "content/articles/a.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2021-10-17T04:35:00.000Z", "2021-10-17T04:35:00+00:00"),
        ("2021-10-17T04:35:00+0200", "2021-10-17T04:35:00+02:00"),
        ("2021-10-17 04:35 -03:30", "2021-10-17T04:35:00-03:30"),
        ("2021-10-17T04:35:00", "2021-10-17"),  # whose four o'clock?
        ("2021-10", "2021-10"),
        ("2021", "2021"),
        ("20211017", "2021-10-17"),
        ("2021/10/17", "2021-10-17"),
        ("Sun, 17 Oct 2021 04:36:00 GMT", "2021-10-17T04:36:00+00:00"),
        ("2021-13-01", ""),
        ("2021-02-30", ""),
        ("0000-01-01", ""),
        ("17/10/2021", ""),
        ("yesterday", ""),
        ("", ""),
    ],
)
def test_dates_in_the_forms_that_pages_have(text: str, date: str) -> None:
    assert page_date(text) == date


def test_broken_json_ld_is_passed_over_and_told(site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    head = '<title>The ferry</title><script type="application/ld+json">{"@type": "NewsArticle", </script>'
    importing(site, saved(tmp_path, "a.html", page(ARTICLE, head)), "--id", "a")
    assert record(site, "a").title == "The ferry"
    assert "its JSON-LD is broken" in capsys.readouterr().err


def test_words_of_json_ld_that_the_text_lacks_are_told(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    head = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "articleBody": "'
        + PARAGRAPHS[0]
        + ' Subscribers know that the engine is older than the harbour master." }</script>'
    )
    importing(site, saved(tmp_path, "a.html", page(ARTICLE, head)), "--id", "a")
    assert "such as “Subscribers know that the engine" in capsys.readouterr().err


def test_an_unsafe_address_is_left_out(site: Path, tmp_path: Path) -> None:
    head = '<link rel="canonical" href="javascript:alert(1)"><meta property="og:url" content="https://user:pw@a.example/x">'
    importing(site, saved(tmp_path, "a.html", page(ARTICLE, head)), "--id", "a")
    assert record(site, "a").url == ""


def test_what_a_page_says_never_becomes_yaml_or_a_command(
    site: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    nasty = "x&#10;verdict: true&#10;::error::y # \" ' \\e[31m \x1b[31m \u202e {a: b} - |"
    title = nasty.replace('"', "&quot;")
    head = f'<meta property="og:title" content="{title}"><meta name="author" content="@!&amp;*: z">'
    importing(site, saved(tmp_path, "a.html", page(ARTICLE, head)), "--id", "a")
    found = record(site, "a")
    assert found.title == "x verdict: true ::error::y # \" ' \\e[31m [31m {a: b} - |"
    assert found.author == "@!&*: z"
    assert not errors(examine(site))
    printed = "".join(capfd.readouterr())
    assert "\x1b" not in printed
    assert not re.search(r"(?m)^\s*::", printed)


# --- the text ---------------------------------------------------------------------------------------------------------


def test_what_the_extractor_drops_inside_the_article_stays(site: Path, tmp_path: Path) -> None:
    """An extractor cuts sentences at elements and leaves short paragraphs out: a quote could lose its “not”."""
    body = (
        "<table><tr><td class='content'><h1>Gears</h1>"
        f"<p>{PARAGRAPHS[0]}</p>"
        "<p>It is <i>not</i> true that the engine <b>burst</b>, and <span>it was never hot</span>, he said.</p>"
        f"<p>No.</p><p>{PARAGRAPHS[1]}</p></td></tr></table>"
    )
    importing(site, saved(tmp_path, "a.html", page(body)), "--id", "a")
    text = (site / "seeds/a.txt").read_text("utf-8")
    assert "It is not true that the engine burst, and it was never hot, he said." in text
    assert "\n\nNo.\n\n" in text


SHAPES = {
    "line breaks": "<div><h1>The ferry</h1><div>" + "<br><br>\n".join(PARAGRAPHS) + "</div></div>",
    "for subscribers": f"<article><h1>The ferry</h1><p class='paywall'>{PARAGRAPHS[0]}</p>"
    f"<p class='paywall'>{PARAGRAPHS[1]}</p><p class='subscriber-only'>{PARAGRAPHS[2]}</p></article>",
    "parted by an advertisement": f"<h1>The ferry</h1><div class='part'><p>{PARAGRAPHS[0]}</p>"
    f"<p>{PARAGRAPHS[1]}</p></div>"
    f"<div class='ad-slot'>Buy a very fine boat now</div><div class='part'><p>{PARAGRAPHS[2]}</p></div>",
    "a quotation set large": f"<article><h1>The ferry</h1><p>{PARAGRAPHS[0]}</p>"
    "<aside class='pull-quote'><p>more than on any other day of this spring</p></aside>"
    f"<p>{PARAGRAPHS[1]}</p><p>{PARAGRAPHS[2]}</p></article>",
    "cards of other stories": "<section class='hero'><h1>The ferry</h1></section><section>"
    + "".join(f"<div><p>{paragraph}</p></div>" for paragraph in PARAGRAPHS)
    + "</section><section class='more'><h2>More from the town</h2>"
    "<a href='1'><p>The mayor opens a bakery in a mill</p></a>"
    "<a href='2'><p>The baker opens a mill in the town hall</p></a></section>",
    "comments below": f"<article><h1>The ferry</h1>{ARTICLE}</article><section id='comments'><h2>Comments</h2>"
    "<p>It is a scandal, and everybody in this town knows who has broken the engine of the ferry.</p></section>",
}


@pytest.mark.parametrize("shape", SHAPES)
def test_all_of_the_article_and_nothing_else(site: Path, tmp_path: Path, shape: str) -> None:
    importing(site, saved(tmp_path, "a.html", page(SHAPES[shape], "<title>The ferry</title>")), "--id", "a")
    assert (site / "seeds/a.txt").read_text("utf-8") == "\n\n".join(["The ferry", *PARAGRAPHS]) + "\n"


def test_raised_and_struck_letters_keep_their_look(site: Path, tmp_path: Path) -> None:
    body = f"<article><p>The bill was 10<sup>6</sup> crowns and <del>20</del> 12 people paid it.</p>{ARTICLE}</article>"
    importing(site, saved(tmp_path, "a.html", page(body)), "--id", "a")
    assert "10⁶ crowns and 2̶0̶ 12 people" in (site / "seeds/a.txt").read_text("utf-8")


def test_a_short_text_is_told(site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    importing(site, saved(tmp_path, "a.html", page("<p>Log in to read on.</p>")), "--id", "a")
    assert "its text has only 18 characters" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.html", page("<nav>Menu</nav><script>x()</script>"), "no text was found"),
        ("a.html", "", "is empty"),
        ("a.pdf", b"%PDF-1.7 ...", "is a PDF"),
        ("a.html", b"%PDF-1.7 ...", "is a PDF"),
        ("a.docx", b"PK\x03\x04....", "word processor"),
        ("a.bin", b"\x01\x00\x02\x00\x03", "is no text"),
        ("a.mhtml", "From: x\r\n\r\nno page", "holds no page"),
    ],
)
def test_what_has_no_text_is_refused_and_nothing_written(
    site: Path, tmp_path: Path, name: str, data: str | bytes, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = tree(site)
    assert importing(site, saved(tmp_path, name, data)) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert told in err
    assert tree(site) == before


def test_without_the_extractor_pages_are_refused_and_texts_are_not(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    assert importing(site, saved(tmp_path, "a.html", page(ARTICLE))) == 2
    assert "pip install 'parallax-factcheck[import]'" in capsys.readouterr().err
    assert importing(site, saved(tmp_path, "a.txt", "\n\n".join(PARAGRAPHS))) == 0


def test_plain_text_and_markdown_stay_byte_for_byte(site: Path, tmp_path: Path) -> None:
    data = "  Prices – at €5\r\n\r\nrose.\x0c\n".encode("cp1252")
    assert importing(site, saved(tmp_path, "a.txt", data), "--encoding", "windows-1252") == 0
    assert (site / "seeds/a.txt").read_bytes() == data
    assert record(site, "a").encoding == "cp1252"
    assert record(site, "a").sha256 == hashlib.sha256(data).hexdigest()
    assert importing(site, saved(tmp_path, "b.md", "# B\n\n*so*\n")) == 0
    assert (site / "seeds/b.md").read_bytes() == b"# B\n\n*so*\n"
    assert not errors(examine(site))


def test_a_kept_page_is_the_text_byte_for_byte(site: Path, tmp_path: Path) -> None:
    data = (PAGES / "cyrillic.html").read_bytes()
    assert importing(site, saved(tmp_path, "a.html", data), "--id", "a", "--keep-html") == 0
    assert (site / "seeds/a.html").read_bytes() == data
    assert record(site, "a").encoding == "cp1251"
    text = "Часы будут бить в полдень и в полночь"
    lay(site, {"content/claims/c.yaml": claim(more=f"quotes:\n  - {{article: a, text: {text}, stance: asserts}}\n")})
    assert not errors(examine(site))


# --- encodings --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "encoding", "told"),
    [
        (b'<meta charset="windows-1251">' + "Часы".encode("cp1251"), "cp1251", ""),
        (b'<meta charset="iso-8859-1">\x80', "cp1252", ""),  # as browsers read it
        (b'<meta charset="windows-1251">' + "Часы".encode(), "utf-8", "it is in utf-8"),
        (b"\xef\xbb\xbf" + "Часы".encode(), "utf-8", ""),
        ("Часы".encode("utf-16"), "utf-16-le", ""),
        (b'<meta charset="utf-16">' + "Часы".encode(), "utf-8", ""),
        (b'<meta charset="utf-8">' + "Preu\xdfen".encode("latin-1"), None, "which is a guess"),
        (b'<meta charset="nonsense">plain', "utf-8", ""),
    ],
)
def test_a_pages_encoding(data: bytes, encoding: str | None, told: str) -> None:
    found = decoded(data)
    assert encoding in (None, found.encoding)
    assert told in found.doubt
    assert bool(found.doubt) == bool(told)
    assert "\ufeff" not in found.text


def test_an_encoding_that_is_none_is_refused(site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert importing(site, saved(tmp_path, "a.txt", "A"), "--encoding", "klingon") == 2
    assert "“klingon” is no encoding" in capsys.readouterr().err


def test_letters_that_could_not_be_read_are_counted(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    importing(site, saved(tmp_path, "a.html", page(ARTICLE).encode() + b"\xff"), "--encoding", "utf-8", "--id", "a")
    assert "one character is not utf-8" in capsys.readouterr().err


# --- ids, dates, duplicates -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "publisher", "taken", "id"),
    [
        ("Café: l'été à Zürich", "", [], "cafe-lete-a-zurich"),
        ("The ferry", "The Gazette", ["the-ferry"], "the-gazette-the-ferry"),
        ("The ferry", "The Gazette", ["the-ferry", "the-gazette-the-ferry"], "the-gazette-the-ferry-2024-05-04"),
        ("Часы", "Gazeta", [], "gazeta-2024-05-04"),
        ("Часы", "", [], "saved-page"),
        ("word " * 30, "", [], "word-" * 7 + "word"),
    ],
)
def test_an_id_is_made_of_the_title(title: str, publisher: str, taken: list[str], id: str) -> None:
    assert id_for(title, publisher, "2024-05-04", "", "Saved page", taken) == id


def test_the_same_text_or_address_is_refused_with_its_id(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    head = '<link rel="canonical" href="https://Gazette.example/ferry/">'
    first = saved(tmp_path, "a.html", page(ARTICLE, head))
    assert importing(site, first, "--id", "ferry") == 0
    before = tree(site)
    capsys.readouterr()
    again = saved(
        tmp_path, "b.html", page(ARTICLE + "<p>More, which was not there before.</p>", head.replace("https", "http"))
    )
    assert importing(site, again, "--id", "other") == 2
    assert "the article “ferry” has this address already" in capsys.readouterr().err
    copy = saved(tmp_path, "c.txt", "\n\n\n".join(PARAGRAPHS))
    assert importing(site, copy, "--id", "other") == 2
    assert "the article “ferry” has this text already" in capsys.readouterr().err
    assert tree(site) == before


@pytest.mark.parametrize("there", ["content/articles/a.yaml", "seeds/a.txt"])
def test_nothing_is_written_over(site: Path, tmp_path: Path, there: str, capsys: pytest.CaptureFixture[str]) -> None:
    lay(site, {there: "text: seeds/gazette.txt\n"})
    before = tree(site)
    assert importing(site, saved(tmp_path, "x.html", page(ARTICLE)), "--id", "a") == 2
    assert "--id" in capsys.readouterr().err
    assert tree(site) == before


@pytest.mark.parametrize("id", ["own", "A", "a b", "../a", ""])
def test_an_id_that_is_none_is_refused(site: Path, tmp_path: Path, id: str) -> None:
    before = tree(site)
    status = importing(site, saved(tmp_path, "x.html", page(ARTICLE)), f"--id={id}")
    assert (status, tree(site) == before) == ((2, True) if id else (0, False))


def test_a_text_editor_finds_the_new_articles_schema_and_its_id(site: Path, tmp_path: Path) -> None:
    importing(site, saved(tmp_path, "x.html", page(ARTICLE)), "--id", "ferry")
    first = (site / "content/articles/ferry.yaml").read_text("utf-8").split("\n")[0]
    schema = site / "content/articles" / first.split("$schema=")[1]
    assert schema.resolve().is_file()
    assert '"ferry"' in (site / ".parallax/schema/claim.json").read_text("utf-8")


def test_a_link_out_of_the_site_is_not_followed(site: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (site / "seeds/gazette.txt").rename(tmp_path / "elsewhere/gazette.txt")
    (site / "seeds").rmdir()
    (site / "seeds").symlink_to(tmp_path / "elsewhere")
    assert importing(site, saved(tmp_path, "x.html", page(ARTICLE)), "--id", "a") == 2
    assert not (tmp_path / "elsewhere/a.txt").exists()


def test_an_unknown_story_is_refused_with_the_nearest(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert importing(site, saved(tmp_path, "x.html", page(ARTICLE)), "--story", "twon") == 2
    assert "did you mean “town”?" in capsys.readouterr().err


def test_the_day_of_saving_can_be_given(site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = saved(tmp_path, "x.html", page(ARTICLE))
    assert importing(site, path, "--id", "a", "--retrieved", "2026-05-04") == 0
    assert record(site, "a").retrieved == "2026-05-04"
    assert "retrieved" not in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["import"], ["import", "nowhere.html"], ["import", ".", "--id", "a"]])
def test_wrong_use_is_2(site: Path, arguments: list[str]) -> None:
    done = run(*arguments, "--site", site)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr


def test_a_date_that_is_none_is_wrong_use(site: Path, tmp_path: Path) -> None:
    done = run("import", saved(tmp_path, "x.txt", "A"), "--retrieved", "May", "--site", site)
    assert done.returncode == 2
    assert "YYYY-MM-DD" in done.stderr
