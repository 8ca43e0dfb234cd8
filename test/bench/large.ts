/** `large.ts plan 50`: analyses one document of so many million characters and says what it took; `bench.ts` runs it in processes of their own. */
import { performance } from 'node:perf_hooks';
import { DEFAULT_CONFIGURATION } from '../../server/src/config/configuration.ts';
import { run } from '../../server/src/engine/run.ts';
import { memoryReader } from '../kit/memory-reader.ts';
import { plan, state } from './terraform-records.ts';

const [kind, size] = process.argv.slice(2);
const doc = kind === 'state' ? 'file:///b/terraform.tfstate' : 'file:///b/plan.json';
// Through bytes, so that nothing is left of how the text was made.
const text = Buffer.from((kind === 'state' ? state : plan)(Number(size) * 1e6)).toString('utf8');
const before = process.memoryUsage().rss;
const start = performance.now();
run(memoryReader(new Map([[doc, text]])), [doc], {
  profile: 'recommended',
  certainty: 'certain',
  configuration: DEFAULT_CONFIGURATION,
});
const time = performance.now() - start;
process.stdout.write(
  JSON.stringify({ length: text.length, time, before, peak: process.resourceUsage().maxRSS * 1024 }),
);
