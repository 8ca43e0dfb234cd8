/**
 * Changes documents at random and sees whether what always has to hold still holds, of the analysis, the fixes, and of
 * what is answered at places of the document. `npm run fuzz -- [--runs N] [--seed S] [--mutations] [--text] [DIR…]`:
 * the documents below the folders, else the examples and fixtures. With `--mutations` these alone are tried, each with
 * a few of its fixes, which is what a long run is for. With `--text` the texts that show what does not hold are printed
 * too. Progress goes to the standard error stream.
 */
import * as fc from 'fast-check';
import { parseArgs } from 'node:util';
import { DEFAULT_CONFIGURATION } from '../../server/src/config/configuration.ts';
import type { Analysis, AnalysisOptions } from '../../server/src/engine/analysis.ts';
import { ParseCache } from '../../server/src/engine/parse-cache.ts';
import { run } from '../../server/src/engine/run.ts';
import type { DocumentTree } from '../../server/src/syntax/tree.ts';
import { examine } from '../kit/invariants.ts';
import { examineRequests } from '../kit/requests.ts';
import { memoryReader } from '../kit/memory-reader.ts';
import { inputsBelow, ownInputs, treeOf, withText, type Input } from './inputs.ts';
import { keptElsewhere, type Reading } from './locality.ts';
import { anyStep, mutated, offsetOf, oneCharacter, type Step } from './mutation.ts';
import { Progress } from './progress.ts';
import { findingLines } from './finding-lines.ts';
import { VARIANTS } from './variants.ts';

export interface Failure {
  readonly what: string;
  /** The text that shows it. */
  readonly text: string;
}

export interface Fuzzed {
  /** What does not hold. */
  readonly failures: readonly Failure[];
  /**
   * What changes of one character did to the resources that they are not in; `worst` is where most was lost, for a
   * look.
   */
  readonly elsewhere: {
    readonly resources: number;
    readonly damaged: number;
    readonly withFindings: number;
    readonly changed: number;
  };
  readonly worst: readonly {
    readonly input: string;
    readonly step: Step;
    readonly damaged: readonly string[];
    readonly changed: readonly string[];
  }[];
  /** How many variants could be written of the inputs. */
  readonly variants: number;
}

const OPTIONS: AnalysisOptions = { profile: 'strict', certainty: 'possible', configuration: DEFAULT_CONFIGURATION };
const MOST_FAILURES = 20;
const NOTHING = { resources: 0, damaged: 0, withFindings: 0, changed: 0 };
const WORST = 10;
const AGAIN = 4;
const SOME_FIXES = 4;

/** The options of a run besides its inputs. */
export interface FuzzOptions {
  /** Tries nothing but mutations. */
  readonly only?: 'mutations';
  /** Without it, fixes only have to be applicable. */
  readonly readsBack?: boolean;
  /** Receives each failure as soon as it is found, because making the others small takes its time. */
  readonly onFailure?: (failure: Failure) => void;
  /** Called after each input of a phase. */
  readonly progress?: (phase: string) => void;
}

/**
 * Tries every variant of up to `runs` inputs, `runs` changes of one character and `runs` mutations. The seed decides
 * all.
 */
export function fuzz(
  inputs: readonly Input[],
  runs: number,
  seed: number,
  { only, readsBack = true, onFailure = () => undefined, progress = () => undefined }: FuzzOptions = {},
): Fuzzed {
  const failures: Failure[] = [];
  const fail = (failure: Failure): void => {
    failures.push(failure);
    onFailure(failure);
  };
  const variants = only ? 0 : tryVariants(inputs.slice(0, runs), seed, fail, progress);
  const characters = only ? { elsewhere: NOTHING, worst: [] } : tryCharacters(inputs, runs, seed, progress);
  tryMutations(inputs, runs, seed, fail, readsBack, only ? SOME_FIXES : Infinity, progress);
  return { ...characters, failures, variants };
}

function analysisOf(input: Input, cache: ParseCache): Analysis {
  return run(memoryReader(input.texts), [input.doc], OPTIONS, cache);
}

/**
 * After a failure, which is made as small as possible, it goes on with the runs that are left. One cache serves all, as
 * in an editor, and one input in `AGAIN` is analyzed again with nothing remembered.
 */
function tryMutations(
  inputs: readonly Input[],
  runs: number,
  seed: number,
  fail: (failure: Failure) => void,
  readsBack: boolean,
  most: number,
  progress: (phase: string) => void,
): void {
  const mutation = fc.record({
    input: fc.nat(inputs.length - 1),
    other: fc.nat(inputs.length - 1),
    steps: fc.array(anyStep, { minLength: 1, maxLength: 4 }),
    asked: fc.option(fc.array(fc.noBias(fc.nat(999_999)), { minLength: 1, maxLength: 3 }), { nil: undefined, freq: 1 }),
    again: fc.noBias(fc.nat(AGAIN - 1)),
    fix: fc.noBias(fc.nat(999_999)),
  });
  const apply = ({ input, other, steps }: { input: number; other: number; steps: readonly Step[] }): Input => {
    const of = inputs[input]!;
    const source = inputs[other]!;
    return withText(
      of,
      steps.reduce((text, step) => mutated(text, step, source.texts.get(source.doc)!), of.texts.get(of.doc)!),
    );
  };
  const cache = new ParseCache();
  for (let left = runs, next = seed; left > 0 && next < seed + MOST_FAILURES; next++) {
    const result = fc.check(
      fc.property(mutation, (one) => {
        progress('mutations');
        const changed = apply(one);
        const { broken } = examine(memoryReader(changed.texts), [changed.doc], OPTIONS, {
          soundAlone: true,
          readsBack,
          once: one.again > 0,
          cache,
          sample: { from: one.fix / 1_000_000, most },
        });
        if (broken.length > 0) throw new Error(broken.join('\n'));
        const failures =
          one.asked === undefined
            ? []
            : examineRequests(memoryReader(changed.texts), changed.doc, placesIn(changed, one.asked), OPTIONS);
        if (failures.length > 0) throw new Error(failures.join('\n'));
      }),
      { numRuns: left, seed: next },
    );
    left -= result.numRuns;
    if (!result.failed) return;
    const [one] = result.counterexample!;
    const changed = apply(one);
    fail({
      what: `${changed.name} after ${JSON.stringify(one.steps)}${one.asked ? ` asked at ${placesIn(changed, one.asked).join()}` : ''}: ${(result.errorInstance as Error).message}`,
      text: changed.texts.get(changed.doc)!,
    });
  }
}

