/** Random values of small domains, and the truth about them in one scenario at a time, computed in the simplest way. */
import fc from 'fast-check';
import { Guard, TRUE, type Truth } from '../../server/src/base/guard.ts';
import type {
  Absent,
  Branch,
  Choice,
  Element,
  Known,
  Leaf,
  List,
  Member,
  Obj,
  Origin,
  Reference,
  TemplateString,
  Unknown,
  Value,
} from '../../server/src/model/value.ts';
import { scenariosOf, variable, within, type Scenario } from '../base/scenarios.ts';

export const VARIABLES = [variable('p', 2, 0), variable('q', 3), variable('r', 2)];
export const SCENARIOS = scenariosOf(VARIABLES);

export const DOC = 'file:///t.yaml';

/** A place that tells values apart. */
export function origin(start = 0, more: Partial<Origin> = {}): Origin {
  return { use: { doc: DOC, start, end: start + 1 }, steps: [], edit: 'here', ...more };
}

export const known = (value: Known['value'], raw = String(value), more: Partial<Known> = {}): Known => ({
  state: 'known',
  origin: origin(),
  raw,
  quoted: false,
  value,
  ...more,
});
export const text = (...pieces: TemplateString['pieces']): TemplateString => ({
  state: 'template',
  origin: origin(),
  pieces,
});
export const reference = (to: string, attribute?: string): Reference => ({
  state: 'reference',
  origin: origin(),
  to,
  ...(attribute === undefined ? {} : { attribute }),
});
export const unknownValue = (why: Unknown['why'] = 'import'): Unknown => ({
  state: 'unknown',
  origin: origin(),
  why,
  refs: [],
});
export const absent = (open = false, fallback?: Value): Absent => ({
  state: 'absent',
  origin: origin(),
  open,
  ...(fallback ? { default: fallback } : {}),
});
export const list = (items: readonly (Element | Value)[], open = false): List => ({
  state: 'list',
  origin: origin(),
  items: items.map(element),
  open,
});
export const object = (entries: readonly Member[], open = false): Obj => ({
  state: 'object',
  origin: origin(),
  entries,
  open,
});
export const choose = (...branches: readonly Branch[]): Choice => ({ state: 'choice', origin: origin(), branches });

export function entry(key: string, value: Value, when: Truth = TRUE, at = 0): Member {
  return { key, keyAt: { doc: DOC, start: at, end: at + key.length }, value, when };
}

function element(item: Element | Value): Element {
  return 'when' in item ? item : { value: item, when: TRUE };
}

/** Something with guards in it, for comparison: guards look all alike, so each becomes the scenarios that it has. */
export function shown(it: unknown): unknown {
  if (it instanceof Guard) return within(it, SCENARIOS);
  if (Array.isArray(it)) return it.map(shown);
  return it !== null && typeof it === 'object'
    ? Object.fromEntries(Object.entries(it).map(([key, inner]) => [key, shown(inner)]))
    : it;
}

/** True, false or not knowable, in one scenario. */
export type Answer = boolean | undefined;

export function answerOf(truth: Truth, scenario: Scenario): Answer {
  const [yes, no] = [truth.yes.contains(scenario), truth.no.contains(scenario)];
  if (yes && no) throw new Error('both true and false');
  return yes ? true : no ? false : undefined;
}

export const answersOf = (truth: Truth): readonly Answer[] => SCENARIOS.map((scenario) => answerOf(truth, scenario));

export const notAnswer = (a: Answer): Answer => (a === undefined ? undefined : !a);
export const allAnswers = (answers: readonly Answer[]): Answer =>
  answers.includes(false) ? false : answers.includes(undefined) ? undefined : true;
export const anyAnswers = (answers: readonly Answer[]): Answer => notAnswer(allAnswers(answers.map(notAnswer)));

/** What a value is in a scenario; undefined where no branch speaks for it. */
export function leafAt(value: Value, scenario: Scenario): Leaf | undefined {
  if (value.state !== 'choice') return value;
  const branch = value.branches.find(({ guard }) => guard.contains(scenario));
  return branch && leafAt(branch.value, scenario);
}

/** What stands under a key in a scenario; undefined where that is not knowable. */
export function memberAtScenario(value: Value, key: string, scenario: Scenario): Leaf | undefined {
  const leaf = leafAt(value, scenario);
  if (leaf?.state === 'absent')
    return leaf.open || !leaf.default ? leaf : memberAtScenario(leaf.default, key, scenario);
  if (leaf?.state === 'known' && leaf.value === null) return absent();
  if (leaf?.state !== 'object') return undefined;
  let result: Leaf | undefined = absent(leaf.open);
  for (const { key: name, value: inner, when } of leaf.entries) {
    if (name !== key) continue;
    const there = answerOf(when, scenario);
    if (there !== false) result = there ? leafAt(inner, scenario) : undefined;
  }
  return result;
}

