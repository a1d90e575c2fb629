"""Catalogues: every message in every language, and a site on which nothing is left in English."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from gettext import c2py
from pathlib import Path
from string import Formatter

import pytest
from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from bs4 import BeautifulSoup, Comment, Doctype
from support import SITES, build_site, copy_of, git

from generator import gather, languages, lexicons
from generator.gather import gathered, lacking, updated
from generator.languages import CATALOGUES, spoken
from generator.lexicons import lexicon_of
from generator.plan.dates import date_text
from generator.words import Words

LANGUAGES = ["ar", "de", "es", "fr", "ru"]
SPACE = " \t\r\n"


@pytest.fixture(scope="module")
def messages(repository: Path) -> Catalog:
    return gathered(repository)


def catalogue(language: str) -> Catalog:
    with (CATALOGUES / f"{language}.po").open("rb") as lines:
        return read_po(lines, language)


def forms(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def pairs(language: str) -> Iterator[tuple[str, str]]:
    """Each translation with what it translates: a message's plural for every form of it but the first."""
    for message in catalogue(language):
        if message.id:
            texts = forms(message)
            said = (message.id,) if isinstance(message.id, str) else (message.id[0], *[message.id[1]] * len(texts))
            yield from zip(said, texts, strict=False)


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def numbers_of(language: str) -> dict[int, list[int]]:
    """The numbers from 0 to 200 that each form of a message stands with."""
    form_of = c2py(lexicon_of(language).plural)
    found: dict[int, list[int]] = {}
    for number in range(201):
        found.setdefault(form_of(number), []).append(number)
    return found


# --- the messages -----------------------------------------------------------------------------------------------------


def test_the_languages_that_the_interface_speaks() -> None:
    assert languages.languages() == sorted([*LANGUAGES, "en"])


def test_every_message_in_python_is_gathered(messages: Catalog, repository: Path) -> None:
    """One inside an f-string, say, would not be."""
    known = {message.id if isinstance(message.id, str) else message.id[0] for message in messages}
    said = set()
    for file in sorted((repository / "generator").rglob("*.py")):
        if file.parent.name == "lexicons":  # of `compare/`, whose words are not messages
            continue
        for node in ast.walk(ast.parse(file.read_text())):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            first = node.args[0]
            if name in ("words", "many") and isinstance(first, ast.Constant) and isinstance(first.value, str):
                said.add(first.value)
    assert len(said) > 30
    assert said - known == set()


def test_a_message_has_one_plural(tmp_path: Path) -> None:
    (tmp_path / "babel.cfg").write_text("[python: *.py]\n")
    (tmp_path / "a.py").write_text('many("{count} claim", "{count} claims", 3)\nmany("{count} claim", "claims", 3)\n')
    with pytest.raises(ValueError, match="two plurals"):
        gathered(tmp_path)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_is_as_gathering_leaves_it(language: str, messages: Catalog) -> None:
    """Every message is there, none is left over, and they are in order. If not: `make catalogues`, and translate."""
    assert updated(catalogue(language), messages) == (CATALOGUES / f"{language}.po").read_bytes()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_translated(language: str) -> None:
    assert [message.id for message in lacking(catalogue(language))] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_its_message_s_placeholders(language: str) -> None:
    """{count} may be left out where a form stands for one number alone: "two articles" is a word in Arabic."""
    numbers = numbers_of(language)
    wrong = []
    for message in catalogue(language):
        if not message.id:
            continue
        asked = fields(message.id if isinstance(message.id, str) else message.id[0])
        for form, text in enumerate(forms(message)):
            alone = not isinstance(message.id, str) and len(numbers[form]) == 1
            if fields(text) != asked and not (alone and fields(text) == asked - {"count"}):
                wrong.append((message.id, text))
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_begins_and_ends_as_its_message_does(language: str) -> None:
    """Spaces, colons and full stops; French has a no-break space before a colon, and a Russian date ends in a stop."""
    wrong = []
    for said, text in pairs(language):
        spaces = [
            (each[: len(each) - len(each.lstrip(SPACE))], each[len(each.rstrip(SPACE)) :]) for each in (said, text)
        ]
        stops = [re.sub(r"[^.:…]", "", each[-1:]) for each in (said, text)]
        dated = language == "ru" and said.endswith("{date}.")
        if spaces[0] != spaces[1] or (stops[0] != stops[1] and not dated) or "  " in text:
            wrong.append((said, text))
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_quotation_marks_are_the_language_s_own(language: str) -> None:
    own = {"de": "„“’", "fr": "«»’"}.get(language, "«»")
    odd = set("\"'„“”‘’«»‹›") - set(own)
    assert [text for _, text in pairs(language) if odd & set(text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_plural_rule_is_the_language_s_own(language: str) -> None:
    """Each form goes with the numbers of one of CLDR's kinds, and the other way round."""
    locale = Locale.parse(language)
    kinds = {form: {locale.plural_form(number) for number in numbers} for form, numbers in numbers_of(language).items()}
    assert all(len(names) == 1 for names in kinds.values())
    assert len(set.union(*kinds.values())) == len(kinds) == catalogue(language).num_plurals


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("ar", ["لا مقالات", "مقال واحد", "مقالان", "3 مقالات", "11 مقالًا", "100 مقال", "105 مقالات", "199 مقالًا"]),
        ("ru", ["0 статей", "1 статья", "2 статьи", "3 статьи", "11 статей", "100 статей", "105 статей", "199 статей"]),
        ("fr", ["0 article", "1 article", "2 articles", "3 articles", *(f"{n} articles" for n in (11, 100, 105, 199))]),
        (
            "en",
            ["0 articles", "1 article", "2 articles", "3 articles", *(f"{n} articles" for n in (11, 100, 105, 199))],
        ),
    ],
)
def test_a_number_has_its_form(language: str, told: list[str]) -> None:
    words = Words(lexicon_of(language))
    counts = (0, 1, 2, 3, 11, 100, 105, 199)
    assert [words.many("{count} article", "{count} articles", count) for count in counts] == told


