"""Templates: Jinja in its sandbox, with every name required and every text escaped."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from types import CodeType, MappingProxyType
from typing import Any
from urllib.parse import quote

from jinja2 import (
    BytecodeCache,
    FunctionLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateRuntimeError,
    TemplateSyntaxError,
    nodes,
)
from jinja2.bccache import Bucket
from markupsafe import Markup

from generator.data.metadata import page_head
from generator.link.nearest import nearest_name
from generator.plan.list_values import ArticleItem, ClaimItem
from generator.plan.pages import Page
from generator.plan.values import Site
from generator.problems import ContentError, Problem
from generator.render.sandbox import Sandbox
from generator.words import Words

_ROOT = "\x02"
"""Stands for the way to the site's root until a page is whole: so fragments serve pages at any depth.

No text that a template is given can hold it: what is typed may not, and what articles hold is shown without controls.
"""
_HOME = "\x03"
"""Stands for the link to the front page, which is no empty link even there."""
_FOLDER = "templates/"
_ASSETS = "/assets/"


class CompiledTemplates(BytecodeCache):
    """Templates' compiled code, kept between builds by `load` and `save`, both by a digest of name and source."""

    def __init__(self, load: Callable[[str], CodeType | None], save: Callable[[str, CodeType], None]) -> None:
        self.load = load
        self.save = save

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self.load(f"{bucket.key}{bucket.checksum}")

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self.save(f"{bucket.key}{bucket.checksum}", bucket.code)


class Renderer:
    """Renders pages with the templates in `sources`: each one's text by its path under templates/.

    `assets` has the addresses that templates may ask for, and those under which the files are published.
    """

    def __init__(
        self,
        sources: Mapping[str, str],
        site: Site,
        words: Words,
        compiled: CompiledTemplates | None = None,
        assets: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self.site = site
        self.words = words
        self.sources = sources
        self.assets = assets

        def load(name: str) -> tuple[str, str, Callable[[], bool]] | None:
            return (sources[name], _FOLDER + name, lambda: True) if name in sources else None

        self.environment = Sandbox(
            words,
            loader=FunctionLoader(load),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            cache_size=-1,
            bytecode_cache=compiled,
        )
        self.environment.filters["here"] = lru_cache(maxsize=10_000)(partial(_here, assets))
        self.environment.filters["in_full"] = lambda address: site.url + quote(address)
        self.environment.globals["site"] = site

    def render(self, page: Page) -> bytes:
        """The page's bytes. Raises ContentError with the template's file and line where the template fails."""
        section = f"/{page.address.split('/')[1]}/"
        values = {
            "page": page.value,
            "address": page.address,
            "section": section,
            "meta": page_head(self.site, self.words, page),
        }
        text = self._text(page.template, values, page.address)
        root = root_of(page.address, self.site.url)
        return text.replace(_HOME, root or "./").replace(_ROOT, root).encode("utf-8", "replace")

    def claim_entry(self, claim: ClaimItem) -> Markup:
        """A claim as lists show it: a fragment for any page. Raises ContentError as `render` does."""
        return Markup(self._text("claim-entry.html", {"claim": claim}, claim.address))  # noqa: S704 — a template escaped it

    def article_entry(self, article: ArticleItem) -> Markup:
        """An article as lists show it: a fragment for any page. Raises ContentError as `render` does."""
        return Markup(self._text("article-entry.html", {"article": article}, article.head.address))  # noqa: S704 — as above

    def _text(self, template: str, values: Mapping[str, Any], address: str) -> str:
        try:
            return self.environment.get_template(template).render(values)
        except Exception as error:
            problem = _problem(error, template, address)
            raise ContentError([problem, *self._other_dead_links(problem, error)]) from error

    def _other_dead_links(self, problem: Problem, error: Exception) -> list[Problem]:
        """The other assets that a template asks for in vain, where it failed because of one."""
        if not isinstance(error, NoAsset):
            return []
        source = self.sources.get(problem.path.removeprefix(_FOLDER), "")
        asked = {
            (link.lineno, link.node.value)
            for link in self.environment.parse(source).find_all(nodes.Filter)
            if link.name == "here" and isinstance(link.node, nodes.Const) and isinstance(link.node.value, str)
        }
        return [
            _dead_link(problem.path, line, NoAsset(address, self.assets))
            for line, address in sorted(asked)
            if line != problem.line and _is_dead(self.assets, address)
        ]


class NoAsset(TemplateRuntimeError):
    """A template asks for a file under templates/assets/ that is not there."""

    def __init__(self, address: str, assets: Mapping[str, str]) -> None:
        self.address = address.partition("#")[0]
        self.assets = assets
        super().__init__(f"there is no {self.address}")


def _dead_link(path: str, line: int, error: NoAsset) -> Problem:
    words = f"this template links to “{error.address}”, and there is no such file under templates/assets/"
    near = nearest_name(error.address, error.assets)
    put = f"put the file at templates{error.address}"
    help = f"write “{near}”, or {put}" if near else f"{put}, or take the link out"
    return Problem(path, line, 1, "T001", f"{words}, neither the site's own nor one that comes with Parallax", help)


def _is_dead(assets: Mapping[str, str], address: str) -> bool:
    """Whether this is the address of an asset that is not there. A page's may be /assets/ itself."""
    return address.startswith(_ASSETS) and address != _ASSETS and address.partition("#")[0] not in assets


def _problem(error: Exception, template: str, address: str) -> Problem:
    path, line = _FOLDER + template, 1
    if isinstance(error, TemplateSyntaxError):
        path, line = _FOLDER + (error.name or template), error.lineno
    else:
        for frame in traceback.extract_tb(error.__traceback__):
            if frame.filename.startswith(_FOLDER):
                path, line = frame.filename, frame.lineno or 1
    if isinstance(error, NoAsset):
        return _dead_link(path, line, error)
    if isinstance(error, TemplateNotFound):
        words = f"there is no template “{error.name}”, neither the site's own nor one that comes with Parallax"
    elif isinstance(error, TemplateError) and error.message:
        words = " ".join(error.message.split())
    else:
        words = " ".join(f"{type(error).__name__}: {error}".split())
    help = "correct this line, or take the last change to it back"
    return Problem(path, line, 1, "T001", f"this template fails on {address}: {words}", help)


def root_of(address: str, site_url: str) -> str:
    """What leads from the page at `address` to the site's root.

    404.html is served at any depth, so it names the site in full.
    """
    if address == "/404.html":
        return site_url + "/"
    return "../" * (address.count("/") - 1)


def _here(assets: Mapping[str, str], address: str) -> str:
    """The relative link from this page to the site's `address` (which may have a #fragment). Raises NoAsset."""
    if _is_dead(assets, address):
        raise NoAsset(address, assets)
    path, mark, fragment = address.partition("#")
    path = assets.get(path, path)
    return (_ROOT + quote(path[1:]) if path != "/" else _HOME) + mark + quote(fragment)
