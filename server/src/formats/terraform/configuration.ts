import { Guard, MAYBE, TRUE, type Truth, type Variable } from '../../base/guard.ts';
import type { Range, Span, Uri } from '../../base/span.ts';
import type { Problem } from '../../model/finding.ts';
import { itemsOf, leaves, unknown } from '../../model/navigate.ts';
import { asInteger } from '../../model/predicate.ts';
import type { Parameter } from '../../model/resource.ts';
import type { Leaf, Origin, Value } from '../../model/value.ts';
import { isPlaceable, offsetMap } from '../../syntax/offset-map.ts';
import { pairOf, resolved, valueOf, type MapNode, type Node, type Pair, type ScalarNode, type Tree } from '../../syntax/tree.ts';
import type { Domain } from '../domain.ts';
import { domainOf, valueOfDomain } from '../domain.ts';
import { inputOf } from '../inputs.ts';
import { locatedAt, spanOf, usedAt } from '../located.ts';
import { plainValue } from '../plain.ts';
import { labelledBlocks, labelsOf, namedBlocks, under } from './bodies.ts';
import { attributeValue, bodyValue, type Bound } from './body-value.ts';
import { comparedTexts } from './comparisons.ts';
import { evaluate } from './expression/evaluate.ts';
import { parseTemplate } from './expression/parser.ts';
import { addressOf } from './expression/references.ts';
import type { Nesting, Scope } from './expression/scope.ts';
import type { NativeResource, NativeStack } from './native.ts';
import { isOverride, lastWith, namesIn, overridden, type PlacedBody } from './overrides.ts';

/** The files of one directory as Terraform reads them together. */
export interface DirectoryFiles {
  readonly folder: Uri;
  /** The configuration files, in the order of their names, those that override others last. */
  readonly configuration: readonly Tree[];
  /** The files with values for variables, later ones before earlier ones where they name the same. */
  readonly values: readonly Tree[];
  /** Whether the directory has files that were not read: HCL, files that cannot be read. */
  readonly open: boolean;
}

interface VariableBlock {
  readonly domain: Domain;
  readonly secret: boolean;
}

/** What the templates of one block stand in. */
interface Around {
  /** Tells the block from others where a text means another thing in each: the key of an instance. */
  readonly instances: string;
  readonly bound: Bound;
}

const NOTHING: Around = { instances: '', bound: new Map() };

/** One Terraform directory: what its expressions refer to, and the resources in it. */
export class Configuration {
  readonly #files: DirectoryFiles;
  readonly #variables: ReadonlyMap<string, VariableBlock>;
  readonly #locals: ReadonlyMap<string, { readonly tree: Tree; readonly pair: Pair }>;
  readonly #localValues = new Map<string, Value>();
  readonly #localsUnderWay = new Set<string>();
  readonly #resources: ReadonlySet<string>;
  /** The bodies of each resource, those that override the others last. */
  readonly #bodies = new Map<string, readonly PlacedBody[]>();
  readonly #existences = new Map<string, Truth>();
  readonly #conditions = new Map<string, Variable>();
  readonly #nesting: Nesting = { level: 0 };
  readonly #reported = new Set<Node>();
  readonly problems: Problem[] = [];
  /** How many templates were worked out. */
  evaluations = 0;

