"""Pages and files: what is to be rendered or copied, and where it stands in the output."""

from __future__ import annotations

from generator.plan.article_values import ArticlePage, StoryPage
from generator.plan.claim_values import ClaimPage, EmbedPage
from generator.plan.list_values import (
    CorrectionsPage,
    HomePage,
    ListPage,
    NotFoundPage,
    RedirectPage,
    SearchPage,
    TextPageView,
)
from generator.plan.values import Value

PageValue = (
    ClaimPage
    | EmbedPage
    | ArticlePage
    | StoryPage
    | ListPage
    | HomePage
    | CorrectionsPage
    | TextPageView
    | SearchPage
    | NotFoundPage
    | RedirectPage
)


class Page(Value, frozen=True):
    """A page to be rendered: `address` from the root, `template` under templates/."""

    address: str
    template: str
    value: PageValue


class File(Value, frozen=True):
    """A file that needs no template: its path in the output and its content, or the file that it is a copy of."""

    path: str
    content: bytes = b""
    source: str = ""
