/**
 * Writes all files that are generated from the rules: `npm run generate`. The lists of rules are written first, because the pages are made with them.
 *
 * Pages are cached in `.cache/generate/results.json`: a page is made again only if its rule, the fixture, the engine or the schemas have changed. The tests that
 * compare the written files with the rules do not use the cache.
 *
 * `--no-opt` in package.json saves a third of the processor time without a cache: in hundreds of short runs of the engine, optimized code does not
 * repay its compilation.
 */
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { bundleTogether } from './bundle.mjs';

const FOLDER = '.cache/generate';
const bundled = () => bundleTogether({ lists: 'tools/generate/lists.ts', pages: 'tools/generate/pages.ts' }, FOLDER);
/** Without cached results, a second thread is certainly needed, so it loads the program at the same time. */
const startedOf = ({ urls }) =>
  existsSync(new URL(`../../${FOLDER}/results.json`, import.meta.url)) || availableParallelism() === 1
    ? []
    : [new Worker(new URL(urls.pages))];

const first = await bundled();
const early = startedOf(first);
const { areChanged } = await import(first.urls.lists);
// The pages are made with the lists, so they are bundled again with others.
if (areChanged) await Promise.all(early.map((worker) => worker.terminate()));
const { urls, modules } = areChanged ? await bundled() : first;
const { writePages } = await import(urls.pages);
await writePages({ url: urls.pages, modules, started: areChanged ? [] : early });
