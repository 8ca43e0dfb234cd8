/** Findings for templates whose conditions build on each other, compared with every assignment of their parameters. */
import assert from 'node:assert/strict';
import { runs } from '../kit/runs.ts';
import { analysed, findingsOf } from './analysis.ts';
import { complexTemplate, outcomesOf, textOf } from './complex-conditions.ts';
import { relatedOutcomesOf, relatedTemplate, textOfRelated } from './related-conditions.ts';

const RULES: ReadonlySet<string> = new Set(['ebs-volume-encryption']);
const ESCALATION: ReadonlySet<string> = new Set(['iam-identity-privilege-escalation']);

/** Pseudorandom integers below an argument. */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

/** Checks a random template and returns whether all is said of it. */
function examine(seed: number, parameters: number, conditions: number): boolean {
  const template = complexTemplate(generator(seed), parameters, conditions);
  const text = textOf(template);
  const analysis = analysed({ 't.yaml': text }, { rules: RULES });
  const complete = analysis.incomplete.length === 0;
  const outcomes = outcomesOf(template);
  for (const [i] of template.disks.entries()) {
    const disk = `Disk${i}`;
    const context = `${disk}, seed ${seed}\n${text}`;
    const certain = findingsOf(analysis).filter(
      ({ resource, certainty }) => resource === disk && certainty === 'certain',
    );
    const isWrong = outcomes.some(({ wrong }) => wrong.has(disk));
    assert.ok(certain.length > 0 || !isWrong || !complete, `what is wrong is not reported: ${context}`);
    for (const { when } of certain) {
      const named = when.flatMap(({ kind, name, value }) => (kind === 'condition' ? [{ name, value }] : []));
      const within = outcomes.filter(({ truths }) => named.every(({ name, value }) => truths.get(name) === value));
      assert.ok(
        within.some(({ wrong }) => wrong.has(disk)),
        `what is certain is wrong in no such scenario: ${JSON.stringify(when)}, ${context}`,
      );
      if (when.length === 0 && certain.length === 1)
        assert.deepEqual(
          outcomes.filter(({ there, wrong }) => there.has(disk) && !wrong.has(disk)),
          [],
          `what is said of all scenarios is wrong in some only: ${context}`,
        );
    }
  }
  return complete;
}

/** Checks random roles and policies that refer to one another, and returns whether all is said of them. */
function examineRelated(seed: number, parameters: number, conditions: number): boolean {
  const random = generator(seed);
  const template = relatedTemplate(random, complexTemplate(random, parameters, conditions));
  const text = textOfRelated(template);
  const analysis = analysed({ 't.yaml': text }, { rules: ESCALATION });
  const complete = analysis.incomplete.length === 0;
  const outcomes = relatedOutcomesOf(template);
  for (const [i] of template.policies.entries()) {
    const policy = `Policy${i}`;
    // A policy that no role has is about a principal that is not known.
    if (!outcomes.some(({ attached }) => attached.has(policy))) continue;
    const context = `${policy}, seed ${seed}\n${text}`;
    const start = text.indexOf(`  ${policy}:`);
    const end = text.indexOf('\n', start);
    const certain = findingsOf(analysis).filter(
      ({ at, certainty }) => certainty === 'certain' && at.start > start && at.start < end,
    );
    const isWrong = outcomes.some(({ escalating }) => escalating.has(policy));
    assert.ok(certain.length > 0 || !isWrong || !complete, `what is wrong is not reported: ${context}`);
    for (const { when } of certain) {
      const named = when.flatMap(({ kind, name, value }) => (kind === 'condition' ? [{ name, value }] : []));
      assert.ok(
        outcomes.some(
          ({ truths, escalating }) =>
            escalating.has(policy) && named.every(({ name, value }) => truths.get(name) === value),
        ),
        `what is certain is wrong in no such scenario: ${JSON.stringify(when)}, ${context}`,
      );
    }
  }
  return complete;
}

describe('resources that are related under conditions', () => {
  const sizes: readonly { readonly parameters: number; readonly conditions: number }[] = [
    { parameters: 4, conditions: 0 },
    { parameters: 8, conditions: 0 },
    { parameters: 6, conditions: 10 },
    { parameters: 8, conditions: 20 },
  ];
  for (const { parameters, conditions } of sizes) {
    it(`are decided as they are: ${conditions} conditions of ${parameters} parameters`, () => {
      const first = Number(process.env['SEED'] ?? 1);
      const seeds = Array.from({ length: runs(15) }, (_, i) => first + i);
      const complete = seeds.filter((seed) => examineRelated(seed, parameters, conditions));
      assert.ok(complete.length >= 0.9 * seeds.length, `${complete.length} of ${seeds.length} are complete`);
    });
  }
});

describe('conditions that build on each other', () => {
  const sizes: readonly { readonly parameters: number; readonly conditions: number }[] = [
    { parameters: 6, conditions: 10 },
    { parameters: 8, conditions: 20 },
    { parameters: 10, conditions: 40 },
  ];
  for (const { parameters, conditions } of sizes) {
    it(`are decided as they are: ${conditions} conditions of ${parameters} parameters`, () => {
      const first = Number(process.env['SEED'] ?? 1);
      const seeds = Array.from({ length: runs(15) }, (_, i) => first + i);
      const complete = seeds.filter((seed) => examine(seed, parameters, conditions));
      assert.ok(complete.length >= 0.9 * seeds.length, `${complete.length} of ${seeds.length} are complete`);
    });
  }
});
