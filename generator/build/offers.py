"""Offers: a site's schemas for text editors, kept up to date by its builds where somebody made them.

Schemas offer ids, titles and names that the site has. A build has these in its rows, so it reads no file for them; and
after an edit it looks at the edited files' rows alone.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from pathlib import Path

from generator.build.rows import ArticleRow, ClaimRow, StoryRow
from generator.build.state import Row, State
from generator.problems import FaultError
from generator.records import FileRecord, Settings


def differ(rows: Mapping[str, Row | None], old: Mapping[str, Row | None]) -> bool:
    """Whether what the schemas offer of any of `rows` is not what they offered of it before."""
    return any(_offer(row) != _offer(old.get(unit)) for unit, row in rows.items())


def renew(workspace: Path, state: State, settings: Settings) -> None:
    """Write the schemas in `workspace` again, if there are any; where that cannot be, they stay as they are."""
    from generator.schema.files import has_schemas, write_choices

    if not has_schemas(workspace):
        return
    from generator.schema.choices import site_choices

    records: dict[str, dict[str, FileRecord]] = {
        "claims": {id: state.claim(id) for id in state.claims.names()},
        "articles": {id: state.article(id) for id in state.articles.names()},
        "stories": {id: state.story(id) for id in state.stories.names()},
    }
    with contextlib.suppress(FaultError):
        write_choices(workspace, site_choices(settings, records, records))


def _offer(row: Row | None) -> object:
    """What schemas offer of a file: `generator.schema.choices` reads these of its record."""
    if isinstance(row, ClaimRow):
        return row.claim.headline, row.claim.tags
    if isinstance(row, ArticleRow):
        article = row.article
        return article.title, article.publisher, article.published, article.text, article.origin
    return row.story.title if isinstance(row, StoryRow) else None
