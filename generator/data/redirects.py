"""/_redirects: earlier addresses, for hosts that read such a file (Netlify, Cloudflare Pages, GitLab Pages).

It stands beside the pages that redirect by themselves. Cloudflare follows these lines before it looks for a page;
Netlify and GitLab show a page that is there first. Cards and their descriptions have no such page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from urllib.parse import quote, urlsplit

from generator.plan.addresses import article_address, claim_address, embed_address, story_address
from generator.plan.files import oembed_address
from generator.records import Settings

_SAFE = "/-._~"
_PAGES: dict[str, Callable[[str], str]] = {
    "claims": claim_address,
    "articles": article_address,
    "stories": story_address,
}
_CARDS = (embed_address, oembed_address)


def redirects(settings: Settings, aliases: Iterable[tuple[str, str, str]]) -> bytes:
    """The file: `aliases` are a folder of content/, an earlier id, and the id of today, of what stands in lists.

    It is empty where there are none. Paths begin at the host's root, where such a file has to stand: if a site is in
    a folder, they name it.
    """
    root = urlsplit(settings.url).path.rstrip("/")
    lines = {
        f"{_path(root, address(old))} {_path(root, address(new))} 301\n"
        for folder, old, new in aliases
        for address in (_PAGES[folder], *(_CARDS if folder == "claims" and settings.embeds.enabled else ()))
    }
    return "".join(sorted(lines)).encode()


def _path(root: str, address: str) -> str:
    """An address without the characters that such files give a meaning to: white space, `#`, `*`, `:` and others."""
    return quote(root, safe=_SAFE + "%") + quote(address, safe=_SAFE)
