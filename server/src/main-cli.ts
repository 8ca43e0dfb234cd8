/** The command-line process. It loads the engine only for commands that need it, so that the others start quickly. */
import { setImmediate } from 'node:timers/promises';
import { isatty } from 'node:tty';
import { colorWanted, linksWanted } from './cli/color.ts';
import { errorLine } from './cli/error-line.ts';
import type { Shell } from './cli/shells.ts';
import { paced } from './cli/paced.ts';
import { commandCallOf, needsEngine, type CommandCall, type EngineCommand } from './cli/program.ts';
import { ProgressLine, progressWanted } from './cli/progress-line.ts';
import { prepareShortRun } from './cli/short-run.ts';
import { roughInput, startedThreads } from './cli/batches/early-threads.ts';
import { BYTES_OF_LARGE_INPUT, BYTES_OF_WORKER, maxWorkers } from './cli/batches/worker-number.ts';
import { EXIT, UsageError, type Exit, type World } from './cli/world.ts';
import { useCodeFor, useCompiledCode } from './host/code-cache.ts';
import { plainReason } from './host/plain-reason.ts';
import { processTime } from './host/process-time.ts';
import { programOf } from './host/program.ts';
import { readStandardInput } from './host/standard-input.ts';

/** The streams whose reader has closed the pipe, which is not an error: `stackwarden lint | head`. */
const closed = new Set<NodeJS.WriteStream>();
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    closed.add(stream);
    if (error.code !== 'EPIPE') {
      const reason = plainReason(error, 'written');
      world.err(errorLine(new UsageError(`The output ${reason}.`)));
      process.exit(EXIT.unusable);
    }
    // A server ends with its client.
    if (isServing) process.exit();
  });
}

/** Writes to a stream as long as it is read. The exit code of a run does not depend on its reader. */
function write(stream: NodeJS.WriteStream, text: string): void {
  line?.clear();
  if (!closed.has(stream)) stream.write(text);
}

/** Waits until the reader of standard output has taken the text; undefined if it has. */
function outputDrained(): Promise<void> | undefined {
  const { stdout } = process;
  if (closed.has(stdout) || !stdout.writableNeedDrain) return undefined;
  return new Promise((resolve) => {
    const done = (): void => {
      for (const event of ['drain', 'error', 'close']) stdout.off(event, done);
      resolve();
    };
    for (const event of ['drain', 'error', 'close']) stdout.on(event, done);
  });
}

/**
 * Ends the process at once if all output is written. Otherwise it ends by itself when that is done or its error is
 * handled, which takes longer, because Node.js waits for a garbage collection in progress.
 */
function end(exit: Exit): void {
  process.exitCode = exit;
  if (isServing) return;
  const isWritten = ({ writableLength, errored }: NodeJS.WriteStream): boolean => writableLength === 0 && !errored;
  if ([process.stdout, process.stderr].every(isWritten)) process.exit();
}

let isServing = false;
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
      now: processTime,
    })
  : undefined;

/** The current directory. The process ends if it was removed, because relative paths mean nothing then. */
function currentDirectory(): string {
  try {
    return process.cwd();
  } catch (error) {
    process.stderr.write(errorLine(new UsageError(`The current directory ${plainReason(error)}.`)));
    process.exit(EXIT.unusable);
  }
}

const world: Omit<World, 'rules'> = {
  cwd: currentDirectory(),
  today: new Date().toISOString().slice(0, 10),
  program: programOf(import.meta.url),
  out: (text) => write(process.stdout, text),
  err: (text) => write(process.stderr, text),
  interrupted: () => isInterrupted,
  stdin: readStandardInput,
  display: {
    color: colorWanted(process.env, isatty(process.stdout.fd)),
    columns: process.stdout.columns || 80,
    terminal: isatty(process.stdout.fd),
    links: linksWanted(process.env, isatty(process.stdout.fd)),
  },
};

async function run(call: CommandCall): Promise<Exit> {
  if (needsEngine(call)) return runWithEngine(call);
  if (call.command === 'lsp') {
    isServing = true;
    // A server has settings of its own, and runs long.
    useCompiledCode(undefined);
    await import('./main-lsp.ts');
  } else {
    const { completionScript } = await import('./cli/commands/completion-command.ts');
    world.out(completionScript(call.given[0] as Shell));
  }
  return 0;
}

/** Loads the engine with the command, and the rules. */
async function stepsWithRules({ command }: CommandCall<EngineCommand>) {
  if (command === 'lint') {
    const { lintSteps, RULES } = await import('./cli/commands/rule-lint.ts');
    return { rules: RULES, steps: lintSteps };
  }
  const { commandSteps, RULES } = await import('./cli/commands/rule-commands.ts');
  return { rules: RULES, steps: commandSteps };
}

async function runWithEngine(call: CommandCall<EngineCommand>): Promise<Exit> {
  const isBundle = import.meta.url.endsWith('.cjs');
  const threads = {
    program: new URL(isBundle ? './worker.cjs' : './main-worker.ts', import.meta.url),
    most: maxWorkers(),
    bytesEach: BYTES_OF_WORKER,
  };
  const size = roughInput(call, world.cwd, threads);
  const isLarge = size.bytes >= BYTES_OF_LARGE_INPUT;
  if (isLarge) useCodeFor('large');
  const workers = { ...threads, started: startedThreads(size, threads) };
  const { rules, steps } = await stepsWithRules(call);
  prepareShortRun(process.version, !isLarge);
  return paced(steps(call, { ...world, rules, workers }), {
    now: processTime,
    pause: () => setImmediate(),
    begin: () => process.on('SIGINT', interrupt),
    show: (progress) => line?.show(progress),
    drained: outputDrained,
    end: () => process.off('SIGINT', interrupt),
  });
}

const call = commandCallOf(process.argv.slice(2), world);
if (typeof call === 'number') process.exitCode = call;
else
  void run(call).then(end, (error: unknown) => {
    // Node.js would print a line of the program, which is very long in a build, and end with the code of findings.
    world.err(errorLine(error));
    end(EXIT.unusable);
  });
