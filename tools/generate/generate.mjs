/**
 * Writes all files that are generated from the rules: `npm run generate`. The lists of rules are written first, because the pages are made with them.
 *
 * Pages are cached in `.cache/generate.json`: a page is made again only if its rule, the fixture, the engine or the schemas have changed. The tests that
 * compare the written files with the rules do not use the cache.
 *
 * `--no-opt` in package.json saves a third of the processor time without a cache: in hundreds of short runs of the engine, optimized code does not
 * repay its compilation.
 */
import { bundle } from './bundle.mjs';

const bundlePages = () => bundle('tools/generate/pages.ts', '.cache/generate/pages.mjs');
// The lists seldom change, so the pages are bundled at the same time.
const [lists, early] = await Promise.all([
  bundle('tools/generate/lists.ts', '.cache/generate/lists.mjs'),
  bundlePages(),
]);
const { areChanged } = await import(lists.url);
const pages = areChanged ? await bundlePages() : early;
const { writePages } = await import(pages.url);
await writePages(pages);
