"""The checker: all addresses asked, one at a time a host, with a pause; hosts beside each other."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor

from msgspec import Struct

from generator.links.addresses import host_of
from generator.links.answers import Answer
from generator.links.asking import Busy, Manners, ask

_HOSTS_AT_ONCE = 8
_LONGEST_WAIT = 30.0
"""Seconds. A site that asks for more patience is asked another day."""


class Pace(Struct, frozen=True):
    """Seconds between two requests to one host, and how many times one is asked that does not answer."""

    pause: float = 1.0
    tries: int = 3


def ask_all(addresses: Iterable[str], manners: Manners, pace: Pace, answered: Callable[[str, Answer], None]) -> None:
    """Ask all `addresses`, and tell `answered` of each answer, one at a time, as they come."""
    by_host: dict[str, list[str]] = defaultdict(list)
    for address in sorted(addresses):
        by_host[host_of(address)].append(address)
    one_at_a_time = threading.Lock()
    stopped = threading.Event()

    def host(own: list[str]) -> None:
        for number, address in enumerate(own):
            if number and stopped.wait(pace.pause):
                return
            answer = _patiently(address, manners, pace, stopped)
            if stopped.is_set():
                return
            with one_at_a_time:
                answered(address, answer)

    with ThreadPoolExecutor(_HOSTS_AT_ONCE) as pool:
        futures = [pool.submit(host, own) for own in by_host.values()]
        try:
            for future in futures:
                future.result()
        except BaseException:
            stopped.set()
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _patiently(address: str, manners: Manners, pace: Pace, stopped: threading.Event) -> Answer:
    """The answer of an address that may have to be asked more than once."""
    for number in range(1, pace.tries + 1):
        try:
            return ask(address, manners)
        except Busy as busy:
            wait = max(busy.after, pace.pause * 2**number)
            if number == pace.tries or wait > _LONGEST_WAIT or stopped.wait(wait):
                return busy.answer
    raise AssertionError("a last try gives an answer")


def now() -> str:
    """This moment, in UTC."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
