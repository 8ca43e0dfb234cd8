import assert from 'node:assert/strict';
import fc from 'fast-check';
import { FALSE, Guard, MAYBE, TRUE, type Truth } from '../../server/src/base/guard.ts';
import {
  absentFrom,
  choice,
  either,
  gapIn,
  itemsOf,
  leaves,
  mapLeaves,
  MAX_BRANCHES,
  member,
  memberAt,
  unknown,
} from '../../server/src/model/navigate.ts';
import type { Leaf, Value } from '../../server/src/model/value.ts';
import { scenariosOf, variable, within } from '../base/scenarios.ts';
import {
  absent,
  answerOf,
  choose,
  DOC,
  entry,
  itemsAt,
  known,
  leafAt,
  list,
  lists,
  memberAtScenario,
  object,
  origin,
  reference,
  SCENARIOS,
  shown,
  text,
  truths,
  unknownValue,
  values,
  VARIABLES,
  type Answer,
  type ItemsAt,
} from './values.ts';

/**
 * What can be told of a leaf without asking where it came from. What is unknown is as good as what no branch speaks
 * for.
 */
function described(leaf: Leaf | undefined): unknown {
  if (!leaf || leaf.state === 'unknown') return 'unknown';
  return leaf.state === 'absent' ? `absent${leaf.open ? ', open' : ''}` : leaf;
}

const [p, q] = VARIABLES.map((v) => (index: number) => Guard.of(v, [index]));

describe('the leaves of a value', () => {
  it('are what it is in each scenario', () => {
    fc.assert(
      fc.property(values, (value) => {
        const all = leaves(value);
        for (const scenario of SCENARIOS) {
          const there = all.filter(({ guard }) => guard.contains(scenario));
          assert.ok(there.length <= 1, 'leaves are there in disjoint scenarios');
          assert.equal(there[0]?.value, leafAt(value, scenario));
        }
        assert.ok(all.every(({ guard }) => guard.satisfiable()));
      }),
      { numRuns: 500 },
    );
  });

  it('are the same after a choice has been made of them again', () => {
    fc.assert(
      fc.property(values, (value) => {
        if (value.state !== 'choice') return;
        const again = choice(value.origin, value.branches);
        for (const scenario of SCENARIOS)
          assert.equal(described(leafAt(again, scenario)), described(leafAt(value, scenario)));
        if (again.state === 'choice')
          assert.ok(again.branches.every((branch) => (branch.value.state as string) !== 'choice'));
      }),
      { numRuns: 300 },
    );
  });
});

