import assert from 'node:assert/strict';
import { RULES } from '../../server/src/rules/index.ts';
import { fixturePaths, readFixture, ruleOfFixture } from '../kit/fixtures.ts';
import { applyFix, readBack } from '../kit/read-back.ts';
import { bench } from '../kit/run-fixture.ts';
import { FOLDED, withDynamicBlocks, WAYS } from './terraform-dynamic.ts';

type File = { readonly path: string; readonly text: string };

/** What one rule says of files, without places, which differ. */
function said(rule: string, files: readonly File[]): readonly string[] {
  const { analysis } = bench(
    RULES.find(({ id }) => id === rule)!,
    files,
  );
  return analysis.documents
    .flatMap(({ findings, problems }) => [
      ...findings.map(
        ({ certainty, severity, subjects, when, message }) =>
          `${certainty} ${severity} ${subjects.join(' ')} ${when.map(({ name, value }) => `${name}=${String(value)}`).join(' ')}: ${message}`,
      ),
      ...problems.map(({ message }) => `problem: ${message}`),
    ])
    .sort();
}

function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : undefined;
  } catch {
    return undefined;
  }
}

/** Dynamic blocks with another number of contents than one, which Terraform refuses. */
function brokenIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(brokenIn);
  if (typeof value !== 'object' || value === null) return [];
  const { dynamic, ...others } = value as Readonly<Record<string, unknown>>;
  const blocks = [dynamic ?? []]
    .flat()
    .flatMap((types) => Object.entries(types as object))
    .flatMap(([type, made]) => ([made].flat() as readonly object[]).map((block) => ({ type, block })))
    .filter(({ block }) => 'for_each' in block);
  return [
    ...blocks.flatMap(({ type, block }) =>
      'content' in block && [block.content].flat().length === 1
        ? brokenIn(block.content)
        : [`${type} has not one content`],
    ),
    ...Object.values(others).flatMap(brokenIn),
  ];
}

interface Written {
  readonly rule: string;
  readonly title: string;
  readonly plain: readonly File[];
  readonly dynamic: readonly File[];
}

/** The cases of fixtures that have blocks in Terraform, as they are and in another way. */
function writtenIn(way: (typeof WAYS)[string]): readonly Written[] {
  return CASES.flatMap(({ rule, one: { name: title, files } }) => {
    let changed = false;
    const dynamic = files.map(({ path, text }): File => {
      const configuration = path.endsWith('.tf.json') ? parsed(text) : undefined;
      const rewritten = configuration && withDynamicBlocks(configuration, way);
      changed ||= rewritten !== undefined;
      return { path, text: rewritten ? JSON.stringify(rewritten, null, 2) : text };
    });
    // What a parser of JSON does not keep, such as a key that is there twice, is no matter here.
    const plain = files.map(({ path, text }): File => ({
      path,
      text: path.endsWith('.tf.json') && parsed(text) ? JSON.stringify(parsed(text), null, 2) : text,
    }));
    return changed ? [{ rule, title, plain, dynamic }] : [];
  });
}

const CASES = fixturePaths().flatMap((path) =>
  readFixture(path)
    .cases.filter(({ files }) => files.some((file) => file.path.endsWith('.tf.json')))
    .map((one) => ({ rule: ruleOfFixture(path), one })),
);

describe('static blocks and dynamic ones that make the same give the same findings', () => {
  for (const [name, way] of Object.entries(WAYS))
    it(name, () => {
      let findings = 0;
      const different: string[] = [];
      const all = writtenIn(way);
      for (const { rule, title, plain, dynamic } of all) {
        const [before, after] = [said(rule, plain), said(rule, dynamic)];
        findings += before.length;
        const missing = before.filter((line) => !after.includes(line));
        const isFolded =
          name === FOLDED &&
          missing.length < before.length &&
          missing.every((line) => !line.startsWith('certain critical'));
        if (
          (missing.length > 0 && !isFolded) ||
          (name !== FOLDED && before.length !== after.length) ||
          after.some((line) => !before.includes(line))
        )
          different.push(
            [
              `${rule}, ${title}`,
              ...missing.map((line) => `- ${line}`),
              ...after.filter((line) => !before.includes(line)).map((line) => `+ ${line}`),
            ].join('\n'),
          );
      }
      assert.deepEqual(different, []);
      assert.ok(all.length > 60 && findings > 60, `${all.length} cases, ${findings} findings`);
    });
});

describe('fixes of what dynamic blocks make', () => {
  for (const [name, way] of Object.entries(WAYS))
    it(`leave each block its content: ${name}`, () => {
      for (const { rule, title, dynamic } of writtenIn(way)) {
        const { reader, named, analysis, options } = bench(
          RULES.find(({ id }) => id === rule)!,
          dynamic,
        );
        assert.deepEqual(readBack(reader, named, analysis, options), [], `${rule}, ${title}`);
        for (const { findings } of analysis.documents)
          for (const { fixes } of findings)
            for (const fix of fixes)
              for (const text of applyFix(reader, fix).values()) {
                assert.deepEqual(brokenIn(parsed(text)), [], `${rule}, ${title}: ${fix.title}`);
              }
      }
    });
});