# --- dates and numbers ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "day", "month"),
    [
        ("en", "October 17, 2021", "October 2021"),
        ("en-GB", "17 October 2021", "October 2021"),
        ("es", "17 de octubre de 2021", "octubre de 2021"),
        ("fr", "17 octobre 2021", "octobre 2021"),
        ("de", "17. Oktober 2021", "Oktober 2021"),
        ("ru", "17 октября 2021\u202fг.", "октябрь 2021\u202fг."),
        ("ar", "17 أكتوبر 2021", "أكتوبر 2021"),
    ],
)
def test_dates(language: str, day: str, month: str) -> None:
    words = Words(lexicon_of(language))
    told = [date_text(typed, words) for typed in ("2021-10-17", "2021-10", "2021")]
    assert [date.text for date in told if date] == [day, month, "2021"]


@pytest.mark.parametrize(
    ("language", "four", "five"),
    [
        ("en", "1,234", "12,345"),
        ("es", "1234", "12.345"),
        ("es-MX", "1,234", "12,345"),
        ("fr", "1\u202f234", "12\u202f345"),
        ("de", "1.234", "12.345"),
        ("ru", "1\xa0234", "12\xa0345"),
        ("ar", "1,234", "12,345"),
    ],
)
def test_numbers_are_grouped_as_the_language_does(language: str, four: str, five: str) -> None:
    words = Words(lexicon_of(language))
    assert [words.number(number) for number in (999, 1234, 12345)] == ["999", four, five]


def test_a_country_s_language_is_the_language() -> None:
    assert (spoken("es-MX"), spoken("ES-mx"), spoken("pt-BR")) == ("es", "es", "")
    assert Words(lexicon_of("es-MX"))("Claims") == "Afirmaciones"
    assert Words(lexicon_of("pt-BR"))("Claims") == "Claims"


@pytest.mark.parametrize(
    ("language", "marked"),
    [("ar", ["\u2068AFP\u2069", "\u2068Ünï 24\u2069"]), ("en", ["\u2068الوكالة\u2069", "\u2068הארץ 24\u2069"])],
)
def test_a_name_that_runs_the_other_way_is_marked_off(language: str, marked: list[str]) -> None:
    names = ["AFP", "Ünï 24", "الوكالة", "הארץ 24", "24", ""]
    told = [Words(lexicon_of(language)).apart(name) for name in names]
    assert [name for name in told if name not in names] == marked


# --- pages ------------------------------------------------------------------------------------------------------------

SHOWN = ("aria-label", "title", "alt", "placeholder")


