import { unknown } from '../../model/navigate.ts';
import type { UnknownPiece, Value } from '../../model/value.ts';
import { locate, locatedAt } from '../located.ts';
import { lazyElement, lazyMember } from '../plain.ts';

/**
 * The body of a policy document of a plan, in which an unknown resource becomes a string with the configured reference:
 * a plan lists the same references for `"${aws_s3_bucket.b.arn}/*"` as for the ARN alone.
 */
export function withConfiguredReferences(body: Value): Value {
  return within(body, 'statement', (statement) =>
    ARGUMENTS.reduce((one, name) => within(one, name, (resources) => eachOf(resources, textWith)), statement),
  );
}

const ARGUMENTS = ['resources', 'not_resources'];

/** A value with one member replaced, also in each item of a list. */
function within(value: Value, name: string, f: (member: Value) => Value): Value {
  if (value.state === 'list') return eachOf(value, (item) => within(item, name, f));
  if (value.state !== 'object') return value;
  const made: Value = {
    ...value,
    entries: value.entries.map((entry) =>
      entry.key === name ? lazyMember(name, entry.keyAt, () => eachOf(entry.value, f), entry.when) : entry,
    ),
  };
  return placedAs(made, value);
}

/** Each item of a list, or the value itself if it is not a list. */
function eachOf(value: Value, f: (item: Value) => Value): Value {
  if (value.state !== 'list') return f(value);
  const made: Value = { ...value, items: value.items.map((item) => lazyElement(() => f(item.value), item.when)) };
  return placedAs(made, value);
}

function placedAs(made: Value, value: Value): Value {
  const located = locate(value);
  return located ? locatedAt(made, located.tree, located.node) : made;
}

/** A string with an ARN starts with it; other attributes can be anywhere in the string. */
function textWith(value: Value): Value {
  if (value.state !== 'reference') return value;
  const rest: UnknownPiece = unknown(value.origin, 'computed');
  const isArn = value.attribute?.split('.').at(-1) === 'arn';
  return { state: 'template', origin: value.origin, pieces: isArn ? [value, rest] : [rest, value, rest] };
}
