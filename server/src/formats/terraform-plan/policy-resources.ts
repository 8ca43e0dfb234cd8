import { unknown } from '../../model/navigate.ts';
import type { Hole, Value } from '../../model/value.ts';
import { locate, locatedAt } from '../located.ts';
import { lazyElement, lazyMember } from '../plain.ts';

/**
 * The body of a policy document of a plan, in which a resource that is not known yet is a text made with what it refers to: a plan lists
 * the references of `"${aws_s3_bucket.b.arn}/*"` as it lists those of the ARN alone.
 */
export function withTextAround(body: Value): Value {
  return within(body, 'statement', (statement) =>
    ARGUMENTS.reduce((one, name) => within(one, name, (resources) => eachOf(resources, textWith)), statement),
  );
}

const ARGUMENTS = ['resources', 'not_resources'];

/** A value with a member of it, or of each of its items, made into another one. */
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

/** Each item of a list, or the value that is none. */
function eachOf(value: Value, f: (item: Value) => Value): Value {
  if (value.state !== 'list') return f(value);
  const made: Value = { ...value, items: value.items.map((item) => lazyElement(() => f(item.value), item.when)) };
  return placedAs(made, value);
}

function placedAs(made: Value, value: Value): Value {
  const located = locate(value);
  return located ? locatedAt(made, located.tree, located.node) : made;
}

/** An ARN comes first in what is made with it; around other attributes there may be anything. */
function textWith(value: Value): Value {
  if (value.state !== 'reference') return value;
  const rest: Hole = unknown(value.origin, 'computed');
  const isArn = value.attribute?.split('.').at(-1) === 'arn';
  return { state: 'template', origin: value.origin, pieces: isArn ? [value, rest] : [rest, value, rest] };
}
