"""The main text: which part of a page is the article, and what a reader sees of it.

An extractor (trafilatura) says where the article is. It is never asked for the words themselves: extractors drop parts
of sentences, and raised or struck letters. What stands in the part that it points to is read as every page under
seeds/ is (`generator.read.texts`), less what is plainly no article. What the extractor left out inside the article
stays: to take out a sentence is worse than to leave in a line too many, which `not_article` can name.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from generator.link.fold import fold
from generator.problems import FaultError, Problem
from generator.read.styles import TooManyError, hidden
from generator.read.texts import Text, read_text

_BLOCKS = (
    "address article aside blockquote caption dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 "
    "h5 h6 header hgroup li main ol p pre section summary table tbody td tfoot th thead tr ul"
).split()
_NEVER = "nav form dialog button noscript script style template".split()
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_ASIDE = (*_NEVER, "aside", "footer")
_ROLES = frozenset("navigation banner contentinfo complementary dialog alertdialog search menu toolbar".split())
_MARKS = re.compile(
    r"(?:^|[-_ ])(?:"
    r"related|recommend\w*|read-?(?:more|next|also)|more-(?:on|from|stories)|most-?(?:read|popular)|trending|popular"
    r"|share|sharing|social\w*|newsletter|subscri\w*|sign-?up|promo\w*|advert\w*|ads?|sponsor\w*|outbrain|taboola"
    r"|cookies?|consent|gdpr|cmp|breadcrumbs?|comments?|disqus|tags?|topics|sidebar|widget|toolbar|menu|navbar"
    r"|navigation|pagination|paywall|banner|popup|modal|overlay|skip-?link|byline|author-?(?:bio|box)|print-?only"
    r"|copyright|pull-?quote)(?=$|[-_ ])",
    re.IGNORECASE,
)
# A paragraph is of the article unless it says itself that it is not: sites mark whole articles as for subscribers.
_PROSE = frozenset("p h2 h3 h4 h5 h6 blockquote li dl dd dt figure figcaption table tr td pre".split())
_MARKS_OF_PROSE = re.compile(
    r"(?:^|[-_ ])(?:related|recommended|read-?(?:more|next|also)|share|newsletter|advert\w*|ads?|promo\w*|byline"
    r"|copyright|pull-?quote)(?=$|[-_ ])",
    re.IGNORECASE,
)
_PULLED = re.compile(r"pull-?quote", re.IGNORECASE)
_EMBEDDED = re.compile(r"twitter-tweet|instagram-media|fb-post|tiktok-embed|bluesky-embed|mastodon-embed|reddit-embed")
_ELSEWHERE = re.compile(
    r"(?:read (?:more|also|next)|see also|also read|related(?: (?:story|stories|articles?))?|more on this|recommended"
    r"|lea también|lea además|lire aussi|à lire aussi|lesen sie auch|mehr zum thema|leggi anche|leia também"
    r"|читайте также|смотрите также|اقرأ أيض[اً]+|اقرأ المزيد)\s*[:：—–-]",
    re.IGNORECASE,
)
_SELLING = re.compile(
    r"(?:advertisement|sponsored|anzeige|publicité|publicidad|реклама|إعلان)\b|(?:sign up|subscribe) (?:to|for|now)\b",
    re.IGNORECASE,
)
_KEY = re.compile(r"[\W_]+")
_LONG = 25  # letters: a passage of so many stands in a text by no chance
_SHORT_HINT = 400  # characters: what is longer and begins like a hint is the article's


class Hint(Struct, frozen=True):
    """A paragraph that may be no part of the article, and why one may think so."""

    text: str
    why: str


class MainText(Struct, frozen=True):
    """An article's text; `sure` is whether the extractor knew where it is."""

    text: Text
    hints: tuple[Hint, ...] = ()
    sure: bool = True