def texts_of(html: str) -> Iterator[str]:
    """What a page says: its texts and what is said of its parts, each on one line."""
    soup = BeautifulSoup(html, "lxml")
    for tag in soup.find_all(["script", "style", "time", "code"]):
        tag.decompose()
    for tag in soup.find_all(True):
        yield from (str(tag[name]) for name in SHOWN if tag.get(name))
        if tag.name == "meta" and "description" in (tag.get("name"), tag.get("property")):
            yield str(tag["content"])
    yield from (str(text) for text in soup.find_all(string=True) if not isinstance(text, Comment | Doctype))


def pages_of(site: Path, language: str, root: Path) -> Iterator[tuple[str, str]]:
    """Each text of the pages of `site`, built in `language`, with the page's path."""
    copy_of(site, root)
    settings = (root / "site.toml").read_text()
    assert (root / "site.toml").write_text(
        re.sub('^language = ".*"$', f'language = "{language}"', settings, flags=re.M)
    )
    assert f'language = "{language}"' in (root / "site.toml").read_text()
    output = root / "build"
    build_site(root, output)
    for page in sorted(output.rglob("*.html")):
        for text in texts_of(page.read_text()):
            if re.search("[A-Za-z]", text):
                yield page.relative_to(output).as_posix(), " ".join(text.split())


def typed_in(site: Path) -> str:
    """All that editors and articles say on a site, on one line, without Markdown's marks."""
    texts = []
    for file in sorted(site.rglob("*")):
        if file.suffix in (".yaml", ".toml", ".md", ".txt", ".html") and "expected" not in file.parts:
            text = file.read_text(encoding="iso-8859-1" if file.suffix == ".html" else "utf-8")
            texts.append(" ".join(re.sub(r"\*\*|\[|\]\([^)]*\)", "", text).split()))
    return " ".join(texts)


def pattern_of(message: str) -> re.Pattern[str]:
    """What a text of a page looks like that says the message."""
    parts = [re.escape(part.strip()) for part, _, _, _ in Formatter().parse(message)]
    return re.compile(r"\s*(?:.*?)\s*".join(parts) + (".*" if message.endswith("}") else ""))


def patterns(language: str) -> dict[str, tuple[re.Pattern[str], re.Pattern[str]]]:
    """The English messages that are something else in `language`: what they look like, and their translations."""
    found = {}
    for said, text in pairs(language):
        literal = "".join(text for text, _, _, _ in Formatter().parse(said))
        if said != text and (literal == said or len(re.findall("[A-Za-z]{3}", literal)) > 1):
            found[said] = (pattern_of(said), pattern_of(text))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_of_the_interface_is_left_in_english(language: str, tmp_path: Path) -> None:
    sought, typed = patterns(language), typed_in(SITES / "rich")
    left = [
        (page, text, said)
        for page, text in pages_of(SITES / "rich", language, tmp_path / "site")
        for said, (english, own) in sought.items()
        if english.fullmatch(text) and not own.fullmatch(text) and text not in typed
    ]
    assert not left, "\n".join(map(str, left))


STRANGE = "ж"


def strange(message: str) -> str:
    """A message with STRANGE for each of its letters."""
    return re.sub(r"(\{\w+\})|[A-Za-z]", lambda found: found[1] or STRANGE, message)


def pieces_of(text: str) -> list[str]:
    """What stands between strange words, and between marks."""
    return re.findall(f"[A-Za-z](?:[^{STRANGE},:·–“”«»]*[A-Za-z])?", re.sub(r"https?://\S+", "", text))


def test_all_that_pages_say_is_words_or_content(
    messages: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With words and dates (in Greek) that have no letter of ours, all of ours that is left was typed by an editor."""
    folder = tmp_path / "catalogues"
    folder.mkdir()
    for module in (languages, lexicons, gather):
        monkeypatch.setattr(module, "CATALOGUES", folder)
    told = Catalog("el", fuzzy=False)
    for message in messages:
        if isinstance(message.id, str):
            told.add(message.id, strange(message.id))
        else:
            told.add(message.id, tuple(map(strange, message.id)))
    (folder / "el.po").write_bytes(updated(told, messages))
    lexicon_of.cache_clear()
    try:
        found = list(pages_of(SITES / "rich", "el", tmp_path / "site"))
    finally:
        lexicon_of.cache_clear()
    typed = " ".join([typed_in(SITES / "rich"), git(tmp_path / "site", "log", "--patch", "--format=%s %H"), "UTC"])
    left = [(page, piece) for page, text in found for piece in pieces_of(text) if piece not in typed]
    assert not left, "\n".join(map(str, left))
