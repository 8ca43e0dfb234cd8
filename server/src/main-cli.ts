/** The command-line process. */
import { isatty } from 'node:tty';
import { colourWanted } from './cli/colour.ts';
import { runCli } from './cli/program.ts';
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

process.exitCode = runCli(process.argv.slice(2), {
  cwd: process.cwd(),
  today: new Date().toISOString().slice(0, 10),
  program: programOf(import.meta.url),
  rules: RULES,
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  stdin: readStandardInput,
  look: {
    colour: colourWanted(process.env, isatty(process.stdout.fd)),
    columns: process.stdout.columns || 80,
    terminal: isatty(process.stdout.fd),
  },
  // Loaded on demand, because other commands do not need it.
  serve: () => void import('./main-lsp.ts'),
});
