// The search page: Pagefind's index asked through its own script, shown in the site's look. docs/search.md says how.
// Texts from the index become text nodes, never markup.

const PAGE = 10; // results at a time
const NAMES = ["verdict", "kind", "story", "publisher", "year"];

const at = (id) => document.getElementById(id);
const find = at("find"), form = at("find-form"), list = at("find-list"), more = at("find-more"), status = at("find-status");
const root = new URL(find.dataset.root, document.baseURI), index = new URL(find.dataset.index, document.baseURI);
const language = document.documentElement.lang || "en";

const word = (name) => at("find-words").content.querySelector(`[data-word="${name}"]`).textContent;
const number = (count) => new Intl.NumberFormat(language).format(count);

// The site's own words for a number of results: of the samples, the one in the same plural form.
function counted(count) {
  const form = (value) => new Intl.PluralRules(language).select(value);
  const samples = [...at("find-words").content.querySelectorAll("[data-many]")];
  const sample = samples.find((one) => Number(one.dataset.many) === count)
    ?? samples.findLast((one) => form(Number(one.dataset.many)) === form(count)) ?? samples.at(-1);
  return sample.textContent.replace(/\p{Nd}+/u, number(count));
}

// --- the index ------------------------------------------------------------------------------------------------------

let parts, every, engine; // the index's parts; a word that all pages have; what searches them

async function load() {
  const answer = await fetch(new URL("parts.json", index), { cache: "no-cache" });
  if (!answer.ok) throw new Error(`parts.json: ${answer.status}`);
  const made = await answer.json();
  every = made.every;
  parts = made.parts.map((part) => new URL(part, index).pathname);
  const { createInstance } = await import(new URL("pagefind.js", index).href);
  // All parts as one, each told apart by a filter. A worker would load Pagefind's script a second time.
  const given = (part) => ({ baseUrl: root.pathname, mergeFilter: { part } });
  engine = createInstance({ basePath: parts[0], noWorker: true, ...given(parts[0]) });
  await engine.init();
  await Promise.all(parts.slice(1).map((part) => engine.mergeIndex(part, given(part))));
}

// What was found: how many there are, and `next()`, which gives one after another.
async function searched(question) {
  const filters = {};
  if (question.verdict.length) filters.verdict = { any: question.verdict };
  for (const name of NAMES.slice(1)) if (question[name]) filters[name] = [question[name]];
  const words = question.q.trim() || every;
  if (question.sort !== "newest" && words !== every) {
    const { results } = await engine.search(words, { filters });
    return { length: results.length, next: async () => results.shift() };
  }
  // Pagefind puts in order what one part found, and not what several did.
  const sorted = (part) => engine.search(words, { filters: { ...filters, part: [part] }, sort: { date: "desc" } });
  return merged((await Promise.all(parts.map(sorted))).map((found) => [...found.results]));
}

function merged(all) {
  const rows = all.filter((row) => row.length);
  return {
    length: rows.reduce((sum, row) => sum + row.length, 0),
    async next() {
      const days = await Promise.all(rows.map(async (row) => (await row[0].data()).meta.day ?? ""));
      const newest = days.reduce((best, day, place) => (day > days[best] ? place : best), 0);
      const result = rows[newest].shift();
      if (!rows[newest].length) rows.splice(newest, 1);
      return result;
    },
  };
}

// --- what was asked, in the form and in the address -----------------------------------------------------------------

function asked() {
  const data = new FormData(form);
  const found = Object.fromEntries(["q", "sort", ...NAMES].map((name) => [name, data.get(name) ?? ""]));
  return { ...found, verdict: data.getAll("verdict") };
}

function toAddress(question) {
  const query = new URLSearchParams();
  for (const name of ["q", ...NAMES, "sort"])
    for (const value of [question[name]].flat()) if (value) query.append(name, value);
  const text = query.toString();
  const target = text ? `?${text}` : location.pathname;
  if (target !== (location.search || location.pathname)) history.pushState(null, "", target);
}

function fromAddress() {
  const query = new URLSearchParams(location.search);
  form.elements.q.value = query.get("q") ?? "";
  for (const box of form.querySelectorAll("[name=verdict]")) box.checked = query.getAll("verdict").includes(box.value);
  for (const name of [...NAMES.slice(1), "sort"]) {
    const select = form.elements[name], value = query.get(name) ?? "";
    if (value && name !== "kind" && name !== "sort" && ![...select.options].some((option) => option.value === value))
      select.add(new Option(value, value));
    select.value = value;
    if (select.selectedIndex < 0) select.value = "";
  }
}

// --- what is shown --------------------------------------------------------------------------------------------------

let current = 0; // which search is the last

