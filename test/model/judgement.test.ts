import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Guard, type Truth } from '../../server/src/base/guard.ts';
import {
  all,
  any,
  every,
  exists,
  is,
  isAbsent,
  isPresent,
  judgement,
  NO,
  not,
  UNKNOWABLE,
  when,
  YES,
  type Judgement,
  type Predicate,
} from '../../server/src/model/judgement.ts';
import { itemsOf } from '../../server/src/model/navigate.ts';
import { isFalse, isTrue, oneOf } from '../../server/src/model/predicate.ts';
import type { Element, Leaf, Value } from '../../server/src/model/value.ts';
import { scenariosOf, variable, within } from '../base/scenarios.ts';
import {
  absent,
  allAnswers,
  answersOf,
  anyAnswers,
  choose,
  itemsAt,
  known,
  leafAt,
  list,
  lists,
  notAnswer,
  object,
  reference,
  SCENARIOS,
  shown,
  text,
  truths,
  unknownValue,
  values,
  VARIABLES,
  type Answer,
} from './values.ts';

/** Whether one leaf meets a predicate, told in the plainest way. */
function meets(leaf: Leaf | undefined, predicate: Predicate): Answer {
  if (!leaf || leaf.state === 'unknown') return undefined;
  if (leaf.state === 'known') return leaf.value === null ? false : predicate.known(leaf);
  if (leaf.state === 'absent')
    return leaf.open || leaf.default?.state === 'choice'
      ? undefined
      : leaf.default
        ? meets(leaf.default, predicate)
        : false;
  if (leaf.state === 'template') return predicate.text?.(leaf);
  if (leaf.state === 'reference') return predicate.reference?.(leaf);
  return predicate.collection;
}

const ofB: Predicate = {
  known: () => false,
  text: () => true,
  reference: (r) => r.attribute === undefined,
  collection: false,
};
const predicates = fc.constantFrom<Predicate>(isTrue, isFalse, oneOf('true', '3'), ofB);

describe('a judgement of one value', () => {
  it('is what the value says in each scenario', () => {
    fc.assert(
      fc.property(values, predicates, (value, predicate) => {
        assert.deepEqual(
          answersOf(is(value, predicate)),
          SCENARIOS.map((scenario) => meets(leafAt(value, scenario), predicate)),
        );
      }),
      { numRuns: 1000 },
    );
  });

  it('rests on every leaf, each with its part, where it is not the same everywhere', () => {
    fc.assert(
      fc.property(values, predicates, (value, predicate) => {
        const { yes, no, because } = is(value, predicate);
        if (value.state !== 'choice' && (yes.isAlways() || no.isAlways())) {
          assert.deepEqual(because, []);
          return;
        }
        for (const side of ['yes', 'no'] as const) {
          const parts = because.flatMap((ground) => within(ground[side], SCENARIOS));
          assert.deepEqual(
            parts.toSorted((a, b) => a - b),
            within({ yes, no }[side], SCENARIOS),
            'no part is there twice',
          );
        }
        for (const scenario of SCENARIOS) {
          const leaf = leafAt(value, scenario);
          const grounds = because.filter((ground) => ground.yes.contains(scenario) || ground.no.contains(scenario));
          assert.ok(grounds.every((ground) => ground.value === leaf));
        }
      }),
      { numRuns: 300 },
    );
  });

  const b = oneOf('b');
  const cases: readonly (readonly [string, Value, Predicate, Answer])[] = [
    ['a scalar', known(true), isTrue, true],
    ['another scalar', known(false), isTrue, false],
    ['a scalar that it does not understand', known('yes'), isTrue, undefined],
    ['null', known(null), isFalse, false],
    ['an absent value', absent(), isTrue, false],
    ['an absent value, negated by its own predicate', absent(), isFalse, false],
    ['an absent value with a default', absent(false, known(true)), isTrue, true],
    [
      'an absent value with a default that depends on something',
      absent(false, choose({ guard: Guard.always, value: known(true) })),
      isTrue,
      undefined,
    ],
    ['an absent value that something unread may supply', absent(true), isTrue, undefined],
    [
      'an absent value that something unread may supply, whatever its default',
      absent(true, known(true)),
      isTrue,
      undefined,
    ],
    ['an unknown value', unknownValue(), isTrue, undefined],
    ['a reference', reference('B'), isTrue, undefined],
    ['a reference that it understands', reference('B'), ofB, true],
    ['a text with holes that it can be', text('b', unknownValue()), b, undefined],
    ['a text with holes that it cannot be', text('a', unknownValue()), b, false],
    ['a text that it understands', text('a', unknownValue()), ofB, true],
    ['an object, where it is a mistake', object([]), b, false],
    ['a list, where nothing is said of lists', list([]), isTrue, undefined],
  ];
  for (const [what, value, predicate, expected] of cases) {
    it(`of ${what} is ${expected === undefined ? 'not knowable' : expected}`, () =>
      assert.deepEqual(new Set(answersOf(is(value, predicate))), new Set([expected])));
  }
});