/** Offsets of the document that is changed, given as fractions of a million. */
function placesIn({ texts, doc }: Input, fractions: readonly number[]): readonly number[] {
  const { length } = texts.get(doc)!;
  return fractions.map((fraction) => Math.floor((fraction / 1_000_000) * (length + 1)));
}

function tryCharacters(
  inputs: readonly Input[],
  runs: number,
  seed: number,
  progress: (phase: string) => void,
): Pick<Fuzzed, 'elsewhere' | 'worst'> {
  const elsewhere = { resources: 0, damaged: 0, withFindings: 0, changed: 0 };
  const worst: { input: string; step: Step; damaged: readonly string[]; changed: readonly string[] }[] = [];
  const cache = new ParseCache();
  const read = (input: Input, language?: DocumentTree['language']): Reading => ({
    tree: treeOf(input.doc, input.texts.get(input.doc)!, language),
    analysis: analysisOf(input, cache),
  });
  const readings = new Map<Input, Reading>();
  for (const { input, step } of fc.sample(
    fc.record({ input: fc.noBias(fc.nat(inputs.length - 1)), step: oneCharacter }),
    { numRuns: runs, seed },
  )) {
    progress('changes of one character');
    const of = inputs[input]!;
    const before = readings.get(of) ?? read(of);
    readings.set(of, before);
    const kept = keptElsewhere(
      before,
      read(withText(of, mutated(before.tree.text, step, '')), before.tree.language),
      offsetOf(step, before.tree.text),
    );
    elsewhere.resources += kept.resources;
    elsewhere.damaged += kept.damaged.length;
    elsewhere.withFindings += kept.withFindings;
    elsewhere.changed += kept.changed.length;
    if (kept.damaged.length + kept.changed.length > 0)
      worst.push({ input: of.name, step, damaged: kept.damaged, changed: kept.changed });
  }
  return {
    elsewhere,
    worst: worst
      .sort((a, b) => b.damaged.length - a.damaged.length || b.changed.length - a.changed.length)
      .slice(0, WORST),
  };
}

/** How many variants there were. */
function tryVariants(
  inputs: readonly Input[],
  seed: number,
  fail: (failure: Failure) => void,
  progress: (phase: string) => void,
): number {
  const cache = new ParseCache();
  let tried = 0;
  for (const [index, input] of inputs.entries()) {
    const expected = findingLines(analysisOf(input, cache), input.texts).join('\n');
    const numbers = fc.sample(fc.infiniteStream(fc.nat(999_999)), { numRuns: 1, seed: seed + index })[0]!;
    for (const { name, of } of VARIANTS) {
      const variant = of(input, () => numbers.next().value / 1_000_000);
      if (!variant) continue;
      tried++;
      progress('variants');
      const actual = findingLines(analysisOf(variant, cache), variant.texts).join('\n');
      if (actual !== expected)
        fail({
          what: `${input.name} ${name}:\n${actual}\nin place of\n${expected}`,
          text: variant.texts.get(variant.doc)!,
        });
    }
  }
  return tried;
}

if (import.meta.filename === process.argv[1]) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      runs: { type: 'string', default: '1000' },
      seed: { type: 'string' },
      mutations: { type: 'boolean', default: false },
      text: { type: 'boolean', default: false },
    },
  });
  const seed = Number(values.seed ?? Date.now() % 1_000_000);
  const inputs = positionals.length > 0 ? positionals.flatMap(inputsBelow) : ownInputs();
  const progress = new Progress((line) => {
    console.error(line);
  });
  const { failures, elsewhere, worst, variants } = fuzz(inputs, Number(values.runs), seed, {
    ...(values.mutations ? { only: 'mutations' } : {}),
    onFailure: ({ what, text }) => {
      progress.failed();
      console.log(`${what}\n${values.text ? `${text}\n` : ''}`);
    },
    progress: (phase) => {
      progress.tried(phase);
    },
  });
  progress.end();
  for (const { input, step, damaged, changed } of worst)
    console.log(`${input}: ${JSON.stringify(step)} costs ${someOf([...new Set([...damaged, ...changed])])}`);
  const { resources, damaged, withFindings, changed } = elsewhere;
  console.log(
    `seed ${seed}: ${inputs.length} inputs, ${values.runs} mutations, ${variants} variants: ${failures.length} failures; of the resources elsewhere ` +
      `${kept(damaged, resources)} are read as before, ${kept(changed, withFindings)} keep their findings`,
  );
  process.exitCode = failures.length > 0 || damaged > resources / 100 ? 1 : 0;
}

function someOf(names: readonly string[]): string {
  return `${names.slice(0, 5).join(', ')}${names.length > 5 ? ` and ${names.length - 5} more` : ''}`;
}

function kept(lost: number, all: number): string {
  return `${all - lost} of ${all} (${(100 - (100 * lost) / Math.max(1, all)).toFixed(2)} %)`;
}
