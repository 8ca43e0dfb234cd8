/**
 * Runs scripts of package.json side by side: `node tools/side-by-side.mjs typecheck lint`. Shows the output of each
 * when it ends, and fails if one does. After `--`, it runs a program of Node.js beside them, whose output is shown as
 * it comes; what the scripts write in the meantime follows if they fail. It is started by npm, which passes its own
 * location.
 */
import { spawn } from 'node:child_process';

const args = process.argv.slice(2);
const end = args.includes('--') ? args.indexOf('--') : args.length;
const [scripts, program] = [args.slice(0, end), args.slice(end + 1)];

/**
 * The compiler of TypeScript and the linter are written in Go. With one processor, the linter makes one checker of
 * types and not one for each processor, which all check what they have in common. Garbage is collected less often.
 */
const BESIDE_OTHERS = { GOMAXPROCS: '1', GOGC: '400', ...process.env };

/** Runs a script and returns whether it succeeded. */
function run(script) {
  return new Promise((resolve) => {
    const command = [process.env.npm_execpath, 'run', '--silent', script];
    const child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'pipe'], env: BESIDE_OTHERS });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => {
        output += text;
      });
    child.on('close', (code) => {
      const succeeded = code === 0;
      if (program.length === 0) process.stdout.write(output);
      else if (!succeeded) process.stdout.write(`\n${output}`);
      if (!succeeded) console.error(`npm run ${script} failed`);
      resolve(succeeded);
    });
  });
}

/** Runs the program and returns whether it succeeded. */
function runProgram() {
  return new Promise((resolve) => {
    spawn(process.execPath, program, { stdio: 'inherit' }).on('close', (code) => resolve(code === 0));
  });
}

const succeeded = await Promise.all([...scripts.map(run), ...(program.length > 0 ? [runProgram()] : [])]);
process.exitCode = succeeded.every(Boolean) ? 0 : 1;
// The failures of scripts are far above by now.
if (program.length > 0)
  for (const [at, script] of scripts.entries()) if (!succeeded[at]) console.error(`npm run ${script} failed`);
