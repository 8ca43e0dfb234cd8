/**
 * Edits documents again and again, as an author does, and compares each analysis that knows the versions before
 * (`engine/rule-call-cache.ts`) with one from scratch.
 * `npx tsx test/fuzz/increments.ts [--runs N] [--seed S] [--sections] [--sam] [DIR…]`: sequences of edits of the
 * documents below the folders, else of the fixtures; of sections other than the resources, and of SAM templates only.
 */
import { parseArgs } from 'node:util';
import * as fc from 'fast-check';
import { once } from '../../server/src/base/once.ts';
import type { Uri } from '../../server/src/base/span.ts';
import { DEFAULT_CONFIGURATION } from '../../server/src/config/configuration.ts';
import { analyze } from '../../server/src/engine/analyze.ts';
import type { Analysis, AnalysisOptions } from '../../server/src/engine/analysis.ts';
import { ParseCache } from '../../server/src/engine/parse-cache.ts';
import { collect } from '../../server/src/engine/run.ts';
import { memoryReader } from '../kit/memory-reader.ts';
import { inputsBelow, ownInputs, treeOf } from './inputs.ts';
import { anyStep, mutated, oneCharacter, type Step } from './mutation.ts';

/** One edit of an author. Places are fractions, so that an edit fits any text. */
export type Edit =
  | Step
  /** Replaces one word with another one of the text, there or everywhere: renames, other references, other values. */
  | { readonly op: 'word' | 'words'; readonly at: number; readonly from: number }
  /** Moves lines from one place to another, or copies them. */
  | { readonly op: 'moveLines' | 'copyLines'; readonly at: number; readonly from: number; readonly length: number }
  /** Goes back to an earlier version. */
  | { readonly op: 'undo'; readonly by: number }
  /** An edit of a section other than the resources. */
  | { readonly op: 'section'; readonly section: number; readonly edit: Edit };

const place = fc.noBias(fc.nat(999_999)).map((n) => n / 1_000_000);

export const anyEdit: fc.Arbitrary<Edit> = fc.oneof(
  { weight: 2, arbitrary: anyStep },
  { weight: 2, arbitrary: oneCharacter },
  {
    weight: 4,
    arbitrary: fc.record({ op: fc.constantFrom('word' as const, 'words' as const), at: place, from: place }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      op: fc.constantFrom('moveLines' as const, 'copyLines' as const),
      at: place,
      from: place,
      length: fc.integer({ min: 1, max: 12 }),
    }),
  },
  { weight: 4, arbitrary: fc.record({ op: fc.constant('undo' as const), by: fc.integer({ min: 1, max: 3 }) }) },
);

/** Edits in their order. */
export const anyEdits: fc.Arbitrary<readonly Edit[]> = fc.array(anyEdit, { minLength: 2, maxLength: 12 });

/** Edits of which most are in sections other than the resources. */
export const sectionEdits: fc.Arbitrary<readonly Edit[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ op: fc.constant('section' as const), section: place, edit: anyEdit }) },
    { weight: 1, arbitrary: anyEdit },
  ),
  { minLength: 2, maxLength: 12 },
);

/**
 * A text after an edit, given the versions before, the last of which is edited. `whole` is where other words come from.
 */
export function edited(versions: readonly string[], edit: Edit, whole = versions.at(-1)!): string {
  const text = versions.at(-1)!;
  switch (edit.op) {
    case 'undo':
      return versions.at(-1 - edit.by) ?? versions[0]!;
    case 'section': {
      const sections = sectionsOf(text);
      const section = sections[Math.floor(edit.section * sections.length)];
      if (!section || edit.edit.op === 'undo') return edited(versions, edit.edit);
      const [start, end] = section;
      return text.slice(0, start) + edited([text.slice(start, end)], edit.edit, text) + text.slice(end);
    }
    case 'word':
    case 'words': {
      const words = [...text.matchAll(/\w+/g)];
      const others = text === whole ? words : [...whole.matchAll(/\w+/g)];
      const [one, other] = [words[Math.floor(edit.at * words.length)], others[Math.floor(edit.from * others.length)]];
      if (!one || !other) return text;
      return edit.op === 'words'
        ? text.replaceAll(new RegExp(`\\b${one[0]}\\b`, 'g'), other[0])
        : text.slice(0, one.index) + other[0] + text.slice(one.index + one[0].length);
    }
    case 'moveLines':
    case 'copyLines': {
      const lines = text.split(/(?<=\n)/);
      const from = Math.floor(edit.from * lines.length);
      const moved = lines.slice(from, from + edit.length);
      const rest = edit.op === 'moveLines' ? lines.toSpliced(from, edit.length) : lines;
      return rest.toSpliced(Math.floor(edit.at * (rest.length + 1)), 0, ...moved).join('');
    }
    default:
      return mutated(text, edit, text);
  }
}