describe('absence', () => {
  const cases: readonly (readonly [string, Value, Answer])[] = [
    ['an absent value', absent(), true],
    ['an absent value with a default', absent(false, known(true)), true],
    ['a value that something unread may supply', absent(true), undefined],
    ['null', known(null), true],
    ['a scalar', known('x'), false],
    ['an empty text', known(''), false],
    ['a text with holes', text('a', reference('B')), false],
    ['a reference', reference('B'), false],
    ['an object', object([]), false],
    ['a list', list([]), false],
    ['a parameter without default', unknownValue('parameter'), false],
    ['a function that is not understood', unknownValue('function'), false],
    ['a dynamic reference', unknownValue('dynamic-reference'), false],
    ['a dynamic reference to a secret', unknownValue('secret-reference'), false],
    ['an imported value', unknownValue('import'), undefined],
    ['a value that a plan does not know yet', unknownValue('computed'), undefined],
    ['a value for lack of budget', unknownValue('budget'), undefined],
  ];
  for (const [what, value, expected] of cases) {
    it(`of ${what} is ${expected === undefined ? 'not knowable' : expected}`, () => {
      assert.deepEqual(new Set(answersOf(isAbsent(value))), new Set([expected]));
      assert.deepEqual(new Set(answersOf(isPresent(value))), new Set([notAnswer(expected)]));
    });
  }
});

/** Statements about random values, and what each says in every scenario. */
interface Statement {
  readonly judgement: Judgement;
  readonly answers: readonly Answer[];
}

const statements: fc.Arbitrary<Statement> = fc.letrec<{ statement: Statement }>((tie) => {
  const several = fc.array(tie('statement'), { maxLength: 3 });
  const each = (parts: readonly Statement[], combine: (answers: readonly Answer[]) => Answer) =>
    SCENARIOS.map((_, i) => combine(parts.map((part) => part.answers[i])));
  return {
    statement: fc.oneof(
      { maxDepth: 4, depthSize: 'large' },
      fc
        .tuple(values, predicates)
        .map(([value, predicate]) => ({
          judgement: is(value, predicate),
          answers: SCENARIOS.map((s) => meets(leafAt(value, s), predicate)),
        })),
      truths.map((truth) => ({ judgement: judgement(truth), answers: answersOf(truth) })),
      fc.constantFrom<Statement>(...[YES, NO, UNKNOWABLE].map((j) => ({ judgement: j, answers: answersOf(j) }))),
      several.map((parts) => ({ judgement: all(...parts.map((p) => p.judgement)), answers: each(parts, allAnswers) })),
      several.map((parts) => ({ judgement: any(...parts.map((p) => p.judgement)), answers: each(parts, anyAnswers) })),
      tie('statement').map((part) => ({ judgement: not(part.judgement), answers: part.answers.map(notAnswer) })),
      fc
        .tuple(truths, tie('statement'))
        .map(([truth, part]) => ({
          judgement: when(truth, part.judgement),
          answers: answersOf(truth).map((a, i) => allAnswers([a, part.answers[i]])),
        })),
    ),
  };
}).statement;

describe('judgements together', () => {
  it('say what their parts say in each scenario, and never yes and no at once', () => {
    fc.assert(
      fc.property(statements, ({ judgement: combined, answers }) => assert.deepEqual(answersOf(combined), answers)),
      { numRuns: 1000 },
    );
  });

  it('are true of nothing for all, and false for any', () => {
    assert.deepEqual(
      [all(), any()].map((j) => [j.yes.isAlways(), j.no.isAlways()]),
      [
        [true, false],
        [false, true],
      ],
    );
  });

  it('keep the grounds of their parts, turned by not', () => {
    const [one, other] = [is(unknownValue(), isTrue), is(known('yes'), isTrue)];
    assert.deepEqual(
      shown([all(one, other).because, any(one, other).because]),
      shown([
        [...one.because, ...other.because],
        [...one.because, ...other.because],
      ]),
    );
    assert.deepEqual(shown(not(one).because), shown([{ value: unknownValue(), yes: Guard.never, no: Guard.never }]));
    assert.deepEqual(shown(not(not(all(one, other)))), shown(all(one, other)));
  });

  it('never overlap past the budget', () => {
    // Each value doubles the number of cubes; the eighth passes what a guard may have.
    const bits = Array.from({ length: 8 }, (_, i) => variable(`x${i}`, 2));
    const bit = (i: number) =>
      is(
        choose(
          { guard: Guard.of(bits[i]!, [1]), value: known(true) },
          { guard: Guard.of(bits[i]!, [0]), value: known(false) },
        ),
        isTrue,
      );
    const odd = bits.reduce<Judgement>((sum, _, i) => any(all(sum, not(bit(i))), all(not(sum), bit(i))), NO);
    const [yes, no] = [odd.yes, odd.no].map((g) => new Set(within(g, scenariosOf(bits))));
    assert.deepEqual([odd.yes.exact, odd.no.exact, [...yes!].some((i) => no!.has(i))], [false, false, false]);
    assert.ok(yes!.size + no!.size < 256);
  });
});

