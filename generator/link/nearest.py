"""The nearest: the passage of an article to words that do not stand in it, the name to one that is not there."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import islice

from generator.read.slips import CURLY, id_of

_LEAST_LIKENESS = 55  # of 100: below it a passage is no help
_LEAST_LIKENESS_OF_NAMES = 70
_PUNCTUATION = "\"'()[]{}.,;:!?"
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Letters of scripts that set no spaces between words: Thai, Lao, Burmese, Khmer, Japanese, Chinese."""
_WORD = re.compile(rf"[{_UNSPACED}]|[^\s{_UNSPACED}]+")
_ALONE = re.compile(rf"[\s{_UNSPACED}]")
_MOST_WORDS = 400  # compared word by word
_LONG = (
    400  # characters: a longer quote is looked for by its words, since likeness takes time that grows with the square
)
_LEAST_LIKENESS_OF_WINDOWS = 45
_MOST_PLACES = 60  # of a word that tells where a quote may stand
_STEP = 12  # words


Spans = list[tuple[int, int]]


def nearest_name(name: str, names: Iterable[str]) -> str:
    """The one of `names` that is most like `name`, or an empty string where none is like it."""
    from rapidfuzz import fuzz, process

    found = process.extractOne(
        name, sorted(names), scorer=fuzz.ratio, processor=_as_id, score_cutoff=_LEAST_LIKENESS_OF_NAMES
    )
    return str(found[0]) if found else ""


def meant_id(typed: str, names: Mapping[str, str]) -> str:
    """The id that was meant by `typed`: its own in another form, that of what is called so, or the nearest.

    `names` has the ids with what each is called. An empty text where none is like it.
    """
    form = id_of(typed)
    if form in names:
        return form
    called = _as_id(typed.strip(CURLY))
    for id, name in sorted(names.items()):
        if name and _as_id(name) == called:
            return id
    near = nearest_name(form or typed, names)
    if near:
        return near
    name = nearest_name(typed, [name for name in names.values() if name])
    return next((id for id, own in sorted(names.items()) if name and own == name), "")


def _as_id(name: str) -> str:
    """A name as it would be in an id: case, spaces and underscores are no differences."""
    return re.sub(r"[\s_]+", "-", name.strip().casefold())


def nearest_passage(
    words: str, text: str, shown: Callable[[tuple[int, int]], str] | None = None
) -> tuple[tuple[int, int], str] | None:
    """The span of `text` (both folded) that is most like `words`, on whole words, and the difference.

    None where nothing is near. `shown` gives a span's words as the article has them.
    """
    if not text.strip():
        return None
    found = _alike(words, text)
    if found is None:
        return None
    start, end = _extended(words, text, _trimmed(words, text, found))
    # Punctuation beside the passage that was not typed is no difference.
    if words[-1] not in _PUNCTUATION:
        end = start + len(text[start:end].rstrip(_PUNCTUATION))
    if words[0] not in _PUNCTUATION:
        start = end - len(text[start:end].lstrip(_PUNCTUATION))
    return (start, end), difference(words, text[start:end], shown((start, end)) if shown else "")


def _alike(words: str, text: str) -> tuple[int, int] | None:
    """A span of `text`, on whole words, in which the passage most like `words` stands; None where none is like it."""
    from rapidfuzz import fuzz

    if len(words) > _LONG:
        window = _window(words, text)
        if window is None:
            return None
        if fuzz.ratio(words, text[slice(*window)], score_cutoff=_LEAST_LIKENESS_OF_WINDOWS) == 0:
            return None
        return window
    if len(words) > len(text):
        likeness = fuzz.partial_ratio(words, text, score_cutoff=_LEAST_LIKENESS)
        start, end = (0, len(text)) if likeness else (0, 0)
    else:
        found = fuzz.partial_ratio_alignment(words, text, score_cutoff=_LEAST_LIKENESS)
        start, end = (found.dest_start, found.dest_end) if found else (0, 0)
    if start == end:
        return None
    while start > 0 and not _ALONE.match(text[start - 1]):
        start -= 1
    while end < len(text) and not _ALONE.match(text[end]):
        end += 1
    passage = text[start:end]
    start += len(passage) - len(passage.lstrip())
    return start, start + len(passage.strip())


