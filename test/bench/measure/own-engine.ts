/**
 * Analyzes templates one by one, several times in one process, as `aws-engine.cjs --each` does: `node own-engine.cjs
 * SCHEMAS ROUNDS FILE…`. It prints the time of each file in the last round.
 */
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DEFAULT_CONFIGURATION } from '../../../server/src/config/configuration.ts';
import { run } from '../../../server/src/engine/run.ts';
import { nodeReader } from '../../../server/src/host/node.ts';

const [schemas = '', rounds = '', ...files] = process.argv.slice(2);
const options = { profile: 'recommended', certainty: 'certain', configuration: DEFAULT_CONFIGURATION } as const;

/** The fastest time of each file, so that a pause of the machine does not count. */
const times = files.map(() => Infinity);
for (let round = 0; round < Number(rounds); round++)
  for (const [index, path] of files.entries()) {
    const start = performance.now();
    for (const { findings } of run(nodeReader({ root: dirname(path), schemas }), [pathToFileURL(path).href], options)
      .documents)
      // Fixes are computed when they are asked for.
      for (const { fixes } of findings) void fixes.length;
    times[index] = Math.min(times[index]!, performance.now() - start);
  }
process.stdout.write(JSON.stringify(times));
