"""Templates: every text escaped, every name required, nothing but the page's value within reach."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.lexicons import lexicon_of
from generator.plan.list_values import TextPageView
from generator.plan.pages import Page
from generator.plan.values import Imprint, Site
from generator.problems import ContentError, Problem
from generator.render.pages import Renderer, root_of
from generator.words import Lexicon, Words

WORDS = Words(lexicon_of("en"))

SITE = Site(
    title="The site",
    description="",
    language="en",
    direction="ltr",
    url="https://e.org/sub",
    imprint=Imprint("", "", "", "", "", "", ()),
    navigation=(),
    footer=(),
    corrections_policy="",
    contact="",
)

ASSETS = {"/assets/site.css": "/assets/site.css", "/assets/icon.svg": "/assets/icon.0123456789.svg"}


def page(title: str = "A title", address: str = "/about/") -> Page:
    return Page(address, "page.html", TextPageView(title, "", "", ()))  # type: ignore[arg-type]


def render(folder: Path, template: str, value: Page | None = None, words: Words | None = None, **others: str) -> str:
    sources = {f"{name}.html": text for name, text in {"page": template, **others}.items()}
    return Renderer(sources, SITE, words or WORDS, assets=ASSETS).render(value or page()).decode()


@pytest.mark.parametrize("text", ["<b>", "a & b", "\"'", "{{ 7 * 7 }}", "{% if x %}", "</script>", "javascript:"])
def test_every_text_is_escaped(tmp_path: Path, text: str) -> None:
    found = render(tmp_path, "<p title='{{ page.title }}'>{{ page.title }}</p>", page(text))
    escaped = (
        text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&#34;").replace("'", "&#39;")
    )
    assert found == f"<p title='{escaped}'>{escaped}</p>"


def test_macros_of_other_templates_escape_too(tmp_path: Path) -> None:
    template = '{% import "parts.html" as parts %}{{ parts.show(page.title) }}'
    assert (
        render(tmp_path, template, page("<b>"), parts="{% macro show(x) %}<i>{{ x }}</i>{% endmacro %}")
        == "<i>&lt;b&gt;</i>"
    )


@pytest.mark.parametrize(
    ("address", "target", "link"),
    [
        ("/", "/claims/x/", "claims/x/"),
        ("/", "/", "./"),
        ("/claims/x/", "/", "../../"),
        ("/claims/x/", "/claims/y/#quote-1", "../../claims/y/#quote-1"),
        ("/claims/page/2/", "/tags/é ü/", "../../../tags/%C3%A9%20%C3%BC/"),
        ("/claims/x/", "/assets/site.css", "../../assets/site.css"),
        ("/claims/x/", "/assets/icon.svg", "../../assets/icon.0123456789.svg"),
        ("/claims/x/", "/assets/icon.svg#ring", "../../assets/icon.0123456789.svg#ring"),
        ("/404.html", "/claims/", "https://e.org/sub/claims/"),
        ("/404.html", "/", "https://e.org/sub/"),
    ],
)
def test_links_are_relative_to_the_page(tmp_path: Path, address: str, target: str, link: str) -> None:
    assert render(tmp_path, f'{{{{ "{target}"|here }}}}', page(address=address)) == link


def test_a_link_to_an_asset_that_is_not_there_is_a_problem_with_the_nearest_name(tmp_path: Path) -> None:
    template = (
        '<p>\n{{ "/assets/icons.svg#ring"|here }}\n{{ "/assets/site.css"|here }}\n{{ "/assets/own-font.woff2"|here }}'
    )
    with pytest.raises(ContentError) as raised:
        render(tmp_path, template)
    first, second = raised.value.problems
    assert (first.path, first.line, first.code) == ("templates/page.html", 2, "T001")
    assert "“/assets/icons.svg”" in first.message
    assert first.help == "write “/assets/icon.svg”, or put the file at templates/assets/icons.svg"
    assert second.line == 4
    assert second.help == "put the file at templates/assets/own-font.woff2, or take the link out"


def test_a_computed_link_to_an_asset_that_is_not_there_is_a_problem_too(tmp_path: Path) -> None:
    with pytest.raises(ContentError) as raised:
        render(tmp_path, '{{ ("/assets/" ~ page.title ~ ".svg")|here }}')
    assert ["“/assets/A title.svg”" in problem.message for problem in raised.value.problems] == [True]


def test_the_404_page_names_the_site_in_full_since_it_is_served_anywhere() -> None:
    assert root_of("/404.html", "https://e.org/sub") == "https://e.org/sub/"


@pytest.mark.parametrize(("count", "told"), [(0, "0 claims"), (1, "1 claim"), (2, "2 claims"), (1234, "1,234 claims")])
def test_a_message_with_a_number(tmp_path: Path, count: int, told: str) -> None:
    assert render(tmp_path, f'{{{{ many("{{count}} claim", "{{count}} claims", {count}) }}}}') == told


SPANISH = Words(
    Lexicon(
        "es",
        (),
        (),
        ".",
        messages={"All <claims>": "Todos los <hechos>", "Checked {date} by {who}": "Por {who}, el {date}"},
        forms={"{count} claim": ("{count} hecho", "{count} hechos")},
    )
)


def test_messages_are_spoken_in_the_sites_language_and_escaped(tmp_path: Path) -> None:
    assert render(tmp_path, '{{ _("All <claims>") }}', words=SPANISH) == "Todos los &lt;hechos&gt;"
    template = '{{ many("{count} claim", "{count} claims", 1) }} {{ many("{count} claim", "{count} claims", 2000) }}'
    assert render(tmp_path, template, words=SPANISH) == "1 hecho 2.000 hechos"


def test_what_is_put_into_a_message_is_escaped_unless_it_is_markup(tmp_path: Path) -> None:
    template = '{% set b %}<b>1</b>{% endset %}{{ _("Checked {date} by {who}", date=b, who=page.title) }}'
    assert render(tmp_path, template, page("<i>"), SPANISH) == "Por &lt;i&gt;, el <b>1</b>"


def test_a_message_serves_as_a_value_too(tmp_path: Path) -> None:
    template = '{% set names = {"a": _("All <claims>")} %}<p title="{{ names.a }}">{{ names["a"] }}</p>'
    assert render(tmp_path, template, words=SPANISH) == (
        '<p title="Todos los &lt;hechos&gt;">Todos los &lt;hechos&gt;</p>'
    )


@pytest.mark.parametrize(
    "template",
    ["{{ _(page.title) }}", '{{ _("Checked {date}") }}', '{% set x = _("Checked {date}", date=1) %}', "{{ _() }}"],
)
def test_a_message_that_cannot_be_put_in_is_a_problem_of_the_template(tmp_path: Path, template: str) -> None:
    assert "message" in failure(tmp_path, template).message


def failure(folder: Path, template: str, **others: str) -> Problem:
    with pytest.raises(ContentError) as raised:
        render(folder, template, **others)
    (problem,) = raised.value.problems
    assert problem.code == "T001"
    return problem


@pytest.mark.parametrize(
    ("template", "line", "words"),
    [
        ("\n{{ page.nothing }}", 2, "nothing"),
        ("{{ nothing }}", 1, "nothing"),
        ("{{ page.title.nothing }}", 1, "nothing"),
        ("\n\n{% for %}", 3, "Expected an expression"),
        ("{% include 'other.html' %}", 1, "other.html"),
        ("{{ 1 // 0 }}", 1, "ZeroDivisionError"),
        ("{{ page.title|nothing }}", 1, "nothing"),
    ],
)
def test_a_template_that_fails_is_named_with_its_line(tmp_path: Path, template: str, line: int, words: str) -> None:
    problem = failure(tmp_path, template)
    assert (problem.path, problem.line) == ("templates/page.html", line)
    assert words in problem.message
    assert "/about/" in problem.message


def test_the_template_that_fails_is_named_and_not_the_one_that_takes_it_in(tmp_path: Path) -> None:
    problem = failure(tmp_path, "{% include 'other.html' %}", other="\n\n{{ nothing }}")
    assert (problem.path, problem.line) == ("templates/other.html", 3)


@pytest.mark.parametrize(
    "template",
    [
        "{{ page.__class__ }}",
        "{{ page.__struct_fields__ }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ page.title.format.__globals__ }}",
        "{{ self.__init__ }}",
        "{{ here.__globals__ }}",
        "{% set _ = site.navigation.append(1) %}",
        "{{ '{0.__class__}'.format(page) }}",
        "{{ range(1000000000) }}",
    ],
)
def test_a_template_reaches_nothing_but_values(tmp_path: Path, template: str) -> None:
    failure(tmp_path, template)


@pytest.mark.parametrize("template", ["{{ once(page.title.upper) }}", "{{ once(range, 3) }}", "{{ once(once) }}"])
def test_once_calls_nothing_but_macros(tmp_path: Path, template: str) -> None:
    assert "macro" in failure(tmp_path, template).message


def test_once_gives_what_the_macro_gives(tmp_path: Path) -> None:
    macro = "{% macro show(x) %}<i>{{ x }}</i>{% endmacro %}"
    template = macro + '{{ once(show, page.title) }}{{ once(show, "<b>") }}{{ once(show, page.title) }}'
    assert render(tmp_path, template) == "<i>A title</i><i>&lt;b&gt;</i><i>A title</i>"


def test_a_field_that_lacks_is_no_failure_until_it_is_shown(tmp_path: Path) -> None:
    assert render(tmp_path, "{{ 'yes' if page.verdict is defined else 'no' }}") == "no"


def test_the_same_value_gives_the_same_bytes(tmp_path: Path) -> None:
    template = "{{ page.title }} {{ site.title }} {{ address }}"
    assert render(tmp_path, template) == render(tmp_path, template) == "A title The site /about/"