describe('a choice', () => {
  const [a, b, c] = [known('a'), known('b'), known('c')];

  it('of one value that is there in every scenario is that value', () => {
    assert.equal(choice(origin(), [{ guard: Guard.always, value: a }]), a);
    assert.equal(
      choice(origin(), [
        { guard: Guard.never, value: b },
        { guard: Guard.always, value: a },
      ]),
      a,
    );
  });

  it('of one value that is there in some scenarios stays a choice', () =>
    assert.deepEqual(shown(choice(origin(), [{ guard: p!(0), value: a }])), shown(choose({ guard: p!(0), value: a }))));

  it('leaves out what no scenario reaches and flattens what is nested', () => {
    const inner = choose({ guard: p!(0), value: a }, { guard: p!(1), value: b });
    assert.deepEqual(
      shown(
        choice(origin(), [
          { guard: p!(0), value: inner },
          { guard: p!(1), value: c },
        ]),
      ),
      shown(choose({ guard: p!(0), value: a }, { guard: p!(1), value: c })),
    );
  });

  it('of nothing is unknown', () =>
    assert.deepEqual(choice(origin(4), [{ guard: Guard.never, value: a }]), {
      state: 'unknown',
      origin: origin(4),
      why: 'computed',
      refs: [],
    }));

  it('has a fixed number of branches and is not known beyond them', () => {
    const v = variable('v', MAX_BRANCHES + 3);
    const value = choice(
      origin(),
      v.domain.map((name, i) => ({ guard: Guard.of(v, [i]), value: known(name) })),
    );
    assert.deepEqual(
      scenariosOf([v]).map((s) => described(leafAt(value, s)) !== 'unknown'),
      v.domain.map((_, i) => i < MAX_BRANCHES - 1),
    );
    const beyond = leafAt(value, new Map([[v, MAX_BRANCHES + 2]]));
    assert.equal(beyond?.state === 'unknown' && beyond.why, 'budget');
  });

  it('between two values is one of them where the statement says so in every scenario', () => {
    const [value, otherwise] = [choose({ guard: p!(0), value: a }), choose({ guard: p!(1), value: b })];
    assert.equal(either(TRUE, value, otherwise), value);
    assert.equal(either(FALSE, value, otherwise), otherwise);
  });

  it('between two values is unknown where the statement is neither true nor false', () => {
    fc.assert(
      fc.property(fc.oneof(truths, fc.constantFrom(TRUE, FALSE, MAYBE)), values, values, (truth, value, otherwise) => {
        const result = either(truth, value, otherwise);
        for (const scenario of SCENARIOS) {
          const answer = answerOf(truth, scenario);
          assert.equal(
            described(leafAt(result, scenario)),
            answer === undefined ? 'unknown' : described(leafAt(answer ? value : otherwise, scenario)),
          );
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('a function over leaves', () => {
  it('keeps the scenarios', () => {
    fc.assert(
      fc.property(values, (value) => {
        const wrapped = mapLeaves(value, (leaf) => object([entry('K', leaf)]));
        for (const scenario of SCENARIOS) {
          const leaf = leafAt(wrapped, scenario);
          assert.equal(leaf?.state === 'object' ? leaf.entries[0]!.value : undefined, leafAt(value, scenario));
        }
      }),
      { numRuns: 200 },
    );
  });

  it('may give a choice for a leaf', () => {
    const value = mapLeaves(choose({ guard: p!(0), value: known('x') }, { guard: p!(1), value: known('y') }), (leaf) =>
      leaf.state === 'known' && leaf.raw === 'x'
        ? choose({ guard: q!(0), value: known('x0') }, { guard: q!(1), value: known('x1') })
        : leaf,
    );
    assert.deepEqual(
      leaves(value).map(({ guard, value: leaf }) => [
        leaf.state === 'known' && leaf.raw,
        within(guard, SCENARIOS).length,
      ]),
      [
        ['x0', 2],
        ['x1', 2],
        ['y', 6],
      ],
    );
  });
});

describe('the member of a value', () => {
  it('is what stands under the key in each scenario', () => {
    fc.assert(
      fc.property(values, fc.constantFrom('A', 'B'), (value, key) => {
        const found = member(value, key);
        for (const scenario of SCENARIOS)
          assert.equal(described(leafAt(found, scenario)), described(memberAtScenario(value, key, scenario)));
      }),
      { numRuns: 1000 },
    );
  });

  const cases: readonly (readonly [string, Value, unknown])[] = [
    ['an object that has it', object([entry('A', known('x'))]), known('x')],
    ['an object that has it twice', object([entry('A', known('x')), entry('A', known('y'))]), known('y')],
    ['an object without it', object([entry('B', known('x'))]), 'absent'],
    ['an object to which something unread may add', object([], true), 'absent, open'],
    ['nothing', absent(), 'absent'],
    ['nothing, by a default', absent(false, object([entry('A', known('x'))])), known('x')],
    [
      'nothing, where something unread may supply it, whatever the default',
      absent(true, object([entry('A', known('x'))])),
      'absent, open',
    ],
    ['null', known(null), 'absent'],
    ['a scalar', known('x'), 'unknown'],
    ['a list', list([]), 'unknown'],
    ['a text', text('x'), 'unknown'],
    ['a reference', reference('B'), 'unknown'],
    ['an unknown value', unknownValue(), 'unknown'],
  ];
  for (const [what, value, expected] of cases)
    it(`of ${what}`, () => assert.deepEqual(described(leafAt(member(value, 'A'), SCENARIOS[0]!)), expected));

  it('of a reference depends on what it refers to, and of an unknown value is a part of it', () => {
    assert.deepEqual(member(reference('B'), 'A'), { state: 'unknown', origin: origin(), why: 'computed', refs: ['B'] });
    const value = unknown(origin(), 'import', ['X']);
    assert.deepEqual(member(value, 'A'), { ...value, part: true });
  });

  it('at a path goes from one to the next', () => {
    const value = object([entry('A', object([entry('B', known('x'))]))]);
    assert.deepEqual(memberAt(value, ['A', 'B']), known('x'));
    assert.equal(memberAt(value, []), value);
    assert.equal(described(leafAt(memberAt(value, ['C', 'B']), SCENARIOS[0]!)), 'absent');
  });
});

describe('the place of something missing', () => {
  const key = { doc: DOC, start: 40, end: 44 };
  const cases: readonly (readonly [string, Value, number])[] = [
    ['the key of what would hold it', { ...object([entry('A', known(1), TRUE, 7)]), origin: origin(3, { key }) }, 40],
    [
      'its first key, when it has none itself',
      object([entry('A', known(1), TRUE, 7), entry('B', known(2), TRUE, 9)]),
      7,
    ],
    ['the holder, when there is no key', { ...object([]), origin: origin(3) }, 3],
    ['the place of null', { ...known(null), origin: origin(5) }, 5],
  ];
  for (const [what, holder, start] of cases) {
    it(`is ${what}`, () => {
      assert.equal(absentFrom(holder).origin.use.start, start);
      assert.equal(member(holder, 'Z').origin.use.start, start);
    });
  }

  it('is the same for one more item of what is there', () => {
    for (const holder of [
      { ...list([known(1)]), origin: origin(3, { key }) },
      { ...object([]), origin: origin(3, { key }) },
    ]) {
      assert.deepEqual(gapIn(holder), { state: 'absent', origin: { ...holder.origin, use: key }, open: false });
    }
    for (const leaf of [absent(), known('x'), unknownValue()]) assert.equal(gapIn(leaf), leaf);
  });

  it('stays where it is further down', () =>
    assert.equal(memberAt({ ...object([]), origin: origin(3, { key }) }, ['X', 'Y', 'Z']).origin.use, key));
  it('says whether something unread could supply it', () =>
    assert.deepEqual([absentFrom(object([])).open, absentFrom(object([]), true).open], [false, true]));
});

describe('the items of a value', () => {
  it('are those of the list in each scenario, in their order', () => {
    fc.assert(
      fc.property(fc.oneof(lists, values), fc.boolean(), (value, loose) => {
        const { items, complete } = itemsOf(value, loose);
        for (const scenario of SCENARIOS) {
          const expected = itemsAt(value, scenario, loose);
          const found = items.map((item) => ({
            there: answerOf(item.when, scenario),
            leaf: leafAt(item.value, scenario),
          }));
          // What is not known may as well not be there.
          const those = (some: ItemsAt['items'], answer: Answer) =>
            some
              .filter(({ there, leaf }) => there === answer && described(leaf) !== 'unknown')
              .map(({ leaf }) => described(leaf));
          assert.deepEqual(those(found, true), those(expected.items, true));
          // Where nothing is known of the list, the items of other scenarios may be there.
          if (expected.complete) assert.deepEqual(those(found, undefined), those(expected.items, undefined));
          assert.equal(answerOf(complete, scenario), expected.complete ? true : undefined);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('that are one value, where that is allowed, are that value', () => {
    for (const value of [known('x'), text('x'), reference('B'), object([])]) {
      assert.deepEqual(shown(itemsOf(value, true)), shown({ items: [{ value, when: TRUE }], complete: TRUE }));
      assert.deepEqual(shown(itemsOf(value)), shown({ items: [], complete: MAYBE }));
    }
    for (const value of [known(null), absent()])
      assert.deepEqual(shown(itemsOf(value, true)), shown({ items: [], complete: TRUE }));
    assert.deepEqual(
      shown(itemsOf(unknownValue(), true)),
      shown({ items: [{ value: unknownValue(), when: TRUE }], complete: MAYBE }),
      'an unknown value may be a list too',
    );
  });

  it('of a list are the elements themselves', () => {
    const items = [
      { value: known('x'), when: TRUE },
      { value: known('y'), when: { yes: p!(0), no: p!(1) } satisfies Truth },
    ];
    assert.deepEqual(shown(itemsOf(list(items))), shown({ items, complete: TRUE }));
  });

  it('that have no value in any scenario are not there', () =>
    assert.deepEqual(
      itemsOf(list([absent(), known('x')])).items.map((item) => item.value),
      [known('x')],
    ));

  it('that have no value in some scenarios may be there in those of which nothing is known', () => {
    // Neither branch speaks for the second value of q.
    const { items, complete } = itemsOf(list([choose({ guard: q!(0), value: absent() })]));
    assert.deepEqual(
      [
        items.length,
        within(items[0]!.when.yes, SCENARIOS).length,
        within(items[0]!.when.no, SCENARIOS).length,
        complete.yes.isAlways(),
      ],
      [1, 0, 4, true],
    );
  });
});
