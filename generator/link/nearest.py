"""The nearest: the passage of an article to words that do not stand in it, the name to one that is not there."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

_LEAST_LIKENESS = 55  # of 100: below it a passage is no help
_LEAST_LIKENESS_OF_NAMES = 70
_PUNCTUATION = "\"'()[]{}.,;:!?"
_MOST_WORDS = 400  # compared word by word


def nearest_name(name: str, names: Iterable[str]) -> str:
    """The one of `names` that is most like `name`, or an empty string where none is like it."""
    from rapidfuzz import fuzz, process

    found = process.extractOne(name, sorted(names), scorer=fuzz.ratio, score_cutoff=_LEAST_LIKENESS_OF_NAMES)
    return str(found[0]) if found else ""


def nearest_passage(words: str, text: str) -> tuple[tuple[int, int], str] | None:
    """The span of `text` (both folded) that is most like `words`, on whole words, and the difference.

    None where nothing is near.
    """
    from rapidfuzz import fuzz

    if not text.strip():
        return None
    found = fuzz.partial_ratio_alignment(words, text, score_cutoff=_LEAST_LIKENESS)
    if found is None:
        return None
    start, end = found.dest_start, found.dest_end
    if len(words) > len(text):
        start, end = 0, len(text)
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    passage = text[start:end]
    start += len(passage) - len(passage.lstrip())
    end = start + len(passage.strip())
    start, end = _extended(words, text, _trimmed(words, text, (start, end)))
    # Punctuation beside the passage that was not typed is no difference.
    if words[-1] not in _PUNCTUATION:
        end = start + len(text[start:end].rstrip(_PUNCTUATION))
    if words[0] not in _PUNCTUATION:
        start = end - len(text[start:end].lstrip(_PUNCTUATION))
    return (start, end), difference(words, text[start:end])


def difference(typed: str, article: str) -> str:
    """What was typed beside what the article has: `After a [four → three]-day trip`."""
    left, right = typed.split()[:_MOST_WORDS], article.split()[:_MOST_WORDS]
    pieces = []
    for operation, a, b, c, d in difflib.SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if operation == "equal":
            kept = left[a:b]
            pieces.append(" ".join(kept) if len(kept) <= 12 else " ".join([*kept[:5], "…", *kept[-5:]]))
        else:
            pieces.append(f"[{' '.join(left[a:b]) or 'nothing'} → {' '.join(right[c:d]) or 'nothing'}]")
    return "“" + " ".join(pieces) + "”"


def _trimmed(words: str, text: str, span: tuple[int, int]) -> tuple[int, int]:
    """`span` without the words at its ends that `words` has no like of."""
    left, right = words.split(), text[span[0] : span[1]].split()
    blocks = [
        block
        for block in difflib.SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks()
        if block.size
    ]
    if not blocks:
        return span
    first, last = blocks[0], blocks[-1]
    skip = max(0, first.b - first.a)
    drop = max(0, (len(right) - last.b - last.size) - (len(left) - last.a - last.size))
    start, end = span
    for word in right[:skip]:
        start = text.index(word, start) + len(word)
    for word in reversed(right[len(right) - drop :]):
        end = text.rindex(word, start, end)
    start += len(text[start:end]) - len(text[start:end].lstrip())
    return start, start + len(text[start:end].rstrip())


def _extended(words: str, text: str, span: tuple[int, int]) -> tuple[int, int]:
    """`span` with the words beside it that stand at the ends of `words` too."""
    start, end = span
    left, right = words.split(), text[start:end].split()
    blocks = [
        block
        for block in difflib.SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks()
        if block.size
    ]
    if not blocks:
        return span
    before, after = left[: blocks[0].a], left[blocks[-1].a + blocks[-1].size :]
    while (word := text[:start].split()[-1:]) and word[0] in before:
        before.remove(word[0])
        start = text.rindex(word[0], 0, start)
    while (word := text[end:].split()[:1]) and word[0] in after:
        after.remove(word[0])
        end = text.index(word[0], end) + len(word[0])
    return start, end
