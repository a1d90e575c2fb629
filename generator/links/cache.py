"""The cache: what addresses answered when they were last asked, in `.parallax/links.json`."""

from __future__ import annotations

import contextlib
import os
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from generator.links.answers import Answer
from generator.problems import FaultError
from generator.publish.workspace import make_workspace

NAME = "links.json"
_FORMAT = 1
_MOST_BYTES = 50_000_000


class _File(msgspec.Struct, frozen=True):
    format: int
    answers: dict[str, Answer]


def read_cache(workspace: Path) -> dict[str, Answer]:
    """The last answers; none where there is no file, or one that is not understood."""
    try:
        with open(os.open(workspace / NAME, os.O_RDONLY | os.O_NOFOLLOW), "rb") as file:
            found = msgspec.json.decode(file.read(_MOST_BYTES), type=_File)
    except (OSError, msgspec.DecodeError):
        return {}
    return found.answers if found.format == _FORMAT else {}


def write_cache(workspace: Path, answers: dict[str, Answer]) -> None:
    """Keep `answers` in one step. Raises FaultError where that cannot be done."""
    data = msgspec.json.format(msgspec.json.encode(_File(_FORMAT, dict(sorted(answers.items())))), indent=1)
    try:
        make_workspace(workspace)
        handle, name = tempfile.mkstemp(dir=workspace, prefix="links.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data + b"\n")
            os.replace(name, workspace / NAME)
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(name)
            raise
    except OSError as error:
        raise FaultError(f"{workspace / NAME} cannot be written: {error.strerror}") from None


def is_fresh(answer: Answer, days: float, now: datetime | None = None) -> bool:
    """Whether an answer is not to be asked for again: a good one that is younger than so many days."""
    if answer.status not in ("ok", "moved"):
        return False
    try:
        at = datetime.fromisoformat(answer.at.replace("Z", "+00:00"))
    except ValueError:
        return False
    age = ((now or datetime.now(UTC)) - at).total_seconds()
    return 0 <= age < days * 86400
