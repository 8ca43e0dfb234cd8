import assert from 'node:assert/strict';
import { EMPTY_BASELINE, baselineEntries, type PlacedFinding } from '../../server/src/baseline/baseline.ts';
import { matchBaseline } from '../../server/src/baseline/match-baseline.ts';
import { findingsIn } from './findings.ts';

interface Row {
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** The indexes of the findings that are new. */
  readonly fresh?: readonly number[];
  /** The entries without a finding: file, rule, resource and number. */
  readonly unused?: readonly string[];
  /** The files that were not checked but exist. All other files that are not in `after` do not exist. */
  readonly unchecked?: readonly string[];
  /** Files that were checked and have no findings. */
  readonly clean?: readonly string[];
}

const ROWS: Readonly<Record<string, Row>> = {
  'the same findings': { before: ['a.yaml r Disk Encrypted f'], after: ['a.yaml r Disk Encrypted f'] },
  'another order': { before: ['a.yaml r A x 1', 'a.yaml s B y 2'], after: ['a.yaml s B y 2', 'a.yaml r A x 1'] },
  'a new finding': { before: ['a.yaml r A'], after: ['a.yaml r A', 'a.yaml s A'], fresh: [1] },
  'a fixed finding': { before: ['a.yaml r A', 'a.yaml s A'], after: ['a.yaml r A'], unused: ['a.yaml s A 1'] },
  'all findings of a file fixed': { before: ['a.yaml r A'], after: [], clean: ['a.yaml'], unused: ['a.yaml r A 1'] },
  'another value': { before: ['a.yaml r A x 1'], after: ['a.yaml r A x 2'], fresh: [0], unused: ['a.yaml r A 1'] },
  'another path': { before: ['a.yaml r A x 1'], after: ['a.yaml r A y 1'], fresh: [0], unused: ['a.yaml r A 1'] },
  'another rule': { before: ['a.yaml r A x 1'], after: ['a.yaml s A x 1'], fresh: [0], unused: ['a.yaml r A 1'] },
  'a renamed resource': { before: ['a.yaml r A'], after: ['a.yaml r B'], fresh: [0], unused: ['a.yaml r A 1'] },
  'a second finding with one key': {
    before: ['a.yaml r A x 1'],
    after: ['a.yaml r A x 1', 'a.yaml r A x 1'],
    fresh: [1],
  },
  'one of two findings with one key fixed': {
    before: ['a.yaml r A x 1', 'a.yaml r A x 1'],
    after: ['a.yaml r A x 1'],
    unused: ['a.yaml r A 1'],
  },
  'a finding about a file': { before: ['a.yaml r'], after: ['a.yaml r'] },
  'a renamed file': { before: ['a.yaml r A', 'a.yaml s'], after: ['b.yaml r A', 'b.yaml s'] },
  'a file converted to JSON': { before: ['a/t.yaml r A', 'a/t.yaml r A'], after: ['a/t.json r A', 'a/t.json r A'] },
  'a moved folder': { before: ['a/t.yaml r A', 'a/u.yaml r A'], after: ['b/t.yaml r A', 'b/u.yaml r A'] },
  'a copied file': { before: ['a.yaml r A'], after: ['a.yaml r A', 'b.yaml r A'], fresh: [1] },
  'a copied file that is checked alone': {
    before: ['a.yaml r A'],
    after: ['b.yaml r A'],
    unchecked: ['a.yaml'],
    fresh: [0],
  },
  'a copied resource': { before: ['a.yaml r A'], after: ['a.yaml r A', 'a.yaml r B'], fresh: [1] },
  'a file renamed and copied': { before: ['a.yaml r A'], after: ['b.yaml r A', 'c.yaml r A'], fresh: [1] },
  'a resource moved to another file': {
    before: ['a.yaml r A', 'a.yaml s A', 'a.yaml r B'],
    after: ['a.yaml r B', 'b.yaml r A', 'b.yaml s A'],
    fresh: [1, 2],
    unused: ['a.yaml r A 1', 'a.yaml s A 1'],
  },
  'a finding fixed in one file, and one of a resource with the same name in another': {
    before: ['a.yaml r A'],
    after: ['b.yaml r A'],
    clean: ['a.yaml'],
    fresh: [0],
    unused: ['a.yaml r A 1'],
  },
  'a finding fixed in one file that appears in another, with the resource in both': {
    before: ['a.yaml r A', 'a.yaml s A'],
    after: ['a.yaml s A', 'b.yaml r A'],
    fresh: [1],
    unused: ['a.yaml r A 1'],
  },
  'a resource moved within a Terraform directory': {
    before: ['m/main.tf r aws_x.y', 'm/main.tf r aws_x.z'],
    after: ['m/x.tf r aws_x.y', 'm/main.tf r aws_x.z'],
  },
  'a resource moved within a Terraform directory, of which one file is checked': {
    before: ['m/main.tf r aws_x.y'],
    after: ['m/x.tf r aws_x.y'],
    unchecked: ['m/main.tf'],
  },
  'a Terraform file converted to JSON': { before: ['m/main.tf r aws_x.y'], after: ['m/main.tf.json r aws_x.y'] },
  'a resource copied to another Terraform directory': {
    before: ['m/main.tf r aws_x.y'],
    after: ['m/main.tf r aws_x.y', 'n/main.tf r aws_x.y'],
    fresh: [1],
  },
  'another instance of a Terraform resource': {
    before: ['m/main.tf r aws_x.y[0]', 'm/main.tf r aws_x.z["a"]'],
    after: ['m/main.tf r aws_x.y[1]', 'm/main.tf r aws_x.z["b.c"]'],
  },
  'the same value with other ports': {
    before: ['a.yaml r A x 1 22'],
    after: ['a.yaml r A x 1 80'],
    fresh: [0],
    unused: ['a.yaml r A 1'],
  },
  'the same value with one more action': {
    before: ['a.yaml r A x 1 get'],
    after: ['a.yaml r A x 1 get,put'],
    fresh: [0],
    unused: ['a.yaml r A 1'],
  },
  'the same value with one action less': { before: ['a.yaml r A x 1 get,put'], after: ['a.yaml r A x 1 get'] },
  'the same value that nothing else decided': {
    before: ['a.yaml r A x 1 -'],
    after: ['a.yaml r A x 1 put'],
    fresh: [0],
    unused: ['a.yaml r A 1'],
  },
  'an entry that does not say what else decides': { before: ['a.yaml r A x 1'], after: ['a.yaml r A x 1 get,put'] },
  'a rule that no longer says what else decides': { before: ['a.yaml r A x 1 get'], after: ['a.yaml r A x 1'] },
  'two findings with one value, of which one is worse': {
    before: ['a.yaml r A x 1 get', 'a.yaml r A x 1 put'],
    after: ['a.yaml r A x 1 get,put', 'a.yaml r A x 1 put'],
    fresh: [0],
    unused: ['a.yaml r A 1'],
  },
  'two findings, of which the first matches the entry of both': {
    before: ['a.yaml r A x 1 get,put', 'a.yaml r A x 1 get'],
    after: ['a.yaml r A x 1 get', 'a.yaml r A x 1 get,put'],
  },
  'a renamed file with the same value and other ports': {
    before: ['a.yaml r A x 1 22', 'a.yaml r B x 1 22'],
    after: ['b.yaml r A x 1 80', 'b.yaml r B x 1 22'],
    fresh: [0],
    unused: ['a.yaml r A 1'],
  },
  'files that were not checked': { before: ['a.yaml r A', 'b.yaml r A'], after: ['b.yaml r A'], unchecked: ['a.yaml'] },
  'a deleted file': { before: ['a.yaml r A', 'b.yaml r A'], after: ['b.yaml r A'], unused: ['a.yaml r A 1'] },
};