/** What is known of the items of a value in a scenario: for each whether it is there, and whether those are all. */
export interface ItemsAt {
  readonly items: readonly { readonly there: Answer; readonly leaf: Leaf | undefined }[];
  readonly complete: boolean;
}

const OPEN: ItemsAt = { items: [], complete: false };
const NONE: ItemsAt = { items: [], complete: true };

export function itemsAt(value: Value, scenario: Scenario, loose: boolean): ItemsAt {
  const leaf = leafAt(value, scenario);
  switch (leaf?.state) {
    case undefined:
    case 'unknown':
      return OPEN;
    case 'absent':
      return leaf.open ? OPEN : leaf.default ? itemsAt(leaf.default, scenario, loose) : NONE;
    case 'list':
      return { items: leaf.items.map((item) => itemAt(item, scenario)), complete: !leaf.open };
    case 'known':
      if (leaf.value === null) return NONE;
      break;
    default:
  }
  return loose ? { items: [{ there: true, leaf }], complete: true } : OPEN;
}

function itemAt(item: Element, scenario: Scenario): { readonly there: Answer; readonly leaf: Leaf | undefined } {
  const leaf = leafAt(item.value, scenario);
  return { there: leaf?.state === 'absent' && !leaf.open ? false : answerOf(item.when, scenario), leaf };
}

/** A truth that knows all scenarios or leaves some of them open. */
export const truths: fc.Arbitrary<Truth> = fc
  .constantFrom(...VARIABLES)
  .chain((v) =>
    fc
      .array(fc.constantFrom(true, false, undefined), { minLength: v.domain.length, maxLength: v.domain.length })
      .map((sides) => ({ yes: Guard.of(v, indexesOf(sides, true)), no: Guard.of(v, indexesOf(sides, false)) })),
  );

const indexesOf = (sides: readonly Answer[], side: Answer): number[] =>
  sides.flatMap((s, i) => (s === side ? [i] : []));

/** The value that one of some values is, by scenario; in some scenarios perhaps none of them. */
function choices(inner: fc.Arbitrary<Value>): fc.Arbitrary<Value> {
  return fc
    .constantFrom(...VARIABLES)
    .chain((v) =>
      fc
        .tuple(fc.array(inner, { minLength: v.domain.length, maxLength: v.domain.length }), fc.nat(v.domain.length))
        .map(([values, gap]) =>
          choose(...values.flatMap((value, i) => (i === gap ? [] : [{ guard: Guard.of(v, [i]), value }]))),
        ),
    );
}

/** Mostly that something is there in every scenario. */
const whens = fc.oneof({ weight: 2, arbitrary: fc.constant(TRUE) }, { weight: 1, arbitrary: truths });

const scalars: fc.Arbitrary<Value> = fc.oneof(
  fc.constantFrom<Value>(
    known(true),
    known(false),
    known('true', 'true', { quoted: true }),
    known('false'),
    known('yes'),
    known(3),
    known(null),
  ),
  fc.constantFrom<Value>(text('a-', reference('B')), reference('B'), reference('B', 'Arn')),
  fc.constantFrom<Value>(unknownValue('parameter'), unknownValue('import'), unknownValue('sensitive')),
  fc.constantFrom<Value>(
    absent(),
    absent(true),
    absent(false, known(true)),
    absent(false, known(false)),
    absent(true, known(true)),
  ),
);

/** Values of every state, nested, with choices wherever a value can be. */
export const values: fc.Arbitrary<Value> = fc.letrec<{ value: Value; leaf: Value; item: Element; entry: Member }>(
  (tie) => ({
    item: fc.record({ value: tie('value'), when: whens }),
    entry: fc
      .tuple(fc.constantFrom('A', 'B'), tie('value'), whens)
      .map(([key, value, when]) => entry(key, value, when)),
    leaf: fc.oneof(
      { maxDepth: 3, depthSize: 'large' },
      scalars,
      fc.tuple(fc.array(tie('item'), { maxLength: 3 }), fc.boolean()).map(([items, open]): Value => list(items, open)),
      fc
        .tuple(fc.array(tie('entry'), { maxLength: 3 }), fc.boolean())
        .map(([entries, open]): Value => object(entries, open)),
      fc.tuple(tie('leaf'), fc.boolean()).map(([fallback, open]): Value => absent(open, fallback)),
    ),
    value: fc.oneof({ maxDepth: 4, depthSize: 'large' }, tie('leaf'), choices(tie('value'))),
  }),
).value;

const flatLists: fc.Arbitrary<Value> = fc
  .tuple(
    fc.array(fc.record({ value: fc.oneof(scalars, choices(scalars)), when: whens }), { maxLength: 4 }),
    fc.boolean(),
  )
  .map(([items, open]) => list(items, open));

/** Lists, some of whose items may be absent, and choices of them. */
export const lists: fc.Arbitrary<Value> = fc.oneof(flatLists, choices(fc.oneof(flatLists, scalars)));