/** The ranges of the sections other than the resources. */
function sectionsOf(text: string): readonly (readonly [start: number, end: number])[] {
  const [root] = treeOf('file:///case/a.yaml', text, text.trimStart().startsWith('{') ? 'json' : 'yaml').roots;
  return root?.kind === 'map'
    ? root.pairs.flatMap(({ name, start, end }) => (name === 'Resources' ? [] : [[start, end] as const]))
    : [];
}

/** The texts of the versions of a document. */
export function versionsOf(text: string, edits: readonly Edit[]): readonly string[] {
  const versions = [text];
  for (const edit of edits) versions.push(edited(versions, edit));
  return versions;
}

const OPTIONS: AnalysisOptions = {
  profile: 'strict',
  certainty: 'possible',
  configuration: DEFAULT_CONFIGURATION,
  today: '2026-01-15',
};

/** A sequence of versions of one document, with the documents beside it. */
export interface Session {
  readonly doc: Uri;
  readonly texts: ReadonlyMap<Uri, string>;
  readonly versions: readonly string[];
}

/** The number of rule calls that a session made and skipped. */
export interface Reuse {
  calls: number;
  all: number;
}

/** The first version whose analysis differs from one from scratch, with both results; undefined if there is none. */
export function firstDifference(
  { doc, texts, versions }: Session,
  reuse?: Reuse,
  options = OPTIONS,
): Difference | undefined {
  return firstDifferenceOf(
    doc,
    versions.map((text) => new Map([...texts, [doc, text]])),
    reuse,
    options,
  );
}

/** A version whose analysis differs from one from scratch. */
export interface Difference {
  readonly version: number;
  readonly known: string;
  readonly scratch: string;
}

/** The same for versions of several documents, one of which is analyzed. */
export function firstDifferenceOf(
  doc: Uri,
  versions: readonly ReadonlyMap<Uri, string>[],
  reuse: Reuse = { calls: 0, all: 0 },
  options = OPTIONS,
): Difference | undefined {
  const cache = new ParseCache({ edits: true });
  // Versions come again when an edit is undone. From scratch, the same texts have the same result.
  const fromScratch = new Map<string, { readonly calls: number; readonly result: string }>();
  for (const [version, texts] of versions.entries()) {
    const reader = memoryReader(texts);
    const analysed = (own: ParseCache): Analysis => analyze(collect(reader, [doc], options, own), options, own);
    const known = analysed(cache);
    // Of the first version nothing is known either. It is compared if an edit goes back to it.
    if (version === 0) continue;
    const key = JSON.stringify([...texts]);
    let scratch = fromScratch.get(key);
    if (!scratch) {
      const analysis = analysed(new ParseCache());
      fromScratch.set(key, (scratch = { calls: analysis.work.ruleCalls, result: resultOf(analysis) }));
    }
    reuse.calls += known.work.ruleCalls;
    reuse.all += scratch.calls;
    const one = resultOf(known);
    if (one !== scratch.result) return { version, known: one, scratch: scratch.result };
  }
  return undefined;
}

/** All of a result but the work that it took: findings with their fixes, problems, and what is incomplete. */
function resultOf({ documents, incomplete, configured, unchecked, dependencies }: Analysis): string {
  return JSON.stringify(
    {
      documents,
      incomplete,
      configured,
      unchecked: [...unchecked],
      dependencies: [...dependencies].map(([doc, on]) => [doc, [...on]]),
    },
    (key, value: unknown) =>
      // Trees and values are not a part of the result, and refer to all of the document.
      key === 'resource' && typeof value === 'object' ? null : value,
    1,
  );
}

