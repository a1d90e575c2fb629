"""What nginx and Apache are told, from the values of /_headers: `python -m generator.hosting` writes docs/hosting/."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from generator.data.headers import ALONE, ANYWHERE, EVERYWHERE, FOREVER, HTTPS, INERT, POLICY

FOLDER = Path(__file__).resolve().parent.parent / "docs/hosting"
_CARD = "^/claims/[^/]+/embed/"
_HIDDEN = r"/\.(?!well-known/)"  # of a hidden name, certificates and security.txt alone are asked for
_NAMED = "^/assets/[^/]+$"  # a file in a folder there keeps its name

_ABOUT = """\
# What a host sends with a site's files, for {host}. Made by `python -m generator.hosting`; see docs/hosting.md.
# For a site in a folder of its host, put the folder before /claims/, /assets/, /media/ and /404.html.
# Without [embeds] there are no cards: leave out what is said of them.
"""

Values = Iterable[tuple[str, str]]


def nginx() -> str:
    """For nginx, to be included in a `server` block. A location takes over none of its server's headers."""
    always = (*EVERYWHERE, HTTPS)
    places = (
        ("location /", ((POLICY, ALONE),)),
        (f'location ~ "{_CARD}"', ((POLICY, ANYWHERE),)),
        ("location /media/", ((POLICY, INERT),)),
        (f'location ~ "{_NAMED}"', ((POLICY, ALONE), FOREVER)),
    )
    blocks = [
        f"{place} {{\n    try_files $uri $uri/ =404;\n{_added((*always, *values))}}}\n" for place, values in places
    ]
    hidden = f'location ~ "{_HIDDEN}" {{\n    return 404;\n}}\n'
    about = _ABOUT.format(host="nginx") + "# In the server block: root /srv/site; include parallax.conf;\n"
    return "\n".join([about, "charset utf-8;\nindex index.html;\nerror_page 404 /404.html;\n", hidden, *blocks])


def _added(values: Values) -> str:
    # What is missing is not to be kept for a year: such a header goes with files that are there alone.
    return "".join(
        f'    add_header {name} "{value}"{"" if (name, value) == FOREVER else " always"};\n' for name, value in values
    )


def apache() -> str:
    """For Apache, as `.htaccess` in the site's folder or in a `<Directory>`.

    It needs mod_headers, mod_setenvif and mod_alias.
    """
    places = (
        f'SetEnvIf Request_URI "{_CARD}" card',
        'SetEnvIf Request_URI "^/media/" media',
        f'SetEnvIf Request_URI "{_NAMED}" named',
    )
    lines = [f'Header always set {name} "{value}"' for name, value in (*EVERYWHERE, HTTPS, (POLICY, ALONE))]
    lines += [f'Header always set {POLICY} "{ANYWHERE}" env=card', f'Header always set {POLICY} "{INERT}" env=media']
    # Only a file that is there: `always` would keep what is missing, too, for a year.
    lines.append(f'Header set {FOREVER[0]} "{FOREVER[1]}" env=named')
    return "\n".join(
        [
            _ABOUT.format(host="Apache"),
            f'AddDefaultCharset utf-8\nErrorDocument 404 /404.html\nRedirectMatch 404 "{_HIDDEN}"\n',
            *places,
            "",
            *lines,
            "",
        ]
    )


FILES = {"nginx.conf": nginx, "apache.conf": apache}


def main() -> None:
    """Write the files."""
    FOLDER.mkdir(exist_ok=True)
    for name, make in FILES.items():
        (FOLDER / name).write_text(make(), "utf-8")


if __name__ == "__main__":
    main()
