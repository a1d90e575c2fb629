export const data = { permalink: "/sitemap.xml", eleventyExcludeFromCollections: true };

export function render({ library }) {
  const plain = ["/", "/about/", "/methodology/", "/corrections-policy/"].map((address) => ({ address }));
  const pages = [...plain, ...library.lists, ...library.named, ...library.stories, ...library.articles];
  return `<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${pages.map((item) => `<url><loc>https://bench.example${item.address}</loc></url>`).join("\n")}
${library.claims.map((claim) => `<url><loc>https://bench.example${claim.address}</loc><lastmod>${claim.date}</lastmod></url>`).join("\n")}
</urlset>
`;
}
