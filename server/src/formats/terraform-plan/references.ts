import type { Address } from '../../model/value.ts';
import { isTrue } from '../../syntax/scalar.ts';
import { valueOf, type Node } from '../../syntax/tree.ts';
import { stepsOf, type AddressStep } from './addresses.ts';
import type { ConfiguredModule } from './configuration.ts';

/** A resource or data source that a value was configured to be made from. */
export interface PlannedReference {
  /** The address of the instance where it is seen which one is meant, else the address without the keys of instances. */
  readonly to: Address;
  /** Its address without the keys of instances. */
  readonly family: Address;
  readonly attribute?: string;
  /** Whether it is seen which instance is meant, if there are several. */
  readonly isExact: boolean;
}

/** What a value was configured to be made from. */
export interface Followed {
  readonly references: readonly PlannedReference[];
  /** Whether these are all: locals do not show in a plan, and what a module puts out does not where its name is not written. */
  readonly complete: boolean;
  /** Whether something marked as sensitive has a part in it. */
  readonly secret: boolean;
  /**
   * The references that contribute to the value besides literals, by their first name: a root variable, a resource, a
   * local; undefined for constants.
   */
  readonly given: string | undefined;
}

/** Where an expression stands. */
export interface Scope {
  readonly module: ConfiguredModule;
  /** The instance of the module, as a prefix of addresses; undefined if it is not seen which one is meant. */
  readonly prefix: string | undefined;
  /** The key of the instance that the expression is of, as written, or empty. */
  readonly key: string;
  /** What holds `for_each_expression`, for `each.value`. */
  readonly repeated: Node | undefined;
}

/** The keys of the instances of a resource in an instance of its module: `aws_s3_bucket.b`, `module.m["a"].aws_s3_bucket.b`. */
export type InstanceKeys = (resource: Address) => readonly string[];

/** How many names are followed from one expression, across modules too. */
const MOST_FOLLOWED = 256;

interface Following {
  readonly keysOf: InstanceKeys;
  readonly found: Map<string, PlannedReference>;
  readonly seen: Set<string>;
  complete: boolean;
  secret: boolean;
  given: string | undefined;
}

/**
 * What expressions refer to, in the order in which they say it: resources of their own module, through its variables those of the
 * modules around it, through the outputs of the modules that it calls those within them.
 * https://developer.hashicorp.com/terraform/internals/json-format#expression-representation
 */
export function follow(expressions: readonly Node[], scope: Scope, keysOf: InstanceKeys): Followed {
  const following: Following = {
    keysOf,
    found: new Map(),
    seen: new Set(),
    complete: true,
    secret: false,
    given: undefined,
  };
  followAll(expressions, scope, following);
  return {
    references: [...following.found.values()],
    complete: following.complete,
    secret: following.secret,
    given: following.given ?? (following.complete ? undefined : 'a local'),
  };
}

function followAll(expressions: readonly Node[], scope: Scope, following: Following): void {
  const names = [...new Set(expressions.flatMap(namesIn))];
  // The key of its own instance may be what picks an instance of another resource.
  const ownKey = names.some((name) => /^(each|count)\./.test(name));
  for (const name of names) {
    const mark = `${scope.prefix ?? `?${scope.module.path}`} ${scope.key} ${ownKey} ${name}`;
    if (following.seen.has(mark)) continue;
    if (following.seen.size >= MOST_FOLLOWED) {
      following.complete = false;
      return;
    }
    following.seen.add(mark);
    followName(stepsOf(name), ownKey, scope, following);
  }
}

