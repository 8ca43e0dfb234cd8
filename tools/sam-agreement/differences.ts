/** The differences between two values that should be equal. */
import type { Guard } from '../../server/src/base/guard.ts';
import { leaves, memberAt } from '../../server/src/model/navigate.ts';
import type { Leaf, Value } from '../../server/src/model/value.ts';

export interface Difference {
  readonly kind:
    /** Something that may be there is not seen. */
    | 'open'
    /** A resource is there in one form alone. */
    | 'lacking'
    | 'added'
    /** A resource or value is there in other scenarios. */
    | 'scenario'
    /** A value is not known in the form of SAM, or in the other one. */
    | 'unread'
    | 'unreadable'
    /** Values are there in one form alone, or are not the same. */
    | 'missing'
    | 'too much'
    | 'other'
    /** One form has the default of a parameter where the other one has the parameter. */
    | 'default';
  readonly type: string;
  readonly path: string;
  readonly ours: string;
  readonly theirs: string;
}

/** The differences of two values of a property, each at its path. */
export function differences(type: string, path: string, own: Value, other: Value): readonly Difference[] {
  const [ours, theirs] = [textOf(own), textOf(other)];
  if (ours === theirs || (isNothing(own) && isNothing(other)) || isListOf(path, ours, theirs)) return [];
  const say = (kind: Difference['kind']): readonly Difference[] => [{ kind, type, path, ours, theirs }];
  if (own.state === 'choice' || other.state === 'choice') {
    if (other.state !== 'choice' && leaves(own).some(({ value }) => textOf(value) === theirs)) return say('default');
    const [first, second] = [leaves(own), leaves(other)];
    if (
      first.length === second.length &&
      first.every(({ guard }, index) => whenText(guard) === whenText(second[index]!.guard))
    ) {
      return first.flatMap(({ value }, index) => differences(type, path, value, second[index]!.value));
    }
    return say(first.some(({ value }) => isUnread(value)) ? 'unread' : 'scenario');
  }
  if (isUnread(own)) return say('unread');
  if (other.state === 'unknown') return say('unreadable');
  if (own.state === 'object' && (other.state === 'object' || isNothing(other))) {
    const names = new Set([...own.entries, ...(other.state === 'object' ? other.entries : [])].map(({ key }) => key));
    return [...names].flatMap((name) =>
      differences(type, `${path}.${name}`, memberAt(own, [name]), memberAt(other, [name])),
    );
  }
  if (own.state === 'list' && other.state === 'list') {
    if (isSet(path) && sorted(own) === sorted(other)) return [];
    if (own.items.length === other.items.length && !own.open) {
      return own.items.flatMap(({ value, when }, index) => {
        const beside = other.items[index]!;
        return [
          ...(whenText(when.yes) === whenText(beside.when.yes) ? [] : say('scenario')),
          ...differences(type, `${path}[]`, value, beside.value),
        ];
      });
    }
    return say('other');
  }
  return say(isNothing(own) ? 'missing' : isNothing(other) ? 'too much' : 'other');
}

/** Lists whose order has no meaning. */
function isSet(path: string): boolean {
  return /(Tags|Action|ManagedPolicyArns|Statement)$/.test(path);
}

/** A text and a list of it are the same in a policy. */
function isListOf(path: string, one: string, other: string): boolean {
  return /\.(Resource|Action)$/.test(path) && (one === `[${other}]` || other === `[${one}]`);
}

function sorted(list: Value & { state: 'list' }): string {
  return list.items
    .map(({ value }) => textOf(value))
    .sort()
    .join();
}

function isUnread(value: Value): boolean {
  return value.state === 'unknown' || (value.state === 'absent' && value.open);
}

/** Whether a value says nothing: it is not there, or holds nothing. */
function isNothing(value: Value): boolean {
  switch (value.state) {
    case 'absent':
      return !value.open;
    case 'known':
      return value.value === null;
    case 'object':
      return !value.open && value.entries.every((entry) => isNothing(entry.value));
    case 'list':
      return !value.open && value.items.length === 0;
    default:
      return false;
  }
}

/**
 * A value as text that is the same for the same value. The transform writes the partition of one Region out in places.
 */
function textOf(value: Value): string {
  return leaves(value)
    .map(({ guard, value: leaf }) => `${leafText(leaf)}${whenText(guard)}`)
    .join(' | ')
    .replaceAll('"arn:"+?parameter+":', '"arn:aws:');
}

function leafText(leaf: Leaf): string {
  switch (leaf.state) {
    case 'known':
      return JSON.stringify(leaf.value);
    case 'template':
      return leaf.pieces
        .map((piece) => (typeof piece === 'string' ? JSON.stringify(piece) : leafText(piece)))
        .join('+');
    case 'reference':
      return `&${leaf.to.replace(/^(.*?)[0-9a-f]{10}$/, '$1')}${leaf.attribute === undefined ? '' : `.${leaf.attribute}`}`;
    case 'absent':
      return leaf.open ? 'absent or not' : 'absent';
    case 'unknown':
      return `?${leaf.why}`;
    case 'list':
      return `[${[...leaf.items.map(({ value, when }) => `${textOf(value)}${whenText(when.yes)}`), ...(leaf.open ? ['…'] : [])].join(', ')}]`;
    case 'object':
      return `{${[
        ...leaf.entries
          .filter((entry) => !isNothing(entry.value))
          .map(({ key, value }) => `${key}: ${textOf(value)}`)
          .sort(),
        ...(leaf.open ? ['…'] : []),
      ].join(', ')}}`;
  }
}

/** Nothing for always, else the names of the circumstances. */
export function whenText(guard: Guard): string {
  return guard.isAlways()
    ? ''
    : ` if ${
        guard
          .describe()
          .map(({ name, value }) => `${name} is ${String(value)}`)
          .join(' and ') || 'never'
      }`;
}
