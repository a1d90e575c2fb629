"""Markdown: analyses, introductions and pages become HTML, with no markup of the editor's own and only safe links."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, lru_cache, partial
from posixpath import normpath
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from markupsafe import Markup
from msgspec import Struct

from generator.check.scripts import HOST_HELP, odd_host
from generator.link.fold import visible
from generator.link.nearest import nearest_name
from generator.plan.prose import CITATION, Leaf, is_unmarked, leaves, marks
from generator.problems import Place, Problem
from generator.read.kinds import safe_address
from generator.read.slips import address as outer_address

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

_CITATION = re.compile(CITATION)
_PLAIN_PATH = re.compile(r"/?[A-Za-z0-9._#-][A-Za-z0-9._#/-]*").fullmatch
"""Paths in which the parser has nothing to encode."""
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--")


class Context(Struct, frozen=True):
    """Where a Markdown text stands: its file, its page's address, and the place of its first character.

    The place is asked for only where there is something to report.

    `sources` numbers the sources that `[@id]` may cite. `top` is the level of its highest heading.
    """

    path: str
    place: Callable[[], Place]
    address: str
    sources: Mapping[str, int] = {}
    top: int = 2


class InternalLink(Struct, frozen=True):
    """A link to the site itself, to be held against the addresses that there are.

    `address` is from the root, without fragment. `problem` tells what is wrong if it leads nowhere.
    """

    address: str
    problem: Callable[[], Problem]


class Rendered(Struct, frozen=True):
    html: Markup
    links: tuple[InternalLink, ...]
    problems: tuple[Problem, ...]


def render_markdown(text: str, context: Context) -> Rendered:
    """`text` as HTML. Links to the site come out relative to the page."""
    if not text.strip():
        return Rendered(Markup(""), (), ())
    found = leaves(text)
    return render_with_parser(text, context) if found is None else _render_leaves(text, context, found)


def render_with_parser(text: str, context: Context) -> Rendered:
    """What `render_markdown` gives, with the parser whatever the text is like."""
    tokens = _parser().parse(text)
    work = _Work(text, context)
    work.blocks(tokens)
    return work.rendered(_parser().renderer.render(tokens, _parser().options, {}))


def _render_leaves(text: str, context: Context, found: Sequence[Leaf]) -> Rendered:
    """The same where the leaves are known: only those whose marks are not certain need the parser."""
    work = _Work(text, context)
    return work.rendered(work.leaves(found))


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # which many texts do without

    parser = MarkdownIt("commonmark", {"html": False, "xhtmlOut": False}).enable(["table", "strikethrough"])
    # Every address becomes a link here, so that an unsafe one can be reported where it stands; none is rendered.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    parser.inline.ruler.before("link", "citation", _citation)
    return parser


def _escaped(words: str) -> str:
    """`words` with what means something in HTML escaped, as the parser does it: quotation marks, not apostrophes."""
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def _citation(state: StateInline, silent: bool) -> bool:
    match = _CITATION.match(state.src, state.pos)
    if match is None:
        return False
    if not silent:
        token = state.push("citation", "", 0)
        token.content = match.group(1)
    state.pos = match.end()
    return True


class _Work:
    """One text at work: links and images checked and made relative, headings levelled, citations numbered."""

    def __init__(self, text: str, context: Context) -> None:
        self.typed = text
        self.context = context
        self.links: list[InternalLink] = []
        self.problems: list[Problem] = []
        self.line = 0
        self.cited = False
        """Whether a citation stands earlier in the block."""

    def rendered(self, html: str) -> Rendered:
        return Rendered(Markup(visible(html)), tuple(self.links), tuple(self.problems))  # noqa: S704 — html=False: nothing of the editor's is markup

    def report(self, words: str, code: str, message: str, help: str = "") -> None:
        self.problems.append(_problem(self.typed, self.context, self.line, words, code, message, help))

    def begin(self, line: int) -> None:
        """A block begins at `line`."""
        self.line = line
        self.cited = False

    def leaves(self, leaves: Sequence[Leaf]) -> str:
        """The text's HTML from its leaves."""
        levels = self.levels([leaf.level for leaf in leaves if leaf.level])
        unmarked = is_unmarked(self.typed)
        parts = []
        for leaf in leaves:
            self.begin(leaf.line)
            known = [] if unmarked else marks(leaf.words)
            words = self.parsed(leaf.words) if known is None else self.marked(leaf.words, known)
            if leaf.level:
                tag = f"h{next(levels)}"
                parts.append(f"<{tag}>{words}</{tag}>\n")
            else:
                parts.append(f"{leaf.before}{words}{leaf.after}")
        return "".join(parts)

    def marked(self, words: str, marks: Sequence[re.Match[str]]) -> str:
        """The HTML of `words` with `marks`."""
        parts = []
        end = 0
        for mark in marks:
            parts.append(_escaped(words[end : mark.start()]))
            kind = mark.lastgroup or ""
            value = mark[kind]
            if kind == "citation":
                parts.append(self.cite(value))
            elif kind == "link":
                href = self.address(value if _PLAIN_PATH(value) else _parser().normalizeLink(value), "link")
                parts.append(f'<a href="{_escaped(href)}">{_escaped(mark["words"])}</a>')
            else:
                parts.append(f"<{kind}>{_escaped(value)}</{kind}>")
            end = mark.end()
        parts.append(_escaped(words[end:]))
        return "".join(parts)

    def parsed(self, words: str) -> str:
        """The HTML of `words`, by the parser."""
        tokens = _parser().parseInline(words)
        for token in tokens:
            self.inline(token.children or ())
        return str(_parser().renderer.render(tokens, _parser().options, {}))

    def blocks(self, tokens: Sequence[Token]) -> None:
        """Makes the parser's tokens ready to be rendered."""
        levels = self.levels([int(token.tag[1]) for token in tokens if token.type == "heading_open"])
        tag = ""
        for token in tokens:
            if token.map:
                self.begin(token.map[0])
            alignment = str(token.attrs.pop("style", ""))  # a column's: pages have no style attributes
            if alignment:
                token.attrs["class"] = alignment.replace("text-align:", "align-")
            if token.type == "heading_open":
                tag = f"h{next(levels)}"
            if token.type in ("heading_open", "heading_close"):
                token.tag = tag
            self.inline(token.children or ())

    def levels(self, typed: Sequence[int]) -> Iterator[int]:
        """The levels of headings that were typed with these: from the page's own on, and none left out (WCAG 1.3.1)."""
        above: list[int] = []
        for level in typed:
            while above and above[-1] >= level:
                above.pop()
            yield min(6, self.context.top + len(above))
            above.append(level)

    def inline(self, children: Sequence[Token]) -> None:
        for child in children:
            handler = _HANDLERS.get(child.type)
            if handler:
                handler(self, child)

    def link(self, token: Token) -> None:
        href = str(token.attrs.get("href", ""))
        token.attrs = {**token.attrs, "href": self.address(href, "link")}

    def image(self, token: Token) -> None:
        source = unquote(str(token.attrs.get("src", "")))
        name = source.removeprefix("/").removeprefix("content/")
        if not name.startswith("media/") or "/" in name[6:]:
            self.report(
                source,
                "R005",
                f"“{source}” is no image of this site",
                "save it in content/media/ and write ![what it shows](media/NAME)",
            )
            token.attrs = {**token.attrs, "src": ""}
            return
        if not token.content.strip():
            self.report(source, "M002", "this image has no alternative text", f"write ![what it shows]({source})")
        self.internal(source, f"/{name}", "image", f"save it as content/{name}")
        token.attrs = {**token.attrs, "src": self.relative(f"/{name}")}

    def citation(self, token: Token) -> None:
        self.cited = True
        token.type = "html_inline"
        token.content = self.cite(token.content)

    def cite(self, id: str) -> str:
        """The HTML of a citation."""
        number = self.context.sources.get(id)
        if number is None:
            known = ", ".join(self.context.sources)
            near = nearest_name(id, self.context.sources)
            help = f"the sources of this claim are {known}" if known else "give the claim a source with this id"
            help = f"write:\n[@{near}]" if near else help
            self.report(f"[@{id}]", "L001", f"there is no source “{id}” in this file", help)
        return f'<a class="citation" href="#source-{id}">[{number}]</a>'

    def text(self, token: Token) -> None:
        if "](" in token.content and self.cited:
            message = "a citation cannot stand inside a link's words, so this link is shown as it was typed"
            self.report("](", "W006", message, "put the citation after the link")
        if "[@" in token.content:
            message = "this is no citation, so it is shown as it was typed"
            self.report("[@", "W006", message, "write the source's id alone: [@id]")
        found = _TAG.search(token.content)
        if found:
            self.report(
                found.group(),
                "W006",
                f"“{found.group()}” is shown as it stands: pages take no HTML",
                "use Markdown, or put it in `backticks`",
            )

    def address(self, href: str, what: str) -> str:
        """`href` as it stands on the page; reports an unsafe one and remembers one of the site's own."""
        if not href or href.startswith("#"):
            return href
        if (href.startswith("/") and not href.startswith("//")) or not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|//", href):
            path, mark, fragment = href.partition("#")
            resolved = _resolve(self.context.address, unquote(path))
            outside = outer_address(href) if not href.startswith(("/", ".")) else ""
            self.internal(href, resolved, what, f"for an address elsewhere, write:\n{outside}" if outside else "")
            return self.relative(resolved) + mark + fragment
        fault = safe_address(href)
        if fault:
            self.report(
                href,
                "R005",
                f"“{href}” is no safe address: {fault}",
                "link to an address that begins with https://",
            )
            return ""
        odd = odd_host(href, "")
        if odd:
            typed = href if href in self.typed else unquote(href)
            self.report(typed, "W008", odd, HOST_HELP)
        return href

    def internal(self, typed: str, address: str, what: str, help: str = "") -> None:
        message = f"this {what} leads to {address}, which is no page or file of this site"
        problem = partial(_problem, self.typed, self.context, self.line, typed, "M001", message, help)
        self.links.append(InternalLink(address, problem))

    def relative(self, address: str) -> str:
        root = "../" * (self.context.address.count("/") - 1)
        return root + quote(address[1:]) or "./"


