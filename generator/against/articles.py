"""Articles against those of a revision: the evidence stays as it was."""

from __future__ import annotations

from generator.against.renamed import Renamed, renamed
from generator.against.texts import Texts
from generator.against.values import NOWHERE, Findings, Side
from generator.against.wording import correction_help, has_new, list_told, others_told, same, value
from generator.records import Article

_FACTS = {"publisher": "the publisher", "url": "the address", "published": "the date"}
_OTHERS = (
    *("title", "archived", "author", "retrieved", "language", "encoding", "note", "story", "origin", "origin_note"),
    *("publisher_correction", "show", "sha256", "aliases"),
)


def compare_articles(then: Side, now: Side, found: Findings, texts: Texts) -> None:
    """Hold every article of `then` against what it is `now`."""
    names = renamed(now)
    followed = set()
    for id, before in sorted(then.articles.items()):
        after = now.articles.get(id)
        if after is None and id in now.known["articles"]:
            found.tell("article", id, "not compared, since it cannot be read now")
        elif after is None:
            after = now.articles.get(names.articles.get(id, "")) or _heir(before, then, now)
            if after is None:
                _gone(before, found)
                continue
            followed.add(after.id)
            if id not in after.aliases and not after.wrong("aliases"):
                _unreachable(before, after, found)
        if after is not None:
            _text(before, after, then, now, found, texts)
            if before is not after:
                _compare(before, after, names, then, found)
    for id in now.articles:
        if id not in then.known["articles"] and id not in followed:
            found.tell("article", id, "added")


def _compare(before: Article, after: Article, names: Renamed, then: Side, found: Findings) -> None:
    """Tell what else than its text changed in an article, and report what readers are not told of."""
    known = before.corrections
    if before.id != after.id and after.id in then.articles:  # two became one
        known += then.articles[after.id].corrections
    _facts(before, after, has_new(known, after.corrections) or after.wrong("corrections"), found)
    told = [f"renamed {after.id}"] if before.id != after.id else []
    apart = list_told("not_article entry", before.not_article, after.not_article).replace("entrys", "entries")
    corrections = list_told("correction", before.corrections, after.corrections)
    others = others_told(names.article(before), after, _OTHERS)
    found.tell("article", before.id, *told, *_facts_told(before, after), apart, corrections, others)


def _unreachable(before: Article, after: Article, found: Findings) -> None:
    """Report an article that has another id now, and does not say which it had."""
    message = f"this article stood here at {found.commit}; its text is in {after.path} now, and its page is gone"
    help = f"if it was renamed, write in {after.path}:\naliases: [{', '.join((*after.aliases, before.id))}]"
    found.report(before.path, NOWHERE, "G002", message, help)


def _heir(before: Article, then: Side, now: Side) -> Article | None:
    """An article that came and has the same text: the same one under another id."""
    names = then.names.get(before.text, frozenset())
    for id, article in now.articles.items():
        if id not in then.known["articles"] and not names.isdisjoint(now.names.get(article.text, frozenset())):
            return article
    return None


def _gone(before: Article, found: Findings) -> None:
    found.tell("article", before.id, "removed")
    message = f"this article stood here at {found.commit}, and is gone with its page: its text is evidence"
    lead = "to show no more of it than its quotes, write “show: none” there; bring it back with"
    help = f"{lead}:\n{found.restore(before.path)}"
    found.report(before.path, NOWHERE, "G002", message, help)


def _text(before: Article, after: Article, then: Side, now: Side, found: Findings, texts: Texts) -> None:
    """Report a text that is not as it was."""
    names, current = then.names.get(before.text), now.names.get(after.text)
    if names is None or current is None:  # it was never committed; or it is gone, which is a problem where it is named
        if names is not None and before.text == after.text:
            found.tell("article", before.id, "text removed")
        return
    if not names.isdisjoint(current):
        if before.encoding == after.encoding or texts.then(before) == texts.now(after):
            return
        message = "the encoding was changed, and with it what the text says"
        help = f"put it back:\nencoding: {before.encoding}"
    elif texts.then(before) == texts.now(after):
        message = f"{after.text} has other line ends, or marks that are not seen, than at {found.commit}"
        lead = "the first line, in .gitattributes, has git leave texts alone; then bring it back with the second"
        help = f"{lead}:\nseeds/** -text\n{found.restore(before.text)}"
    elif before.text != after.text:
        message = f"the text is another one than at {found.commit}: quotes rested on {before.text}"
        help = f"for another article write another file under content/articles/; here put back:\ntext: {before.text}"
    else:
        message = f"{after.text} is not as it was at {found.commit}: articles' texts are evidence and are never edited"
        help = f"bring it back with:\n{found.restore(before.text)}"
    found.tell("article", before.id, "text changed")
    found.report(after.path, after.place("text"), "G001", message, help)


def _facts(before: Article, after: Article, corrected: bool, found: Findings) -> None:
    """Report what readers were told of where the article comes from and are told otherwise now, uncorrected."""
    changed = [
        field
        for field in _FACTS
        if _differs(getattr(before, field), getattr(after, field), field) and not after.wrong(field)
    ]
    if not changed or corrected:
        return
    first = changed[0]
    words = "; ".join(
        f"{_FACTS[field]} was {value(getattr(before, field))} and is {value(getattr(after, field))}"
        for field in changed
    )
    was, is_ = value(getattr(before, first)), value(getattr(after, first))
    draft = f"{_FACTS[first].capitalize()} was given as {was} and is {is_}, since ..."
    help = correction_help(after, "put it back; or, if it was wrong from the start, ", draft)
    found.report(after.path, after.place(first), "G005", f"{words}, and no new correction tells readers", help)


def _facts_told(before: Article, after: Article) -> list[str]:
    return [
        f"{_FACTS[field].removeprefix('the ')} {value(getattr(before, field))} -> {value(getattr(after, field))}"
        for field in _FACTS
        if getattr(before, field) != getattr(after, field)
    ]


def _differs(before: str, after: str, field: str) -> bool:
    """Whether something that was told is told otherwise. What was not known may be added; a date may become exact."""
    if field == "published":
        return bool(before) and not after.startswith(before)
    return bool(before) and not same(before, after)
