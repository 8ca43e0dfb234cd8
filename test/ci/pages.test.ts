/** The pages and files that people copy from: YAML that parses, and command lines that the program accepts. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAllDocuments } from 'yaml';
import { RULES } from '../../server/src/rules/index.ts';
import { CI_FILE } from '../../tools/ci-page.ts';
import { ci } from '../../tools/docs.ts';
import { isUnreleased } from '../../tools/release-notes.ts';
import { codeOf, commandLinesIn, mistakesIn } from './command-lines.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const textOf = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

const PAGES = [
  'README.md',
  ...readdirSync(join(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];
const FILES = ['.pre-commit-hooks.yaml', 'Dockerfile', '.github/workflows/release.yml'];

describe('command lines', () => {
  for (const [line, mistakes] of [
    ['lint', []],
    ['lint --fail-on high --fix a.yaml', []],
    ['lint --fail-on=high -- --unknown', []],
    ['lint --fail-on severe', ['--fail-on has no value severe']],
    ['lint --fail', ['unknown option --fail']],
    ['lint --profile', ['no value of --profile']],
    ['rules --search "public s3" --format json', []],
    ['rules --fix', ['unknown option --fix']],
    ['check', ['unknown command check']],
    ['explain CKV_AWS_16', []],
    ['explain no-such-rule', ['unknown rule no-such-rule']],
  ] as const)
    it(`stackwarden ${line}: ${mistakes.join() || 'no mistake'}`, () => {
      assert.deepEqual(mistakesIn(line), mistakes);
    });

  it('are found in code', () => {
    const page =
      "Run stackwarden as is:\n```sh\nstackwarden lint  # all\nsh 'npx --yes stackwarden@1.2.3 lint --fix'\nghcr.io/a/stackwarden:1.2.3 lint | cat\nstackwarden check\n```\nand `stackwarden rules`.\n";
    assert.deepEqual(commandLinesIn(codeOf(page)), ['lint', 'lint --fix', 'lint', 'check', 'rules']);
  });

  for (const path of [...PAGES, ...FILES])
    it(`in ${path} are accepted by the program`, () => {
      const text = textOf(path);
      const lines = commandLinesIn(path.endsWith('.md') ? codeOf(text) : text);
      assert.deepEqual(
        lines.flatMap((line) => mistakesIn(line).map((mistake) => `${line}: ${mistake}`)),
        [],
      );
    });
});

describe('pages that install Stackwarden from registries', () => {
  const { version } = JSON.parse(textOf('package.json')) as { readonly version: string };
  const pages = PAGES.filter((path) =>
    /\bnpx (?:--yes )?stackwarden\b|\bnpm install .*\bstackwarden\b/.test(textOf(path)),
  );

  it('are these', () => assert.deepEqual(pages, ['docs/adopt.md', 'docs/ci.md']));

  for (const path of ['README.md', 'client/walkthrough/ci.md', ...pages])
    it(`${path} says that the version is not published, as long as it is not`, () => {
      const mentionsVersion = textOf(path).replaceAll(/\s+/g, ' ').includes(`version ${version} is published`);
      assert.equal(mentionsVersion, isUnreleased(version));
    });
});

describe('docs/adopt.md', () => {
  const page = textOf('docs/adopt.md');

  it('has YAML that parses, and names rules that exist', () => {
    const yaml = [...page.matchAll(/^```yaml\n([^]*?)^```$/gm)].map(([, text]) => text!);
    assert.ok(yaml.length >= 3);
    const known = new Set(RULES.map(({ id }) => id));
    for (const text of yaml) {
      const [document] = parseAllDocuments(text);
      assert.deepEqual([...document!.errors, ...document!.warnings], []);
      const { rules = {} } = document!.toJS() as { readonly rules?: object };
      const disabled = [...text.matchAll(/stackwarden-disable[\w-]* ([\w-]+)/g)].map(([, rule]) => rule!);
      for (const rule of [...Object.keys(rules), ...disabled]) assert.ok(known.has(rule), rule);
    }
  });
});

describe('docs/ci.md', () => {
  const page = textOf('docs/ci.md');
  const blocks = [...page.matchAll(/^```(\w+)\n([^]*?)^```$/gm)].map(([, language, text]) => ({
    language: language!,
    text: text!,
  }));

  it('is generated', () => {
    assert.equal(readFileSync(CI_FILE, 'utf8'), ci(), 'npm run generate');
  });

  it('has YAML that parses', () => {
    const yaml = blocks.filter(({ language }) => language === 'yaml');
    assert.ok(yaml.length >= 10);
    for (const { text } of yaml)
      assert.deepEqual(
        parseAllDocuments(text).flatMap(({ errors, warnings }) =>
          [...errors, ...warnings].map(({ message }) => `${message}\n${text}`),
        ),
        [],
      );
  });

  it('has a command line for each kind of pipeline', () => {
    const languages = blocks.filter(({ text }) => commandLinesIn(text).length > 0).map(({ language }) => language);
    assert.deepEqual([...new Set(languages)].sort(), ['groovy', 'sh', 'yaml']);
    assert.ok(languages.length >= 8);
  });

  it('names options that exist in its table and in inputs', () => {
    const named = [...page.matchAll(/^\| `(--[^`]+)` \||^ *args: (--.+)$/gm)].map(([, row, args]) => row ?? args!);
    assert.ok(named.length >= 6);
    assert.deepEqual(
      named.flatMap((options) => mistakesIn(`lint ${options}`)),
      [],
    );
  });

  it('uses inputs of the action that exist', () => {
    const inputs = Object.keys(
      (parseAllDocuments(textOf('action.yml'))[0]!.toJS() as { readonly inputs: object }).inputs,
    );
    const steps = blocks
      .filter(({ language }) => language === 'yaml')
      .flatMap(({ text }) => objectsIn(parseAllDocuments(text)[0]!.toJS()))
      .filter(({ uses }) => typeof uses === 'string' && uses.includes('/stackwarden@'));
    assert.ok(steps.length >= 3);
    for (const { with: given } of steps)
      assert.deepEqual(
        Object.keys(given ?? {}).filter((name) => !inputs.includes(name)),
        [],
      );
  });
});

/** All objects in a value. */
function objectsIn(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  if (typeof value !== 'object' || value === null) return [];
  const inside = Object.values(value).flatMap(objectsIn);
  return Array.isArray(value) ? inside : [value as Readonly<Record<string, unknown>>, ...inside];
}