def main_text(html: str, soup: Any, title: str) -> MainText:
    """The article in the page `html`; `soup` is the same, parsed, and is taken apart."""
    chosen = _Chosen(_extracted(html))
    for element in _hidden(soup):
        element.decompose()
    _part_at_breaks(soup)
    heading = _heading(soup, title)
    blocks = [block for block in _blocks(soup) if chosen.has(block) and block is not heading]
    blocks = [block for block in blocks if not _is_said_again(block, blocks)]
    while blocks and blocks[-1].name in _HEADINGS:  # of what comes after the article
        blocks.pop()
    if not blocks:
        part = (
            soup.select_one("[itemprop=articleBody]") or soup.find("article") or soup.find("main") or soup.body or soup
        )
        return MainText(_with_heading(_read(part), heading), _hints(part), sure=False)
    if heading is not None:  # with what stands beside it: the article's first words
        blocks.insert(0, heading)
    part = _common(blocks)
    _prune(part, {id(block) for block in blocks})
    return MainText(_read(part), _hints(part))


def _hidden(soup: Any) -> list[Any]:
    """What the page's own styles hide: its text is read without them."""
    try:
        return hidden(soup)
    except TooManyError:
        raise FaultError(
            "this page's styles are too many to tell what its readers saw: save its text as .txt"
        ) from None


def _extracted(html: str) -> str:
    """The article's text as the extractor has it."""
    try:
        from trafilatura import extract
    except ImportError as error:
        raise FaultError(
            "saved pages are read with trafilatura, which is not installed: "
            f"pip install 'parallax-factcheck[import]' ({error})"
        ) from None
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it could not do is seen in what it gives
    return extract(html, favor_recall=True, include_comments=False, include_tables=True) or ""


class _Chosen:
    """What the extractor gave, in a form in which its own white space, marks and bullets make no difference."""

    def __init__(self, text: str) -> None:
        self.lines = {key for line in text.split("\n") if (key := _key(line))}
        self.long = [line for line in self.lines if len(line) >= _LONG]
        self.whole = _key(text)

    def has(self, block: Any) -> bool:
        """Whether a block is of it: all of it, or a part that the extractor cut."""
        key = _key(block.get_text())
        if not key or block.find_parent("a") is not None:  # a card that leads elsewhere
            return False
        if key in self.lines or block.find_parent("aside") is not None:
            return key in self.lines  # elsewhere in an aside it is a sentence of the article, said once more
        return len(key) >= _LONG and (key in self.whole or any(line in key for line in self.long))


def lacks(text: Text, body: str) -> str:
    """The first sentence of `body`, the article as its page tells it to search engines, that `text` has not."""
    whole = _key(text.whole)
    sentences = re.split(r"(?<=[.!?…]) ", body)
    return next((one for one in sentences if len(_key(one)) >= _LONG and _key(one) not in whole), "")


def _key(text: str) -> str:
    return _KEY.sub("", fold(text)).casefold()


def _blocks(soup: Any) -> Iterator[Any]:
    """The innermost blocks that have text, in the page's order."""
    for block in soup.find_all(_BLOCKS):
        if block.find(_BLOCKS) is None:
            if block.get_text(strip=True) and block.find_parent(_NEVER) is None:
                yield block
        elif any(type(child).__name__ == "NavigableString" and child.strip() for child in block.children):
            yield block  # text stands beside blocks in it


def _is_said_again(block: Any, blocks: list[Any]) -> bool:
    """Whether a block is a sentence of the article's that the page shows once more, large and in a box of its own."""
    if not any(element.name == "aside" or _PULLED.search(_names(element)) for element in (block, *block.parents)):
        return False
    key = _key(block.get_text())
    return any(key in _key(other.get_text()) for other in blocks if other is not block)


def _common(blocks: list[Any]) -> Any:
    """The innermost element that all of `blocks` stand in."""
    if len(blocks) == 1 and blocks[0].parent is not None:
        return blocks[0]
    ways = [[*reversed(list(block.parents)), block] for block in blocks]
    common = ways[0][0]
    for level in zip(*ways, strict=False):
        if any(element is not level[0] for element in level):
            break
        common = level[0]
    return common


