import { escape, namedList, page, paging } from "./_includes/parts.js";

export const data = {
  pagination: { data: "library.named", size: 1, alias: "list" },
  permalink: ({ list }) => `${list.address}index.html`,
  eleventyExcludeFromCollections: true,
};

export function render({ list }) {
  return page(list.address, list.title, "", `<header class="lead">
<h1>${escape(list.title)}</h1>
</header>
${namedList(list.named)}
${paging(list)}`);
}
