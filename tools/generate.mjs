/**
 * Writes all files that are generated from the rules: `npm run generate`. The lists of rules are written first, because the pages are made with them.
 *
 * Pages are cached in `.cache/generate.json`: a page is made again only if its rule, the fixture, the engine or the schemas have changed. The tests that
 * compare the written files with the rules do not use the cache.
 *
 * `--no-opt` in package.json saves a third of the processor time without a cache: in hundreds of short runs of the engine, optimized code does not
 * repay its compilation.
 */
import { bundle } from './generate/bundle.mjs';

await import((await bundle('tools/generate/lists.ts', '.cache/generate/lists.mjs')).url);
const pages = await bundle('tools/generate/pages.ts', '.cache/generate/pages.mjs');
const { writePages } = await import(pages.url);
await writePages(pages);
