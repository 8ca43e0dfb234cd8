/**
 * The bundles in `dist/`: what starts a process is small and loads the rest later, and the extension knows nothing
 * about AWS.
 */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { RULE_IDS } from '../../server/src/rules/ids.ts';
import { makeFolder } from '../host/workspace.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const DIST = join(ROOT, 'dist');

/**
 * The maximum size in bytes of what is loaded at the start, by the beginnings of names. More is a change of this table.
 */
const MOST: Readonly<Record<string, number>> = {
  'cli.cjs': 10_000,
  'parts/main-cli-': 84_000,
  // Without explanations, `access`, `migrate` and other commands.
  'parts/rule-lint-': 1_445_000,
  'server.cjs': 330_000,
  'client.cjs': 510_000,
};

const textOf = (path: string): string => readFileSync(path, 'utf8');

/** A file and those that it requires at once; what is imported on demand is left out. */
function loadedWith(path: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(path)) return seen;
  seen.add(path);
  for (const [, to] of textOf(path).matchAll(/=require\("(\.[^"]+)"\)/g)) loadedWith(join(dirname(path), to!), seen);
  return seen;
}

/** Prints what the process has loaded at its end. */
const LOADED = `
const Module = require('node:module');
const load = Module._load;
const loaded = [];
Module._load = (name, ...given) => {
  loaded.push(name);
  return load(name, ...given);
};
process.on('exit', () => console.log(loaded.join('\\n')));
`;

/** A template with an action of this name, which is none. */
function templateWith(action: string): string {
  const statement = { Effect: 'Allow', Action: action, Resource: '*' };
  return JSON.stringify({
    Resources: {
      Policy: {
        Type: 'AWS::IAM::ManagedPolicy',
        Properties: { PolicyDocument: { Version: '2012-10-17', Statement: [statement] } },
      },
    },
  });
}

describe('the bundles', () => {
  before(() => {
    // npm test builds first; a run of this file alone may not have.
    if (!existsSync(join(DIST, 'parts'))) execFileSync(process.execPath, ['tools/build.mjs'], { cwd: ROOT });
  });

  for (const [name, most] of Object.entries(MOST))
    it(`${name} starts with at most ${most} bytes`, () => {
      const entry = readdirSync(DIST, { recursive: true, encoding: 'utf8' }).find((path) =>
        path.replaceAll('\\', '/').startsWith(name),
      )!;
      const sizes = [...loadedWith(join(DIST, entry))].map((path) => textOf(path).length);
      assert.ok(Math.max(...sizes) > most / 3);
      const total = sizes.reduce((sum, size) => sum + size, 0);
      assert.ok(total <= most, String(total));
    });

  it('load their parts with require, because import() of a large CommonJS file is slow', () => {
    for (const name of ['cli.cjs', 'server.cjs']) {
      const text = textOf(join(DIST, name));
      assert.match(text, /require\("\.\/parts\//);
      assert.doesNotMatch(text, /\bimport\("\./);
    }
  });

  it('load what only some texts and options need when they need it', () => {
    const { at } = makeFolder({
      'narrow.yaml': templateWith('ab'),
      'wide.yaml': templateWith('\u65E5\u672C'),
      'loaded.cjs': LOADED,
    });
    const marksOf = (name: string): { readonly marks: string | undefined; readonly loaded: readonly string[] } => {
      const given = ['--require', at('loaded.cjs'), join(DIST, 'cli.cjs'), 'lint', at(name)];
      const { stdout } = spawnSync(process.execPath, given, { encoding: 'utf8', env: { ...process.env, CI: 'true' } });
      const loaded = ['node:fs', 'node:child_process', 'string-width', 'tinyglobby', 'picomatch'].filter((module) =>
        stdout.includes(module),
      );
      return { marks: /\^+$/m.exec(stdout)?.[0], loaded };
    };
    assert.deepEqual(marksOf('narrow.yaml'), { marks: '^^^^', loaded: ['node:fs'] });
    assert.deepEqual(marksOf('wide.yaml'), { marks: '^^^^^^', loaded: ['node:fs', 'string-width'] });
    // A package that would also be searched for outside.
    assert.deepEqual(marksOf('.').loaded, ['node:fs', 'string-width', 'tinyglobby']);
  });

  it('are ASCII, because one other character doubles the memory of a text in V8', () => {
    const files = readdirSync(DIST, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.cjs'));
    assert.ok(files.length > Object.keys(MOST).length);
    assert.deepEqual(
      files.filter((path) => /[^\0-\x7F]/.test(textOf(join(DIST, path)))),
      [],
    );
  });

  it('keep the names of functions, so that a stack trace in a report can be read', () => {
    const parts = readdirSync(join(DIST, 'parts')).map((name) => textOf(join(DIST, 'parts', name)));
    for (const name of ['analyzing', 'eachReport', 'readingTemplate'])
      assert.ok(
        parts.some((text) => text.includes(` ${name}(`) || text.includes(`*${name}(`)),
        name,
      );
  });

  it('the extension names no resource types and no rules', () => {
    const text = textOf(join(DIST, 'client.cjs'));
    assert.doesNotMatch(text, /AWS::|\baws_/);
    assert.deepEqual(
      RULE_IDS.filter((id) => text.includes(id)),
      [],
    );
  });
});