def _prune(part: Any, chosen: set[int]) -> None:
    """Take out of `part` what is no article: what the extractor left out that looks like something else.

    An embedded post stays: it was shown in the article, and can be quoted as one.
    """
    holding: set[int] = set()
    for block in [part, *part.find_all(_BLOCKS)]:
        if id(block) in chosen:
            holding |= {id(block), *map(id, block.parents)}
    ordered = list(_blocks(part))
    places = [number for number, block in enumerate(ordered) if id(block) in chosen]
    outside = {id(block) for number, block in enumerate(ordered) if places and not places[0] <= number <= places[-1]}
    kept = {id(inner) for post in part.find_all(_is_embedded) for inner in (post, *post.find_all(True))}
    doomed = []
    for element in part.find_all(True):
        if id(element) in holding or id(element) in kept:
            continue
        if element.name not in _BLOCKS and element.name not in _NEVER and "-" not in element.name:
            continue
        beside = element.parent is not None and any(id(child) in chosen for child in element.parent.children)
        if _is_other(element) or (id(element) in outside and not beside) or _is_links(element):
            doomed.append(element)
    for element in doomed:
        element.decompose()


def _is_embedded(element: Any) -> bool:
    return bool(_EMBEDDED.search(_names(element)))


def _is_other(element: Any) -> bool:
    """Whether an element says of itself that it is no part of an article."""
    return (
        element.name in _ASIDE
        or str(element.get("role", "")).lower() in _ROLES
        or str(element.get("aria-hidden", "")).lower() == "true"
        or bool((_MARKS_OF_PROSE if element.name in _PROSE else _MARKS).search(_names(element)))
        or element.name.startswith("amp-")
    )


def _is_links(element: Any) -> bool:
    """Whether an element is a list of links: little else is in it, and there are two of them or more."""
    links = element.find_all("a")
    return len(links) > 1 and sum(len(link.get_text(strip=True)) for link in links) > 0.7 * len(
        element.get_text(strip=True)
    )


def _names(element: Any) -> str:
    found = element.get("class") or ()
    classes = found if isinstance(found, (list, tuple)) else [found]
    return " ".join([*classes, str(element.get("id", ""))])


def _part_at_breaks(soup: Any) -> None:
    """Make a paragraph's end of two line breaks, which stand for one in old pages."""
    for second in soup.select("br + br"):
        first = second.find_previous_sibling("br")
        between = [node for node in first.next_siblings if node is second or str(node).strip()]
        if between[:1] == [second]:
            second.replace_with(soup.new_tag("hr"))


def _heading(soup: Any, title: str) -> Any | None:
    """The article's headline as its reader saw it: the heading that is the title, else the only one."""
    headings = [(_key(h1.get_text()), h1) for h1 in soup.find_all("h1")]
    wanted = _key(title)
    for key, heading in headings:
        if key and (key == wanted or (len(key) >= _LONG and (key in wanted or wanted in key))):
            return heading
    return headings[0][1] if len(headings) == 1 and not wanted else None


def _with_heading(text: Text, heading: Any | None) -> Text:
    """`text` with the headline that stands above it: it is what the article says loudest."""
    if heading is None or _key(heading.get_text()) in map(_key, text.paragraphs[:3]):
        return text
    return Text((*_read(heading).paragraphs, *text.paragraphs))


def _read(part: Any) -> Text:
    found = read_text("page.html", str(part))
    if isinstance(found, Problem):
        raise FaultError(f"{found.message}: {found.help}, and import that")
    return found


def _hints(part: Any) -> tuple[Hint, ...]:
    found: dict[str, str] = {}
    for element in part.find_all(True):
        if _is_embedded(element):
            for text in _read(element).paragraphs:
                found.setdefault(text, "an embedded post")
    for block in _blocks(part):
        seen = " ".join(block.get_text().split())
        why = _doubt(block, seen) if len(seen) <= _SHORT_HINT else ""
        text = " ".join(_read(block).paragraphs) if why else ""
        if text:
            found.setdefault(text, why)
    return tuple(Hint(text, why) for text, why in found.items())


def _doubt(block: Any, text: str) -> str:
    """Why a short block may be no part of the article, or an empty string."""
    links = sum(len(link.get_text(strip=True)) for link in block.find_all("a"))
    if _ELSEWHERE.match(text) or (links > _LONG and links >= 0.9 * len(block.get_text(strip=True))):
        return "a link to another article"
    if _SELLING.match(text):
        return "an advertisement"
    marks = _MARKS_OF_PROSE if block.name in _PROSE else _MARKS
    return "set apart from the article in the page" if marks.search(_names(block)) else ""
