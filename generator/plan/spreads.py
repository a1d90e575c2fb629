"""Spreads: how many claims have which verdict. What they count and why is in docs/pictures.md."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from generator.plan.frame import Frame
from generator.plan.picture_values import OriginCount, SpreadPart, SpreadView, VoiceView
from generator.plan.values import VerdictTag
from generator.plan.voices import Voice, spelling_key
from generator.records import Claim

SHARES_FROM = 50
"""Claims from which on shares are given: below, one claim more or less moves a share by two points or more."""
PUBLISHER_FROM = 10
"""Claims from which on a publisher's have a bar: a picture of a handful looks like a judgement, and is chance."""
_NARROWEST = 15
"""Thousandths of the bar that the narrowest part has: so one claim among thousands is still seen on a telephone."""
_APART = 20
"""Thousandths between the scale and the verdicts that stand outside its order."""
_WHOLE = 1000


def counted_verdict(claim: Claim) -> str:
    """The verdict that a claim counts for; empty where it is retracted, since its verdict is withdrawn."""
    return "" if claim.status == "retracted" else claim.verdict


def spread_of(frame: Frame, verdicts: Iterable[str]) -> SpreadView | None:
    """The spread of claims given by their `counted_verdict`. None for fewer than two: there is nothing to spread."""
    counts = Counter(verdicts)
    retracted = counts.pop("", 0)
    total = counts.total()
    if total < 2:
        return None
    return SpreadView(total, *_parts(frame, counts, {}, total, bar=True), retracted)


def spread_of_publisher(frame: Frame, claims: Iterable[tuple[str, Voice]]) -> SpreadView | None:
    """The spread of the claims that a publisher asserts in its own voice, of all that quote its articles.

    Each claim is given by its `counted_verdict` and the publisher's voice. None where no claim quotes its articles.
    """
    quoted = retracted = unknown = 0
    counts: Counter[str] = Counter()
    copied: Counter[str] = Counter()
    origins: Counter[str] = Counter()
    for (verdict, voice), number in Counter(claims).items():
        if not verdict:
            retracted += number
            continue
        quoted += number
        if not voice.kind:
            continue
        counts[verdict] += number
        unknown += number if voice.kind == "unknown" else 0
        copied[verdict] += number if voice.kind == "copied" else 0
        for origin in voice.origins:
            origins[origin] += number
    if not quoted:
        return None
    total = counts.total()
    few = total < PUBLISHER_FROM
    return SpreadView(
        total,
        *_parts(frame, counts, copied, total, bar=not few),
        retracted,
        VoiceView(
            quoted=quoted,
            asserted=total,
            copied=copied.total(),
            origins=_origin_counts(origins),
            not_established=unknown,
            too_few=PUBLISHER_FROM if few else 0,
        ),
    )


def _origin_counts(counts: Mapping[str, int]) -> tuple[OriginCount, ...]:
    """Origins, the most frequent first. Of spellings that differ only in case or spacing, the first in order."""
    spelt: dict[str, tuple[str, int]] = {}
    for name, count in sorted(counts.items()):
        first, so_far = spelt.get(spelling_key(name), (name, 0))
        spelt[spelling_key(name)] = first, so_far + count
    return tuple(OriginCount(*pair) for pair in sorted(spelt.values(), key=lambda pair: (-pair[1], pair[0])))


def _parts(
    frame: Frame, counts: Mapping[str, int], copied: Mapping[str, int], total: int, bar: bool
) -> tuple[tuple[SpreadPart, ...], bool]:
    """The parts of a spread in the order of the scale, and whether they have a bar: one part alone needs none."""
    tags = [tag for tag in frame.all_verdicts if counts.get(tag.id)]
    bar = bar and len(tags) > 1
    places = _places(tags, [counts[tag.id] for tag in tags]) if bar else [(0, 0)] * len(tags)
    parts = tuple(
        SpreadPart(
            verdict=tag,
            count=counts[tag.id],
            copied=copied.get(tag.id, 0),
            share=(200 * counts[tag.id] + total) // (2 * total) if total >= SHARES_FROM else None,
            start=start,
            width=width,
        )
        for tag, (start, width) in zip(tags, places, strict=True)
    )
    return parts, bar


def _places(tags: list[VerdictTag], counts: list[int]) -> list[tuple[int, int]]:
    """Where each part of a bar begins and how wide it is, in thousandths of the bar."""
    first_outside = next((number for number, tag in enumerate(tags) if tag.value is None), 0)
    apart = _APART if first_outside else 0
    room = _WHOLE - apart
    narrowest = min(_NARROWEST, room // len(counts))
    total = sum(counts)
    narrow = [count * room < narrowest * total for count in counts]
    left = room - narrowest * sum(narrow)
    rest = sum(count for count, is_narrow in zip(counts, narrow, strict=True) if not is_narrow)
    places = []
    begun = passed = 0  # thousandths given to narrow parts, claims in the others
    for number, (count, is_narrow) in enumerate(zip(counts, narrow, strict=True)):
        start = begun + left * passed // rest
        begun += narrowest if is_narrow else 0
        passed += 0 if is_narrow else count
        shift = apart if number >= first_outside else 0
        places.append((start + shift, begun + left * passed // rest - start))
    return places
