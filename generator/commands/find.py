"""`find`: passages of the articles, as quotes that can be pasted into a claim."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from generator.commands.common import DONE, Commands, site_option, tell

if TYPE_CHECKING:
    from generator.find.finder import Found


def add(commands: Commands) -> None:
    """Add the command's options."""
    parser = commands.add_parser(
        "find",
        help="find passages of the articles",
        description="Find passages of the articles, printed as quotes that can be pasted into a claim.",
    )
    site_option(parser)
    parser.add_argument(
        "words", nargs="*", metavar="WORDS", help="words to be found, in any case; 'in quotation marks' together"
    )
    parser.add_argument(
        "--claim", default="", metavar="ID", help="search this claim's story alone, for what it does not quote yet"
    )
    parser.add_argument("--limit", type=_limit, default=10, metavar="N", help="how many passages at most (default: 10)")
    parser.set_defaults(run=_run, parser=parser)


def _limit(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 1000:
        raise argparse.ArgumentTypeError(f"this is a number from 1 to 1000, not {text}")
    return int(text)


def _run(options: argparse.Namespace) -> int:
    from generator.find.finder import Finder
    from generator.find.quote_block import block
    from generator.find.word_forms import word_forms
    from generator.read.content import read_content
    from generator.report import counted, printable

    if not options.claim and not word_forms(" ".join(options.words)):
        options.parser.error("name the words to be found, or a claim with --claim")
    content = read_content(options.site)
    results = Finder(content).find(options.words, options.limit, options.claim)
    unread = content.known["articles"] - {
        id for id, article in content.articles.items() if article.text in content.texts
    }
    if unread:
        tell(f"{counted(len(unread), 'article')} could not be read and was not searched: the command “check” says why.")
    for word, nearest in results.missing:
        near = f"; the nearest word is “{printable(nearest)}”" if nearest else ""
        tell(f"“{printable(word)}” stands in no article{' of this story' if options.claim else ''}{near}.")
    for found in results.found:
        sys.stdout.write(block(found.article.id, found.passage, _where(found), found.medium) + "\n")
    if not results.found:
        tell(
            "Nothing was found."
            if options.words
            else "No passage was found that speaks to this claim and is not quoted yet."
        )
    else:
        more = "; there are more with a higher --limit" if results.more else ""
        tell(f"{counted(len(results.found), 'passage')}{more}. Paste one under “quotes:” and fill in its stance.")
    return DONE


def _where(found: Found) -> str:
    """Where a passage is from, for an editor's eyes."""
    article = found.article
    about = [part for part in (article.publisher, article.published[:10], f"paragraph {found.paragraph}") if part]
    if found.silent:
        about.append("listed as silent")
    return ", ".join(about) + (f": {article.title}" if article.title else "")
