# mypy: ignore-errors
"""Claims, articles, stories and their lists: read and cached by Pelican's means, written by its writer.

Pelican's own generator of articles is left aside: for each tag, category and author it looks through all articles, so
that its time grows faster than the site.
"""

import os
import re
from collections import defaultdict
from functools import partial
from itertools import chain

import yaml
from markdown import Markdown
from pelican import signals
from pelican.generators import CachingGenerator

PER_PAGE = 50
CITATION = re.compile(r"\[@([a-z0-9-]+)\]")
MONTHS = "January February March April May June July August September October November December".split()


class Record:
    """A file of the content: its front matter's fields, its id, and its body as HTML."""

    def __init__(self, id, address, fields, body):
        self.id = id
        self.address = address
        self.body = body
        self.__dict__.update(fields)


class Entry:
    """What a list names: a tag, a publisher, a story; `text` is its summary, `count` what it has."""

    def __init__(self, title, address, count, text=""):
        self.title = title
        self.address = address
        self.count = count
        self.text = text


class LibraryGenerator(CachingGenerator):
    def generate_context(self):
        self.markdown = Markdown()
        self.claims = self._read("claims", self._analysis)
        self.articles = self._read("articles", _paragraphs)
        self.stories = self._read("stories")
        self.verdicts = sorted(self._read("verdicts"), key=lambda verdict: verdict.weight)
        self.people = self._read("people")
        self.save_cache()  # before the records refer to one another
        self._relate()
        self.lists = list(self._lists())
        self.context["LIBRARY"] = self

    def _read(self, folder, render=lambda body, fields: body):
        records = []
        for name in sorted(os.listdir(os.path.join(self.path, folder))):
            path = f"{folder}/{name}"
            record = self.get_cached_data(path)
            if record is None:
                with open(os.path.join(self.path, path), encoding="utf-8") as file:
                    _, front, body = file.read().split("---\n", 2)
                fields = yaml.load(front, yaml.CSafeLoader)
                if "date" in fields:
                    date = fields["date"]
                    fields["date_text"] = f"{date.day} {MONTHS[date.month - 1]} {date.year}"
                record = Record(name[:-3], f"/{folder}/{name[:-3]}/", fields, render(body, fields))
                self.cache_data(path, record)
            records.append(record)
        return records

    def _analysis(self, body, fields):
        numbers = {source["id"]: number for number, source in enumerate(fields["sources"], 1)}
        html = self.markdown.reset().convert(body)
        return CITATION.sub(lambda found: _citation(found, numbers), html)

    def _relate(self):
        articles, stories, verdicts, people = (
            {record.id: record for record in records}
            for records in (self.articles, self.stories, self.verdicts, self.people)
        )
        for story in self.stories:
            story.articles, story.claims = [], []
        for article in self.articles:
            article.publisher_address = f"/publishers/{_slug(article.publisher)}/"
            article.quoted_by = []
            article.story = stories[article.story]
            article.story.articles.append(article)
        for claim in self.claims:
            claim.verdict = verdicts[claim.verdict]
            claim.by = [people[id] for id in claim.by]
            claim.topics = [(tag, f"/tags/{_slug(tag)}/") for tag in claim.tags]
            claim.story = stories[claim.story]
            claim.story.claims.append(claim)
            for quote in claim.quotes:
                quote["article"] = articles[quote["article"]]
                quote["article"].quoted_by.append((claim, quote["stance"]))
            claim.by_article = {quote["article"].id: quote for quote in claim.quotes}
        self.claims.sort(key=lambda claim: claim.date, reverse=True)
        self.articles.sort(key=lambda article: article.date, reverse=True)

    def _lists(self):
        """Each page of each list: its address and what the template is given."""
        verdicts, people, tags, publishers, quoting = (defaultdict(list) for _ in range(5))
        for claim in self.claims:
            verdicts[claim.verdict].append(claim)
            for person in claim.by:
                people[person].append(claim)
            for tag in claim.tags:
                tags[tag].append(claim)
            for publisher in {quote["article"].publisher for quote in claim.quotes}:
                quoting[publisher].append(claim)
        for article in self.articles:
            publishers[article.publisher].append(article)
        yield from _pages("/claims/", "Claims", claims=self.claims)
        yield from _pages("/articles/", "Articles", articles=self.articles)
        for record, claims in chain(verdicts.items(), people.items()):
            yield from _pages(record.address, record.title, getattr(record, "summary", ""), claims=claims)
        for tag, claims in tags.items():
            yield from _pages(f"/tags/{_slug(tag)}/", tag, claims=claims)
        for publisher, articles in publishers.items():
            address = f"/publishers/{_slug(publisher)}/"
            yield from _pages(address, publisher, articles=articles, claims=quoting[publisher])

        count = "{} claims".format
        self.story_entries = [
            Entry(story.title, story.address, count(len(story.claims)), story.summary) for story in self.stories
        ]
        named = {
            "stories": self.story_entries,
            "tags": [Entry(tag, f"/tags/{_slug(tag)}/", count(len(claims))) for tag, claims in sorted(tags.items())],
            "publishers": [
                Entry(publisher, f"/publishers/{_slug(publisher)}/", f"{len(articles)} articles")
                for publisher, articles in sorted(publishers.items())
            ],
            "verdicts": [
                Entry(verdict.title, verdict.address, count(len(verdicts[verdict])), verdict.summary)
                for verdict in self.verdicts
            ],
            "people": [Entry(person.title, person.address, count(len(people[person]))) for person in self.people],
        }
        for kind, entries in named.items():
            yield from _pages(f"/{kind}/", kind.capitalize(), named=entries)

    def generate_output(self, writer):
        item, head = self.get_template("claim-item"), self.get_template("article-head")
        for article in self.articles:
            article.head = head.render(article=article)
        for claim in self.claims:
            claim.item = item.render(claim=claim)
        for kind, records in (("article", self.articles), ("claim", self.claims), ("story", self.stories)):
            template = self.get_template(kind)
            for record in records:
                self._write(writer, template, address=record.address, **{kind: record})
        template = self.get_template("list")
        for page in self.lists:
            self._write(writer, template, **page)
        self._write(writer, self.get_template("home"), address="/")
        for name in ("404.html", "feed.xml", "sitemap.xml"):
            writer.write_file(name, self.get_template(name.split(".")[0]), self.context)

    def _write(self, writer, template, address, **values):
        writer.write_file(f"{address[1:]}index.html", template, self.context, address=address, **values)