def _window(words: str, text: str) -> tuple[int, int] | None:
    """The span of `text` that has most of the words of a long quote about as far from one another as they are there.

    Each word of the quote that stands in the text says how far into the text the quote would begin. In time that
    grows with the two lengths alone, however little they have in common.
    """
    left = words.split()
    places, spans = _places(text)
    votes: Counter[int] = Counter()
    for number, word in enumerate(left):
        at = places.get(word, ())
        if len(at) <= _MOST_PLACES:
            for place in at:
                votes[(place - number) // _STEP] += 1
    if not votes:
        return None
    best = max(sorted(votes), key=lambda step: votes[step] + votes.get(step + 1, 0))
    first = max(0, best * _STEP)
    last = min(len(spans), best * _STEP + 2 * _STEP + len(left)) - 1
    return (spans[first][0], spans[last][1]) if first <= last else None


@lru_cache(maxsize=8)
def _places(text: str) -> tuple[dict[str, list[int]], list[tuple[int, int]]]:
    """Where each word of `text` stands among its words, and every word's span."""
    places: dict[str, list[int]] = {}
    spans = []
    for number, match in enumerate(re.finditer(r"\S+", text)):
        places.setdefault(match.group(), []).append(number)
        spans.append(match.span())
    return places, spans


def difference(typed: str, article: str, shown: str = "") -> str:
    """What was typed beside what the article has: `After a [four → three]-day trip`.

    `shown` are the article's words as they are shown, where `article` has them in another form.
    """
    left, right = _words(typed), _words(article)
    own = _words(shown)
    shown, own = (shown, own) if len(own) == len(right) else (article, right)
    told = "“"
    for operation, a, b, c, d in _operations(typed, left, article, right):
        at = left[a : a + 1] or own[c : c + 1]
        text = typed if left[a : a + 1] else shown
        apart = " " if len(told) > 1 and at and text[at[0][0] - 1 : at[0][0]].isspace() else ""
        if operation == "equal":
            piece = (
                _piece(shown, own[c:d])
                if d - c <= 12
                else f"{_piece(shown, own[c : c + 5])} … {_piece(shown, own[d - 5 : d])}"
            )
        else:
            piece = f"[{_piece(typed, left[a:b]) or 'nothing'} → {_piece(shown, own[c:d]) or 'nothing'}]"
        told += apart + piece
    return told + "”"


def _operations(typed: str, left: Spans, article: str, right: Spans) -> Sequence[tuple[str, int, int, int, int]]:
    """What makes `right`'s words of `left`'s, as `difflib` tells it."""
    words = [typed[slice(*span)] for span in left], [article[slice(*span)] for span in right]
    return difflib.SequenceMatcher(None, *words, autojunk=False).get_opcodes()


def _words(text: str) -> Spans:
    """The spans of the words of `text`; where words are not set apart, of its characters."""
    return [match.span() for match in islice(_WORD.finditer(text), _MOST_WORDS)]


def _piece(text: str, spans: Spans) -> str:
    return " ".join(text[spans[0][0] : spans[-1][1]].split()) if spans else ""


def first_difference(typed: str, article: str) -> tuple[int, int]:
    """The span of the first words of `typed` that `article` has not; of the word after them where it lacks some."""
    left, right = _words(typed), _words(article)
    for operation, a, b, _, _ in _operations(typed, left, article, right):
        if operation == "insert":
            return left[min(a, len(left) - 1)]
        if operation != "equal":
            return left[a][0], left[b - 1][1]
    return 0, len(typed)


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
