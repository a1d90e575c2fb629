export default function (config) {
  config.addPassthroughCopy({ assets: "assets" });
  config.addWatchTarget("content/");
  return {
    dir: { input: "site", output: "_site" },
    markdownTemplateEngine: false,
    htmlTemplateEngine: false,
    templateFormats: ["11ty.js", "md"],
  };
}
