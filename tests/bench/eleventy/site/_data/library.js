// Everything under content/, read once a build, with its relations and lists worked out for the templates.
import { readdirSync, readFileSync } from "node:fs";
import yaml from "js-yaml";
import markdownIt from "markdown-it";

const PER_PAGE = 50;
const markdown = markdownIt();
const months = "January February March April May June July August September October November December".split(" ");

function read(folder) {
  return readdirSync(`content/${folder}`)
    .sort()
    .map((name) => {
      const text = readFileSync(`content/${folder}/${name}`, "utf8");
      const end = text.indexOf("\n---\n", 4);
      const record = yaml.load(text.slice(4, end), { schema: yaml.CORE_SCHEMA });
      record.id = name.slice(0, -3);
      record.body = text.slice(end + 5);
      return record;
    });
}

function slug(name) {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-");
}

function dateText(date) {
  const [year, month, day] = date.split("-");
  return `${Number(day)} ${months[month - 1]} ${year}`;
}

function newestFirst(items) {
  return items.sort((a, b) => (a.date < b.date ? 1 : a.date > b.date ? -1 : 0));
}

function group(records, keysOf) {
  const groups = new Map();
  for (const record of records) {
    for (const key of keysOf(record)) {
      const group = groups.get(key);
      if (group) group.push(record);
      else groups.set(key, [record]);
    }
  }
  return groups;
}

// The pages of one list: its own page has the newest fifty, numbered pages count from the oldest.
function* listPages(address, title, lists, more = {}) {
  const longest = Math.max(...Object.values(lists).map((items) => items.length));
  const count = Math.ceil(longest / PER_PAGE);
  const part = (start) =>
    Object.fromEntries(
      Object.entries(lists).map(([name, items]) => {
        const end = start === undefined ? PER_PAGE : items.length - start;
        return [name, items.slice(Math.max(0, end - PER_PAGE), Math.max(0, end))];
      }),
    );
  const numbered = (number) => `${address}page/${number}/`;
  if (count <= 1) {
    yield { address, title, ...more, ...lists };
    return;
  }
  yield { address, title, ...more, ...part(), number: 0, count, older: numbered(count - 1) };
  for (let number = 1; number <= count; number++) {
    yield {
      address: numbered(number),
      title: `${title}, page ${number}`,
      ...more,
      ...part((number - 1) * PER_PAGE),
      number,
      count,
      newer: number < count ? numbered(number + 1) : address,
      older: number > 1 ? numbered(number - 1) : "",
    };
  }
}

// A class, since Eleventy copies plain objects for every template that pages through them.
class Library {
  constructor() {
    this.claims = read("claims");
    this.articles = read("articles");
    this.stories = read("stories");
    this.verdicts = read("verdicts").sort((a, b) => a.weight - b.weight);
    this.people = read("people");
    this.relate();
    this.lists = [...this.allLists()];
    this.named = [...this.namedLists()];
  }

  relate() {
    const articles = new Map(this.articles.map((article) => [article.id, article]));
    const stories = new Map(this.stories.map((story) => [story.id, story]));
    const verdicts = new Map(this.verdicts.map((verdict) => [verdict.id, verdict]));
    const people = new Map(this.people.map((person) => [person.id, person]));
    for (const story of this.stories) {
      Object.assign(story, { address: `/stories/${story.id}/`, articles: [], claims: [] });
    }
    for (const verdict of this.verdicts) verdict.address = `/verdicts/${verdict.id}/`;
    for (const person of this.people) person.address = `/people/${person.id}/`;
    for (const article of this.articles) {
      article.address = `/articles/${article.id}/`;
      article.dateText = dateText(article.date);
      article.publisher = { title: article.publisher, address: `/publishers/${slug(article.publisher)}/` };
      article.paragraphs = article.body.trim().split("\n\n");
      article.quotedBy = [];
      article.story = stories.get(article.story);
      article.story.articles.push(article);
    }
    for (const claim of this.claims) {
      claim.address = `/claims/${claim.id}/`;
      claim.dateText = dateText(claim.date);
      claim.verdict = verdicts.get(claim.verdict);
      claim.by = claim.by.map((id) => people.get(id));
      claim.tags = claim.tags.map((tag) => ({ title: tag, address: `/tags/${slug(tag)}/` }));
      claim.story = stories.get(claim.story);
      claim.story.claims.push(claim);
      for (const quote of claim.quotes) {
        quote.article = articles.get(quote.article);
        quote.article.quotedBy.push({ claim, stance: quote.stance });
      }
      claim.analysis = this.analysis(claim);
    }
    newestFirst(this.claims);
    newestFirst(this.articles);
  }

  analysis(claim) {
    const numbers = new Map(claim.sources.map((source, index) => [source.id, index + 1]));
    return markdown
      .render(claim.body)
      .replace(/\[@([a-z0-9-]+)\]/g, (all, id) =>
        numbers.has(id) ? `<a class="citation" href="#source-${id}">[${numbers.get(id)}]</a>` : all,
      );
  }

  *allLists() {
    yield* listPages("/claims/", "Claims", { claims: this.claims });
    yield* listPages("/articles/", "Articles", { articles: this.articles });
    const byVerdict = group(this.claims, (claim) => [claim.verdict]);
    for (const verdict of this.verdicts) {
      const claims = byVerdict.get(verdict) ?? [];
      yield* listPages(verdict.address, verdict.title, { claims }, { summary: verdict.summary });
    }
    const byPerson = group(this.claims, (claim) => claim.by);
    for (const person of this.people) {
      yield* listPages(person.address, person.title, { claims: byPerson.get(person) ?? [] });
    }
    this.byTag = group(this.claims, (claim) => claim.tags.map((tag) => tag.title));
    for (const [tag, claims] of this.byTag) {
      yield* listPages(`/tags/${slug(tag)}/`, tag, { claims });
    }
    this.byPublisher = group(this.articles, (article) => [article.publisher.title]);
    const quoting = group(this.claims, (claim) => new Set(claim.quotes.map((quote) => quote.article.publisher.title)));
    for (const [publisher, articles] of this.byPublisher) {
      const claims = quoting.get(publisher) ?? [];
      yield* listPages(`/publishers/${slug(publisher)}/`, publisher, { articles, claims });
    }
    this.byVerdict = byVerdict;
    this.byPerson = byPerson;
  }

  *namedLists() {
    const claims = (count) => `${count} claims`;
    const byName = (a, b) => (a.title < b.title ? -1 : 1);
    const entries = {
      stories: this.stories.map((story) => ({ ...story, count: claims(story.claims.length) })),
      tags: [...this.byTag]
        .map(([title, all]) => ({ title, address: `/tags/${slug(title)}/`, count: claims(all.length) }))
        .sort(byName),
      publishers: [...this.byPublisher]
        .map(([title, all]) => ({ title, address: `/publishers/${slug(title)}/`, count: `${all.length} articles` }))
        .sort(byName),
      verdicts: this.verdicts.map((verdict) => ({
        ...verdict,
        count: claims(this.byVerdict.get(verdict)?.length ?? 0),
      })),
      people: this.people.map((person) => ({ ...person, count: claims(this.byPerson.get(person)?.length ?? 0) })),
    };
    for (const [kind, named] of Object.entries(entries)) {
      yield* listPages(`/${kind}/`, kind[0].toUpperCase() + kind.slice(1), { named });
    }
  }
}

export default () => new Library();
