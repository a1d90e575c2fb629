"""Descriptions: what each field is for, in a sentence; what an editor's program shows beside it, and `new` above it.

docs/content-format.md tells the same at more length. A test sees to it that every field of every record has one.
"""

from __future__ import annotations

from generator import records
from generator.records import Record

_CORRECTIONS = "What was changed after publication and readers are told of, the earliest first."

FIELDS: dict[type[Record], dict[str, str]] = {
    records.Article: {
        "text": "The file under seeds/ with the article's text, as it was collected: .txt, .md or .html.",
        "title": "The headline. Leave it out where it is not known.",
        "publisher": "Who published it. Without one it has no publisher's page.",
        "published": "When it was published.",
        "url": "Its original address.",
        "archived": "The address of an archived copy.",
        "author": "Who wrote it.",
        "retrieved": "When the text was collected.",
        "language": "Its language, if not the site's.",
        "encoding": "The encoding of the text's file, if not UTF-8.",
        "note": "Something that readers should know of this article; shown on its page.",
        "story": "The story that it belongs to, or a list of them.",
        "origin": "Where its reporting comes from: other articles' ids, agencies' names, or own for its own reporting. "
        "Without it the origin counts as not established.",
        "origin_note": "How the origin is known.",
        "not_article": "Exact words of the file that are not the article, such as an advertisement.",
        "publisher_correction": "A correction by the publisher; shown at each quote.",
        "sha256": "The SHA-256 of the text's file, so that a change of it is noticed.",
        "show": "How much of the text readers see: excerpts (the quoted passages, the default), full, "
        "or none (quotes alone).",
        "corrections": _CORRECTIONS,
        "aliases": "Earlier ids of this article, which then redirect here.",
    },
    records.NotArticle: {
        "text": "The exact words, enough of them to stand in the file once.",
        "why": "What they are.",
    },
    records.PublisherCorrection: {
        "date": "When the publisher corrected it.",
        "text": "What the correction says.",
        "url": "Where it stands.",
    },
    records.Claim: {
        "claim": "The exact wording that the verdict is about.",
        "verdict": "The verdict: an id from the scale in site.toml.",
        "summary": "The finding, in a sentence or two.",
        "checked": "The day of the check.",
        "title": "A headline, if not the claim itself.",
        "story": "The story that it belongs to.",
        "tags": "Topics.",
        "why": "Why this claim was chosen.",
        "by": "Who wrote this: ids of people in site.toml.",
        "edited": "Who edited this: ids of people in site.toml.",
        "claimant": "Who made the claim. Left out: the speakers of the asserting quotes, or their publishers. "
        "[] is nobody in particular.",
        "made": "When the claim was first made.",
        "compare": "A value in which articles differ, such as a time: the claim's and the one that was found.",
        "parts": "Exact words of the claim that deserve a verdict of their own.",
        "quotes": "The articles' exact words, in the order to be shown.",
        "silent": "Articles that were read for this claim and say nothing on it.",
        "sources": "What the verdict rests on.",
        "analysis": "How the verdict came about, in Markdown. [@id] cites a source.",
        "contacted": "Who was asked for an answer; [] says that nobody was.",
        "exceptions": "Standards that cannot be met here, by their codes (docs/standards.md); said on the page.",
        "corrections": _CORRECTIONS,
        "related": "Other claims' ids.",
        "aliases": "Earlier ids of this claim, which then redirect here.",
        "status": "draft (in no list, may lack fields), published (the default) "
        "or retracted (needs a correction that says why).",
    },
    records.Claimant: {
        "name": "Their name.",
        "url": "An address about them.",
        "role": "What they are, in a few words.",
        "as": "maker, if they made the claim; repeater, if they passed it on.",
    },
    records.Compare: {
        "what": "What is compared, and in which terms, such as “Landing time, GMT”.",
        "claim": "The claim's value.",
        "found": "The value that was found.",
    },
    records.Part: {
        "words": "The claim's own words, enough of them to stand in it once.",
        "verdict": "The verdict on them: an id from the scale.",
        "note": "Why.",
    },
    records.Quote: {
        "article": "The article's id.",
        "text": "The article's exact words; […] stands for words left out.",
        "stance": "What the words do with the claim: asserts, contradicts, partly (some of its parts) "
        "or mentions (takes no side).",
        "says": "This article's value in the terms of compare; equal values are equal text.",
        "mark": "Words inside the quote to point out.",
        "speaker": "To whom the article gives these words, outermost first. Left out: the article itself.",
        "medium": "What the words stand in, such as embedded post; needed for words listed under not_article.",
        "origin": "Where these words come from, if not from where the article does.",
        "language": "The quote's language, if not the article's.",
        "translation": "The quote in the site's language.",
        "note": "Something that readers should know of this quote.",
        "before": "Words that stand right before the quote, where its text stands in the article more than once.",
        "after": "Words that stand right after the quote, where its text stands in the article more than once.",
    },
    records.Mark: {
        "words": "The quote's own words, enough of them to stand in it once.",
        "note": "What is worth noticing in them.",
    },
    records.Source: {
        "id": "What [@id] cites in the analysis.",
        "title": "The source's title.",
        "publisher": "Who published it.",
        "url": "Its address. One of url, article and text is needed.",
        "archived": "The address of an archived copy.",
        "published": "When it was published.",
        "accessed": "When it was read for this check.",
        "kind": "primary (who took part, measured or decided) or secondary (who reports it).",
        "bears": "What it does with the claim: supports, undermines or context.",
        "origin": "Where it has its words from.",
        "interest": "What it has to do with the matter.",
        "language": "Its language, if not the site's.",
        "quote": "The words that matter. With article or text they are proved.",
        "translation": "The quote in the site's language.",
        "article": "An article of this site, in place of an address.",
        "text": "A copy of its text under seeds/.",
    },
    records.Contact: {
        "who": "Who was asked.",
        "date": "When.",
        "reply": "What they answered.",
    },
    records.Exception_: {
        "rule": "The standard that cannot be met, by its code.",
        "why": "Why not.",
    },
    records.Correction: {
        "date": "The day of the change.",
        "kind": "correction (something was wrong), clarification (something was unclear) or update (something is new).",
        "text": "What was changed, for readers.",
    },
    records.Story: {
        "title": "The story's title.",
        "summary": "What it is about, in a sentence or two.",
        "date": "When it happened.",
        "introduction": "What readers should know first, in Markdown.",
        "corrections": _CORRECTIONS,
        "aliases": "Earlier ids of this story, which then redirect here.",
    },
    records.TextPage: {
        "title": "The page's title.",
        "corrections": _CORRECTIONS,
    },
    records.Settings: {
        "title": "The site's title.",
        "url": "The site's own address.",
        "verdicts": "The scale, from the truest on.",
        "format": "The format of the content: 1.",
        "description": "What the site is, in a sentence.",
        "language": "The site's language, such as en, es or pt-BR.",
        "repository": "Where the content's git repository can be seen.",
        "organisation": "Who publishes the site.",
        "people": "Who writes and edits, each under an id: [people.ID].",
        "publishers": 'What readers should know of publishers, each under its name: [publishers."NAME"].',
        "articles": "How articles are shown.",
        "search": "The search page.",
        "share_images": "Pictures for those who share a claim.",
        "history": "Claims' histories from git.",
        "feeds": "The feeds.",
        "data": "claims.json, claims.csv and claimreview.json.",
        "embeds": "Cards for other sites.",
        "check": "What the command check looks at.",
        "exceptions": "Standards that cannot be met for any claim; said on the methodology page.",
    },
    records.Verdict: {
        "id": "What claims write: a to z, digits and hyphens.",
        "label": "What readers see.",
        "meaning": "What it means, in a sentence.",
        "value": "A whole number from 1, higher is truer. None for labels that stand outside the order.",
        "colour": "A colour such as #1a7f37.",
        "shape": "A shape, so that nobody depends on the colour.",
        "retired": "true, if no new claim is to have it.",
        "corrections": "Dated changes of its label, meaning or value, shown on its page.",
    },
    records.Organisation: {
        "name": "Its name.",
        "url": "Its address.",
        "email": "Where readers report errors.",
        "legal": "Its legal form and registration.",
        "funding": "Who pays for it.",
        "address": "Its postal address.",
        "logo": "Its logo.",
        "codes": "The codes of principles that it has signed.",
    },
    records.Code: {
        "name": "The code's name.",
        "url": "Where it can be read.",
        "complaints": "Where readers may turn to.",
    },
    records.Person: {
        "name": "Their name.",
        "role": "What they do here.",
        "bio": "A few words about them.",
        "url": "An address about them.",
    },
    records.Publisher: {
        "url": "Its address.",
        "interest": "What it has to do with the matters that it reports on.",
    },
    records.ArticleSettings: {
        "show": "How much of articles' texts readers see: excerpts (the default), full or none.",
    },
    records.Switch: {"enabled": "true, if the site is to have this; default false."},
    records.On: {"enabled": "false, if the site is not to have this; default true."},
    records.History: {
        "enabled": "true, if claims' pages are to show their commits; default false.",
        "from": "The commit or tag that histories begin with.",
    },
    records.Feeds: {"length": "How many entries feeds have; default 20."},
    records.CheckSettings: {"off": "Codes of warnings that are turned off."},
}

CHOICES: dict[str, str] = {
    "asserts": "Says it, or words that entail it.",
    "contradicts": "Both cannot be true.",
    "partly": "Says some of its parts and not the rest.",
    "mentions": "Speaks of the matter, takes no side.",
    "draft": "In no list, feed or data file; may lack fields.",
    "published": "The default.",
    "retracted": "Keeps its page, marked; needs a correction that says why.",
    "maker": "Made the claim.",
    "repeater": "Passed it on.",
    "primary": "Who took part, measured or decided.",
    "secondary": "Who reports it.",
    "supports": "Speaks for the claim.",
    "undermines": "Speaks against the claim.",
    "context": "Neither, but needed to understand it.",
    "correction": "Something was wrong.",
    "clarification": "Something was unclear.",
    "update": "Something is new.",
    "excerpts": "The quoted passages.",
    "full": "The whole text.",
    "none": "Quotes alone.",
}
"""What the words mean that a field can choose from; none stands in two fields with two meanings."""


def description(type_: type[Record], field: str) -> str:
    """What a field is for; empty for one that nothing is known of."""
    return FIELDS.get(type_, {}).get(field, "")
