import assert from 'node:assert/strict';
import { memoize } from '../../server/src/base/memoize.ts';
import type { Analysis } from '../../server/src/engine/analysis.ts';
import { RULES } from '../../server/src/rules/index.ts';
import type { AnyRule } from '../../server/src/rules/rule.ts';
import { diverse } from '../kit/diverse.ts';
import { fixturePaths, readFixture, ruleOfFixture } from '../kit/fixtures.ts';
import { applyFix, readBack } from '../kit/read-back.ts';
import { prepareCase } from '../kit/run-fixture.ts';
import { FOLDED, withDynamicBlocks, WAYS } from './terraform-dynamic.ts';

type File = { readonly path: string; readonly text: string };

const ruleOf = new Map(RULES.map((rule) => [rule.id, rule]));

/** What is said of files, without places, which differ. */
function messages({ documents }: Analysis): readonly string[] {
  return documents
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
    .flatMap((types) => Object.entries(types))
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

/** A case of a fixture that has blocks in Terraform. */
interface Blocks {
  readonly rule: AnyRule;
  readonly title: string;
  readonly files: readonly File[];
  /** Whether a finding has a fix. */
  readonly isFixed: boolean;
  /** What is said of it as it is. */
  plain(): readonly string[];
}

/** The cases of fixtures in Terraform. */
const ALL_CASES: readonly Blocks[] = fixturePaths().flatMap((path) =>
  readFixture(path)
    .cases.filter(({ files }) => files.some((file) => file.path.endsWith('.tf.json')))
    .map(({ name: title, files }): Blocks => {
      const rule = ruleOf.get(ruleOfFixture(path))!;
      // What a parser of JSON does not keep, such as a key that is there twice, is no matter here.
      const plain = memoize((all: readonly File[]) =>
        messages(
          prepareCase(
            rule,
            all.map((file) => ({
              path: file.path,
              text: rewritten(file, (configuration) => configuration) ?? file.text,
            })),
          ).analysis,
        ),
      );
      const isFixed = files.some(({ marks }) => marks.some(({ label }) => / (?:fix|suggestion)$/.test(label)));
      return { rule, title, files, isFixed, plain: () => plain(files) };
    }),
);

/**
 * The blocks of a case by the types of their resources, and the rule with fixes that it is about. Rules read what
 * dynamic blocks make like what static ones are, so a further case with the same blocks shows nothing else.
 */
function blocksIn({ files, rule, isFixed }: Blocks): readonly string[] {
  const below = (value: unknown, at: string): readonly string[] =>
    Array.isArray(value)
      ? [...(value.length > 1 ? [`${at} several times`] : []), ...value.flatMap((item) => below(item, at))]
      : typeof value === 'object' && value !== null
        ? [at, ...Object.entries(value).flatMap(([name, inner]) => below(inner, `${at}.${name}`))]
        : typeof value === 'string' && value.includes('${')
          ? [`${at} of an expression`]
          : [];
  const found = files.flatMap(({ path, text }) => {
    const { resource, data } = (path.endsWith('.tf.json') ? parsed(text) : undefined) ?? {};
    return [resource, data].flatMap((types) =>
      Object.entries(types ?? {}).flatMap(([type, named]) =>
        Object.values((named ?? {}) as object).flatMap((body) => below(body, type)),
      ),
    );
  });
  return isFixed ? [...found, rule.id] : found;
}

const CASES: readonly Blocks[] = diverse(ALL_CASES, blocksIn);

/** The text of a configuration after a change; undefined if it is none, or cannot be changed. */
function rewritten(
  { path, text }: File,
  change: (configuration: Readonly<Record<string, unknown>>) => unknown,
): string | undefined {
  const configuration = path.endsWith('.tf.json') ? parsed(text) : undefined;
  const changed = configuration && change(configuration);
  return changed === undefined ? undefined : JSON.stringify(changed, null, 2);
}

interface Written extends Pick<Blocks, 'rule' | 'title'> {
  /** What is said of the case as it is, and in another way. */
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** What is wrong with its fixes. */
  readonly misread: readonly unknown[];
  readonly broken: readonly string[];
}

/** The cases of fixtures that have blocks in Terraform, in another way. Each is analyzed once for all tests. */
const writtenIn = memoize((way: (typeof WAYS)[string]): readonly Written[] =>
  CASES.flatMap(({ rule, title, files, plain }) => {
    const texts = files.map((file) => rewritten(file, (configuration) => withDynamicBlocks(configuration, way)));
    if (texts.every((text) => text === undefined)) return [];
    const { reader, named, analysis, options } = prepareCase(
      rule,
      files.map(({ path, text }, index) => ({ path, text: texts[index] ?? text })),
    );
    const fixes = analysis.documents.flatMap(({ findings }) => findings.flatMap((finding) => finding.fixes));
    return [
      {
        rule,
        title,
        before: plain(),
        after: messages(analysis),
        misread: readBack(reader, named, analysis, options),
        broken: fixes.flatMap((fix) =>
          [...applyFix(reader, fix).values()].flatMap((text) =>
            brokenIn(parsed(text)).map((what) => `${fix.title}: ${what}`),
          ),
        ),
      },
    ];
  }),
);

describe('static blocks and dynamic ones that make the same give the same findings', () => {
  for (const [name, way] of Object.entries(WAYS))
    it(name, () => {
      let findings = 0;
      const different: string[] = [];
      const all = writtenIn(way);
      for (const { rule, title, before, after } of all) {
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
              `${rule.id}, ${title}`,
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
      for (const { rule, title, misread, broken } of writtenIn(way))
        assert.deepEqual({ misread, broken }, { misread: [], broken: [] }, `${rule.id}, ${title}`);
    });
});
