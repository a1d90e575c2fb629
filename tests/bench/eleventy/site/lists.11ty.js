import { articleList, claimList, escape, page, paging } from "./_includes/parts.js";

export const data = {
  pagination: { data: "library.lists", size: 1, alias: "list" },
  permalink: ({ list }) => `${list.address}index.html`,
  eleventyExcludeFromCollections: true,
};

export function render({ list }) {
  const { address, title, summary, articles, claims } = list;
  const articlesPart = articles ? articleList(articles) : "";
  const claimsPart = claims ? claimList(claims) : "";
  const parts = articles && claims
    ? `<section aria-labelledby="articles">
<h2 id="articles">Articles</h2>
${articlesPart}
</section>
<section aria-labelledby="claims">
<h2 id="claims">Claims that quote them</h2>
${claimsPart}
</section>`
    : articlesPart + claimsPart;
  return page(address, title, summary ?? "", `<header class="lead">
<h1>${escape(title)}</h1>
${summary ? `<p class="standfirst">${escape(summary)}</p>\n` : ""}</header>
${parts}
${paging(list)}`);
}
