"""Files of a site, changed at random: `python -m hostile.mutating FOLDER FIRST COUNT` (from tests/) looks at each.

Each is read, checked, rendered and reported on in every form. What it came to is printed as JSON. The process has two
gigabytes, and twenty seconds of its own time a site: what needs more ends it.
"""

from __future__ import annotations

import json
import random
import resource
import shutil
import signal
import sys
from collections import Counter
from pathlib import Path

from generator.annotations import as_github
from generator.examine import examine
from generator.problems import errors
from generator.report import as_json, as_text
from generator.sarif import as_sarif

BASES = (Path(__file__).parents[1] / "problems/base", Path(__file__).parents[1] / "sites/rich")
TOKENS = (
    *(
        "- ",
        ": ",
        "#",
        "&a ",
        "*a ",
        "!!python/object:os.system ",
        "<<: ",
        "|",
        ">",
        "'",
        '"',
        "{",
        "}",
        "[",
        "]",
        "---\n",
        "...\n",
        "\t",
    ),
    *(
        "[[verdicts]]\n",
        "= ",
        '"""',
        "'''",
        "\\u0000",
        "\\",
        "%YAML 9\n",
        "? ",
        "@",
        "`",
        "~",
        "null",
        "9" * 5000,
        "0x",
        "1e999",
        "2021-99-99",
    ),
    *(
        "<",
        ">",
        "</p>",
        "<script>",
        "<!--",
        "]]>",
        "&#",
        "&#x110000;",
        "<p>" * 300,
        "![",
        "](",
        "**",
        "```\n",
        "| - |\n",
        "[@",
        "> " * 200,
    ),
    *(
        "\r",
        "\r\n",
        "\ufeff",
        "\u2028",
        "\u0085",
        "\u202e",
        "\u0301",
        "\x00",
        "\x1b[2J",
        "::error::",
        "\ud83d\ude00",
        "[…]",
        "…",
        " " * 2000,
    ),
)


def mutated(by: random.Random, data: bytes, others: list[bytes]) -> bytes:
    """`data` with one to six changes; once in a while something else altogether."""
    if by.random() < 0.05:
        return by.randbytes(by.randrange(4000))
    for _ in range(by.randint(1, 6)):
        at, end = sorted(by.randrange(len(data) + 1) for _ in range(2))
        end = min(end, at + by.choice((1, 5, 80, 4000)))
        match by.randrange(7):
            case 0:
                data = data[:at] + data[end:]
            case 1:
                data = data[:at] + data[at:end] * by.choice((2, 3, 50)) + data[end:]
            case 2:
                token = by.choice(TOKENS).encode("utf-8", "surrogatepass")
                data = data[:at] + token * by.choice((1, 1, 1, 30)) + data[at:]
            case 3:
                data = data[:at] + bytes([by.randrange(256)]) + data[at + 1 :]
            case 4:
                data = data[:at]
            case 5:
                other = by.choice(others)
                begin = by.randrange(len(other) + 1)
                data = data[:at] + other[begin : begin + by.choice((10, 200))] + data[end:]
            case 6:
                lines = data.split(b"\n")
                by.shuffle(lines)
                data = b"\n".join(lines)
    return data[:1_200_000]


def look(folder: Path, seed: int) -> str:
    """Lay a base site into `folder`, change one of its files (in one of ten, several), and say what it came to."""
    by = random.Random(seed)
    base = BASES[by.random() < 0.2]
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(base, folder, ignore=shutil.ignore_patterns("expected"))
    names = [path for path in sorted(folder.rglob("*")) if path.suffix in (".yaml", ".toml", ".md", ".txt", ".html")]
    files = [path for path in names if "templates" not in path.parts]
    others = [path.read_bytes() for path in files]
    changed = by.sample(files, 1 if by.random() < 0.9 else 3)
    for path in changed:
        path.write_bytes(mutated(by, path.read_bytes(), others))
    problems = examine(folder)
    as_text(problems, folder, colour=True)
    json.loads(as_json(problems))
    json.loads(as_sarif(problems, folder))
    as_github(problems, folder)
    kind = changed[0].suffix[1:]
    if errors(problems):
        return f"{kind}: problems"
    return f"{kind}: a page"


def main(folder: str, first: str, count: str) -> None:
    """Look at `count` sites from the seed `first` on."""
    resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
    found: Counter[str] = Counter()
    for seed in range(int(first), int(first) + int(count)):
        signal.setitimer(signal.ITIMER_PROF, 20)
        try:
            found[look(Path(folder) / "site", seed)] += 1
        except BaseException:
            print(f"seed {seed}", file=sys.stderr)
            raise
    print(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
