"""Quote blocks: an article's passage as lines of YAML that can be pasted under `quotes:`, and prove as they stand."""

from __future__ import annotations

import re
import textwrap

from generator.find.sentences import Span
from generator.link.fold import PASSED_OVER
from generator.link.proof import Anchor, Evidence
from generator.read.quoting import quoted
from generator.report import printable

_WIDTH = 112  # with the indentation 120, as the format's examples have it
_PASSED = re.compile(f"[{PASSED_OVER}\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
_COMMAND = re.compile(r"^(?:::|##)", re.MULTILINE)
_MOST_BESIDE = 8  # words
_STANCES = "asserts, contradicts, partly or mentions"


class Passage:
    """A passage of an article that can be quoted: its words as they are typed, and what tells its place from others."""

    def __init__(self, evidence: Evidence, span: Span, text: str, before: str, after: str, apart: bool) -> None:
        self.evidence, self.span = evidence, span
        self.text, self.before, self.after, self.apart = text, before, after, apart


def passage(evidence: Evidence, span: Span) -> Passage | None:
    """The passage at `span` of an article's text; None where it cannot be quoted as it stands."""
    text = typed(evidence.whole[slice(*span)])
    apart = any(start <= span[0] and span[1] <= end for start, end in evidence.apart)
    if not text or printable(text) != text:
        return None
    for before, after in _beside(evidence.whole, span):
        found = evidence.prove(text, before, after, apart)
        if isinstance(found, Anchor) and len(found.spans) == 1 and _is_at(found, evidence.whole, span):
            return Passage(evidence, span, text, before, after, apart)
        if not isinstance(found, Anchor) and found.code != "Q002":
            return None
    return None


def typed(text: str) -> str:
    """`text` as an editor types it: on one line, without characters that nobody sees and no proof minds."""
    return " ".join(_PASSED.sub("", text).split())


def block(article: str, found: Passage, comment: str, medium: str = "") -> str:
    """The quote's lines, each indented; `comment` says where it is from. Its stance is left to be filled in."""
    lines = [f"# {printable(comment)}", f"- article: {article}", *_text("text", found.text)]
    if found.before:
        lines += _text("before", found.before)
    if found.after:
        lines += _text("after", found.after)
    if found.apart:
        lines.append(f"  medium: {quoted(printable(medium))}")
    lines += [f"  # {_STANCES}:", "  stance:"]
    return "\n".join(f"  {line}" for line in lines) + "\n"


def _text(name: str, value: str) -> list[str]:
    """A field's lines. No line begins like a command to a host of builds, which reads what programs print."""
    wrapped = textwrap.wrap(value, _WIDTH - 4, break_long_words=False, break_on_hyphens=False)
    if any(_COMMAND.match(line) for line in wrapped):
        return [f"  {name}: {quoted(value)}"]
    return [f"  {name}: >-", *(f"    {line}" for line in wrapped)]


def _beside(whole: str, span: Span) -> list[tuple[str, str]]:
    """What may be typed as `before` and `after`: nothing, then more and more of the words on either side."""
    left = typed(whole[max(0, span[0] - 400) : span[0]]).split()
    right = typed(whole[span[1] : span[1] + 400]).split()
    found = [("", "")]
    for count in range(2, _MOST_BESIDE + 1):
        if len(left) > count or (left and span[0] < 400):
            found.append((" ".join(left[-count:]), ""))
        if right:
            found.append(("", " ".join(right[:count])))
    for count in (3, _MOST_BESIDE):
        if left and right:
            found.append((" ".join(left[-count:]), " ".join(right[:count])))
    return [pair for pair in found if printable("".join(pair)) == "".join(pair)]


def _is_at(anchor: Anchor, whole: str, span: Span) -> bool:
    """Whether the proof found this very place, but for what nobody sees at its ends."""
    return not (
        typed(whole[min(anchor.start, span[0]) : max(anchor.start, span[0])])
        or typed(whole[min(anchor.end, span[1]) : max(anchor.end, span[1])])
    )
