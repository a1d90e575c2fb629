import { claimList, escape, link, namedList, page } from "./_includes/parts.js";

export const data = { permalink: "/index.html", eleventyExcludeFromCollections: true };

export function render({ library }) {
  const stories = library.stories.slice(0, 12).map((story) => ({ ...story, count: `${story.claims.length} claims` }));
  return page("/", "Benchmark", "", `<header class="lead">
<h1>Benchmark</h1>
</header>
<section aria-labelledby="claims">
<h2 id="claims">Claims checked</h2>
${claimList(library.claims.slice(0, 12))}
<p class="more"><a href="/claims/">All claims</a></p>
</section>
<section aria-labelledby="stories">
<h2 id="stories">Stories</h2>
${namedList(stories)}
<p class="more"><a href="/stories/">All stories</a></p>
</section>
<section aria-labelledby="scale">
<h2 id="scale">What the verdicts mean</h2>
<dl class="meanings">
${library.verdicts.map((verdict) => `<div><dt>${link(verdict)}</dt><dd>${escape(verdict.summary)}</dd></div>`).join("\n")}
</dl>
</section>`);
}
