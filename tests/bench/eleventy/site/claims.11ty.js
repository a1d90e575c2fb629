import { articleHead, capital, escape, link, page, time } from "./_includes/parts.js";

export const data = {
  pagination: { data: "library.claims", size: 1, alias: "claim" },
  permalink: ({ claim }) => `${claim.address}index.html`,
  eleventyExcludeFromCollections: true,
};

export function render({ claim }) {
  const quoted = new Set(claim.quotes.map((quote) => quote.article));
  const notQuoted = claim.story.articles.filter((article) => !quoted.has(article));
  return page(claim.address, claim.title, claim.summary, `<article class="claim">
<header class="lead">
<p class="rating"><a href="${claim.verdict.address}"><span class="verdict">${escape(claim.verdict.title)}</span></a></p>
<h1 class="wording">${escape(claim.title)}</h1>
<p class="summary">${escape(claim.summary)}</p>
<dl class="facts">
<div><dt>Checked</dt><dd>${time(claim)}</dd></div>
<div><dt>Story</dt><dd>${link(claim.story)}</dd></div>
<div><dt>Topics</dt><dd>${claim.tags.map(link).join(", ")}</dd></div>
<div><dt>Written by</dt><dd>${claim.by.map(link).join(", ")}</dd></div>
</dl>
<p class="small">“${escape(claim.verdict.title)}”: ${escape(claim.verdict.summary)}</p>
</header>
<section aria-labelledby="articles">
<h2 id="articles">What the articles say</h2>
<dl class="baseline">
<div><dt>Compared</dt><dd>${escape(claim.compare.what)}</dd></div>
<div><dt>The claim</dt><dd>${escape(claim.compare.claim)}</dd></div>
<div><dt>The finding</dt><dd>${escape(claim.compare.found)}</dd></div>
</dl>
<ul class="rows">
${claim.quotes.map((quote) => quoteRow(claim, quote)).join("\n")}
</ul>
<h3>Not quoted</h3>
<ul class="brief">
${notQuoted.map((article) => `<li><a href="${article.address}">${escape(article.publisher.title)}</a> ${time(article)}</li>`).join("\n")}
</ul>
</section>
<section aria-labelledby="analysis">
<h2 id="analysis">Analysis</h2>
<div class="prose">
${claim.analysis}</div>
</section>
<section aria-labelledby="sources">
<h2 id="sources">Sources</h2>
<ol class="sources">
${claim.sources.map(sourceItem).join("\n")}
</ol>
</section>
</article>`);
}

function quoteRow(claim, quote) {
  const same = quote.says === claim.compare.claim ? "same as the claim" : "differs from the claim";
  return `<li>
${articleHead(quote.article)}
<p class="stance">${capital(quote.stance)}</p>
${quote.says ? `<p class="value">${escape(quote.says)} <span class="beside">${same}</span></p>\n` : ""}<blockquote><p>${escape(quote.text)}</p></blockquote>
<p class="small"><a href="${quote.article.address}">The article</a> · <a href="${escape(quote.article.original)}">Original</a></p>
</li>`;
}

function sourceItem(source) {
  return `<li id="source-${source.id}">
<p class="title">${escape(source.title)}</p>
<p class="small">${escape(source.publisher)} · ${source.kind} source · <a href="${escape(source.url)}">${escape(source.url)}</a></p>
</li>`;
}
