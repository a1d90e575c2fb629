// What several templates share.
const SPECIAL = /[&<>"]/;
const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

export function escape(text) {
  return SPECIAL.test(text) ? text.replace(/[&<>"]/g, (character) => ENTITIES[character]) : text;
}

export function capital(word) {
  return word[0].toUpperCase() + word.slice(1);
}

export function link(item) {
  return `<a href="${item.address}">${escape(item.title)}</a>`;
}

export function time(item) {
  return `<time datetime="${item.date}">${item.dateText}</time>`;
}

// An article as other pages name it.
export function articleHead(article) {
  return (article.head ??= `<h3 class="publisher"><a href="${article.address}">${escape(article.publisher.title)}</a></h3>
<p class="headline">${escape(article.title)}</p>
<p class="small">${time(article)}</p>`);
}

// A claim in a list: rendered once, since several lists show it.
export function claimItem(claim) {
  return (claim.item ??= `<li class="entry">
<h2>${link(claim)}</h2>
<p class="rating"><span class="verdict">${escape(claim.verdict.title)}</span></p>
<p class="summary">${escape(claim.summary)}</p>
<p class="small">${claim.quotes.length} articles quoted · checked ${time(claim)} · ${link(claim.story)}</p>
</li>`);
}

export function claimList(claims) {
  return `<ul class="entries">
${claims.map(claimItem).join("\n")}
</ul>`;
}

export function articleList(articles) {
  return `<ul class="shelf">
${articles.map((article) => `<li class="entry">
${articleHead(article)}
<p class="small">${article.quotedBy.length} claims quote it</p>
</li>`).join("\n")}
</ul>`;
}

export function namedList(entries) {
  return `<ul class="shelf">
${entries.map((entry) => `<li class="entry">
<h2>${link(entry)}</h2>
${entry.summary ? `<p>${escape(entry.summary)}</p>\n` : ""}<p class="small">${entry.count}</p>
</li>`).join("\n")}
</ul>`;
}

export function paging(page) {
  if (page.number === undefined) return "";
  const newer = page.newer ? `<a rel="prev" href="${page.newer}">Newer</a>\n` : "";
  const older = page.older ? `<a rel="next" href="${page.older}">Older</a>\n` : "";
  const place = page.number ? `Page ${page.number}; page 1 has the oldest` : `${page.count} pages`;
  return `<nav class="paging" aria-label="Pages of this list">
${newer}<p>${place}</p>
${older}</nav>`;
}

export function page(address, title, summary, main) {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)} – Benchmark</title>
${summary ? `<meta name="description" content="${escape(summary)}">\n` : ""}<link rel="canonical" href="https://bench.example${address}">
<link rel="stylesheet" href="/assets/site.css">
</head>
<body>
<header class="masthead">
<a href="/">Benchmark</a>
<nav aria-label="Site">
<ul>
<li><a href="/claims/">Claims</a></li>
<li><a href="/stories/">Stories</a></li>
<li><a href="/articles/">Articles</a></li>
<li><a href="/publishers/">Publishers</a></li>
<li><a href="/tags/">Topics</a></li>
</ul>
</nav>
</header>
<main id="main">
${main}
</main>
<footer class="colophon">
<nav aria-label="About the site">
<ul>
<li><a href="/verdicts/">Verdicts</a></li>
<li><a href="/people/">People</a></li>
<li><a href="/about/">About</a></li>
<li><a href="/methodology/">Methodology</a></li>
<li><a href="/corrections-policy/">Corrections policy</a></li>
</ul>
</nav>
</footer>
</body>
</html>
`;
}
