/**
 * Runs scripts of package.json side by side: `node tools/side-by-side.mjs typecheck lint`. Shows the output of each when it ends, and fails if one does.
 * It is started by npm, which says where it is itself.
 */
import { spawn } from 'node:child_process';

/** Runs a script and returns whether it succeeded. */
function run(script) {
  return new Promise((resolve) => {
    const args = [process.env.npm_execpath, 'run', '--silent', script];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => {
        output += text;
      });
    child.on('close', (code) => {
      process.stdout.write(output);
      if (code !== 0) console.error(`npm run ${script} failed`);
      resolve(code === 0);
    });
  });
}

const succeeded = await Promise.all(process.argv.slice(2).map(run));
process.exitCode = succeeded.every(Boolean) ? 0 : 1;
