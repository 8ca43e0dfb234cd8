/** The command-line process. */
import { setImmediate } from 'node:timers/promises';
import { isatty } from 'node:tty';
import { colourWanted, linksWanted } from './cli/colour.ts';
import { paced } from './cli/paced.ts';
import { cliSteps } from './cli/program.ts';
import { ProgressLine, progressWanted } from './cli/progress-line.ts';
import { programOf } from './host/program.ts';
import { readStandardInput } from './host/standard-input.ts';
import { RULES } from './rules/index.ts';

// A closed pipe is not an error: `stackwarden lint | head`.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
}

let isInterrupted = false;
const interrupt = (): void => {
  // A second Ctrl+C ends the process.
  process.off('SIGINT', interrupt);
  isInterrupted = true;
};
const line = progressWanted(process.env, isatty(process.stderr.fd))
  ? new ProgressLine({
      write: (text) => process.stderr.write(text),
      columns: () => process.stderr.columns || 80,
      now: () => performance.now(),
    })
  : undefined;

const steps = cliSteps(process.argv.slice(2), {
  cwd: process.cwd(),
  today: new Date().toISOString().slice(0, 10),
  program: programOf(import.meta.url),
  rules: RULES,
  out: (text) => {
    line?.clear();
    process.stdout.write(text);
  },
  err: (text) => {
    line?.clear();
    process.stderr.write(text);
  },
  interrupted: () => isInterrupted,
  stdin: readStandardInput,
  look: {
    colour: colourWanted(process.env, isatty(process.stdout.fd)),
    columns: process.stdout.columns || 80,
    terminal: isatty(process.stdout.fd),
    links: linksWanted(process.env, isatty(process.stdout.fd)),
  },
  // Loaded on demand, because other commands do not need it.
  serve: () => void import('./main-lsp.ts'),
});

void paced(steps, {
  now: () => performance.now(),
  pause: () => setImmediate(),
  begin: () => process.on('SIGINT', interrupt),
  show: (progress) => line?.show(progress),
  end: () => process.off('SIGINT', interrupt),
}).then((exit) => {
  process.exitCode = exit;
});
