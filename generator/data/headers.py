"""/_headers: what a host sends with each file, for hosts that read such a file (Netlify, Cloudflare Pages).

It holds what a page can't say of itself. The same for nginx and Apache stands in docs/hosting/, made from these values
by `python -m generator.hosting`.
"""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from generator.records import Settings

EVERYWHERE = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    (
        "Permissions-Policy",
        "camera=(), display-capture=(), geolocation=(), microphone=(), midi=(), payment=(), usb=()",
    ),
)
HTTPS = ("Strict-Transport-Security", "max-age=31536000")
"""For a year, browsers ask for the site with https alone. Neither for other names of the domain, nor for good."""
POLICY = "Content-Security-Policy"
ALONE = "frame-ancestors 'none'"
ANYWHERE = "frame-ancestors *"
INERT = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
"""For images that are opened by themselves: whatever such a file holds, it is no page of the site."""
FOREVER = ("Cache-Control", "public, max-age=31536000, immutable")
"""For files whose names change with what they hold."""

_FOLDERS = ("articles", "corrections", "pagefind", "people", "publishers", "search", "stories", "tags", "verdicts")
_NOT_CARDS = (
    *("/", "/:page", "/:page/", "/:page/index.html"),
    *("/claims/:id", "/claims/:id/", "/claims/:id/index.html", "/claims/page/*"),
    *(f"/{folder}/*" for folder in _FOLDERS),
)
"""All but cards. Both hosts add up what all matching rules say, so a rule for everything would reach cards too."""


def headers_file(settings: Settings) -> bytes:
    """The file. Paths begin at the host's root, where it has to stand: if a site is in a folder, they name it."""
    parts = urlsplit(settings.url)
    root = quote(parts.path.rstrip("/"), safe="/-._~%")
    everywhere = [*EVERYWHERE, *([HTTPS] if parts.scheme == "https" else [])]
    rules = [("/*", everywhere if settings.embeds.enabled else [*everywhere, (POLICY, ALONE)])]
    if settings.embeds.enabled:
        rules += [(path, [(POLICY, ALONE)]) for path in _NOT_CARDS]
        rules.append(("/claims/:id/embed/*", [(POLICY, ANYWHERE)]))
    rules.append(("/media/*", [(POLICY, INERT)]))
    rules.append(("/assets/:name", [FOREVER]))
    return "".join(_rule(root + path, values) for path, values in rules).encode()


def _rule(path: str, values: list[tuple[str, str]]) -> str:
    return path + "\n" + "".join(f"  {name}: {value}\n" for name, value in values)
