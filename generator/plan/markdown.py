"""Markdown: analyses, introductions and pages become HTML, with no markup of the editor's own and only safe links."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from posixpath import normpath
from urllib.parse import quote, unquote

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markupsafe import Markup
from msgspec import Struct

from generator.link.fold import visible
from generator.problems import Place, Problem
from generator.read.fields import safe_address

_CITATION = re.compile(r"\[@([A-Za-z0-9-]+)\]")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--")


class Context(Struct, frozen=True):
    """Where a Markdown text stands: its file, the place of its first character, and its page's address.

    `sources` numbers the sources that `[@id]` may cite. `top` is the level of its highest heading.
    """

    path: str
    place: Place
    address: str
    sources: Mapping[str, int] = {}
    top: int = 2


class InternalLink(Struct, frozen=True):
    """A link to the site itself, to be held against the addresses that there are.

    `address` is from the root, without fragment.
    """

    address: str
    problem: Problem


class Rendered(Struct, frozen=True):
    html: Markup
    links: tuple[InternalLink, ...]
    problems: tuple[Problem, ...]


def render_markdown(text: str, context: Context) -> Rendered:
    """`text` as HTML. Links to the site come out relative to the page."""
    if not text.strip():
        return Rendered(Markup(""), (), ())
    tokens = _parser().parse(text)
    work = _Work(text, context)
    work.blocks(tokens)
    html = _parser().renderer.render(tokens, _parser().options, {})
    return Rendered(Markup(visible(html)), tuple(work.links), tuple(work.problems))  # noqa: S704 — html=False: nothing of the editor's is markup


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    # Every address becomes a link here, so that an unsafe one can be reported where it stands; none is rendered.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    parser.inline.ruler.before("link", "citation", _citation)
    return parser


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
    """One text's tokens: links and images checked and made relative, headings levelled, citations numbered."""

    def __init__(self, text: str, context: Context) -> None:
        self.lines = text.split("\n")
        self.context = context
        self.links: list[InternalLink] = []
        self.problems: list[Problem] = []
        self.line = 0
        self.cited = False
        """Whether a citation stands earlier in the block."""

    def place(self, words: str) -> Place:
        """Where `words` stand, from the current block's first line on."""
        first = self.context.place
        for number in range(self.line, len(self.lines)):
            column = self.lines[number].find(words)
            if column >= 0:
                return Place(first.line + number, first.column + column)
        return Place(first.line + self.line, first.column)

    def problem(self, words: str, code: str, message: str, help: str = "") -> Problem:
        return Problem(self.context.path, *self.place(words), code, message, help)

    def blocks(self, tokens: Sequence[Token]) -> None:
        levels = [int(token.tag[1]) for token in tokens if token.type == "heading_open"]
        shift = self.context.top - min(levels) if levels else 0
        for token in tokens:
            if token.map:
                self.line = token.map[0]
                self.cited = False
            alignment = str(token.attrs.pop("style", ""))  # a column's: pages have no style attributes
            if alignment:
                token.attrs["class"] = alignment.replace("text-align:", "align-")
            if token.type in ("heading_open", "heading_close"):
                token.tag = f"h{min(6, int(token.tag[1]) + shift)}"
            for child in token.children or ():
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
            self.problems.append(
                self.problem(
                    source,
                    "R005",
                    f"“{source}” is no image of this site",
                    "save it in content/media/ and write ![what it shows](media/NAME)",
                )
            )
            token.attrs = {**token.attrs, "src": ""}
            return
        if not token.content.strip():
            self.problems.append(
                self.problem(source, "M002", "this image has no alternative text", f"write ![what it shows]({source})")
            )
        self.internal(source, f"/{name}", "image", f"save it as content/{name}")
        token.attrs = {**token.attrs, "src": self.relative(f"/{name}")}

    def citation(self, token: Token) -> None:
        number = self.context.sources.get(token.content)
        if number is None:
            known = ", ".join(self.context.sources)
            help = f"the sources of this claim are {known}" if known else "give the claim a source with this id"
            self.problems.append(
                self.problem(f"[@{token.content}]", "L001", f"there is no source “{token.content}” in this file", help)
            )
        self.cited = True
        token.type = "html_inline"
        token.content = f'<a class="citation" href="#source-{token.content}">[{number}]</a>'

    def text(self, token: Token) -> None:
        if "](" in token.content and self.cited:
            message = "a citation cannot stand inside a link's words, so this link is shown as it was typed"
            self.problems.append(self.problem("](", "W006", message, "put the citation after the link"))
        if "[@" in token.content:
            message = "this is no citation, so it is shown as it was typed"
            self.problems.append(self.problem("[@", "W006", message, "write the source's id alone: [@id]"))
        found = _TAG.search(token.content)
        if found:
            self.problems.append(
                self.problem(
                    found.group(),
                    "W006",
                    f"“{found.group()}” is shown as it stands: pages take no HTML",
                    "use Markdown, or put it in `backticks`",
                )
            )

    def address(self, href: str, what: str) -> str:
        """`href` as it stands on the page; reports an unsafe one and remembers one of the site's own."""
        if not href or href.startswith("#"):
            return href
        if (href.startswith("/") and not href.startswith("//")) or not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|//", href):
            path, mark, fragment = href.partition("#")
            resolved = _resolve(self.context.address, unquote(path))
            self.internal(href, resolved, what)
            return self.relative(resolved) + mark + fragment
        fault = safe_address(href)
        if fault:
            self.problems.append(
                self.problem(
                    href,
                    "R005",
                    f"“{href}” is no safe address: {fault}",
                    "link to an address that begins with https://",
                )
            )
            return ""
        return href

    def internal(self, typed: str, address: str, what: str, help: str = "") -> None:
        message = f"this {what} leads to {address}, which is no page or file of this site"
        problem = self.problem(typed, "M001", message, help)
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


def _resolve(page: str, path: str) -> str:
    """The address that `path` means on `page`: from the root, or relative to the page."""
    joined = normpath(path if path.startswith("/") else page + path)
    joined = "/" + joined.lstrip("/")
    return joined if joined == "/" or not (path.endswith("/") or path in ("", ".", "..")) else joined + "/"
