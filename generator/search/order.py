"""Order: the same index, whatever order Pagefind wrote it down in.

Pagefind 1.5 lists filters and their values in the order of a hash table that is another in every run. Here they are put
in the order of their names, and the files that change by that, and those that lead to them, are named after what they
hold. A reader's browser sees no difference.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import zlib
from collections.abc import Mapping

from generator.search.cbor import Value, decode, encode

ENTRY = "pagefind-entry.json"
_SIGNATURE = b"pagefind_dcd"
_META = "pagefind.{}.pf_meta"
_FILTER = "filter/{}.pf_filter"
_FILTERS, _SORTS = 3, 4  # in the list that the metadata is


def ordered(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files of an index, by name, in an order that their content alone decides.

    Raises ValueError, LookupError, TypeError or an error of gzip's where they are not what Pagefind 1.5 writes.
    """
    found = {name: data for name, data in files.items() if not name.startswith("filter/")}
    entry = json.loads(found.pop(ENTRY))
    for language in entry["languages"].values():
        meta = decode(_unpacked(found.pop(_META.format(language["hash"]))))
        if not isinstance(meta, list):
            raise ValueError("the metadata is no list")
        for pair in _pairs(meta[_FILTERS]):
            value = decode(_unpacked(files[_FILTER.format(pair[1])]))
            if not isinstance(value, list):
                raise ValueError("a filter is no list")
            _pairs(value[1]).sort(key=_name)
            data = encode(value)
            pair[1] = _named(pair[1], data)
            found[_FILTER.format(pair[1])] = _packed(data)
        _pairs(meta[_FILTERS]).sort(key=_name)
        _pairs(meta[_SORTS]).sort(key=_name)
        data = encode(meta)
        language["hash"] = _named(language["hash"], data)
        found[_META.format(language["hash"])] = _packed(data)
    found[ENTRY] = json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode()
    return dict(sorted(found.items()))


def _pairs(value: Value) -> list[list[Value]]:
    """A list of lists of two: a name, and what it is of."""
    if not isinstance(value, list) or not all(isinstance(pair, list) and len(pair) == 2 for pair in value):
        raise ValueError("no list of names")
    return value  # type: ignore[return-value]


def _name(pair: list[Value]) -> str:
    return str(pair[0])


def _named(name: Value, data: bytes) -> str:
    """A name such as `en_1a2b3c4`, with the same beginning and as long, after what it names."""
    beginning, mark, digest = str(name).rpartition("_")
    if not re.fullmatch(r"[0-9a-f]+", digest):
        raise ValueError(f"{name} is no name of a file")
    return f"{beginning}{mark}{hashlib.sha256(data).hexdigest()[: len(digest)]}"


def _unpacked(data: bytes) -> bytes:
    whole = gzip.decompress(data)
    if not whole.startswith(_SIGNATURE):
        raise ValueError("no file of Pagefind's")
    return whole[len(_SIGNATURE) :]


def _packed(data: bytes) -> bytes:
    """As gzip without a name and a time."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return packer.compress(_SIGNATURE + data) + packer.flush()
