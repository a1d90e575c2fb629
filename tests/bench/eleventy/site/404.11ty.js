import { page } from "./_includes/parts.js";

export const data = { permalink: "/404.html", eleventyExcludeFromCollections: true };

export function render() {
  return page("/404.html", "Page not found", "", `<header class="lead">
<h1>Page not found</h1>
<p class="standfirst">There is no page at this address.</p>
</header>
<p><a href="/claims/">All claims</a> are in one list, and <a href="/">the front page</a> shows where else to go.</p>`);
}
