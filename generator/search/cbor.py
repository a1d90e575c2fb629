"""CBOR (RFC 8949), as far as Pagefind's filters and metadata use it: whole numbers, texts and arrays."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

Value: TypeAlias = "int | str | list[Value]"
_NUMBER, _TEXT, _ARRAY = 0, 3, 4


def decode(data: bytes) -> Value:
    """The value that `data` holds. Raises ValueError for anything else, or anything after it."""
    value, end = _value(data, 0)
    if end != len(data):
        raise ValueError("something follows the value")
    return value


def encode(value: Value) -> bytes:
    """The value's shortest form."""
    return b"".join(_pieces(value))


def _value(data: bytes, at: int) -> tuple[Value, int]:
    kind, count, at = _head(data, at)
    if kind == _NUMBER:
        return count, at
    if kind == _TEXT:
        if at + count > len(data):
            raise ValueError("a text is cut off")
        return data[at : at + count].decode(), at + count
    if kind != _ARRAY:
        raise ValueError(f"a value of kind {kind}")
    found: list[Value] = []
    for _ in range(count):
        item, at = _value(data, at)
        found.append(item)
    return found, at


def _head(data: bytes, at: int) -> tuple[int, int, int]:
    """A value's kind, its number or length, and where it goes on."""
    first = data[at : at + 1]
    if not first:
        raise ValueError("a value is missing")
    kind, short = first[0] >> 5, first[0] & 31
    if short < 24:
        return kind, short, at + 1
    if short > 27:
        raise ValueError("a length that is not given")
    end = at + 1 + (1 << (short - 24))
    if end > len(data):
        raise ValueError("a number is cut off")
    return kind, int.from_bytes(data[at + 1 : end], "big"), end


def _pieces(value: Value) -> Iterator[bytes]:
    if isinstance(value, int):
        yield _head_of(_NUMBER, value)
    elif isinstance(value, str):
        text = value.encode()
        yield _head_of(_TEXT, len(text))
        yield text
    else:
        yield _head_of(_ARRAY, len(value))
        for item in value:
            yield from _pieces(item)


def _head_of(kind: int, count: int) -> bytes:
    if count < 24:
        return bytes([kind << 5 | count])
    size = next(size for size in range(4) if count < 1 << (8 << size))
    return bytes([kind << 5 | 24 + size]) + count.to_bytes(1 << size, "big")
