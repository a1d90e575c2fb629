"""The store: what a build leaves for the next one, in one SQLite file under .parallax/.

Nothing in it is needed: without it a build only takes longer. It is taken only as it was left. After every build a seal
holds the file's own inode, size and times; whoever copies, restores or commits the file cannot keep its time of change,
so a store that came with a repository, or from another machine, is put aside and made anew.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, Generic, TypeVar

import msgspec

from generator.build.doubts import StartOver
from generator.publish.regular import read_regular

T = TypeVar("T")
_ENCODER = msgspec.msgpack.Encoder(enc_hook=str)
_SCHEMA = "CREATE TABLE cells (kind TEXT, name TEXT, value BLOB, PRIMARY KEY (kind, name)) WITHOUT ROWID"
_INSERT = "INSERT OR REPLACE INTO cells VALUES (?, ?, ?)"
_SELECT = "SELECT value FROM cells WHERE kind = ? AND name = ?"
_KEY = "key"


class Store:
    """Values by kind and name, as bytes.

    `key` says what they were made with: under another key there are none. With `fresh` there are none either.
    """

    def __init__(self, workspace: Path, name: str, key: str, fresh: bool = False) -> None:
        self.file = workspace / f"{name}.db"
        self.seal = workspace / f"{name}.seal"
        self.key = key
        self._changed: dict[tuple[str, str], bytes | None] = {}
        self._tables: list[Table[Any]] = []
        self._connection = None if fresh else self._opened()
        self.fresh = self._connection is None
        """Whether nothing was there to be taken."""
        self.lost = False
        """Whether what was saved is gone, or could not be: nobody can go on with this store."""

    def _opened(self) -> sqlite3.Connection | None:
        if self._sealed() != _stamp(self.file):
            return None
        connection = None
        try:
            connection = sqlite3.connect(f"file:{_quoted(self.file)}?mode=ro", uri=True, check_same_thread=False)
            found = connection.execute("SELECT value FROM cells WHERE kind = ? AND name = ''", (_KEY,)).fetchone()
            if found == (self.key.encode(),):
                return connection
        except sqlite3.Error:
            pass
        if connection is not None:
            connection.close()
        return None

    def _sealed(self) -> list[int]:
        try:
            seal = json.loads(read_regular(self.seal))
        except (OSError, ValueError, RecursionError):
            return []
        return seal if isinstance(seal, list) and seal else []

    def get(self, kind: str, name: str) -> bytes | None:
        if (kind, name) in self._changed:
            return self._changed[kind, name]
        if self._connection is None:
            return None
        try:
            found = self._connection.execute(_SELECT, (kind, name)).fetchone()
        except sqlite3.Error as error:
            raise StartOver from error
        return found[0] if found else None

    def put(self, kind: str, name: str, value: bytes | None) -> None:
        """Keep a value, or with None: forget it."""
        self._changed[kind, name] = value

    def all(self, kind: str) -> Iterator[tuple[str, bytes]]:
        """Every value of a kind with its name, in no order."""
        if self._connection is not None:
            for name, value in self._connection.execute("SELECT name, value FROM cells WHERE kind = ?", (kind,)):
                if (kind, name) not in self._changed:
                    yield name, value
        for (own, name), changed in list(self._changed.items()):
            if own == kind and changed is not None:
                yield name, changed

    def changed(self) -> bool:
        """Whether there is anything to save."""
        return bool(self._changed) or any(table.changed for table in self._tables)

    def join(self, table: Table[Any]) -> None:
        """Save a table's values with the rest."""
        self._tables.append(table)

    def unseal(self) -> None:
        """From here on, a build that dies leaves a store that no other takes."""
        self.seal.unlink(missing_ok=True)

    def save(self) -> None:
        """Write what changed, and seal it. A store that cannot be written is only no help to the next build."""
        self.close()
        try:
            self.unseal()
            if self.fresh:
                for suffix in ("", "-journal", "-wal", "-shm"):
                    Path(f"{self.file}{suffix}").unlink(missing_ok=True)
            with contextlib.closing(sqlite3.connect(self.file, isolation_level=None)) as connection:
                self._write(connection)
            self.seal.write_text(json.dumps(_stamp(self.file)))
        except (OSError, sqlite3.Error):
            self.lost = True
            return
        self._changed.clear()
        for table in self._tables:
            table.changed.clear()
        self._connection = self._opened()
        self.lost = self.fresh = self._connection is None

    def _write(self, connection: sqlite3.Connection) -> None:
        # Durability is the seal's part: a file torn by a crash has none.
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("BEGIN")
        if self.fresh:
            connection.execute(_SCHEMA)
            self._changed[_KEY, ""] = self.key.encode()
        kept = sorted((kind, name, value) for (kind, name), value in self._changed.items() if value is not None)
        dropped = [place for place, value in self._changed.items() if value is None]
        connection.executemany(_INSERT, kept)
        for table in sorted(self._tables, key=lambda table: table.kind):
            connection.executemany(_INSERT, table.kept())
            dropped += table.dropped()
        connection.executemany("DELETE FROM cells WHERE kind = ? AND name = ?", dropped)
        connection.execute("COMMIT")

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


class Table(Generic[T]):
    """The values of one kind in a store, as records."""

    def __init__(self, store: Store, kind: str, type_: Any) -> None:
        self.store = store
        self.kind = kind
        self._type = type_
        self._known: dict[str, T | None] = {}
        self.changed: set[str] = set()
        """The names of the values that the store does not have yet."""
        store.join(self)

    @cached_property
    def _decoder(self) -> msgspec.msgpack.Decoder[T]:
        return msgspec.msgpack.Decoder(self._type)

    def get(self, name: str) -> T | None:
        if name not in self._known:
            packed = self.store.get(self.kind, name)
            self._known[name] = self._decoder.decode(packed) if packed is not None else None
        return self._known[name]

    def __getitem__(self, name: str) -> T:
        found = self.get(name)
        if found is None:
            raise KeyError(name)
        return found

    def put(self, name: str, value: T | None) -> None:
        """Keep a value, or with None: forget it."""
        self._known[name] = value
        self.changed.add(name)

    def names(self) -> list[str]:
        known = {name for name, value in self._known.items() if value is not None}
        return sorted(known | {name for name, _ in self.store.all(self.kind) if name not in self._known})

    def kept(self) -> Iterator[tuple[str, str, bytes]]:
        """The changed values, packed, in the order of their names."""
        for name in sorted(self.changed):
            value = self._known[name]
            if value is not None:
                yield self.kind, name, _ENCODER.encode(value)

    def dropped(self) -> list[tuple[str, str]]:
        return [(self.kind, name) for name in self.changed if self._known[name] is None]


def _stamp(file: Path) -> list[int] | None:
    try:
        status = os.stat(file, follow_symlinks=False)
    except OSError:
        return None
    return [status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_mode]


def _quoted(file: Path) -> str:
    from urllib.parse import quote

    return quote(os.fspath(file))
