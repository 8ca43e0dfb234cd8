/** A build of the program with more rules, in a folder of its own. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ruleId, ruleIndex, rulePaths } from '../../../tools/rule-index.ts';
import type { MadeRule } from './sources.ts';

/** What is built, and what builds it. */
const COPIED = ['server', 'client', 'tools/build', 'tools/package/data-archive.mjs', 'tools/build.mjs', 'package.json'];

/**
 * Makes a build with more rules.
 * @param root The root of the repository.
 * @param copy The folder, which is replaced. It must be below the root, where the packages are found.
 */
export function buildWith(rules: readonly MadeRule[], root: string, copy: string): void {
  rmSync(copy, { recursive: true, force: true });
  for (const name of COPIED) cpSync(join(root, name), join(copy, name), { recursive: true });
  symlinkSync(join(root, 'schemas'), join(copy, 'schemas'));
  const folder = join(copy, 'server/src/rules');
  for (const { path, source } of rules) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), source);
  }
  const paths = [...rulePaths(), ...rules.map(({ path }) => path)].sort((a, b) => (ruleId(a) < ruleId(b) ? -1 : 1));
  writeFileSync(join(folder, 'index.ts'), ruleIndex(paths));
  execFileSync(process.execPath, ['tools/build.mjs'], { cwd: copy, stdio: 'inherit' });
}
