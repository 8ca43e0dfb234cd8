/**
 * A request for a document that was built to block an editor is answered within its budget, and reported as incomplete.
 */
import assert from 'node:assert/strict';
import { analyze } from '../../server/src/engine/analyze.ts';
import { completeAt } from '../../server/src/engine/complete.ts';
import { explainAt } from '../../server/src/engine/explain.ts';
import { inspect } from '../../server/src/engine/inspect.ts';
import { ParseCache } from '../../server/src/engine/parse-cache.ts';
import { collect } from '../../server/src/engine/run.ts';
import { hoverAt } from '../../server/src/hover/responsibility/hover.ts';
import { fullMarkdown, shortMarkdown } from '../../server/src/hover/explanation/markdown.ts';
import { shortText } from '../../server/src/hover/explanation/text.ts';
import { linksIn } from '../hover/explained-at.ts';
import { EVERYTHING, readerOf, uri } from '../engine/analysis.ts';

const times = (count: number, of: (i: number) => string, between = ''): string =>
  Array.from({ length: count }, (_, i) => of(i)).join(between);

/** Nine aliases of nine aliases, and so on. */
const bomb = (at: string): string =>
  `Resources:\n  B: {Type: AWS::S3::Bucket, Properties: {Tags: *a11${at}}}\na0: &a0 [${times(9, () => 'x', ',')}]\n${times(11, (i) => `a${i + 1}: &a${i + 1} [${times(9, () => `*a${i}`, ',')}]\n`)}`;

const conditions = (n: number): string =>
  `Parameters:\n${times(n, (i) => `  P${i}: {Type: String, AllowedValues: [a, b, c, d]}\n`)}Conditions:\n  C0: !Equals [!Ref P0, a]\n` +
  times(
    n - 1,
    (i) =>
      `  C${i + 1}: !And [!Equals [!Ref P${i + 1}, a], !Or [!Condition C${i}, !Not [!Equals [!Ref P${(3 * i) % n}, !Ref P${(5 * i) % n}]]]]\n`,
  ) +
  `Resources:\n${times(n, (i) => `  B${i}: {Type: AWS::S3::Bucket, Condition: C${i}, Properties: {AccessControl: !If [C${(7 * i) % n}, PublicRead, !If [C${(11 * i) % n}, Private, !Ref P${i}]]}}\n`)}`;

/** Documents by name, with `§` where something is asked. */
const HARD: Readonly<Record<string, string>> = {
  'aliases of aliases': bomb('§'),
  'an alias within aliases': bomb('').replace('a10: &a10 [*a9', 'a10: &a10 [*a§9'),
  'conditions that combine others': conditions(80).replace('PublicRead', 'Pub§licRead'),
  'a text of openings': `Parameters:\n  P: {Type: String, Default: hun${'${'.repeat(20_000)}§}\nResources:\n  P: {Type: AWS::IAM::Policy, Properties: {PolicyDocument: {Statement: {Action: "s3:*"}}}}\n`,
  'a resource of openings': `Resources:\n  P: {Type: AWS::IAM::Policy, Properties: {PolicyName: p, PolicyDocument: {Statement: [{Effect: Allow, Action: s3:GetObject, Resource: "arn:aws:s3:::${'${'.repeat(20_000)}§"}]}}}\n`,
  'a long ARN': `Resources:\n  P: {Type: AWS::IAM::Policy, Properties: {PolicyName: p, PolicyDocument: {Statement: [{Effect: Allow, Action: "s3:*", Resource: ["arn:aws:s3:::§${'*a?'.repeat(2000)}", "arn:aws:iam::123456789012:role/${'a*'.repeat(3000)}"]}]}}}\n`,
  colons: `Resources:\n  P: {Type: AWS::IAM::Policy, Properties: {PolicyName: p, PolicyDocument: {Statement: [{Effect: Allow, Action: "s3:*", Resource: "${':'.repeat(30_000)}§", Condition: {"${':'.repeat(30_000)}": {"${'.'.repeat(30_000)}": "${':'.repeat(30_000)}/"}}}]}}}\n`,
  tabs: `Resources:\n  P:\n${'\t'.repeat(30_000)}x: [§\n`,
  hashes: `Resources:\n  P: {Type: AWS::IAM::Policy} ${'#'.repeat(30_000)}§\n${' #'.repeat(10_000)}\n`,
};

/** True once it has been asked so many times: what an edge asks of its clock, without one. */
function expiredAfter(most: number): () => boolean {
  let steps = 0;
  return () => ++steps > most;
}

const NEVER = expiredAfter(Infinity);

describe('requests for a document that is hard to evaluate', () => {
  for (const [what, marked] of Object.entries(HARD)) {
    const offset = marked.indexOf('§');
    const text = marked.replace('§', '');
    const reader = readerOf({ 't.yaml': text });
    const doc = uri('t.yaml');
    // Much more than the budgets of the server allow, also on a busy machine: it tells what does not end from what
    // takes a while.
    it(`end: ${what}`, function () {
      this.timeout(120_000);
      for (const expired of [expiredAfter(20), NEVER]) {
        // Without a budget only what is bounded by itself is asked.
        if (expired === NEVER && what.startsWith('conditions')) continue;
        const options = { ...EVERYTHING, expired };
        const cache = new ParseCache();
        const snapshot = collect(reader, [doc], options, cache);
        explainAt(snapshot, doc, offset, options, cache);
        completeAt(reader, doc, offset, options, new ParseCache());
        const inspected = inspect(snapshot, doc, options, cache);
        if (inspected)
          hoverAt({
            ...inspected,
            offset,
            level: 'all',
            findings: () => analyze(snapshot, options, cache).documents[0]!.findings,
            today: '2026-11-28',
            data: (name) => reader.data(name),
            expired,
          });
      }
    });
  }

  it('say that they are incomplete', () => {
    const marked = HARD['conditions that combine others']!;
    const text = marked.replace('§', '');
    const [reader, doc, options, cache] = [
      readerOf({ 't.yaml': text }),
      uri('t.yaml'),
      { ...EVERYTHING, expired: expiredAfter(5) },
      new ParseCache(),
    ];
    const explained = explainAt(collect(reader, [doc], options, cache), doc, marked.indexOf('§'), options, cache)!;
    assert.equal(explained.incomplete, true);
    const links = linksIn(text);
    for (const shown of [
      shortMarkdown(explained, { profile: 'strict', beside: false }, links),
      fullMarkdown(explained, { profile: 'strict', beside: false }, links),
      shortText(explained, { profile: 'strict', beside: false }, links),
    ])
      assert.match(shown, /Incomplete/);
  });

  it('offer nothing, and say that there may be more', () => {
    const text = conditions(80).replace('Private', 'Private, Policy, Statement');
    const options = { ...EVERYTHING, expired: () => true };
    const found = completeAt(
      readerOf({ 't.yaml': text }),
      uri('t.yaml'),
      text.indexOf('PublicRead'),
      options,
      new ParseCache(),
    );
    assert.ok(found === undefined || (found.items.length === 0 && found.cut));
  });
});