/** The templates of the fixtures, and several of them in one document; made once for all tests of a process. */
export const templates = once((): readonly Session[] => {
  const own = ownInputs()
    .filter(({ texts, doc }) => texts.size === 1 && /\.(?:yaml|yml|json)$/.test(doc))
    .map(({ doc, texts }): Session => ({ doc, texts, versions: [texts.get(doc)!] }))
    .filter(({ versions: [text] }) => /\bResources\b/.test(text!));
  const blocks = own.map(({ versions: [text] }) => text!).filter((text) => /^Resources:\n {2}\w+:/m.test(text));
  const several = blocks.flatMap((_, index): readonly Session[] => {
    // Neighbors have the same resources, so these come from all over.
    const text = index % 4 === 0 ? united(SEVERAL.map((nth) => blocks[(index + nth) % blocks.length]!)) : undefined;
    const doc = `file:///case/several${index}.yaml`;
    return text === undefined ? [] : [{ doc, texts: new Map([[doc, text]]), versions: [text] }];
  });
  return [...own, ...several];
});

const SEVERAL = [0, 1, 331, 997];

/** Whether a session edits a SAM template. */
export function isSam({ versions: [text] }: Session): boolean {
  return /AWS::Serverless-2016-10-31/.test(text!);
}

/** One template with the resources of several, whose other sections are those of the first. */
function united(texts: readonly string[]): string {
  const resources = texts.map((text, index) => {
    const section = /^Resources:\n((?: .*\n|\n|#.*\n)*)/m.exec(`${text}\n`)![1]!;
    const names = [...section.matchAll(/^ {2}(\w+):/gm)].map(([, name]) => name!);
    // Types and properties can have the same names.
    const uses = new RegExp(
      `(?<=^ {2}|!Ref |!GetAtt |[$][{]|Ref: |GetAtt: \\[|DependsOn: )(?:${names.join('|')})\\b`,
      'gm',
    );
    return section.replaceAll(uses, (name) => `${name}${index}`);
  });
  return `${texts[0]!.replace(/^Resources:\n(?: .*(?:\n|$)|\n|#.*\n)*/m, '').trimEnd()}\nResources:\n${resources.join('')}`.trimStart();
}

/** Prints a difference with the texts before and after the edit. */
export function showDifference({ version, known, scratch }: Difference, versions: readonly string[]): void {
  console.log(`--- before\n${versions[version - 1]}\n--- text\n${versions[version]}`);
  const [one, other] = [known.split('\n'), scratch.split('\n')];
  const at = one.findIndex((line, index) => line !== other[index]);
  for (const [name, lines] of Object.entries({ known: one, scratch: other }))
    console.log(`--- ${name}\n${lines.slice(Math.max(0, at - 3), at + 12).join('\n')}`);
}

function main(): void {
  const { values, positionals } = parseArgs({
    options: {
      runs: { type: 'string', default: '1000' },
      seed: { type: 'string', default: '1' },
      sections: { type: 'boolean', default: false },
      sam: { type: 'boolean', default: false },
    },
    allowPositionals: true,
  });
  const all =
    positionals.length === 0
      ? templates()
      : positionals
          .flatMap(inputsBelow)
          .filter(({ texts, doc }) => texts.size === 1 && texts.get(doc)!.length < 60_000)
          .map(({ doc, texts }): Session => ({ doc, texts, versions: [texts.get(doc)!] }));
  const inputs = values.sam ? all.filter(isSam) : all;
  const reuse: Reuse = { calls: 0, all: 0 };
  const edits = fc.sample(values.sections ? sectionEdits : anyEdits, {
    seed: Number(values.seed),
    numRuns: Number(values.runs),
  });
  let failures = 0;
  for (const [index, each] of edits.entries()) {
    const input = inputs[(index * 7919) % inputs.length]!;
    const versions = versionsOf(input.versions[0]!, each);
    const found = firstDifference({ ...input, versions }, reuse);
    if (!found) continue;
    failures++;
    console.log(`${input.doc}, run ${index}, version ${found.version}`);
    showDifference(found, versions);
  }
  console.log(`${edits.length} runs, ${failures} failures, ${reuse.calls} of ${reuse.all} rule calls`);
  process.exitCode = failures > 0 ? 1 : 0;
}

if (import.meta.filename === process.argv[1]) main();