  constructor(files: DirectoryFiles) {
    this.#files = files;
    const roots = files.configuration.map((tree) => ({ tree, root: tree.roots[0] }));
    this.#variables = this.#readVariables(roots);
    this.#locals = new Map(roots.flatMap(({ tree, root }) => under(labelsOf(root), 'locals').flatMap(labelsOf).map((pair) => [pair.name, { tree, pair }] as const)));
    for (const tree of files.configuration) for (const { type, name, body } of labelledBlocks(tree.roots[0], 'resource')) {
      this.#bodies.set(`${type}.${name}`, [...this.#bodies.get(`${type}.${name}`) ?? [], { tree, body }]);
    }
    this.#resources = new Set(roots.flatMap(({ root }) => [
      ...labelledBlocks(root, 'resource').map(({ type, name }) => `${type}.${name}`),
      ...labelledBlocks(root, 'data').map(({ type, name }) => `data.${type}.${name}`),
    ]));
  }

  /** The resources of the directory, in the order of its files. */
  native(): NativeStack {
    const resources = this.#files.configuration.flatMap((tree) => labelledBlocks(tree.roots[0], 'resource').flatMap(({ type, name, pair, body }): readonly NativeResource[] => {
      const address = `${type}.${name}`;
      const bodies = this.#bodies.get(address)!;
      const [first] = bodies;
      const overriding = bodies.filter((one) => isOverride(one.tree.doc));
      const overrides = isOverride(tree.doc);
      // An override without anything to override stands alone: what it overrides may not have been read.
      if (overrides && first!.body !== body) return [];
      const nameAt = spanOf(tree, pair.key);
      const all = overrides ? bodies : [{ tree, body }, ...overriding];
      const around = this.#around(address, all);
      const values = all.map((one) => bodyValue(one.tree, one.body, nameAt, (t, node, key, bound) =>
        this.#template(t, node, key, bound ? { ...around, bound: new Map([...around.bound, ...bound]) } : around)));
      const merged = overridden(values[0]!, values.slice(1));
      const exists = this.#existence(address, all);
      return [{
        address, family: address, type, name, exists,
        body: overrides && merged.state === 'object' ? { ...merged, open: true } : merged,
        part: { address, nativeType: type, doc: tree.doc, range: spanOf(tree, pair.value === body || pair.value.kind !== 'list' ? pair : rangeOfItem(pair.value, body)), nameAt, exists },
        place: { tree, body, elsewhere: new Set(all.slice(1).flatMap((one) => [...namesIn(one.body)])) },
      }];
    }));
    return { resources, open: this.#files.open, parameters: this.#inputs() };
  }

  /** The variables of the directory. */
  #inputs(): readonly Parameter[] {
    return this.#files.configuration.flatMap((tree) => namedBlocks(tree.roots[0], 'variable').map(({ name, pair, body }) =>
      inputOf(tree, pair, `var.${name}`, textOf(valueOf(body, 'sensitive')) === 'true', pairOf(body, 'default'))));
  }

  #around(address: string, bodies: readonly PlacedBody[]): Around {
    const repeated = repetitionOf(bodies);
    if (!repeated) return { instances: address, bound: new Map() };
    const { tree, pair } = repeated;
    const over = pair.name === 'for_each' ? this.#repetition(repeated) : undefined;
    const at = spanOf(tree, pair.value);
    return {
      // Instances that are made over the same thing are told apart by the same keys.
      instances: tree.text.slice(pair.value.start, pair.value.end),
      bound: over?.state === 'reference' && over.attribute === undefined ? new Map([['each', {
        state: 'object', origin: over.origin, open: false, entries: [
          { key: 'value', keyAt: at, when: TRUE, value: over },
          { key: 'key', keyAt: at, when: TRUE, value: unknown(over.origin, 'computed') },
        ],
      }]]) : new Map(),
    };
  }

  #repetition({ tree, pair }: Repetition): Value {
    return attributeValue(tree, pair.value, undefined, (t, node, key) => this.#template(t, node, key, NOTHING));
  }

  /** In which scenarios a block with `count` or `for_each` makes something. What cannot be known is a scenario of its own. */
  #existence(address: string, bodies: readonly PlacedBody[]): Truth {
    const repeated = repetitionOf(bodies);
    if (!repeated) return TRUE;
    const { tree, pair } = repeated;
    const text = tree.text.slice(pair.value.start, pair.value.end).replace(/^"\$\{|\}"$/g, '').trim();
    const along = repeatsAlong(pair.name, text);
    if (along !== undefined && along !== address && this.#bodies.has(along)) return this.#existenceOf(along);
    let yes: Guard = Guard.never;
    let no: Guard = Guard.never;
    for (const { guard, value: leaf } of leaves(this.#repetition(repeated))) {
      const there = pair.name === 'count' ? countOf(leaf) : sizeOf(leaf);
      // What a value of a variable selects is a scenario that the document leads to.
      if (there === true) yes = yes.or(guard.selected());
      else if (there === false) no = no.or(guard.selected());
      else return this.#opaque('exists', text);
    }
    return { yes, no };
  }

  /** The existence of a resource that others are made along with. Those that are made along with each other have none. */
  #existenceOf(address: string): Truth {
    const known = this.#existences.get(address);
    if (known) return known;
    this.#existences.set(address, MAYBE);
    const exists = this.#existence(address, this.#bodies.get(address)!);
    this.#existences.set(address, exists);
    return exists;
  }

  #opaque(kind: 'exists', text: string): Truth {
    const variable = this.#condition(kind, text);
    return {
      yes: Guard.of(variable, [0]).named({ kind, name: text, value: true }),
      no: Guard.of(variable, [1]).named({ kind, name: text, value: false }),
    };
  }

  /** The scenario variable of a text. What is said of an instance is another thing for instances of something else. */
  #condition(kind: Variable['kind'], text: string, around = NOTHING): Variable {
    const key = `${kind}:${/\b(?:each|count|self)\b/.test(text) ? `${around.instances}:` : ''}${text}`;
    let variable = this.#conditions.get(key);
    if (!variable) {
      variable = { id: `${this.#files.folder}#${key}`, kind, name: text, domain: ['true', 'false'] };
      this.#conditions.set(key, variable);
    }
    return variable;
  }

  /** The value of a string in a place where Terraform reads a template. */
  #template(tree: Tree, node: ScalarNode, key: Span | undefined, around: Around): Value {
    if (!node.value.includes('${') && !node.value.includes('%{')) return plainValue(tree, node, key);
    this.evaluations++;
    const { expression, problems } = parseTemplate(node.value);
    const span = spansIn(tree, node);
    if (problems.length > 0 && !this.#reported.has(node)) {
      this.#reported.add(node);
      for (const problem of problems) this.problems.push({ at: span(problem), message: problem.message, kind: 'syntax', within: 'text' });
    }
    const use = spanOf(tree, node);
    // A template that is one literal is written as the string itself, and is changed as a whole.
    const value = evaluate(expression, this.#scope(node.value, span, around), { use, ...(key ? { key } : {}), edit: 'none' });
    return value.state === 'choice' ? value : locatedAt(value, tree, node);
  }

  #scope(text: string, span: (range: Range) => Span, around: Around): Scope {
    return {
      text, span, nesting: this.#nesting,
      variable: (name, origin) => this.#variable(name, origin),
      local: (name, origin) => this.#local(name, origin),
      bound: (name) => around.bound.get(name),
      reference: (traversal, origin) => {
        const target = addressOf(traversal);
        if (!target) return unknown(origin, 'computed');
        if (!this.#resources.has(target.address)) return unknown(origin, 'computed', this.#files.open ? [] : [target.address]);
        return { state: 'reference', origin, to: target.address, ...(target.attribute === undefined ? {} : { attribute: target.attribute }) };
      },
      domain: (name) => this.#variables.get(name)?.domain,
      condition: (condition) => this.#condition('condition', condition, around),
      call: () => undefined,
    };
  }

  #variable(name: string, origin: Origin): Value {
    const variable = this.#variables.get(name);
    if (!variable) return unknown(origin, 'parameter');
    const secret = variable.secret ? { secret: true } : {};
    const { domain } = variable;
    return valueOfDomain(domain, { ...origin, ...secret }, (value) => {
      const fallback = domain.variable.preferred !== undefined && domain.values[domain.variable.preferred] === value;
      const placed = usedAt(value, origin.use, origin.key, { what: fallback ? 'variable' : 'allowed', name: `var.${name}`, at: value.origin.use });
      return variable.secret ? { ...placed, origin: { ...placed.origin, secret: true } } : placed;
    });
  }

  #local(name: string, origin: Origin): Value {
    const local = this.#locals.get(name);
    if (!local || this.#localsUnderWay.has(name)) return unknown(origin, local ? 'syntax' : 'computed');
    let value = this.#localValues.get(name);
    if (!value) {
      this.#localsUnderWay.add(name);
      value = attributeValue(local.tree, local.pair.value, undefined, (t, node, key) => this.#template(t, node, key, NOTHING));
      this.#localsUnderWay.delete(name);
      this.#localValues.set(name, value);
    }
    return usedAt(value, origin.use, origin.key, { what: 'local', name: `local.${name}`, at: spanOf(local.tree, local.pair.value) });
  }

  #readVariables(roots: readonly { readonly tree: Tree; readonly root: Node | undefined }[]): ReadonlyMap<string, VariableBlock> {
    const compared = comparedTexts(roots.map(({ root }) => root));
    const pinned = new Map<string, Value>();
    for (const tree of this.#files.values) for (const pair of labelsOf(tree.roots[0])) pinned.set(pair.name, plainValue(tree, pair.value));
    const blocks = new Map<string, { readonly key: Span; readonly bodies: PlacedBody[] }>();
    for (const { tree, root } of roots) for (const { name, pair, body } of namedBlocks(root, 'variable')) {
      const before = blocks.get(name);
      if (before) before.bodies.push({ tree, body });
      else blocks.set(name, { key: spanOf(tree, pair.key), bodies: [{ tree, body }] });
    }
    return new Map([...blocks].map(([name, { key, bodies }]) => {
      const argument = (argument: string): Node | undefined => valueOf(lastWith(bodies, argument)?.body, argument);
      const fallback = argument('default');
      const literal = (raw: string, value: string | boolean): { text: string; value: Value } => ({
        text: raw, value: { state: 'known', origin: { use: key, steps: [], edit: 'none' }, raw, quoted: typeof value === 'string', value },
      });
      const isBoolean = textOf(argument('type')) === 'bool';
      const own = pinned.get(name);
      const secret = textOf(argument('sensitive')) === 'true';
      return [name, {
        secret,
        domain: domainOf({
          id: `${this.#files.folder}#var.${name}`, kind: 'parameter', name: `var.${name}`, secret,
          ...(own ? { pinned: { text: 'its given value', value: own } } : {}),
          ...(fallback ? { fallback: { text: fallback.kind === 'scalar' ? fallback.value : 'its default', value: plainValue(lastWith(bodies, 'default')!.tree, fallback) } } : {}),
          ...(isBoolean ? { allowed: [literal('true', true), literal('false', false)] } : {}),
          compared: (compared.get(name) ?? []).map((text) => literal(text, text)),
        }),
      }] as const;
    }));
  }
}

