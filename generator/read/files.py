"""Files: bytes to text, with a problem for whatever cannot be trusted in them."""

from __future__ import annotations

import codecs
import errno
import os
import re
import stat
import unicodedata
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from generator.problems import FaultError, Place, Problem

MAX_BYTES = 1_000_000

# What no editor types on purpose: control characters, line ends that only YAML sees, and the characters that turn the
# direction of text or take no room (CVE-2021-42574). U+200C, U+200D, U+200E and U+200F stay: scripts and emoji need
# them.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\u200b\u2060\ufeff\ufffe\uffff]"
)
_ASCII_FORBIDDEN = bytes(code for code in range(128) if _FORBIDDEN.match(chr(code)))
_MOST_OF_ONE_FILE = 20

# Python's encodings of programs and host names; some of them give halves of characters, which no page can hold.
_NO_TEXT = frozenset(("idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape", "utf-7"))


_SAVE_AS_UTF_8 = "open it in your editor, choose “Save as” (or “Save with encoding”), and there UTF-8"


def require_site(root: Path) -> None:
    """Raises FaultError where there is no site."""
    if not os.path.isfile(root / "site.toml"):
        raise FaultError(f"there is no site.toml in {root}: run this in a site's folder, or name it with --site")


def place_of(text: str, offset: int) -> Place:
    """The line and column of the character at `offset`."""
    line_start = text.rfind("\n", 0, offset) + 1
    return Place(text.count("\n", 0, offset) + 1, offset - line_start + 1)


def read_bytes(root: Path, path: str) -> bytes | Problem:
    """The bytes of the regular file at `path` (relative to `root`, with `/`), or why it cannot be read."""
    return Files(root).read(path)


