"""`import`: a saved page, Markdown or text as an article of the site."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from generator.commands.common import DONE, Commands, site_option, tell
from generator.problems import FaultError

if TYPE_CHECKING:
    from generator.importing.importer import Imported

_MOST_BYTES = 50_000_000


def add(commands: Commands) -> None:
    """Add the command's options."""
    parser = commands.add_parser(
        "import",
        help="make an article of a saved page",
        description="Make an article of a saved HTML page, Markdown or text: its text under seeds/, and its file.",
    )
    site_option(parser)
    parser.add_argument("file", type=Path, metavar="FILE", help="the saved file: .html, .mhtml, .md or .txt")
    parser.add_argument("--id", default="", metavar="ID", help="the article's id (default: made of its title)")
    parser.add_argument(
        "--story", action="append", default=[], metavar="ID", help="a story that it belongs to; may be given again"
    )
    parser.add_argument(
        "--retrieved",
        type=_date,
        metavar="DATE",
        help="the day on which it was saved (default: the file's)",
    )
    parser.add_argument(
        "--encoding", default="", metavar="NAME", help="the file's encoding, where it names none or a wrong one"
    )
    parser.add_argument("--keep-html", action="store_true", help="keep the whole page as the text, byte for byte")
    parser.set_defaults(run=_run)


def _date(text: str) -> str:
    from generator.read.kinds import TEXT_FAULTS
    from generator.records import Kind

    fault = TEXT_FAULTS[Kind.DATE](text)
    if fault:
        raise argparse.ArgumentTypeError(f"{fault}: {text}; write it as YYYY-MM-DD")
    return text


def _run(options: argparse.Namespace) -> int:
    from generator.importing.importer import Wishes, imported
    from generator.importing.saved import saved_file
    from generator.read.content import read_content
    from generator.read.files import require_site
    from generator.report import counted, printable
    from generator.scaffold.names import require_free
    from generator.schema.files import write_schemas

    require_site(options.site)
    data, changed = _read(options.file)
    saved = saved_file(options.file.name, data, options.encoding)
    wishes = Wishes(options.id, tuple(dict.fromkeys(options.story)), options.retrieved or "", options.keep_html)
    content = read_content(options.site)
    found = imported(options.file.name, saved, changed, wishes, content)
    require_free(options.site, "article", found.article.id)
    _write(options.site, found)
    write_schemas(options.site)
    for note in found.notes:
        tell(f"  note: {printable(note)}")
    size = f"{counted(found.paragraphs, 'paragraph')}, {counted(found.characters, 'character')}"
    tell(f"Next: compare {found.seed} ({size}) with the page, fill in what {found.path} leaves open, then “check”.")
    sys.stdout.write(f"{found.path}\n{found.seed}\n")
    return DONE


def _read(path: Path) -> tuple[bytes, str]:
    """The file's bytes, and the day on which it was last changed."""
    from datetime import datetime

    try:
        if not path.is_file():
            raise FaultError(f"{path} is no file: name a page that you saved")
        status = path.stat()
        if status.st_size > _MOST_BYTES:
            raise FaultError(f"{path} has {status.st_size:,} bytes; at most {_MOST_BYTES:,} are read")
        return path.read_bytes(), datetime.fromtimestamp(status.st_mtime).date().isoformat()
    except OSError as error:
        raise FaultError(f"{path} cannot be read: {error.strerror}") from None


def _write(root: Path, found: Imported) -> None:
    """Write the text and then the article's file, both new; what was there is never written over."""
    from generator.read.files import unsafe_path

    written: list[Path] = []
    try:
        for path, data in ((found.seed, found.seed_data), (found.path, found.yaml)):
            target = root / path
            unsafe = unsafe_path(root, path)
            if unsafe:
                raise FaultError(f"{path} is not written: {unsafe}")
            target.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o666)
            written.append(target)
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
    except FileExistsError as error:
        _take_back(written)
        raise FaultError(f"{Path(str(error.filename)).name} is there already: give another id with --id") from None
    except (OSError, FaultError) as error:
        _take_back(written)
        if isinstance(error, FaultError):
            raise
        raise FaultError(f"{error.filename} cannot be written: {error.strerror}") from None


def _take_back(written: list[Path]) -> None:
    """Remove what this run wrote, since the rest could not be written."""
    for path in written:
        path.unlink(missing_ok=True)
