"""How to cite a claim: as a line of text and for BibTeX."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from generator.data.common import claim_in_full, marked, organisation
from generator.plan.claim_values import Citation, ClaimPage
from generator.plan.frame import Frame
from generator.words import Words

_LATEX = str.maketrans(
    {
        **{character: "\\" + character for character in "&%$#_"},
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",  # BibTeX counts braces, with a backslash before them too
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)
_PLAIN_NAME = re.compile(r"[^\W\d_]+(?:[ .'’-]+[^\W\d_]+)*\.?")


def citation(frame: Frame, page: ClaimPage) -> Citation | None:
    """How to cite a claim; None for a draft."""
    if page.status == "draft" or not page.verdict or not page.checked:
        return None
    words, settings = frame.words, frame.settings
    publisher, _ = organisation(settings)
    people = [link.text for link in page.by]
    title = marked(words, page.title, page.status)
    note = words("Checked {date}; verdict: {verdict}.", date=page.checked.text, verdict=page.verdict.label)
    if page.corrections:
        note += " " + words("Last changed {date}.", date=page.corrections[0].date.text)
    version = _version(words, page)
    address = claim_in_full(settings, page.id)
    site = [settings.title] if publisher in settings.title else [publisher, settings.title]
    what = words("{authors}: “{title}”", authors=words(", ").join([*people, *site]), title=title)
    end = "." if title[-1:].isalnum() else ""  # most titles are sentences
    year, _, month = page.checked.iso[:7].partition("-")
    fields = [
        ("author", " and ".join(map(_name, people)) or f"{{{_escaped(publisher)}}}"),
        ("title", f"{{{_escaped(title)}}}"),
        ("organization", _escaped(publisher)),
        ("year", year),
        ("month", month.removeprefix("0")),
        ("url", address),
        ("note", _escaped(f"{note} {version}".rstrip())),
    ]
    lines = [f"  {name} = {{{value}}}," for name, value in fields if value]
    return Citation(
        text=f"{what}{end} {note} {address} {version}".rstrip(),
        bibtex="\n".join([f"@online{{{_key(settings.url, page.id)},", *lines, "}"]) + "\n",
    )


def _version(words: Words, page: ClaimPage) -> str:
    """The last commit that touched the claim; nothing where git was not asked, or the page is newer than it."""
    if not page.commits or page.uncommitted:
        return ""
    commit = page.commits[0]
    if not commit.address:
        return words("Version {commit}", commit=commit.short)
    return words("Version {commit}: {address}", commit=commit.short, address=commit.address)


def _key(url: str, id: str) -> str:
    """A key that stays as long as the claim's address does: the host's name and the claim's id."""
    host = re.sub(r"[^a-z0-9.-]+", "-", (urlsplit(url).hostname or "").removeprefix("www."))
    return f"{host}:{id}"


def _name(name: str) -> str:
    """A person's name, whose last word BibTeX sorts by; one that it would take apart wrongly is kept in one piece."""
    plain = _PLAIN_NAME.fullmatch(name) and "and" not in name.lower().split()
    return _escaped(name) if plain else f"{{{_escaped(name)}}}"


def _escaped(text: str) -> str:
    """`text` for LaTeX. Its letters of any script stay: BibTeX's successors read UTF-8."""
    return " ".join(text.split()).translate(_LATEX)
