"""`new`: a new file for an editor to fill in, or a new site."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from generator.commands.common import DONE, Commands, site_option, tell


def add(commands: Commands) -> None:
    """Add the command's options: each kind of file has its own."""
    parser = commands.add_parser(
        "new",
        help="begin a claim, an article, a story or a site",
        description="Write a new file with every field that it can have, each with what it is for, or a whole site. "
        "Nothing is ever written over.",
    )
    kinds = parser.add_subparsers(title="what to begin", required=True, metavar="KIND")

    claim = kinds.add_parser("claim", help="a claim, as a draft", description="Begin a claim, as a draft.")
    claim.add_argument("id", metavar="ID", help="the new file's name, without .yaml: a to z, digits and hyphens")
    claim.add_argument("--wording", default="", metavar="TEXT", help="the claim in its exact wording")
    claim.add_argument("--title", default="", metavar="TEXT", help="a headline, if not the claim itself")
    claim.add_argument("--story", default="", metavar="ID", help="its story, whose articles then wait to be quoted")
    site_option(claim)
    claim.set_defaults(run=_claim)

    article = kinds.add_parser(
        "article", help="an article whose text stands under seeds/", description="Begin an article."
    )
    article.add_argument("id", metavar="ID", help="the new file's name, without .yaml: a to z, digits and hyphens")
    article.add_argument(
        "--text", default="", metavar="FILE", help="the file under seeds/ with its text (default: the one named as ID)"
    )
    article.add_argument("--encoding", default="", metavar="NAME", help="that file's encoding, if not UTF-8")
    article.add_argument("--title", default="", metavar="TEXT", help="the headline")
    article.add_argument("--story", default="", metavar="ID", help="the story that it belongs to")
    site_option(article)
    article.set_defaults(run=_article)

    story = kinds.add_parser("story", help="a story", description="Begin a story.")
    story.add_argument("id", metavar="ID", help="the new file's name, without .yaml: a to z, digits and hyphens")
    story.add_argument("--title", default="", metavar="TEXT", help="the title (default: from the id)")
    story.add_argument("--summary", default="", metavar="TEXT", help="what it is about, in a sentence or two")
    site_option(story)
    story.set_defaults(run=_story)

    site = kinds.add_parser(
        "site", help="a site that builds at once", description="Begin a site, in a folder that is new or empty."
    )
    site.add_argument("folder", type=Path, metavar="DIR", help="the site's folder")
    site.add_argument("--title", metavar="TEXT", help="the site's title")
    site.add_argument("--url", metavar="ADDRESS", help="the address at which it will stand")
    site.add_argument("--language", metavar="TAG", help="the language that it is written in (default: en)")
    site.add_argument(
        "--parallax", metavar="TEXT", help="what pip installs Parallax from, for the new site's requirements.txt"
    )
    site.set_defaults(run=_site)


def _claim(options: argparse.Namespace) -> int:
    from generator.scaffold.create import create_claim

    path = create_claim(options.site, options.id, _today(), options.wording, options.title, options.story)
    wording = "" if options.wording else "write the claim's wording in it; then "
    return _told(path, f"{wording}the command “check” lists what is missing, and “serve” shows the draft as you write.")


def _article(options: argparse.Namespace) -> int:
    from generator.scaffold.create import create_article

    path = create_article(
        options.site, options.id, _today(), options.text, options.encoding, options.title, options.story
    )
    return _told(path, "fill in what is known of publisher, date and address; then quote it in a claim.")


def _story(options: argparse.Namespace) -> int:
    from generator.scaffold.create import create_story

    path = create_story(options.site, options.id, _today(), options.title, options.summary)
    summary = "" if options.summary else "write its summary; then "
    return _told(path, f"{summary}name it in articles and claims: story: {options.id}")


def _site(options: argparse.Namespace) -> int:
    from generator.report import printable
    from generator.scaffold.site import Wishes, untranslated, write_site
    from generator.schema.files import write_schemas

    asked = {name: getattr(options, name) for name in Wishes.__struct_fields__}
    wishes = Wishes(**{name: text for name, text in asked.items() if text is not None})
    written = write_site(options.folder, wishes)
    write_schemas(options.folder)
    for path in written:
        sys.stdout.write(f"{printable(str(options.folder / path))}\n")
    note = untranslated(wishes.language)
    if note:
        tell(note)
    tell(
        f"Next: “parallax serve --site {printable(str(options.folder))}” shows it; its README.md says what to do first."
    )
    return DONE


def _told(path: str, next: str) -> int:
    sys.stdout.write(path + "\n")
    tell(f"Next: {next}")
    return DONE


def _today() -> str:
    """Today's date here. A build has no clock; a new file begins with the day on which it was begun."""
    import datetime

    return datetime.date.today().isoformat()