class Files:
    """The files of the site in `root`, for one run: a folder on the way to several files is looked at once."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._prefix = os.path.join(root, "")
        self._safe_folders: set[str] = set()

    def read(self, path: str) -> bytes | Problem:
        """The bytes of the regular file at `path` (relative to the root, with `/`), or why it cannot be read."""
        folder, _, name = path.rpartition("/")
        if folder not in self._safe_folders or not _is_plain(name):
            unsafe = unsafe_path(self._root, path)
            if unsafe:
                return _unsafe_problem(path, unsafe)
        try:
            # A device or a named pipe would block: open without waiting, and look before reading.
            descriptor = os.open(self._prefix + path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW)
            try:
                status = os.fstat(descriptor)
                if stat.S_ISDIR(status.st_mode):
                    raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
                if not stat.S_ISREG(status.st_mode):
                    return Problem(path, 1, 1, "F001", "this is not a regular file")
                data = _read(descriptor, status.st_size)
            finally:
                os.close(descriptor)
        except OSError as error:
            unsafe = unsafe_path(self._root, path)  # a link is not opened
            if unsafe:
                return _unsafe_problem(path, unsafe)
            lacks = isinstance(error, FileNotFoundError)
            help = f"put it back, for example with:\ngit checkout -- {path}" if lacks else "let everyone read it"
            message = "there is no such file" if lacks else f"this file cannot be read: {error.strerror}"
            return Problem(path, 1, 1, "F001", message, help)
        if folder:
            self._safe_folders.add(folder)
        if len(data) > MAX_BYTES:
            size = max(len(data), status.st_size)
            return Problem(path, 1, 1, "F002", f"this file has {size:,} bytes; at most {MAX_BYTES:,} are read")
        return data

    def listed(self, folder: str) -> list[str]:
        """The paths of the files below a folder, as far as they can be seen, in order."""
        found = []
        for path, folders, names in os.walk(self._prefix + folder):
            folders.sort()
            inside = os.path.relpath(path, self._prefix or os.curdir).replace(os.sep, "/")
            found += [f"{inside}/{name}" for name in sorted(names)]
        return found


def linked_folders(root: Path, folders: Iterable[str]) -> list[Problem]:
    """A problem for each of the site's `folders` that is a link: whatever is behind it would be read as the site's."""
    help = "put the folder itself there: a site is read from its own folders alone"
    return [
        Problem(folder, 0, 0, "F005", "this folder is a symbolic link", help)
        for folder in folders
        if os.path.islink(root / folder)
    ]


def unsafe_path(root: Path, path: str) -> str:
    """Why `path` must not be read, or an empty string: it may not leave `root`, be hidden or pass through a link."""
    parts = PurePosixPath(path).parts
    if not parts or path.startswith("/") or "\\" in path or "\0" in path:
        return "this is no path inside the site"
    current = root
    for part in parts:
        if part == "..":
            return "this path leads out of its folder"
        if part.startswith("."):
            return f"“{part}” is a hidden name"
        current = current / part
        if current.is_symlink():
            return f"“{part}” is a symbolic link"
    return ""


def _is_plain(name: str) -> bool:
    """Whether a name leads nowhere but to a file in its folder, and is not hidden."""
    return bool(name) and not name.startswith(".") and "\\" not in name and "\0" not in name


def _unsafe_problem(path: str, unsafe: str) -> Problem:
    return Problem(path, 1, 1, "F005", unsafe, "use a regular file inside the site's own folder")


def _read(descriptor: int, size: int) -> bytes:
    """What an open file holds that had `size` bytes when it was looked at; of too large a one, a byte too many."""
    data = os.read(descriptor, min(size, MAX_BYTES) + 1)
    while len(data) != size and len(data) <= MAX_BYTES and (more := os.read(descriptor, MAX_BYTES + 1 - len(data))):
        data += more
    return data


def decode(path: str, data: bytes, encoding: str = "utf-8") -> str | Problem:
    """The text of `data`, without a byte order mark and with `\\n` at each line's end."""
    try:
        if encoding != "utf-8" and codecs.lookup(encoding).name in _NO_TEXT:
            return Problem(
                path, 1, 1, "F003", f"“{encoding}” is no encoding of text", "use utf-8, or leave encoding out"
            )
        text = data.decode(encoding)
    except LookupError:
        return Problem(
            path, 1, 1, "F003", f"“{encoding}” is no encoding that is known", "use utf-8, or leave encoding out"
        )
    except UnicodeDecodeError as error:
        before = _unified(data[: error.start].decode(encoding, "replace"))
        place = place_of(before, len(before))
        byte = data[error.start]
        if encoding.lower() not in ("utf-8", "utf8"):
            help = "name the file's true encoding"
            return Problem(path, *place, "F003", f"the byte {byte:02X} here is not {encoding.upper()}", help)
        if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            message = "this file was saved as UTF-16 (“Unicode” in some programs), not as UTF-8"
            return Problem(path, 1, 1, "F003", message, _SAVE_AS_UTF_8)
        likely = bytes([byte]).decode("windows-1252", "replace")
        meant = f", perhaps meant as “{likely}”" if likely.isprintable() and likely != "\ufffd" else ""
        message = f"this file was not saved as UTF-8: the byte {byte:02X} here is none of its letters{meant}"
        return Problem(path, *place, "F003", message, _SAVE_AS_UTF_8, 1)
    except ValueError:  # such as a codec between bytes and bytes
        return Problem(path, 1, 1, "F003", f"“{encoding}” is no encoding of text", "use utf-8, or leave encoding out")
    return _unified(text)


def _unified(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def invisible(text: str) -> str:
    """The code and name of the first character of `text` that no editor types on purpose, or an empty string."""
    found = _FORBIDDEN.search(text)
    if found is None:
        return ""
    character = found.group()
    return f"U+{ord(character):04X} ({unicodedata.name(character, 'a control character').lower()})"


def typed_text(path: str, data: bytes) -> str | list[Problem]:
    """What an editor typed: UTF-8 without invisible characters, or a problem for each of the first of them."""
    text = decode(path, data)
    if isinstance(text, Problem):
        return [text]
    if data.isascii() and len(data.translate(None, _ASCII_FORBIDDEN)) == len(data):
        return text
    found = [match.start() for match in _FORBIDDEN.finditer(text)]
    problems: list[Problem] = []
    for offset in found[:_MOST_OF_ONE_FILE]:
        more = ""
        if len(problems) == _MOST_OF_ONE_FILE - 1 and len(found) > _MOST_OF_ONE_FILE:
            more = f", and {len(found) - _MOST_OF_ONE_FILE} more after it"
        problems.append(
            Problem(
                path,
                *place_of(text, offset),
                "F004",
                f"an invisible character stands here: {invisible(text[offset])}{more}",
                "delete it, or type the line again",
            )
        )
    return problems or text
