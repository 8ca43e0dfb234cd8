import assert from 'node:assert/strict';
import { ResourceFacts, type KnownResourceFacts } from '../../server/src/engine/resource-facts.ts';

/** Asks for facts in a version; returns those that were computed, and the facts for the next version. */
function factsIn(
  before: KnownResourceFacts,
  numbers: Readonly<Record<string, number>>,
  { isLasting = true, names = Object.keys(numbers) } = {},
): { readonly computed: readonly string[]; readonly next: KnownResourceFacts } {
  const facts = new ResourceFacts(before, new Map(Object.entries(numbers)));
  const computed: string[] = [];
  for (const name of names)
    for (const what of ['first', 'second']) {
      const made = (): string => {
        computed.push(`${what} of ${name}`);
        return `${what} of ${name}`;
      };
      assert.equal(
        facts.of(what, name, made, () => isLasting),
        `${what} of ${name}`,
      );
    }
  return { computed, next: facts.forNext() };
}

describe('facts about resources', () => {
  const first = factsIn(new Map(), { Bucket: 0, Topic: 1 });

  it('are computed once for a content', () => {
    assert.deepEqual(first.computed, ['first of Bucket', 'second of Bucket', 'first of Topic', 'second of Topic']);
    assert.deepEqual(factsIn(first.next, { Bucket: 0, Topic: 1 }).computed, []);
    assert.deepEqual(factsIn(first.next, { Bucket: 0, Topic: 2 }).computed, ['first of Topic', 'second of Topic']);
  });

  it('are kept while nobody asks for them', () => {
    const { next } = factsIn(first.next, { Bucket: 0, Topic: 1 }, { names: [] });
    assert.deepEqual(factsIn(next, { Bucket: 0, Topic: 1 }).computed, []);
  });

  it('are dropped with their content', () => {
    const { next } = factsIn(first.next, { Bucket: 0 });
    assert.deepEqual([...next.keys()], [0]);
  });

  it('are computed again if they hold in one version only, or if the content of the resource is unknown', () => {
    const { computed, next } = factsIn(new Map(), { Bucket: 0 }, { isLasting: false });
    assert.deepEqual(factsIn(next, { Bucket: 0 }).computed, computed);
    assert.deepEqual(factsIn(first.next, {}, { names: ['Bucket'] }).computed, computed);
  });
});