def _paragraphs(body, fields):
    return body.strip().split("\n\n")


def _citation(found, numbers):
    id = found[1]
    return f'<a class="citation" href="#source-{id}">[{numbers[id]}]</a>' if id in numbers else found[0]


def _slug(name):
    return re.sub(r"[^\w]+|_", "-", name.lower())


def _pages(address, title, summary="", **lists):
    """The pages of one list: its own page has the newest fifty, numbered pages count from the oldest."""
    count = -(-max(map(len, lists.values())) // PER_PAGE)
    if count <= 1:
        yield {"address": address, "title": title, "summary": summary, **lists}
        return
    numbered = partial("{}page/{}/".format, address)
    newest = {name: items[:PER_PAGE] for name, items in lists.items()}
    own = {"address": address, "title": title, "count": count, "older": numbered(count - 1)}
    yield {**own, "summary": summary, **newest}
    for number in range(1, count + 1):
        yield {
            "address": numbered(number),
            "title": f"{title}, page {number}",
            "summary": summary,
            "number": number,
            "newer": numbered(number + 1) if number < count else address,
            "older": numbered(number - 1) if number > 1 else "",
            **{name: _chunk(items, number) for name, items in lists.items()},
        }


def _chunk(items, number):
    end = len(items) - (number - 1) * PER_PAGE
    return items[max(0, end - PER_PAGE) : max(0, end)]


def generators(pelican):
    return LibraryGenerator


def register():
    signals.get_generators.connect(generators)  # named: the preview registers more than once
