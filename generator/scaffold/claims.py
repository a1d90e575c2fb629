"""A new claim's file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from generator.read.forms import fields_of
from generator.records import Claim, Claimant, Quote, Source
from generator.scaffold.lines import block, explained, field, listed, parts, plain, sample
from generator.schema.choices import Choices, Site
from generator.schema.files import pointer

_MOST_QUOTES = 12

_PARTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Needed before it is published.", ("verdict", "summary", "checked")),
    ("What articles say.", ("story", "quotes", "silent", "compare", "parts", "claimant", "made")),
    ("What the verdict rests on.", ("sources", "analysis", "contacted", "exceptions")),
    ("About this check.", ("title", "why", "tags", "by", "edited", "related")),
    ("After publication.", ("corrections", "aliases")),
)
"""The fields in their order, in parts; what has no part stands at the end."""


def claim_file(id: str, wording: str, title: str, story: str, articles: Sequence[str], site: Site, today: str) -> str:
    """The file of a new claim: a draft. `articles` are those that may be quoted, of its story if it has one."""
    values = _values(id, title, story, articles, site, today)
    live = {name for name, given in (("title", title), ("story", story)) if given}
    told = {
        "verdict": _one_of(site.verdicts),
        "story": "" if story else _one_of(site.stories),
        "quotes": parts(Quote, ("text", "stance", "says")),
        "sources": parts(Source, ("kind", "bears", "quote")),
        "claimant": parts(Claimant, ("as",)),
    }
    lines = [
        pointer("claim"),
        explained(
            "A claim. Lines that begin with # are not read. To use a field that waits here, delete the # and the space "
            "before its lines."
        ),
        "\n",
        field(Claim, "claim", block("claim", wording or "Write the claim here, in its exact wording."), live=True),
        "\n",
        field(Claim, "status", "status: draft\n", live=True, more="To publish, delete the next line."),
    ]
    known = ["claim", "status", *(name for _, names in _PARTS for name in names)]
    rest = tuple(name for name in values if name not in known)
    for heading, names in (*_PARTS, *([("More.", rest)] if rest else [])):
        lines += ["\n", explained(f"--- {heading}")]
        for name in names:
            lines += ["\n", field(Claim, name, values[name], name in live, told.get(name, ""))]
    return "".join(lines)


def _values(id: str, title: str, story: str, articles: Sequence[str], site: Site, today: str) -> Mapping[str, str]:
    """YAML for each field but the claim and its status: what it may look like."""
    person = listed([next(iter(site.people), "id-of-a-person")])
    verdict = plain(next(iter(site.verdicts), "true"))
    other = next((claim for claim in site.claims if claim != id), "another-claim")
    known = {
        "verdict": f"verdict: {verdict}\n",
        "summary": block("summary", "Write the finding here."),
        "checked": f"checked: {today}\n",
        "story": f"story: {plain(story or next(iter(site.stories), 'id-of-a-story'))}\n",
        "quotes": "quotes:\n" + _quotes(articles, site.articles),
        "silent": f"silent: {listed(articles[:_MOST_QUOTES] or ['id-of-an-article'])}\n",
        "compare": 'compare:\n  what: "Landing time, GMT"\n  claim: "12:00"\n  found: "12:05"\n',
        "parts": "parts:\n" + block("- words", "Copy words of the claim here.", "  ") + f"    verdict: {verdict}\n",
        "claimant": "claimant:\n  - name: Name of a person or an organisation\n    as: maker\n",
        "made": f"made: {today}\n",
        "sources": (
            "sources:\n  - id: report\n"
            + block("title", "Title of the source", "    ")
            + block("publisher", "Who published it", "    ")
            + "    url: https://publisher.example/report\n"
            + f"    accessed: {today}\n    kind: primary\n    bears: context\n"
            + block("quote", "Copy the words that matter here.", "    ")
        ),
        "analysis": "analysis: |\n  Write here how the verdict came about. [@report] cites the source of that id.\n",
        "contacted": f"contacted:\n  - who: Name of a person or an organisation\n    date: {today}\n"
        + block("reply", "What they answered.", "    "),
        "exceptions": "exceptions:\n  - rule: S007\n" + block("why", "Why not.", "    "),
        "title": block("title", title or "Write a headline here."),
        "why": block("why", "Write here why this claim was chosen."),
        "tags": "tags: [topic]\n",
        "by": f"by: {person}\n",
        "edited": f"edited: {person}\n",
        "related": f"related: {listed([other])}\n",
        "corrections": f"corrections:\n  - date: {today}\n    kind: correction\n"
        + block("text", "What was changed, for readers.", "    "),
        "aliases": "aliases: [an-earlier-id]\n",
    }
    rest = [name for name in fields_of(Claim) if name not in (*known, "claim", "status")]
    return known | {name: sample(Claim, name, today) for name in rest}


def _quotes(articles: Sequence[str], told: Choices) -> str:
    lines = []
    for article in articles[:_MOST_QUOTES] or ["id-of-an-article"]:
        about = told.get(article, "")
        lines.append(f"  ## {about}\n" if about else "")
        lines.append(f"  - article: {plain(article)}\n")
        lines.append(block("text", "Copy the article's exact words here.", "    "))
        lines.append("    stance: asserts\n")
    return "".join(lines)


def _one_of(choices: Choices) -> str:
    found = [f"{id} ({told.partition(':')[0]})" for id, told in list(choices.items())[:20]]
    return f"One of: {', '.join(found)}." if found else ""
