import { flatMap } from '../../base/flat-map.ts';
import { memoize } from '../../base/memoize.ts';
import type { Address } from '../../model/value.ts';
import { isTrueNode } from '../../syntax/scalar.ts';
import { valueOf, type Node } from '../../syntax/tree.ts';
import { addressSteps, type AddressStep } from './addresses.ts';
import type { ConfiguredModule } from './configuration.ts';

/** A resource or data source that the configuration of a value refers to. */
export interface PlannedReference {
  /** The address of the instance if known, otherwise the address without instance keys. */
  readonly to: Address;
  /** The address without instance keys. */
  readonly family: Address;
  readonly attribute?: string;
  /** Whether the instance is known, if there are several. */
  readonly isExact: boolean;
}

/** The sources of a configured value. */
export interface Followed {
  readonly references: readonly PlannedReference[];
  /**
   * Whether they are complete. A plan does not show locals, nor module outputs that are referenced without their name.
   */
  readonly complete: boolean;
  /** Whether a sensitive value contributes to it, or is its target. */
  readonly secret: boolean;
  /**
   * The references that contribute to the value besides literals, by their first name: a root variable, a resource, a
   * local; undefined for constants.
   */
  readonly given: string | undefined;
}

/** The context of an expression. */
export interface ModuleScope {
  readonly module: ConfiguredModule;
  /** The module instance as an address prefix; undefined if it is unknown which one is meant. */
  readonly prefix: string | undefined;
  /** The instance key of the resource with the expression, as written, or empty. */
  readonly key: string;
  /** The node with `for_each_expression`, for `each.value`. */
  readonly repeated: Node | undefined;
}

/** The instance keys of a resource in a module instance: `aws_s3_bucket.b`, `module.m["a"].aws_s3_bucket.b`. */
export type InstanceKeys = (resource: Address) => readonly string[];

/** The maximum number of references that are followed from one expression, across modules. */
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
 * The targets of an expression's references, in order: resources of its own module, those of calling modules through
 * its variables, and those of called modules through their outputs.
 * https://developer.hashicorp.com/terraform/internals/json-format#expression-representation
 */
export function follow(expressions: readonly Node[], scope: ModuleScope, keysOf: InstanceKeys): Followed {
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

function followAll(expressions: readonly Node[], scope: ModuleScope, following: Following): void {
  const [only] = expressions;
  const names = only && expressions.length === 1 ? namesIn(only) : flatMap(expressions, (one) => namesIn(one));
  const ownKey = names.some(isOwnKey);
  for (const { name, steps } of names) {
    const mark = `${scope.prefix ?? `?${scope.module.path}`} ${scope.key} ${ownKey} ${name}`;
    if (following.seen.has(mark)) continue;
    if (following.seen.size >= MOST_FOLLOWED) {
      following.complete = false;
      return;
    }
    following.seen.add(mark);
    followName(steps, ownKey, scope, following);
  }
}

/** Whether an expression or one of its subexpressions has references. */
export function containsReferences(expression: Node): boolean {
  return namesIn(expression).length > 0;
}

/**
 * A text that is equal for expressions that have the same targets in each instance of a module; undefined if the
 * targets depend on the instance of the resource.
 */
export const sharedNames = memoize((expression: Node): string | undefined => {
  const names = namesIn(expression);
  return names.some(isOwnKey) ? undefined : names.map(({ name }) => name).join('\n');
});

/** Whether a reference depends on the key of its own instance, which can select an instance of another resource. */
function isOwnKey({ name }: Name): boolean {
  return /^(each|count)\./.test(name);
}

/** A reference in an expression. */
interface Name {
  readonly name: string;
  readonly steps: readonly AddressStep[];
}

/**
 * The references in an expression and its subexpressions, each once. Only the longest of each is returned, because a
 * plan also lists its prefixes. All instances of a resource have the same expressions.
 */
const namesIn = memoize((expression: Node): readonly Name[] => {
  const list = valueOf(expression, 'references');
  const names: string[] = [];
  if (list?.kind === 'list')
    for (const { value } of list.items) {
      if (value.kind !== 'scalar') continue;
      const before = names.at(-1);
      if (before?.startsWith(value.value) && /^[.[]/.test(before.slice(value.value.length))) continue;
      names.push(value.value);
    }
  return [...new Set(names)].map((name) => ({ name, steps: addressSteps(name) }));
});

function followName(steps: readonly AddressStep[], ownKey: boolean, scope: ModuleScope, following: Following): void {
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
      // `each.key` is known; `each.value` is an element of the repeated collection.
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

/** The repeated collection, seen from the instance with the same key. */
function followInstance(over: Node, scope: ModuleScope, following: Following): void {
  for (const { name, steps } of namesIn(over)) {
    const mark = `each ${scope.prefix} ${scope.key} ${name}`;
    if (following.seen.has(mark)) continue;
    following.seen.add(mark);
    followName(steps, true, scope, following);
  }
}

function followVariable(name: string, { module, prefix }: ModuleScope, following: Following): void {
  if (isTrueNode(valueOf(valueOf(valueOf(module.node, 'variables'), name), 'sensitive'))) following.secret = true;
  const given = valueOf(valueOf(module.call, 'expressions'), name);
  // Root variables are known, and so is the default of an omitted variable.
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
  { module, prefix }: ModuleScope,
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
  if (isTrueNode(valueOf(found, 'sensitive'))) following.secret = true;
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

/** Records a resource or data source, given the number of steps of its address. */
function refer(
  steps: readonly AddressStep[],
  length: number,
  ownKey: boolean,
  { module, prefix, key }: ModuleScope,
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
  const intended = written ?? (keys.length === 1 ? keys[0] : ownKey && keys.includes(key) ? key : undefined);
  // A resource that is not in the plan has no instances to distinguish.
  const isExact = prefix !== undefined && (intended !== undefined || keys.length === 0);
  const to = isExact && intended !== undefined && keys.length > 0 ? `${prefix}${resource}${intended}` : family;
  const mark = `${to} ${isExact}`;
  // A reference without attributes is less specific than one with attributes.
  if (!found.has(mark) || (found.get(mark)!.attribute === undefined && attribute !== ''))
    found.set(mark, { to, family, isExact, ...(attribute === '' ? {} : { attribute }) });
}
