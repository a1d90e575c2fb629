import { escape, page } from "./parts.js";

export function render(data) {
  return page(data.page.url, data.title, "", `<article>
<header class="lead">
<h1>${escape(data.title)}</h1>
</header>
<div class="prose">
${data.content}</div>
</article>`);
}