_HANDLERS: dict[str, Callable[[_Work, Token], None]] = {
    "link_open": _Work.link,
    "image": _Work.image,
    "citation": _Work.citation,
    "text": _Work.text,
}


def _problem(text: str, context: Context, line: int, words: str, code: str, message: str, help: str = "") -> Problem:
    """A problem with `words`, which stand in the block that begins at `line` of `text` (from 0)."""
    place, length = _place(text, context.place(), line, words)
    return Problem(context.path, *place, code, message, help, length)


def _place(text: str, first: Place, line: int, words: str) -> tuple[Place, int]:
    """Where `words` stand, from `line` on, and their length; else where that line begins, and 0."""
    lines = _lines(text)
    for number in range(line, len(lines)):
        column = lines[number].find(words)
        if column >= 0:
            return Place(first.line + number, first.column + column), len(words)
    return Place(first.line + line, first.column), 0


@lru_cache(maxsize=2)
def _lines(text: str) -> tuple[str, ...]:
    """A text's lines: one with a hundred thousand problems is split once."""
    return tuple(text.split("\n"))


def _resolve(page: str, path: str) -> str:
    """The address that `path` means on `page`: from the root, or relative to the page."""
    joined = normpath(path if path.startswith("/") else page + path)
    joined = "/" + joined.lstrip("/")
    return joined if joined == "/" or not (path.endswith("/") or path in ("", ".", "..")) else joined + "/"
