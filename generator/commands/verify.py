"""`verify`: whether a published copy is what this commit gives."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from generator.commands.common import DONE, FAULT, Commands, site_option, tell

if TYPE_CHECKING:
    from generator.verify.difference import Difference
    from generator.verify.published import Copy

_DIFFERS = 1
_SHOWN = 10


def add(commands: Commands) -> None:
    """Add the command's options."""
    parser = commands.add_parser(
        "verify",
        help="say whether a published copy is what this commit gives",
        description="Build the site as it is committed, in a temporary folder, and list what a published copy has "
        "otherwise. Exit status: 0 the same, 1 it differs, 2 it cannot be said.",
    )
    site_option(parser)
    parser.add_argument(
        "copy",
        nargs="?",
        type=Path,
        metavar="COPY",
        help="a folder with the published files, or a file that lists them with their SHA-256 (a manifest.json, or "
        "lines as sha256sum prints them; - for standard input); default: build/",
    )
    parser.add_argument("--some", action="store_true", help="the copy is only a part: what it lacks is no difference")
    parser.add_argument(
        "--ignore", action="append", default=[], metavar="PATTERN", help="files of the copy's own, such as CNAME"
    )
    parser.add_argument("--drafts", action="store_true", help="the site was built with --drafts")
    parser.add_argument("--compress", action="store_true", help="the site was built with --compress")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="for people, or for programs")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from generator.problems import ContentError, FaultError, errors
    from generator.read.files import require_site
    from generator.report import as_text, printable
    from generator.verify.committed import commit_of, require_history
    from generator.verify.difference import as_json, compressed_besides, difference

    require_site(options.site)
    copy = _copy(options.copy or options.site / "build")
    commit, other = commit_of(options.site)
    if other:
        tell(f"parallax: {len(other)} of the site's files are not as the commit {commit[:12]} has them:")
        for path in other[:_SHOWN]:
            tell(f"  {printable(path)}")
        if len(other) > _SHOWN:
            tell(f"  and {len(other) - _SHOWN} more")
        raise FaultError("only what is committed can be checked by others: commit them, or verify in a clean clone")
    require_history(options.site)
    try:
        built = _built(options)
    except ContentError as error:
        tell(as_text(errors(error.problems), options.site, sys.stderr.isatty()), end="")
        tell("These files build no site, so no published copy can be what they give.")
        return FAULT
    found = difference(built, copy, options.some, options.ignore)
    if options.format == "json":
        print(as_json(found, commit, len(built)), end="")
    else:
        for word, paths in (("missing", found.missing), ("extra", found.extra), ("changed", found.changed)):
            for path in paths:
                print(f"{word}  {printable(path)}")
    _conclude(found, built, copy, commit)
    if compressed_besides(found, built) and not options.compress:
        tell("The copy has compressed files: if the site was built with --compress, add that here.")
    return _DIFFERS if found.any() else DONE


def _conclude(found: Difference, built: dict[str, str], copy: Copy, commit: str) -> None:
    from generator import __version__
    from generator.report import counted

    source = f"the commit {commit}" if commit else "the site's files as they are (they are in no git repository)"
    by = f"{source}, built by Parallax {__version__}"
    if not found.any():
        checked = len(built.keys() & copy.files.keys())
        tell(f"The same: {counted(checked, 'file')} exactly as {by}.")
        return
    numbers = f"{len(found.missing)} missing, {len(found.extra)} extra, {len(found.changed)} changed"
    tell(f"Different: {numbers}, of {counted(len(built), 'file')} of {by}.")


def _copy(place: Path) -> Copy:
    from generator.problems import FaultError
    from generator.verify.published import folder_copy, listed_copy

    try:
        if str(place) == "-":
            return listed_copy(sys.stdin.buffer.read(), "standard input")
        if place.is_dir():
            current = place / "current"
            return folder_copy(current if current.is_symlink() and (place / "releases").is_dir() else place)
        return listed_copy(place.read_bytes(), str(place))
    except OSError as error:
        raise FaultError(f"{place} cannot be read: {error.strerror}") from error


def _built(options: argparse.Namespace) -> dict[str, str]:
    """The files that the site builds to, with their digests. The site's own build and cache are not touched."""
    from generator.build.options import Options
    from generator.build.workers import Workers, available
    from generator.pipeline import build
    from generator.progress import shown
    from generator.verify.committed import require_told
    from generator.verify.published import folder_copy

    chosen = Options(drafts=options.drafts, clean=True, compress=options.compress)
    with tempfile.TemporaryDirectory(prefix="parallax-verify-") as folder:
        output = Path(folder) / "build"
        with Workers(available()) as workers, shown(sys.stderr) as progress:
            workspace = Path(folder) / "workspace"
            made = build(options.site, output, chosen, workers=workers, progress=progress, workspace=workspace)
        require_told(made.lacking)
        return folder_copy(output).files
