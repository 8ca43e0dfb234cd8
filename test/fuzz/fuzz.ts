/**
 * Changes documents at random and sees whether what always has to hold still holds.
 * `npm run fuzz -- [--runs N] [--seed S] [DIR…]`: the examples and fixtures, and every document below the folders.
 */
import * as fc from 'fast-check';
import { parseArgs } from 'node:util';
import { DEFAULT_CONFIGURATION } from '../../server/src/config/configuration.ts';
import type { Analysis, AnalysisOptions } from '../../server/src/engine/analysis.ts';
import { run } from '../../server/src/engine/run.ts';
import { parse } from '../../server/src/syntax/parse.ts';
import { examine } from '../kit/invariants.ts';
import { memoryReader } from '../kit/memory-reader.ts';
import { inputsBelow, ownInputs, withText, type Input } from './inputs.ts';
import { keptElsewhere } from './locality.ts';
import { anyStep, mutated, offsetOf, oneCharacter, type Step } from './mutation.ts';
import { said } from './said.ts';
import { VARIANTS } from './variants.ts';

export interface Fuzzed {
  /** What does not hold, each with the text that shows it. */
  readonly failures: readonly { readonly what: string; readonly text: string }[];
  /** The resources beside a changed character, and how many of them were said something else of. */
  readonly elsewhere: number;
  readonly lost: number;
  /** Where most was lost, for a look. */
  readonly worst: readonly { readonly input: string; readonly step: Step; readonly lost: readonly string[] }[];
  /** How many variants could be written of the inputs. */
  readonly variants: number;
}

const OPTIONS: AnalysisOptions = { profile: 'strict', certainty: 'possible', configuration: DEFAULT_CONFIGURATION };
const MOST_FAILURES = 20;
const WORST = 10;

/** Tries `runs` mutations, `runs` changes of one character and every variant of up to `runs` inputs. The seed decides all. */
export function fuzz(inputs: readonly Input[], runs: number, seed: number): Fuzzed {
  const variants = tryVariants(inputs.slice(0, runs), seed);
  return { ...tryCharacters(inputs, runs, seed), failures: [...tryMutations(inputs, runs, seed), ...variants.failures], variants: variants.tried };
}

function analysisOf(input: Input): Analysis {
  return run(memoryReader(input.texts), [input.doc], OPTIONS);
}

/** After a failure, which is made as small as possible, it goes on with the runs that are left. */
function tryMutations(inputs: readonly Input[], runs: number, seed: number): Fuzzed['failures'] {
  const failures: { what: string; text: string }[] = [];
  const mutation = fc.record({ input: fc.nat(inputs.length - 1), other: fc.nat(inputs.length - 1), steps: fc.array(anyStep, { minLength: 1, maxLength: 4 }) });
  const apply = ({ input, other, steps }: { input: number; other: number; steps: readonly Step[] }): Input => {
    const of = inputs[input]!;
    const source = inputs[other]!;
    return withText(of, steps.reduce((text, step) => mutated(text, step, source.texts.get(source.doc)!), of.texts.get(of.doc)!));
  };
  for (let left = runs, next = seed; left > 0 && failures.length < MOST_FAILURES; next++) {
    const result = fc.check(fc.property(mutation, (one) => {
      const changed = apply(one);
      const { broken } = examine(memoryReader(changed.texts), [changed.doc], OPTIONS);
      if (broken.length > 0) throw new Error(broken.join('\n'));
    }), { numRuns: left, seed: next });
    left -= result.numRuns;
    if (!result.failed) break;
    const [one] = result.counterexample!;
    const changed = apply(one);
    failures.push({ what: `${changed.name} after ${JSON.stringify(one.steps)}: ${(result.errorInstance as Error).message}`, text: changed.texts.get(changed.doc)! });
  }
  return failures;
}

function tryCharacters(inputs: readonly Input[], runs: number, seed: number): Pick<Fuzzed, 'elsewhere' | 'lost' | 'worst'> {
  let elsewhere = 0;
  let lost = 0;
  const worst: { input: string; step: Step; lost: readonly string[] }[] = [];
  const before = new Map<Input, Analysis>();
  for (const { input, step } of fc.sample(fc.record({ input: fc.nat(inputs.length - 1), step: oneCharacter }), { numRuns: runs, seed })) {
    const of = inputs[input]!;
    const text = of.texts.get(of.doc)!;
    if (!before.has(of)) before.set(of, analysisOf(of));
    const kept = keptElsewhere(parse(of.doc, text), offsetOf(step, text), before.get(of)!, analysisOf(withText(of, mutated(text, step, ''))));
    elsewhere += kept.resources;
    lost += kept.lost.length;
    if (kept.lost.length > 0) worst.push({ input: of.name, step, lost: kept.lost });
  }
  return { elsewhere, lost, worst: worst.sort((a, b) => b.lost.length - a.lost.length).slice(0, WORST) };
}

function tryVariants(inputs: readonly Input[], seed: number): { readonly failures: Fuzzed['failures']; readonly tried: number } {
  const failures: { what: string; text: string }[] = [];
  let tried = 0;
  for (const [index, input] of inputs.entries()) {
    const expected = said(analysisOf(input)).join('\n');
    const numbers = fc.sample(fc.infiniteStream(fc.nat(999_999)), { numRuns: 1, seed: seed + index })[0]!;
    for (const { name, of } of VARIANTS) {
      const variant = of(input, () => numbers.next().value / 1_000_000);
      if (!variant) continue;
      tried++;
      const actual = said(analysisOf(variant)).join('\n');
      if (actual !== expected) failures.push({ what: `${input.name} ${name}:\n${actual}\nin place of\n${expected}`, text: variant.texts.get(variant.doc)! });
    }
  }
  return { failures, tried };
}

if (import.meta.filename === process.argv[1]) {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { runs: { type: 'string', default: '1000' }, seed: { type: 'string' }, text: { type: 'boolean', default: false } } });
  const seed = Number(values.seed ?? Date.now() % 1_000_000);
  const inputs = [...ownInputs(), ...positionals.flatMap(inputsBelow)];
  const { failures, elsewhere, lost, worst, variants } = fuzz(inputs, Number(values.runs), seed);
  for (const { what, text } of failures) console.log(`${what}\n${values.text ? `${text}\n` : ''}`);
  for (const one of worst) console.log(`${one.input}: ${JSON.stringify(one.step)} costs ${one.lost.slice(0, 5).join(', ')}${one.lost.length > 5 ? ` and ${one.lost.length - 5} more` : ''}`);
  console.log(`seed ${seed}: ${inputs.length} inputs, ${values.runs} mutations, ${variants} variants: ${failures.length} failures; `
    + `${lost} of ${elsewhere} resources elsewhere changed (${(100 - 100 * lost / Math.max(1, elsewhere)).toFixed(2)} % kept)`);
  process.exitCode = failures.length > 0 || lost > elsewhere / 100 ? 1 : 0;
}
