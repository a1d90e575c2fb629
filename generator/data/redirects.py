"""/_redirects: claims' earlier addresses, for hosts that read such a file (Netlify, Cloudflare Pages, GitLab Pages).

It stands beside the pages that redirect by themselves. Cloudflare follows these lines before it looks for a page;
Netlify and GitLab show a page that is there first. Cards and their descriptions have no such page.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote, urlsplit

from generator.plan.addresses import claim_address, embed_address
from generator.plan.files import oembed_address
from generator.records import Settings

_SAFE = "/-._~"


def redirects(settings: Settings, aliases: Iterable[tuple[str, str]]) -> bytes:
    """The file: `aliases` are pairs of an earlier id and the claim's id, of claims in lists.

    It is empty where there are none. Paths begin at the host's root, where such a file has to stand: if a site is in
    a folder, they name it.
    """
    root = urlsplit(settings.url).path.rstrip("/")
    lines = {
        f"{_path(root, address(old))} {_path(root, address(new))} 301\n"
        for old, new in aliases
        for address in (claim_address, *((embed_address, oembed_address) if settings.embeds.enabled else ()))
    }
    return "".join(sorted(lines)).encode()


def _path(root: str, address: str) -> str:
    """An address without the characters that such files give a meaning to: white space, `#`, `*`, `:` and others."""
    return quote(root, safe=_SAFE + "%") + quote(address, safe=_SAFE)
