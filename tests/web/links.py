"""Links of a built site: every address in its pages, stylesheets and data leads to something that is there.

`problems(folder, url)` gives a sentence for each that does not. A site works from any folder of any host, so its pages
may link to themselves only by relative addresses, which never leave the site; its data uses full addresses.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from posixpath import normpath
from urllib.parse import unquote, urlsplit

from lxml import etree, html

_LOADED = {
    ("img", "src"),
    ("script", "src"),
    ("link", "href"),
    ("iframe", "src"),
    ("source", "src"),
    ("form", "action"),
}
"""What a browser fetches by itself: none of it may come from elsewhere."""
_ADDRESSES = {"href", "src", "action", "poster", "data", "cite"}
_REFERENCES = {"aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "aria-details", "for", "headers"}
_NO_PAGES = {"canonical", "alternate", "prev", "next", "author", "license"}
"""Relations of a link element that a browser does not fetch."""
_OUTSIDE = ("http", "https", "mailto")


@dataclass
class _Page:
    ids: set[str] = field(default_factory=set)
    links: set[str] = field(default_factory=set)
    hidden: bool = False


def problems(folder: Path, url: str) -> list[str]:
    """What is wrong in the site that was built into `folder` for the address `url`."""
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    return list(_Links(folder, url.rstrip("/") + "/", files).problems())


class _Links:
    def __init__(self, folder: Path, url: str, files: set[str]) -> None:
        self.folder, self.url, self.files = folder, url, files
        self.pages: dict[str, _Page] = {}
        self.wanted: list[tuple[str, str, str, str]] = []
        """Fragments that are looked for at the end: the page with the link, the link, the file and the fragment."""

    def problems(self) -> Iterator[str]:
        for path in sorted(self.files):
            if path.endswith(".html"):
                yield from self.page(path)
            elif path.endswith(".css"):
                yield from self.stylesheet(path)
            elif path.endswith((".xml", ".json", ".txt", ".csv")) and not path.startswith("pagefind/"):
                yield from self.data(path)
        for path, link, target, fragment in self.wanted:
            if target in self.pages and fragment not in self.pages[target].ids:
                yield f"{path}: {link}: there is no “{fragment}” in {target}"
        yield from self.unreached()

    def page(self, path: str) -> Iterator[str]:
        tree = html.document_fromstring((self.folder / path).read_bytes(), html.HTMLParser(encoding="utf-8"))
        page = self.pages[path] = _Page()
        counts = Counter(tree.xpath("//@id"))
        page.ids = set(counts)
        yield from (f"{path}: the id “{id}” stands there {count} times" for id, count in counts.items() if count > 1)
        for element in tree.xpath("//*[@*]"):
            yield from self.element(path, page, str(element.tag), dict(element.attrib))

    def element(self, path: str, page: _Page, tag: str, attributes: dict[str, str]) -> Iterator[str]:
        fetched = tag != "link" or not _NO_PAGES & set(attributes.get("rel", "").split())
        for name, value in attributes.items():
            if name in _ADDRESSES:
                yield from self.link(path, value, fetched and (tag, name) in _LOADED, tag == "a")
            elif name in _REFERENCES:
                missing = [id for id in value.split() if id not in page.ids]
                yield from (f"{path}: {name} names “{id}”, which is not there" for id in missing)
            elif name == "srcset":
                for candidate in value.split(","):
                    yield from self.link(path, candidate.split()[0], True)
        if tag == "meta":
            yield from self.meta(path, page, attributes)

    def meta(self, path: str, page: _Page, attributes: dict[str, str]) -> Iterator[str]:
        content = attributes.get("content", "")
        page.hidden |= attributes.get("name") == "robots" and "noindex" in content
        if attributes.get("http-equiv", "").lower() == "refresh":
            yield from self.link(path, content.partition("url=")[2], False, True)
        elif (attributes.get("property") or attributes.get("name") or "").endswith((":url", ":image")):
            yield from self.link(path, content, False)

    def link(self, path: str, link: str, loaded: bool, followed: bool = False) -> Iterator[str]:
        """`loaded`: a browser fetches it by itself. `followed`: a reader may go there."""
        parts = urlsplit(link)
        if link.startswith(self.url):
            inside, relative = unquote(parts.path).removeprefix(unquote(urlsplit(self.url).path)), False
        elif parts.scheme or parts.netloc:
            if parts.scheme not in _OUTSIDE or loaded:
                yield f"{path}: {link}: leads out of the site in a way that is not allowed"
            return
        else:
            inside, relative = self.inside(path, unquote(parts.path)), True
        if relative and parts.path.startswith("/"):
            yield f"{path}: {link}: begins at the host, so the site would not work in a folder"
            return
        if inside.startswith(".."):
            yield f"{path}: {link}: leads above the site"
            return
        target = inside + "index.html" if inside.endswith("/") or not inside else inside
        if target not in self.files:
            yield f"{path}: {link}: there is nothing there"
            return
        if followed:
            self.pages[path].links.add(target)
        fragment = unquote(parts.fragment).partition(":~:")[0]
        if fragment:
            self.wanted.append((path, link, target, fragment))

    @staticmethod
    def inside(path: str, link: str) -> str:
        """Where a relative link leads, from the site's root; the page itself for an empty one."""
        if not link:
            return path
        joined = normpath(f"./{path.rpartition('/')[0]}/{link}")
        is_folder = link.endswith("/") or link.rpartition("/")[2] in (".", "..")
        return "" if joined == "." else f"{joined}/" if is_folder else joined

    def stylesheet(self, path: str) -> Iterator[str]:
        text = (self.folder / path).read_text("utf-8")
        for quoted, bare in re.findall(r"""url\(\s*(?:["']([^"']*)["']|([^)"']*))\s*\)""", text):
            yield from self.link(path, quoted or bare.strip(), True)
        if "@import" in text:
            yield f"{path}: imports another stylesheet"

    def data(self, path: str) -> Iterator[str]:
        """Full addresses of the site itself, in whatever form the data has."""
        text = (self.folder / path).read_text("utf-8-sig")
        if path.endswith(".json"):
            found = set(_strings(json.loads(text)))
        elif path.endswith(".xml"):
            tree = etree.fromstring(text.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
            found = {
                words
                for element in tree.iter(etree.Element)
                for words in (element.text, *element.attrib.values())
                if words
            }
        else:
            found = set(re.findall(r"""https?://[^\s"',;<>]+""", text))
        for address in sorted(found):
            if address.strip().startswith(self.url):
                yield from self.link(path, address.strip(), False)

    def unreached(self) -> Iterator[str]:
        """Pages that a reader can't get to from the front page by links, though nothing says that they are hidden."""
        reached, todo = {"index.html"}, ["index.html"]
        while todo:
            for target in self.pages.get(todo.pop(), _Page()).links - reached:
                reached.add(target)
                todo.append(target)
        for path, page in sorted(self.pages.items()):
            if path not in reached and not page.hidden and path != "404.html":
                yield f"{path}: no way leads there from the front page"


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from _strings(item)