interface Repetition {
  readonly tree: Tree;
  readonly pair: Pair;
}

/** The `count` or `for_each` of a block. */
function repetitionOf(bodies: readonly PlacedBody[]): Repetition | undefined {
  for (const { tree, body } of bodies.toReversed()) {
    const pair = body.pairs.findLast((p) => p.name === 'count' || p.name === 'for_each');
    if (pair) return { tree, pair };
  }
  return undefined;
}

/** The resource of which a block is there once for each instance. */
function repeatsAlong(name: string, text: string): string | undefined {
  if (name === 'for_each') return /^[\w-]+\.[\w-]+$/.exec(text)?.[0];
  return /^length\(\s*([\w-]+\.[\w-]+)\s*\)$/.exec(text)?.[1];
}

/** Whether a count makes at least one instance. */
function countOf(leaf: Leaf): boolean | undefined {
  const count = leaf.state === 'known' ? asInteger(leaf) : undefined;
  return count === undefined ? undefined : count > 0;
}

/** Whether a collection that for_each goes over has members. */
function sizeOf(leaf: Leaf): boolean | undefined {
  if (leaf.state === 'object') return leaf.entries.length > 0 ? true : leaf.open ? undefined : false;
  if (leaf.state !== 'list') return undefined;
  const { items, complete } = itemsOf(leaf);
  if (items.some((item) => item.when.yes.isAlways())) return true;
  return items.length === 0 && complete.yes.isAlways() ? false : undefined;
}

/** The place in the document of a range of a string's decoded text, without the quotes of a literal; the whole string where its characters cannot be placed. */
function spansIn(tree: Tree, node: ScalarNode): (range: Range) => Span {
  if (!isPlaceable(tree, node)) return () => spanOf(tree, node);
  let map: ReturnType<typeof offsetMap> | undefined;
  return ({ start, end }) => {
    map ??= offsetMap(tree, node);
    const quoted = end - start >= 2 && node.value[start] === '"' && node.value[end - 1] === '"';
    return spanOf(tree, { start: map.toOuter(quoted ? start + 1 : start), end: map.toOuter(quoted ? end - 1 : end) });
  };
}

function rangeOfItem(list: Node, body: MapNode): Range {
  const item = list.kind === 'list' ? list.items.find((candidate) => resolved(candidate.value) === body) : undefined;
  return item ?? body;
}

function textOf(node: Node | undefined): string | undefined {
  return node?.kind === 'scalar' ? node.value : undefined;
}

