/**
 * Writes all files that are generated from the rules: `npm run generate`. The lists of rules are written first, because
 * the pages are bundled with them.
 *
 * Pages are cached in `.cache/generate/results.json`: a page is made again only if its rule, the fixture, the engine or
 * the schemas have changed. The tests that compare the written files with the rules do not use the cache.
 *
 * `--no-opt` in package.json saves a third of the processor time without a cache: in hundreds of short runs of the
 * engine, optimized code does not repay its compilation. Simple code does at the first call: `--always-sparkplug` saves
 * a twentieth.
 */
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { bundle } from './bundle.mjs';

const FOLDER = '.cache/generate';
const isCached = existsSync(new URL(`../../${FOLDER}/results.json`, import.meta.url));

const bundled = (name) => bundle(`tools/generate/${name}.ts`, `${FOLDER}/${name}.mjs`);

await import((await bundled('rule-lists')).url);
const { url, modules } = await bundled('pages');
/** Without cached results, a second thread is certainly needed, so it loads the program at the same time. */
const started = isCached || availableParallelism() === 1 ? [] : [new Worker(new URL(url))];
const { writePages } = await import(url);
await writePages({ url, modules, started });
