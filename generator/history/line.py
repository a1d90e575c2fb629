"""A claim's line: the versions that it had one after another, under all its names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from generator.history.values import FileHistory, Step


class State(NamedTuple):
    """What a claim's file held (`blob` is git's name for it; empty where there was none) from `step` on.

    Without a step: before all that is told.
    """

    step: Step | None
    blob: str


class _Found(NamedTuple):
    """The last position at which a file was there, as far as was asked; when it went, if it did."""

    until: int
    gone: State | None


def line_of(files: Mapping[str, FileHistory]) -> list[State]:
    """The states of a claim, the oldest first, from the histories of its own file, which comes first, and earlier ones.

    It goes back along one file to where that came, and from there on along the one that was there last; so two claims
    that became one are not told in turns.
    """
    told = {path: _states(file) for path, file in files.items()}
    position = max((state.step.position for states in told.values() for state in states if state.step), default=0)
    found: list[State] = []
    while True:
        last = {path: there for path, states in told.items() if (there := _last(states, position)) is not None}
        if not last:
            return found[::-1]
        # Of files that were there at the same time, the one that went when the next came.
        path = max(last, key=lambda path: (last[path].until, bool(found) and not _at(told[path], position + 1)))
        until, gone = last[path]
        if gone is not None and until < position:
            found.append(gone)
        for state in reversed(told[path]):
            at = _position(state)
            if at > until:
                continue
            if not state.blob:
                break
            found.append(state)
            position = at - 1


def _states(file: FileHistory) -> list[State]:
    """A file's states, the oldest first."""
    states = [State(step, step.blob) for step in reversed(file.steps)]
    return [State(None, file.first), *states] if file.first else states


def _position(state: State) -> int:
    return state.step.position if state.step is not None else 0


def _at(states: list[State], position: int) -> str:
    """What a file held at a position."""
    return next((state.blob for state in reversed(states) if _position(state) <= position), "")


def _last(states: list[State], position: int) -> _Found | None:
    """When a file was there the last time up to `position`; None where it never was."""
    gone: State | None = None
    for state in reversed(states):
        if _position(state) > position:
            continue
        if state.blob:
            return _Found(_position(gone) - 1 if gone is not None else position, gone)
        gone = state
    return None
