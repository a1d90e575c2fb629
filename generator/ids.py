"""Ids: the names of content's files without their endings."""

from __future__ import annotations

import re

ID = re.compile(r"[a-z0-9-]{1,100}")


def is_id(text: str) -> bool:
    """Whether `text` is an id: a to z, digits and hyphens, at most 100."""
    return ID.fullmatch(text) is not None
