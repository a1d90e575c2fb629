// Lighthouse over the addresses given, in one Chromium:
//   node lighthouse.mjs CHROMIUM FLAGS CATEGORIES ADDRESS...   (FLAGS and CATEGORIES: words with commas between)
// Prints JSON: for each address, each category's score from 0 to 100, and what it was lowered by.
import {launch} from "chrome-launcher";
import lighthouse from "lighthouse";

const [chromium, flags, categories, ...addresses] = process.argv.slice(2);
const chrome = await launch({chromePath: chromium, chromeFlags: ["--headless=new", ...flags.split(",")], logLevel: "silent"});
const found = {};
try {
  for (const address of addresses) {
    const options = {port: chrome.port, onlyCategories: categories.split(","), logLevel: "error", output: "json"};
    const {lhr} = await lighthouse(address, options);
    if (lhr.runtimeError) throw new Error(`${address}: ${lhr.runtimeError.message}`);
    const scores = {}, lowered = [];
    for (const category of Object.values(lhr.categories)) {
      scores[category.id] = category.score === null ? null : Math.round(category.score * 100);
      for (const {id, weight} of category.auditRefs) {
        const audit = lhr.audits[id];
        if (weight && audit.score !== null && audit.score < 1)
          lowered.push(`${category.id}: ${audit.title} ${audit.displayValue ?? ""} ${audit.explanation ?? ""}`.trim());
      }
    }
    found[address] = {scores, lowered};
  }
} finally {
  await chrome.kill();
}
process.stdout.write(JSON.stringify(found));
