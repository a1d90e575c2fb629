"""Options: how a site is to be built."""

from __future__ import annotations

from msgspec import Struct


class Options(Struct, frozen=True):
    """For a `preview`, assets keep their names, no share image is drawn, and there is no search index.

    With `drafts`, drafts have pages; with `clean`, everything is made anew; with `compress`, compressed files stand
    beside the others.
    """

    drafts: bool = False
    preview: bool = False
    clean: bool = False
    compress: bool = False
