"""Templates: Jinja in its sandbox, with every name required and every text escaped."""

from __future__ import annotations

import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError, TemplateNotFound, TemplateSyntaxError, pass_context
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from generator.plan.pages import Page
from generator.plan.values import Site, Value
from generator.problems import ContentError, Problem

_FIELDS = {type_: frozenset(type_.__struct_fields__) for type_ in Value.__subclasses__()}
"""The fields of every value that templates are given."""


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox.

    Fields of the values that templates are given are plain data and need no look at their safety.
    """

    def getattr(self, obj: Any, attribute: str) -> Any:
        if attribute in _FIELDS.get(type(obj), ()):
            return getattr(obj, attribute)
        return super().getattr(obj, attribute)


class Renderer:
    """Renders pages with the templates in `folders`, the first that has one winning."""

    def __init__(self, folders: Sequence[Path], site: Site) -> None:
        self.site = site
        self.folders = tuple(folders)
        self.environment = Sandbox(
            loader=FileSystemLoader([str(folder) for folder in folders]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            cache_size=-1,
        )
        self.environment.filters["here"] = _here
        self.environment.filters["plural"] = _plural

    def render(self, page: Page) -> bytes:
        """The page's bytes. Raises ContentError with the template's file and line where the template fails."""
        try:
            template = self.environment.get_template(page.template)
            text = template.render(
                page=page.value, site=self.site, address=page.address, root=root_of(page.address, self.site.url)
            )
        except Exception as error:
            raise ContentError([self._problem(error, page)]) from error
        return text.encode("utf-8", "replace")

    def _problem(self, error: Exception, page: Page) -> Problem:
        name, line = page.template, 1
        if isinstance(error, TemplateSyntaxError):
            name, line = error.name or name, error.lineno
        else:
            for frame in traceback.extract_tb(error.__traceback__):
                for folder in self.folders:
                    if Path(frame.filename).is_relative_to(folder):
                        name, line = Path(frame.filename).relative_to(folder).as_posix(), frame.lineno or 1
        if isinstance(error, TemplateNotFound):
            words = f"there is no template “{error.name}”, neither the site's own nor one that comes with Parallax"
        elif isinstance(error, TemplateError) and error.message:
            words = " ".join(error.message.split())
        else:
            words = " ".join(f"{type(error).__name__}: {error}".split())
        help = "correct this line, or take the last change to it back"
        return Problem(f"templates/{name}", line, 1, "T001", f"this template fails on {page.address}: {words}", help)


def root_of(address: str, site_url: str) -> str:
    """What leads from the page at `address` to the site's root.

    404.html is served at any depth, so it names the site in full.
    """
    if address == "/404.html":
        return site_url + "/"
    return "../" * (address.count("/") - 1)


@pass_context
def _here(context: Context, address: str) -> str:
    """The relative link from this page to the site's `address` (which may have a #fragment)."""
    root: Any = context["root"]
    path, mark, fragment = address.partition("#")
    return (str(root) + quote(path[1:]) or "./") + mark + quote(fragment)


def _plural(count: int, one: str, many: str) -> str:
    """`count` and its noun: `3|plural("article", "articles")` is "3 articles"."""
    return f"{count:,} {one if count == 1 else many}"
