/**
 * Validates templates with AWS's engine. `node aws-engine.cjs FILE…` prints how many diagnostics it has; `node
 * aws-engine.cjs --each ROUNDS FILE…` validates them several times, and prints the fastest time of each in
 * milliseconds, or null for one that it fails to read.
 */
'use strict';
const { RegoEngine, TemplateFile } = require('@aws/cloudformation-validate');

const engine = new RegoEngine();
const [first, rounds, ...files] = process.argv.slice(2);
process.stdout.write(
  first === '--each' ? JSON.stringify(timesOf(files, Number(rounds))) : `${countIn(process.argv.slice(2))}\n`,
);

function countIn(paths) {
  return paths.reduce((sum, path) => sum + (diagnosticsOf(path) ?? 0), 0);
}

function timesOf(paths, number) {
  const times = paths.map(() => Infinity);
  for (let round = 0; round < number; round++)
    for (const [index, path] of paths.entries()) {
      const start = performance.now();
      const isRead = diagnosticsOf(path) !== undefined;
      times[index] = isRead ? Math.min(times[index], performance.now() - start) : null;
    }
  return times;
}

/** The number of diagnostics of a template; undefined if it is not its format. */
function diagnosticsOf(path) {
  try {
    return engine.validateStandard(new TemplateFile(path)).diagnostics.length;
  } catch {
    return undefined;
  }
}
