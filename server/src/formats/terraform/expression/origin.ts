/** The origins of values, as expressions pass them on. */
import { flatMap } from '../../../base/flat-map.ts';
import { sameSpan, within, type Span } from '../../../base/span.ts';
import { secrecyOf } from '../../../model/secrecy.ts';
import type { Known, Origin, Step, Value } from '../../../model/value.ts';
import { usedAt } from '../../located.ts';
import { lazyElement, lazyMember } from '../../plain.ts';

/** The same value with another origin in every scenario. A copy keeps the node that it was read from. */
export function withOrigin(value: Value, change: (origin: Origin) => Origin): Value {
  const origin = change(value.origin);
  return value.state === 'choice'
    ? {
        ...value,
        origin,
        branches: value.branches.map((branch) => ({ guard: branch.guard, value: withOrigin(branch.value, change) })),
      }
    : { ...value, origin };
}

/** The same value, marked as secret with everything in it, because its author or its name marks it. */
export function asSecret(value: Value, secretByName = false): Value {
  const hidden = withOrigin(value, (origin) =>
    origin.secret && (secretByName || !origin.secretByName) ? origin : secretMark(origin, secretByName),
  );
  return insideOf(hidden, (inner) => asSecret(inner, secretByName));
}

function secretMark({ secretByName: _, ...origin }: Origin, secretByName: boolean): Origin {
  return { ...origin, secret: true, ...(secretByName ? { secretByName } : {}) };
}

/** The same value if its literal is shared, so that it cannot be changed for this use alone. */
export function sharedIn(value: Value, place: Span): Value {
  const shared = withOrigin(value, (origin) =>
    origin.edit === 'here' && origin.use.doc === place.doc && within(origin.use, place)
      ? { ...origin, edit: 'shared' }
      : origin,
  );
  return insideOf(shared, (inner) => sharedIn(inner, place));
}

/** A value with a function applied lazily to each value in it. */
function insideOf(value: Value, change: (inner: Value) => Value): Value {
  switch (value.state) {
    case 'object':
      return {
        ...value,
        entries: value.entries.map((entry) =>
          lazyMember(entry.key, entry.keyAt, () => change(entry.value), entry.when),
        ),
      };
    case 'list':
      return { ...value, items: value.items.map((item) => lazyElement(() => change(item.value), item.when)) };
    case 'choice':
      return {
        ...value,
        branches: value.branches.map(({ guard, value: inner }) => ({ guard, value: insideOf(inner, change) })),
      };
    default:
      return value;
  }
}

/** The same value with one more step in its path of references. */
export function withStep(value: Value, step: Step): Value {
  return withOrigin(value, (origin) => ({ ...origin, steps: [step, ...origin.steps] }));
}

/** The same value with a key. */
function underKey(value: Value, key: Span | undefined): Value {
  return key ? withOrigin(value, (origin) => ({ ...origin, key })) : value;
}

/** A referenced value at the place of the reference. A value that is already at that place is unchanged. */
export function placedAt(value: Value, origin: Origin, step: Step | undefined): Value {
  if (value.state === 'choice')
    return {
      ...value,
      origin: { ...origin, steps: value.origin.steps, ...secrecyOf([value.origin]) },
      branches: value.branches.map(({ guard, value: inner }) => ({ guard, value: placedAt(inner, origin, step) })),
    };
  if (sameSpan(value.origin.use, origin.use)) return underKey(value, origin.key);
  return usedAt(value, origin.use, origin.key, step && { ...step, at: value.origin.def ?? value.origin.use });
}

/** A calculated scalar. */
export function scalar(origin: Origin, value: string | number | boolean | null): Known {
  return { state: 'known', origin, raw: String(value), quoted: typeof value === 'string', value };
}

/** The maximum number of recorded steps of a value. */
const MAX_STEPS = 20;

/** The origin of a calculated value: the place of the expression. It is secret if one of its operands is. */
export function computedFrom(origin: Origin, values: readonly Value[]): Origin {
  const [first] = values;
  return {
    ...origin,
    edit: 'none',
    ...(first?.origin.def ? { def: first.origin.def } : {}),
    steps: distinct([
      ...origin.steps,
      ...flatMap(values.slice(0, MAX_STEPS), (value) => value.origin.steps.slice(0, MAX_STEPS)),
    ]).slice(0, MAX_STEPS),
    ...secrecyOf(values.map((value) => value.origin)),
  };
}

function distinct(steps: readonly Step[]): readonly Step[] {
  return steps.filter(
    (step, i) => i === steps.findIndex((other) => other.what === step.what && other.name === step.name),
  );
}
