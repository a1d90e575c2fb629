import { capital, escape, link, page, time } from "./_includes/parts.js";

export const data = {
  pagination: { data: "library.articles", size: 1, alias: "article" },
  permalink: ({ article }) => `${article.address}index.html`,
  eleventyExcludeFromCollections: true,
};

export function render({ article }) {
  return page(article.address, article.title, "", `<article class="evidence">
<header class="lead">
<h1>${escape(article.title)}</h1>
<dl class="facts">
<div><dt>Publisher</dt><dd>${link(article.publisher)}</dd></div>
<div><dt>Published</dt><dd>${time(article)}</dd></div>
<div><dt>Original</dt><dd><a href="${escape(article.original)}">${escape(article.original)}</a></dd></div>
<div><dt>Reporting from</dt><dd>${escape(article.origin)}</dd></div>
<div><dt>Story</dt><dd>${link(article.story)}</dd></div>
<div><dt>Quoted by</dt><dd>${article.quotedBy.length} claims</dd></div>
</dl>
</header>
<section aria-labelledby="text">
<h2 id="text">Its words</h2>
<div class="text">
${article.paragraphs.map((paragraph) => `<p>${escape(paragraph)}</p>`).join("\n")}
</div>
</section>
<section aria-labelledby="claims">
<h2 id="claims">Claims that quote it</h2>
<ul class="margin">
${article.quotedBy.map(({ claim, stance }) => `<li><span class="stance">${capital(stance)}</span> ${link(claim)} <span class="verdict">${escape(claim.verdict.title)}</span></li>`).join("\n")}
</ul>
</section>
</article>`);
}