describe('a statement about items', () => {
  const statement =
    (predicate: Predicate) =>
    (item: Element): Judgement =>
      is(item.value, predicate);

  /** The answers for every scenario, from the items one by one. */
  function expected(value: Value, predicate: Predicate, loose: boolean): readonly Answer[] {
    return SCENARIOS.map((scenario) => {
      const { items, complete } = itemsAt(value, scenario, loose);
      const some = anyAnswers(items.map(({ there, leaf }) => allAnswers([there, meets(leaf, predicate)])));
      return some === false && !complete ? undefined : some;
    });
  }

  it('exists where an item meets it, and does not where all items are known not to', () => {
    fc.assert(
      fc.property(fc.oneof(lists, values), predicates, fc.boolean(), (value, predicate, loose) => {
        assert.deepEqual(
          answersOf(exists(itemsOf(value, loose), statement(predicate))),
          expected(value, predicate, loose),
        );
      }),
      { numRuns: 1500 },
    );
  });

  it('holds for every item where none is known to miss it and none can be missing', () => {
    const opposite = (p: Predicate): Predicate => ({
      known: (k) => notAnswer(p.known(k)),
      text: (t) => notAnswer(p.text?.(t)),
      reference: (r) => notAnswer(p.reference?.(r)),
      ...(p.collection === undefined ? {} : { collection: !p.collection }),
    });
    // What is absent or null meets neither a predicate nor its opposite, so items are taken that are there.
    const written = lists.filter((value) =>
      SCENARIOS.every((s) =>
        itemsAt(value, s, false).items.every(
          ({ leaf }) => !leaf || (leaf.state !== 'absent' && !(leaf.state === 'known' && leaf.value === null)),
        ),
      ),
    );
    fc.assert(
      fc.property(written, predicates, (value, predicate) => {
        assert.deepEqual(
          answersOf(every(itemsOf(value), statement(predicate))),
          expected(value, opposite(predicate), false).map(notAnswer),
        );
      }),
      { numRuns: 500 },
    );
  });

  const open: Truth = { yes: Guard.never, no: Guard.never };
  const cases: readonly (readonly [string, Value, Answer, Answer])[] = [
    ['an empty list', list([]), false, true],
    ['an open list', list([], true), undefined, undefined],
    ['a list with such an item', list([known(false), known(true)]), true, false],
    ['an open list with such an item', list([known(true)], true), true, undefined],
    ['an open list with another item', list([known(false)], true), undefined, false],
    ['a list with an item that is not known', list([known(false), unknownValue()]), undefined, false],
    ['a list with such an item that may not be there', list([{ value: known(true), when: open }]), undefined, true],
    ['a list with another item that may not be there', list([{ value: known(false), when: open }]), false, undefined],
    ['a list without value', list([absent(), known(true)]), true, true],
    ['a list to which something unread may add', list([absent(true)]), undefined, undefined],
    ['nothing', absent(), false, true],
    ['nothing, where something unread may supply it', absent(true, list([])), undefined, undefined],
    ['nothing, by a default', absent(false, list([known(true)])), true, true],
    ['something that is not a list', known(true), undefined, undefined],
  ];
  for (const [what, value, some, each] of cases) {
    it(`about ${what}: exists ${some ?? 'not knowable'}, every ${each ?? 'not knowable'}`, () => {
      assert.deepEqual(
        [
          new Set(answersOf(exists(itemsOf(value), statement(isTrue)))),
          new Set(answersOf(every(itemsOf(value), statement(isTrue)))),
        ],
        [new Set([some]), new Set([each])],
      );
    });
  }
});

describe('the grounds of a judgement', () => {
  it('are not repeated for parts that it contains several times', () => {
    const part = is(unknownValue(), isTrue);
    assert.equal(part.because.length, 1);
    const deep = Array.from({ length: 40 }).reduce<Judgement>((one) => any(not(one), all(one, one)), part);
    assert.deepEqual(
      deep.because.map(({ value }) => value),
      [part, part].flatMap(({ because }) => because.map(({ value }) => value)),
    );
    assert.deepEqual(
      not(part).because,
      part.because.map(({ value, yes, no }) => ({ value, yes: no, no: yes })),
    );
  });
});

describe('judgements of the same parts', () => {
  const choice = (at: number): Value =>
    choose(
      { guard: Guard.of(VARIABLES[at]!, [0]), value: known('a') },
      { guard: Guard.of(VARIABLES[at]!, [1]), value: known('b') },
    );

  it('are the same, so that what follows from them is computed once', () => {
    const [one, other] = [is(choice(0), oneOf('a')), is(choice(1), oneOf('b'))];
    assert.equal(all(one, other), all(one, other));
    assert.equal(any(one, other, one), any(one, other));
    assert.equal(not(one), not(one));
    assert.notEqual(all(one, other), any(one, other));
    assert.notEqual(all(one, not(other)), all(one, other));
  });

  it('are the same for predicates with the same results', () => {
    const value = choice(0);
    assert.equal(is(value, oneOf('a')), is(value, oneOf('a', 'c')));
    assert.notEqual(is(value, oneOf('a')), is(value, oneOf('b')));
  });
});