async function show() {
  const run = ++current, question = asked();
  const anything = question.q.trim() || NAMES.some((name) => question[name].length);
  more.hidden = true;
  list.replaceChildren();
  if (!anything) {
    status.textContent = "";
    return;
  }
  status.textContent = word("looking");
  try {
    const found = await searched(question);
    if (run !== current) return;
    await add(found, run, false);
    if (run !== current) return;
    status.textContent = found.length ? counted(found.length) : word("none");
    more.onclick = () => add(found, run, true).catch(() => (status.textContent = word("lost")));
    at("find-filters").hidden = false;
    await count(run, question);
  } catch (error) {
    console.error(error);
    if (run === current) status.textContent = word("lost");
  }
}

async function add(found, run, go) {
  const next = [];
  while (next.length < PAGE && next.length + list.children.length < found.length) next.push(await found.next());
  const entries = (await Promise.all(next.map((result) => result.data()))).map(entry);
  if (run !== current) return;
  list.append(...entries);
  more.hidden = list.children.length >= found.length;
  if (go) entries[0]?.querySelector("a").focus();
}

function entry(found) {
  const { meta, filters } = found;
  const item = at("find-entry").content.firstElementChild.cloneNode(true);
  const link = item.querySelector("a");
  link.href = found.url;
  link.textContent = meta.title;
  if (meta.language) link.lang = meta.language;
  const rating = item.querySelector(".rating");
  if (meta.status === "retracted") rating.append(at("find-retracted").content.cloneNode(true), " ");
  const verdict = filters.verdict?.[0], article = filters.kind?.[0] === "article";
  const box = verdict && form.querySelector(`[name=verdict][value="${CSS.escape(verdict)}"]`);
  if (box) rating.append(box.parentElement.querySelector(".verdict").cloneNode(true));
  else rating.remove();
  item.querySelector(".summary").append("…\u00a0", ...excerpt(found.excerpt), "\u00a0…");
  const publisher = article ? filters.publisher?.[0] : "";
  const facts = [word(article ? "article" : "claim"), publisher, meta.date ?? word("undated")];
  item.querySelector(".small").textContent = facts.filter(Boolean).join(" · ");
  return item;
}

// Pagefind's excerpt is a text in which < and > are written &lt; and &gt;, and <mark> stands round what was found.
function excerpt(text) {
  const plain = (part) => part.replaceAll("&lt;", "<").replaceAll("&gt;", ">");
  return text.split(/<mark>(.*?)<\/mark>/s).map((part, place) => {
    if (place % 2 === 0) return document.createTextNode(plain(part));
    const mark = document.createElement("mark");
    mark.textContent = plain(part);
    return mark;
  });
}

// How many results each choice has. Only now: counts can wait, results cannot. In a large index stories and publishers
// are many, so their counts are loaded where somebody asks for them.
let further = false;

async function count(run, question) {
  further ||= parts.length === 1 || Boolean(question.story || question.publisher);
  const names = further ? NAMES : ["verdict", "kind", "year"];
  const words = question.q.trim() || every;
  await engine.search(words, { filters: Object.fromEntries(names.map((name) => [name, ["-"]])) }); // loads their counts
  const { totalFilters } = await engine.search(words);
  if (run !== current) return;
  for (const choice of form.querySelectorAll("[data-further]")) choice.hidden = !further;
  at("find-further").hidden = further;
  offer(totalFilters);
}

at("find-further").addEventListener("click", async () => {
  further = true;
  await count(current, asked()).catch(() => (status.textContent = word("lost")));
  form.elements.story.focus();
});

// Only the choices that lead to anything.
function offer(counts) {
  for (const box of form.querySelectorAll("[name=verdict]"))
    box.parentElement.querySelector("[data-count]").textContent = number(counts.verdict?.[box.value] ?? 0);
  for (const name of ["story", "publisher", "year"]) {
    const select = form.elements[name], chosen = select.value, has = counts[name] ?? {};
    const values = Object.keys(has).filter((value) => has[value] || value === chosen);
    if (chosen && !values.includes(chosen)) values.push(chosen);
    values.sort(new Intl.Collator(language, { numeric: true }).compare);
    if (name === "year") values.reverse();
    const options = values.map((value) => new Option(`${value} (${number(has[value] ?? 0)})`, value));
    select.replaceChildren(select.options[0], ...options);
    select.value = chosen;
  }
}

// --- how it begins --------------------------------------------------------------------------------------------------

form.addEventListener("submit", (event) => {
  event.preventDefault();
  toAddress(asked());
  show();
});
at("find-filters").addEventListener("change", () => {
  toAddress(asked());
  show();
});
addEventListener("popstate", () => {
  fromAddress();
  show();
});

try {
  await load();
  at("find-trouble").remove();
  find.hidden = false;
  fromAddress();
  show();
} catch (error) {
  console.error(error);
  at("find-trouble").classList.add("certain");
}
