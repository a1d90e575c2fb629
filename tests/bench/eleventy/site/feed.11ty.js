import { escape } from "./_includes/parts.js";

export const data = { permalink: "/feed.xml", eleventyExcludeFromCollections: true };

export function render({ library }) {
  const claims = library.claims.slice(0, 20);
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<id>https://bench.example/</id>
<title>Benchmark</title>
<link href="https://bench.example/"/>
<link rel="self" href="https://bench.example/feed.xml"/>
<updated>${claims[0].date}T00:00:00Z</updated>
<author><name>Benchmark</name></author>
${claims.map(entry).join("\n")}
</feed>
`;
}

function entry(claim) {
  return `<entry>
<id>https://bench.example${claim.address}</id>
<title>${escape(claim.title)}</title>
<link href="https://bench.example${claim.address}"/>
<updated>${claim.date}T00:00:00Z</updated>
<summary>${escape(claim.summary)}</summary>
</entry>`;
}