describe('findings compared with a baseline', () => {
  for (const [what, { before, after, fresh = [], unused = [], unchecked = [], clean = [] }] of Object.entries(ROWS)) {
    it(what, () => {
      const [old, now] = [findingsIn(...before), findingsIn(...after)];
      const checked = new Set([...now.map(({ path }) => path), ...clean]);
      const match = matchBaseline({ ...EMPTY_BASELINE, entries: baselineEntries(old) }, now, {
        isChecked: (path) => checked.has(path),
        exists: (path) => unchecked.includes(path),
      });
      const isNew = ({ finding }: PlacedFinding): boolean => !match.known.has(finding);
      assert.deepEqual(
        now.flatMap((one, index) => (isNew(one) ? [index] : [])),
        fresh,
      );
      assert.deepEqual(
        match.unused().map(({ path, rule, resource, count }) => [path, rule, resource, count].join(' ')),
        unused,
      );
    });
  }

  it('a suppressed finding uses no entry', () => {
    const [one, other] = findingsIn('a.yaml r A', 'a.yaml r A');
    const suppressed = {
      ...one!,
      finding: { ...one!.finding, suppressed: { kind: 'comment', tool: 'checkov' } as const },
    };
    const baseline = { ...EMPTY_BASELINE, entries: baselineEntries([suppressed, other!]) };
    assert.deepEqual(
      baseline.entries.map(({ count }) => count),
      [1],
    );
    const match = matchBaseline(baseline, [suppressed], { isChecked: () => true, exists: () => true });
    assert.equal(match.known.size, 0);
    assert.equal(match.unused().length, 1);
  });

  it('looks up files only for entries that a finding could use', () => {
    const lines = Array.from({ length: 100 }, (_, index) => `a${index}.yaml r A${index}`);
    const requested: string[] = [];
    matchBaseline({ ...EMPTY_BASELINE, entries: baselineEntries(findingsIn(...lines)) }, findingsIn('b.yaml r A7'), {
      isChecked: () => false,
      exists: (path) => requested.push(path) > 0,
    });
    assert.deepEqual(requested, ['a7.yaml']);
  });
});
