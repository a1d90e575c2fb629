"""Asking: one request to one address over the network, to no place that an address should not lead to.

An address in the content can be anybody's choice, and so can what it redirects to. So names are resolved here, every
address that they stand for is looked at, and the connection goes to one that was looked at: none is private, none is
this machine.
"""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from functools import cache
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from msgspec import Struct

from generator import __version__
from generator.links.answers import NO_HOST, Answer, answer_of
from generator.read.kinds import safe_address

_MOST_REDIRECTS = 10
_PERMANENT = (301, 308)
_REDIRECTS = (*_PERMANENT, 302, 303, 307)
_PASSING = (408, 429, 500, 502, 503, 504)
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_IN_PATH = "/%:@!$&'()*+,;=~-._?"
_HEADERS = {
    "User-Agent": f"Parallax/{__version__} (link check of a fact-checking site)",
    "Accept": "text/html,application/xhtml+xml,*/*;q=0.8",
    "Connection": "close",
}


class Manners(Struct, frozen=True):
    """How addresses are asked: how long one may take, in seconds, and whether those of a private network may be."""

    timeout: float = 15.0
    private: bool = False
    pause: float = 0.0
    """Seconds between the two ways in which one is asked."""


class Busy(Exception):
    """A site asks for patience: the answer as it is, and after how many seconds it may be asked again, if it says."""

    def __init__(self, answer: Answer, after: float) -> None:
        super().__init__(answer.why)
        self.answer, self.after = answer, after


class _Refused(Exception):
    """An address that is not asked."""


def ask(address: str, manners: Manners) -> Answer:
    """What `address` gives. Raises Busy where it may be worth while to ask again."""
    try:
        try:
            answer, after = _followed(address, manners, "HEAD")
        except (ConnectionError, http.client.HTTPException):
            answer, after = Answer("unknown"), None
        if answer.status in ("dead", "unknown") and after is None:  # many sites answer HEAD wrongly, or not at all
            time.sleep(manners.pause)
            answer, after = _followed(address, manners, "GET")
    except _Refused as refused:
        return Answer("unknown", f"it was not asked: {refused}")
    except ssl.SSLCertVerificationError as error:
        return Answer("unknown", f"its certificate is not trusted: {error.verify_message}")
    except ssl.SSLError as error:
        return Answer("unknown", f"no safe connection came about: {error.reason or error}")
    except socket.gaierror as error:
        if error.errno in (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)):
            return Answer("dead", NO_HOST)
        raise Busy(Answer("unknown", "the name of its host could not be looked up"), 0) from None
    except TimeoutError:
        raise Busy(Answer("unknown", "it did not answer in time"), 0) from None
    except ConnectionError as error:
        raise Busy(Answer("unknown", f"no connection came about: {error.strerror or 'it hung up'}"), 0) from None
    except (http.client.HTTPException, ValueError) as error:
        return Answer("unknown", f"its answer makes no sense ({type(error).__name__})")
    except OSError as error:
        raise Busy(Answer("unknown", f"no connection came about: {error.strerror or error}"), 0) from None
    if after is not None:
        raise Busy(answer, after)
    return answer


def _followed(address: str, manners: Manners, method: str) -> tuple[Answer, float | None]:
    """The answer at the end of all redirects, and after how many seconds to ask again, if that may help."""
    current, permanent, for_good = address, "", True
    for _ in range(_MOST_REDIRECTS + 1):
        code, headers = _request(current, manners, method)
        location = headers.get("Location", "")
        if code not in _REDIRECTS or not location:
            return answer_of(code, address, current, permanent), _patience(code, method, headers.get("Retry-After", ""))
        current = urljoin(current, location.encode("latin-1", "replace").decode("utf-8", "replace"))
        for_good = for_good and code in _PERMANENT
        if for_good:
            permanent = current.split("#")[0]
    return Answer("unknown", "its redirects never end"), None


def _patience(code: int, method: str, after: str) -> float | None:
    """After how many seconds a site that answers `code` may be asked again; None where that would not help."""
    if code not in _PASSING or (method == "HEAD" and code != 429):  # to GET it may answer otherwise
        return None
    return float(after) if after.isascii() and after.isdigit() else 0.0


def _request(address: str, manners: Manners, method: str) -> tuple[int, Any]:
    """The status and headers that one address answers with, redirects not followed. Raises what goes wrong."""
    fault = safe_address(_written(address))
    if fault or not address.startswith(("http://", "https://")):
        raise _Refused(fault or "it leads to something that is no web page")
    parts = urlsplit(_written(address))
    host = parts.hostname or ""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    with _connected(host, port, manners) as plain:
        sock = _tls().wrap_socket(plain, server_hostname=host) if parts.scheme == "https" else plain
        connection = http.client.HTTPConnection(host, port, timeout=manners.timeout)
        connection.sock = sock
        try:
            with _deadline(sock, manners.timeout * 2):
                target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
                connection.request(method, target, headers={"Host": parts.netloc, **_HEADERS})
                response = connection.getresponse()
                return response.status, response.headers
        finally:
            connection.close()


def _written(address: str) -> str:
    """An address in the letters that are sent: a host's in Punycode, others by their bytes."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    with contextlib.suppress(UnicodeError):
        host = host.encode("idna").decode("ascii") if not host.isascii() else host
    host = f"[{host}]" if ":" in host else host
    netloc = host + (f":{parts.port}" if parts.port else "")
    if parts.username is not None or parts.password is not None:
        netloc = f"user@{netloc}"  # refused, and its words told to nobody
    return parts._replace(
        netloc=netloc, path=quote(parts.path, _IN_PATH), query=quote(parts.query, _IN_PATH), fragment=""
    ).geturl()


@contextlib.contextmanager
def _connected(host: str, port: int, manners: Manners) -> Iterator[socket.socket]:
    """A connection to `host`, at an address of its that may be asked."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    if not manners.private:
        for *_, target in found:
            if not _is_public(str(target[0])):
                raise _Refused("its host is in a private network (--allow-private lets it be asked)")
    failed: OSError | None = None
    for family, kind, protocol, _, target in found[:4]:
        sock = socket.socket(family, kind, protocol)
        sock.settimeout(manners.timeout)
        try:
            sock.connect(target)
        except OSError as error:
            failed = error
            sock.close()
            continue
        with contextlib.closing(sock):
            yield sock
        return
    raise failed or OSError("its host has no address")


def _is_public(address: str) -> bool:
    """Whether an IP address is one of the public network."""
    ip = ipaddress.ip_address(address.split("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return inner.is_global and not inner.is_multicast
    return ip.is_global and not ip.is_multicast


@contextlib.contextmanager
def _deadline(sock: socket.socket, seconds: float) -> Iterator[None]:
    """End a connection that answers letter by letter, each just in time."""

    def end() -> None:
        with contextlib.suppress(OSError):
            sock.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()
