"""Names that can be read as others: letters of two scripts in one word, or a word that only looks Latin.

A name of another script is none of that: what is told is a Latin word with a Cyrillic letter in it, or three Cyrillic
letters that look like “BBC” where nothing else is Cyrillic. (The idea is that of Unicode's UTS 39.)
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import urlsplit

from generator.problems import Problem
from generator.records import Article, Claim, FileRecord, Settings

_WORD = re.compile(r"[^\W\d_]+")
_ALIKE = frozenset(("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC", "LISU"))
"""Scripts that have letters of the same look. Others are mixed as a matter of course, as in Japanese."""
_LOOKS = {
    **dict(zip("АВЕЅІЈКМНОРСТУХҮԚԜаеѕіјорсухһԁԛԝѵ", "ABESIJKMHOPCTYXYQWaesijopcyxhdqwv", strict=True)),
    **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧονρυικα", "ABEZHIKMNOPTYXovpuika", strict=True)),
    **dict(zip("օոսհԼՕՍ", "onuhLOU", strict=True)),
}
_WRITTEN_IN = {
    **dict.fromkeys("ab av ba be bg ce cv kk ky kv mk mn os ru sah sr tg tt tyv udm uk uz".split(), "CYRILLIC"),
    "el": "GREEK",
    "hy": "ARMENIAN",
    "chr": "CHEROKEE",
    "cop": "COPTIC",
    "lis": "LISU",
}
HOST_HELP = "copy the address anew from the page itself, as you know it to be"
HELP = "type the name anew, in letters of one script; it leads to a page of its own otherwise"


def mixture(name: str, language: str) -> str:
    """What is odd in the letters of `name`, in a text of this language; an empty string where nothing is."""
    if name.isascii():
        return ""
    for word in _WORD.findall(unicodedata.normalize("NFC", name)):
        scripts = [_script(letter) for letter in word]
        known = list(dict.fromkeys(script for script in scripts if script in _ALIKE))
        if len(known) > 1:
            most = max(known, key=scripts.count)
            letter, script = next(
                (letter, script)
                for letter, script in zip(word, scripts, strict=True)
                if script in known and script != most
            )
            return f"“{word}” has letters of two scripts: “{letter}” (U+{ord(letter):04X}) is {script.title()}"
        looks = "".join(_LOOKS.get(letter, "") for letter in word)
        if known and len(looks) == len(word) > 1 and _WRITTEN_IN.get(language.lower().split("-")[0]) != known[0]:
            return f"every letter of “{word}” is {known[0].title()}, and it looks like “{looks}”"
    return ""


def odd_host(address: str, language: str) -> str:
    """What is odd in the letters of the name of an address's host, as people read it; empty where nothing is.

    A name of another script whose last part is of it too (`россия.рф`) is none that looks like another.
    """
    if address.isascii() and "xn--" not in address:
        return ""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:  # no address, as is said elsewhere
        return ""
    labels = [_as_read(label) for label in host.split(".")]
    if not labels[-1].isascii():
        language = ""
    for label in labels:
        odd = mixture(label, language)
        if odd and (language or "two scripts" in odd):
            return f"in this address, {odd}"
    return ""


def _as_read(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except UnicodeError:
        return label


def _script(letter: str) -> str:
    return unicodedata.name(letter, "").split(" ")[0]


Named = tuple[tuple[str | int, ...], str, str]
"""Where a name stands, the name, and its language."""


def check_claim_names(claim: Claim, settings: Settings) -> Iterator[Problem]:
    """Claimants, topics, speakers, origins and publishers of sources."""
    own = settings.language
    names: list[Named] = [(("tags", number), tag, own) for number, tag in enumerate(claim.tags)]
    names += [(("claimant", number, "name"), each.name, own) for number, each in enumerate(claim.claimant or ())]
    for number, quote in enumerate(claim.quotes):
        for field, values in (("speaker", quote.speaker), ("origin", quote.origin or ())):
            names += [(("quotes", number, field, at), name, quote.language or own) for at, name in enumerate(values)]
    for number, source in enumerate(claim.sources):
        for field, name in (("publisher", source.publisher), ("origin", source.origin)):
            names.append((("sources", number, field), name, source.language or own))
    yield from _problems(claim, names)
    hosts: list[Named] = [
        (("claimant", number, "url"), each.url, own) for number, each in enumerate(claim.claimant or ())
    ]
    for number, source in enumerate(claim.sources):
        hosts += [(("sources", number, field), getattr(source, field), own) for field in ("url", "archived")]
    yield from _host_problems(claim, hosts)


def check_article_names(article: Article, language: str) -> Iterator[Problem]:
    """An article's publisher, author and origins; `language` is the site's."""
    own = article.language or language
    names: list[Named] = [(("publisher",), article.publisher, own), (("author",), article.author, own)]
    names += [(("origin", number), name, own) for number, name in enumerate(article.origin or ())]
    yield from _problems(article, names)
    yield from _host_problems(article, [((field,), getattr(article, field), own) for field in ("url", "archived")])
    if article.publisher_correction:
        correction = ("publisher_correction", "url")
        yield from _host_problems(article, [(correction, article.publisher_correction.url, own)])


def check_settings_names(settings: Settings) -> Iterator[Problem]:
    """The site's title, its people, publishers and verdicts."""
    own = settings.language
    names: list[Named] = [
        (("title",), settings.title, own),
        (("organisation", "name"), settings.organisation.name, own),
    ]
    names += [(("people", id, "name"), person.name, own) for id, person in settings.people.items()]
    names += [(("publishers", name), name, own) for name in settings.publishers]
    names += [(("verdicts", number, "label"), each.label, own) for number, each in enumerate(settings.verdicts)]
    yield from _problems(settings, names)
    organisation = settings.organisation
    hosts: list[Named] = [(("url",), settings.url, own), (("organisation", "url"), organisation.url, own)]
    for number, code in enumerate(organisation.codes):
        hosts += [
            (("organisation", "codes", number, field), getattr(code, field), own) for field in ("url", "complaints")
        ]
    hosts += [(("people", id, "url"), person.url, own) for id, person in settings.people.items()]
    hosts += [(("publishers", name, "url"), each.url, own) for name, each in settings.publishers.items()]
    yield from _host_problems(settings, hosts)


def _host_problems(record: FileRecord, hosts: list[Named]) -> Iterator[Problem]:
    for steps, address, language in hosts:
        odd = odd_host(address, language) if address else ""
        if odd:
            yield Problem(record.path, *record.place(*steps), "W008", odd, HOST_HELP)


def _problems(record: FileRecord, names: list[Named]) -> Iterator[Problem]:
    for steps, name, language in names:
        odd = mixture(name, language)
        if odd:
            yield Problem(record.path, *record.place(*steps), "W008", odd, HELP)
