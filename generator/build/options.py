"""Options: how a site is to be built."""

from __future__ import annotations

from msgspec import Struct


class Options(Struct, frozen=True):
    """`preview` is the address of a script for pages to load, in a preview alone.

    With `drafts`, drafts have pages; with `clean`, everything is made anew; with `compress`, compressed files stand
    beside the others.
    """

    drafts: bool = False
    preview: str = ""
    clean: bool = False
    compress: bool = False
