"""Markdown: what editors write in analyses, introductions and pages; nothing in it is markup of their own."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from generator.plan.markdown import Context, Rendered, render_markdown
from generator.problems import Place

CLAIM = Context("content/claims/x.yaml", lambda: Place(10, 3), "/claims/x/", {"notice": 1, "radio": 2}, top=3)


def render(text: str) -> Rendered:
    return render_markdown(text, CLAIM)


def problems(text: str) -> list[tuple[str, int, int]]:
    return [(problem.code, problem.line, problem.column) for problem in render(text).problems]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        (" \n", ""),
        ("*One* **two** `three`", "<p><em>One</em> <strong>two</strong> <code>three</code></p>"),
        ("~~gone~~", "<p><s>gone</s></p>"),
        ("a[^1]", "<p>a[^1]</p>"),
        # headings begin at the page's level, whatever they were typed as; no level is left out, and none is below 6
        ("# One\n\n## Two", "<h3>One</h3>\n<h4>Two</h4>"),
        ("### One\n\n##### Two", "<h3>One</h3>\n<h4>Two</h4>"),
        ("# One\n\n###### Six", "<h3>One</h3>\n<h4>Six</h4>"),
        ("# 1\n\n### 2\n\n## 2\n\n# 1", "<h3>1</h3>\n<h4>2</h4>\n<h4>2</h4>\n<h3>1</h3>"),
        ("## One\n\n# One\n\n## Two", "<h3>One</h3>\n<h3>One</h3>\n<h4>Two</h4>"),
        ("* * *\n\n# 1\n\n### 2", "<hr>\n<h3>1</h3>\n<h4>2</h4>"),
        ("# 1\n\n## 2\n\n### 3\n\n#### 4\n\n##### 5", "<h3>1</h3>\n<h4>2</h4>\n<h5>3</h5>\n<h6>4</h6>\n<h6>5</h6>"),
        # pages have no style attributes
        ("| a |\n| -: |", '<table>\n<thead>\n<tr>\n<th class="align-right">a</th>\n</tr>\n</thead>\n</table>'),
        # sources by their numbers
        ("So it says [@radio].", '<p>So it says <a class="citation" href="#source-radio">[2]</a>.</p>'),
        ("`[@radio]`", "<p><code>[@radio]</code></p>"),
        # links to the site become relative, whatever they were
        ("[a](/)", '<p><a href="../../">a</a></p>'),
        ("[a](/claims/y/#quote-1)", '<p><a href="../../claims/y/#quote-1">a</a></p>'),
        ("[a](../y/)", '<p><a href="../../claims/y/">a</a></p>'),
        ("[a](/tags/é/)", '<p><a href="../../tags/%C3%A9/">a</a></p>'),
        ("[a](#here)", '<p><a href="#here">a</a></p>'),
        ("![a b](media/x.png)", '<p><img src="../../media/x.png" alt="a b"></p>'),
        ("![a b](/content/media/x.png)", '<p><img src="../../media/x.png" alt="a b"></p>'),
        # links out of it stay
        ("[a](https://e.org/?a=1&b=2)", '<p><a href="https://e.org/?a=1&amp;b=2">a</a></p>'),
        ("<mailto:a@e.org>", '<p><a href="mailto:a@e.org">mailto:a@e.org</a></p>'),
        # invisible characters go, however they were typed
        ("a&#x202e;b&#8203;c&#xfeff;", "<p>abc</p>"),
    ],
)
def test_rendered(text: str, html: str) -> None:
    assert render(text).html.strip() == html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "a <b onclick='x'>b</b> <!-- c -->",
        "&lt;script>",
        "<div>\n\n*a*\n\n</div>",
        "```<script>\n<script>\n```",
        "    <script>",
        '![a" onerror="b](media/x.png "t\\" onload=\\"")',
        '[a](https://e.org/ "t\\" onclick=\\"")',
        '[a](https://e.org/"onclick=x)',
        '[@notice"><script>]',
        "| <script> |\n| - |",
    ],
)
def test_nothing_of_the_editors_is_markup(text: str) -> None:
    soup = BeautifulSoup(str(render(text).html), "lxml")
    made = {"html", "body", "p", "pre", "code", "img", "a", "em", "table", "thead", "tr", "th"}
    assert {element.name for element in soup.find_all(True)} <= made
    assert {name for element in soup.find_all(True) for name in element.attrs} <= {
        "src",
        "alt",
        "title",
        "href",
        "class",
    }


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "&#106;avascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "//e.org/",
        "https:e.org",
        "https://user:secret@e.org/",
        "mailto:nobody",
    ],
)
def test_an_unsafe_address_is_a_problem_and_never_a_link(address: str) -> None:
    for text in (f"[a]({address})", f"[a]\n\n[a]: {address}", f"<{address}>"):
        rendered = render(text)
        if "<a " not in rendered.html:  # Markdown took it for no link
            continue
        assert 'href=""' in rendered.html
        assert [problem.code for problem in rendered.problems] == ["R005"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One.\n\nTwo [a](javascript:x).", [("R005", 12, 11)]),
        ("One [@nobody].", [("L001", 10, 7)]),
        ("![](media/x.png)", [("M002", 10, 7)]),
        ("![a](https://e.org/x.png)", [("R005", 10, 8)]),
        ("![a](media/sub/x.png)", [("R005", 10, 8)]),
        ("![a](../../seeds/x.png)", [("R005", 10, 8)]),
        ("a <b>c</b>", [("W006", 10, 5)]),
        ("1 < 2 and 3 > 2", []),
        ("`<b>`", []),
    ],
)
def test_problems_and_where_they_stand(text: str, expected: list[tuple[str, int, int]]) -> None:
    assert problems(text) == expected


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("[a](/claims/y/)", "/claims/y/"),
        ("[a](/claims/y/#quote-1)", "/claims/y/"),
        ("[a](../y/)", "/claims/y/"),
        ("[a](y)", "/claims/x/y"),
        ("[a](../../about/)", "/about/"),
        ("[a](../../../../etc/passwd)", "/etc/passwd"),
        ("[a](.)", "/claims/x/"),
        ("[a](java&Tab;script:x)", "/claims/x/java\tscript:x"),
        ("![a](media/x.png)", "/media/x.png"),
    ],
)
def test_links_to_the_site_are_kept_to_be_checked(text: str, address: str) -> None:
    assert [link.address for link in render(text).links] == [address]


def test_a_citation_can_stand_in_a_links_words() -> None:
    rendered = render("[as it says [@notice]](https://e.org/)")
    assert 'href="https://e.org/"' in rendered.html or rendered.problems


def test_the_place_is_asked_for_only_where_there_is_something_to_report() -> None:
    def place() -> Place:
        raise AssertionError("nothing is reported")

    context = Context("content/claims/x.yaml", place, "/claims/x/", {"notice": 1})
    rendered = render_markdown("One [@notice] [two](/claims/y/).\n\n1. [three](/claims/z/)", context)
    assert [link.address for link in rendered.links] == ["/claims/y/", "/claims/z/"]


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("One\n[two](/claims/y/)", 11, 9),
        ("One [@notice]\n\n- two\n- [three](/claims/y/)", 13, 13),
        ("One: /claims/y/\n\n[two](/claims/y/)", 12, 9),
        ("> [one](/claims/y/)", 10, 11),
        ("One\n\n> two\n> [three][a]\n\n[a]: /claims/y/", 15, 8),
        ("[one](/claims&#47;y/)", 10, 3),
    ],
)
def test_a_link_knows_its_place(text: str, line: int, column: int) -> None:
    (link,) = render(text).links
    problem = link.problem()
    assert (problem.code, problem.line, problem.column) == ("M001", line, column)
    assert problem.message == "this link leads to /claims/y/, which is no page or file of this site"
