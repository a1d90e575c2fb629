import { articleHead, capital, escape, link, page } from "./_includes/parts.js";

export const data = {
  pagination: { data: "library.stories", size: 1, alias: "story" },
  permalink: ({ story }) => `${story.address}index.html`,
  eleventyExcludeFromCollections: true,
};

export function render({ story }) {
  return page(story.address, story.title, story.summary, `<article class="story">
<header class="lead">
<h1>${escape(story.title)}</h1>
<p class="standfirst">${escape(story.summary)}</p>
</header>
<section aria-labelledby="articles">
<h2 id="articles">${story.articles.length} articles</h2>
<ul class="shelf">
${story.articles.map((article) => `<li>\n${articleHead(article)}\n</li>`).join("\n")}
</ul>
</section>
<section aria-labelledby="claims">
<h2 id="claims">${story.claims.length} claims, article by article</h2>
<table class="matrix">
<thead>
<tr>
<th scope="col">Claim</th>
${story.articles.map((article) => `<th scope="col"><a href="${article.address}">${escape(article.publisher.title)}</a></th>`).join("\n")}
</tr>
</thead>
<tbody>
${story.claims.map((claim) => row(claim, story.articles)).join("\n")}
</tbody>
</table>
</section>
</article>`);
}

function row(claim, articles) {
  const quotes = new Map(claim.quotes.map((quote) => [quote.article, quote]));
  const { what, claim: value, found } = claim.compare;
  return `<tr>
<th scope="row">${link(claim)} <span class="verdict">${escape(claim.verdict.title)}</span> <span class="compared">${escape(what)}: claim ${escape(value)}, found ${escape(found)}</span></th>
${articles.map((article) => cell(claim, quotes.get(article))).join("\n")}
</tr>`;
}

function cell(claim, quote) {
  if (!quote) return "<td>Not quoted</td>";
  return `<td><a href="${claim.address}">${capital(quote.stance)}</a>${quote.says ? ` ${escape(quote.says)}` : ""}</td>`;
}
