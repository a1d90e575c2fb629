"""What differs between what a site builds to and a copy of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase

from msgspec import Struct

from generator.publish.manifest import NAME
from generator.verify.published import Copy


class Difference(Struct, frozen=True):
    """Paths in order: what the copy lacks, what it has besides, and what it has with other bytes."""

    missing: list[str]
    extra: list[str]
    changed: list[str]

    def any(self) -> bool:
        return bool(self.missing or self.extra or self.changed)


def difference(built: Mapping[str, str], copy: Copy, some: bool = False, ignored: Iterable[str] = ()) -> Difference:
    """What is in `copy` otherwise than in `built`, both by path with digests.

    With `some`, what the copy lacks is no difference. Files of the copy alone that fit one of the patterns `ignored`
    are none either: hosts have files of their own.
    """
    patterns = list(ignored)
    files = copy.files
    missing = [] if some else [path for path in built if path not in files and (copy.manifest or path != NAME)]
    extra = [
        path for path in files if path not in built and not any(fnmatchcase(path, pattern) for pattern in patterns)
    ]
    changed = [path for path, digest in files.items() if path in built and built[path] != digest]
    return Difference(sorted(missing), sorted(extra), sorted(changed))


def compressed_besides(found: Difference, built: Mapping[str, str]) -> bool:
    """Whether the copy has compressed files that `build --compress` would have made."""
    return any(path.endswith((".br", ".gz")) and path[:-3] in built for path in found.extra)


def as_json(found: Difference, commit: str, files: int) -> str:
    """For programs."""
    return (
        json.dumps(
            {
                "same": not found.any(),
                "commit": commit,
                "files": files,
                "missing": found.missing,
                "extra": found.extra,
                "changed": found.changed,
            },
            indent=2,
        )
        + "\n"
    )