/** The names in an expression and in those within it, the longest of each: after a name its beginnings are listed too. */
function namesIn(expression: Node): readonly string[] {
  const list = valueOf(expression, 'references');
  const names: string[] = [];
  if (list?.kind === 'list')
    for (const { value } of list.items) {
      if (value.kind !== 'scalar') continue;
      const before = names.at(-1);
      if (before?.startsWith(value.value) && /^[.[]/.test(before.slice(value.value.length))) continue;
      names.push(value.value);
    }
  return names;
}

function followName(steps: readonly AddressStep[], ownKey: boolean, scope: Scope, following: Following): void {
  const [root, second, third] = steps;
  switch (root?.name) {
    case undefined:
    case 'path':
    case 'terraform':
    case 'self':
    case 'count':
      return;
    case 'local':
    case 'ephemeral':
      following.complete = false;
      return;
    case 'each':
      // `each.key` is known; `each.value` is what is repeated over.
      if (second?.name === 'value') {
        const over = valueOf(scope.repeated, 'for_each_expression');
        if (over) followInstance(over, scope, following);
        else following.complete = false;
      }
      return;
    case 'var':
      return followVariable(second?.name ?? '', scope, following);
    case 'module':
      return followOutput(second, third?.name, scope, following);
    case 'data':
      return refer(steps, 3, ownKey, scope, following);
    default:
      return refer(steps, 2, ownKey, scope, following);
  }
}

/** What is repeated over, as the instance with one's own key sees it. */
function followInstance(over: Node, scope: Scope, following: Following): void {
  for (const name of new Set(namesIn(over))) {
    const mark = `each ${scope.prefix} ${scope.key} ${name}`;
    if (following.seen.has(mark)) continue;
    following.seen.add(mark);
    followName(stepsOf(name), true, scope, following);
  }
}

function followVariable(name: string, { module, prefix }: Scope, following: Following): void {
  if (isTrue(valueOf(valueOf(valueOf(module.node, 'variables'), name), 'sensitive'))) following.secret = true;
  const given = valueOf(valueOf(module.call, 'expressions'), name);
  // The variables of the root are known, and so is the default of one that is not given.
  if (!module.around) following.given ??= `var.${name}`;
  if (!given || !module.around) return;
  const own =
    prefix === undefined ? undefined : /module\.[^.[]+((?:\[(?:"(?:[^"\\]|\\.){0,256}"|[^\]"[]*)\])?)\.$/.exec(prefix);
  followAll(
    [given],
    {
      module: module.around,
      prefix: own ? prefix!.slice(0, own.index) : undefined,
      key: own?.[1] ?? '',
      repeated: module.call,
    },
    following,
  );
}

function followOutput(
  call: AddressStep | undefined,
  output: string | undefined,
  { module, prefix }: Scope,
  following: Following,
): void {
  const called = call && module.calls.get(call.name);
  const outputs = valueOf(called?.node, 'outputs');
  if (!called || output === undefined || outputs?.kind !== 'map') {
    following.complete = false;
    return;
  }
  const found = valueOf(outputs, output);
  if (!found) {
    following.complete = false;
    return;
  }
  if (isTrue(valueOf(found, 'sensitive'))) following.secret = true;
  const isOne =
    call.keys !== '' || !(valueOf(called.call, 'for_each_expression') ?? valueOf(called.call, 'count_expression'));
  const expression = valueOf(found, 'expression');
  if (expression)
    followAll(
      [expression],
      {
        module: called,
        prefix: isOne && prefix !== undefined ? `${prefix}module.${call.name}${call.keys}.` : undefined,
        key: '',
        repeated: undefined,
      },
      following,
    );
}

/** Notes a resource or data source, whose address has so many steps. */
function refer(
  steps: readonly AddressStep[],
  length: number,
  ownKey: boolean,
  { module, prefix, key }: Scope,
  following: Following,
): void {
  const { keysOf, found } = following;
  const own = steps.slice(0, length);
  if (own.length < length) return;
  const resource = own.map(({ name }) => name).join('.');
  const family = module.path + resource;
  following.given ??= family;
  const attribute = steps
    .slice(length)
    .map(({ name }) => name)
    .join('.');
  const keys = prefix === undefined ? [] : keysOf(prefix + resource);
  const written = /^\[(?:"(?:[^"\\]|\\.){0,256}"|[^\]"[]*)\]/.exec(own.at(-1)!.keys)?.[0];
  const meant = written ?? (keys.length === 1 ? keys[0] : ownKey && keys.includes(key) ? key : undefined);
  // What is not in the plan has no instances to tell apart.
  const isExact = prefix !== undefined && (meant !== undefined || keys.length === 0);
  const to = isExact && meant !== undefined && keys.length > 0 ? `${prefix}${resource}${meant}` : family;
  const mark = `${to} ${isExact}`;
  // A name without attributes says less than one with them.
  if (!found.has(mark) || (found.get(mark)!.attribute === undefined && attribute !== ''))
    found.set(mark, { to, family, isExact, ...(attribute === '' ? {} : { attribute }) });
}
