/** The rules in `dist/`, whose code and texts are loaded on demand: they are those of the sources. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DataArchive } from '../../server/src/host/data-archive.ts';
import { RULES } from '../../server/src/rules/index.ts';
import type { AnyRule } from '../../server/src/rules/rule.ts';
import { withoutTexts } from '../../tools/build/rule-source.mjs';
import { OpenDocument } from '../bench/measure/edit.ts';
import { serverOf, ServerProcess } from '../bench/measure/server-process.ts';
import { fixtureOf } from '../kit/fixtures.ts';
import { ruleId, rulePaths, RULES_FOLDER } from '../../tools/rule-index.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PARTS = join(ROOT, 'dist/parts');

type Built = AnyRule & { readonly part: string };

/** The files in `dist/` with code of the program, with their content. */
function codeFiles(): readonly { readonly name: string; readonly code: string }[] {
  const names = readdirSync(PARTS).filter((name) => name.endsWith('.cjs'));
  return names.map((name) => ({ name, code: readFileSync(join(PARTS, name), 'utf8') }));
}

/** The rules of the file in `dist/` that the command line loads them from. */
function builtRules(): readonly Built[] {
  const { name } = codeFiles().find((file) => file.name.startsWith('rule-commands-'))!;
  const exported = createRequire(import.meta.url)(join(PARTS, name)) as Readonly<Record<string, unknown>>;
  return exported['RULES'] as readonly Built[];
}

const NAMES = new Set(RULES.flatMap((rule) => Object.keys(rule)));

/** What is known of a rule, functions aside. */
function factsOf(rule: AnyRule): Readonly<Record<string, unknown>> {
  const facts = [...NAMES].map((name) => [name, (rule as unknown as Readonly<Record<string, unknown>>)[name]] as const);
  return Object.fromEntries(facts.filter(([, value]) => value !== undefined && typeof value !== 'function'));
}

describe('the rules in a build', () => {
  let built: readonly Built[];

  before(() => {
    // npm test builds first; a run of this file alone may not have.
    if (!existsSync(PARTS)) execFileSync(process.execPath, ['tools/build.mjs'], { cwd: ROOT });
    built = builtRules();
  });

  it('have the facts and texts of their sources', () => {
    assert.deepEqual(built.map(factsOf), RULES.map(factsOf));
  });

  it('are not in the code of the program, of which processes keep the text', () => {
    const facts = /(?:\bid"?:\s*|\[)["']ebs-volume-encryption["']/;
    assert.match(readFileSync(join(PARTS, 'rules-index.jsonl'), 'utf8'), facts);
    assert.deepEqual(
      codeFiles().filter(({ code }) => facts.test(code)),
      [],
    );
  });

  it('have the functions of their sources', () => {
    const hasEach = (rule: AnyRule): boolean => rule.on === 'stack' && rule.checkEach !== undefined;
    assert.deepEqual(built.map(hasEach), RULES.map(hasEach));
    const hasRest = (rule: AnyRule): boolean => rule.on === 'stack' && rule.checkRest !== undefined;
    assert.deepEqual(built.map(hasRest), RULES.map(hasRest));
    const prepares = (rule: AnyRule): boolean => rule.on === 'identity' && rule.preparing !== undefined;
    assert.deepEqual(built.map(prepares), RULES.map(prepares));
  });

  it('have code without texts', () => {
    const archive = new DataArchive(join(PARTS, 'rules-code.pack'));
    const code = new Map([...new Set(built.map(({ part }) => part))].map((part) => [part, archive.textOf(part)!]));
    const sources = new Map(rulePaths().map((path) => [ruleId(path), path]));
    for (const { id, part, title, why } of built) {
      // A form makes the messages of some rules of their titles.
      const kept = withoutTexts(id, readFileSync(RULES_FOLDER + sources.get(id)!, 'utf8')).includes(title);
      for (const text of kept ? [why] : [title, why]) assert.ok(!code.get(part)!.includes(text), `${id}: ${text}`);
    }
  });

  it('are loaded by what a document has, and none by edits of it', async () => {
    // Hovers are prepared after a pause, with rules that the analysis does not call.
    const settings = { valueHover: false };
    const server = await ServerProcess.started(serverOf(join(ROOT, 'dist')), { settings });
    const loaded = async (): Promise<readonly string[]> => (await server.ask('parts')).map(([name]) => name);
    const document = await OpenDocument.opened(server, 'cloudformation-yaml-6k');
    const ofServices = (await loaded()).filter((name) => name.startsWith('rules/services/'));
    assert.deepEqual(ofServices, ['rules/services/kms.cjs', 'rules/services/sqs.cjs']);
    for (let edit = 0; edit < 5; edit++) await document.edit();
    assert.deepEqual(await loaded(), []);
    await server.stop();
  });

  it('report what is wrong, one rule of each part', () => {
    const paths = new Map(rulePaths().map((path) => [ruleId(path), path]));
    const folder = mkdtempSync(join(tmpdir(), 'stackwarden-built-'));
    try {
      const expected = [...new Set(built.map(({ part }) => part))].flatMap((part) => {
        const rules = built.filter((rule) => rule.part === part && rule.on !== 'suppression');
        const example = rules.flatMap(({ id }) => {
          const bad = fixtureOf(paths.get(id)!)?.cases.find(
            ({ files }) => files.length === 1 && files[0]!.marks.some(({ label }) => label.split(' ')[0] === id),
          );
          return bad ? [{ id, file: bad.files[0]! }] : [];
        })[0];
        if (!example) return [];
        const path = `${part}/${example.file.path}`;
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), example.file.text);
        return [`${path} ${example.id}`];
      });
      assert.ok(expected.length > 60, String(expected.length));
      const found = findings(folder);
      assert.deepEqual(
        expected.filter((one) => !found.includes(one)),
        [],
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

/** What the built program reports in a folder: the path of each file with each rule. */
function findings(folder: string): readonly string[] {
  const given = ['lint', '.', '--profile', 'strict', '--certainty', 'possible', '--format', 'json'];
  const { stdout, stderr } = spawnSync(process.execPath, [join(ROOT, 'dist/cli.cjs'), ...given], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, CI: 'true' },
    maxBuffer: 64 * 1024 * 1024,
  });
  assert.notEqual(stdout, '', stderr);
  const { files } = JSON.parse(stdout) as {
    readonly files: readonly { readonly path: string; readonly findings: readonly { readonly rule: string }[] }[];
  };
  return files.flatMap(({ path, findings: own }) => own.map(({ rule }) => `${path} ${rule}`));
}
