"""Compressed files beside the originals, for hosts that send what is ready: `build --compress`.

Made of what a build makes anew; the others stay with their originals, and go with them.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from importlib.util import find_spec

from generator.build.jobs import CompressWork, packed
from generator.build.packages import chunks
from generator.build.progress import Progress
from generator.build.workers import Job, Workers
from generator.problems import FaultError
from generator.publish.output import Output

_KINDS = (".html", ".css", ".js", ".json", ".xml", ".svg", ".txt", ".csv")
ENDINGS = (".gz", ".br")
SMALLEST = 1_000
"""Bytes of a file from which on compressed ones are made: a smaller one goes in one packet anyway."""
_FILES_A_JOB = 20
_MANY = 100
"""Files from which on a pool of processes is worth its start."""


def made_with() -> str:
    """What compressed files depend on besides their originals, and is no package. Raises FaultError without Brotli."""
    if find_spec("brotli") is None:
        raise FaultError("--compress needs Brotli: pip install 'parallax-factcheck[compress]'")
    return zlib.ZLIB_RUNTIME_VERSION


def compress(output: Output, workers: Workers, progress: Progress) -> None:
    """Stage compressed files beside all that is new in `output`, and drop those that have no original any more."""
    paths = [path for path in output.made() if path.endswith(_KINDS)]
    progress.begin("Compressing", len(paths))
    if len(paths) >= _MANY:
        workers.start()
    for count, done in workers.run("compress", b"", _jobs(output, paths)):
        for made in done.made:
            for path, data in made.files:
                output.stage(path, data)
        progress.advance(count)
    for path in (*paths, *output.dropped()):
        for ending in ENDINGS:
            if path + ending not in output.digests:
                output.drop(path + ending)


def _jobs(output: Output, paths: list[str]) -> Iterator[Job[int]]:
    for chunk in chunks(paths, _FILES_A_JOB):
        files = [CompressWork(path, output.data(path)) for path in chunk]
        yield len(files), packed([file for file in files if len(file.data) >= SMALLEST])


def compressed(path: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """The compressed files of the one at `path`, as far as they are smaller.

    Brotli's best takes some twenty times as long as its fifth quality, for pages an eighth smaller: it is for assets,
    of which there are few, and which every reader loads.
    """
    import brotli  # the extra `compress`

    best = path.startswith("assets/")
    squeezed = zlib.compressobj(9, zlib.DEFLATED, 16 + zlib.MAX_WBITS)  # a gzip file without name and time
    forms = (squeezed.compress(data) + squeezed.flush(), brotli.compress(data, quality=11 if best else 5))
    for ending, form in zip(ENDINGS, forms, strict=True):
        if len(form) < len(data):
            yield path + ending, form
