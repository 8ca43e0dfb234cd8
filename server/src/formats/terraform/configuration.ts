import { Guard, TRUE, type Truth, type Variable } from '../../base/guard.ts';
import type { Range, Span, Uri } from '../../base/span.ts';
import type { Problem } from '../../model/finding.ts';
import { itemsOf, leaves, unknown } from '../../model/navigate.ts';
import { asInteger } from '../../model/predicate.ts';
import type { Leaf, Origin, Value } from '../../model/value.ts';
import { isPlaceable, offsetMap } from '../../syntax/offset-map.ts';
import { resolved, valueOf, type MapNode, type Node, type Pair, type ScalarNode, type Tree } from '../../syntax/tree.ts';
import type { Domain } from '../domain.ts';
import { domainOf, valueOfDomain } from '../domain.ts';
import { locatedAt, spanOf, usedAt } from '../located.ts';
import { plainValue } from '../plain.ts';
import { labelledBlocks, labelsOf, namedBlocks, under } from './bodies.ts';
import { attributeValue, bodyValue } from './body-value.ts';
import { comparedTexts } from './comparisons.ts';
import { evaluate } from './expression/evaluate.ts';
import { parseTemplate } from './expression/parser.ts';
import { addressOf } from './expression/references.ts';
import type { Nesting, Scope } from './expression/scope.ts';
import type { NativeResource, NativeStack } from './native.ts';

/** The files of one directory as Terraform reads them together. */
export interface DirectoryFiles {
  readonly folder: Uri;
  /** The configuration files, in the order of their names. */
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

/** One Terraform directory: what its expressions refer to, and the resources in it. */
export class Configuration {
  readonly #files: DirectoryFiles;
  readonly #variables: ReadonlyMap<string, VariableBlock>;
  readonly #locals: ReadonlyMap<string, { readonly tree: Tree; readonly pair: Pair }>;
  readonly #localValues = new Map<string, Value>();
  readonly #localsUnderWay = new Set<string>();
  readonly #resources: ReadonlySet<string>;
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
    this.#resources = new Set(roots.flatMap(({ root }) => [
      ...labelledBlocks(root, 'resource').map(({ type, name }) => `${type}.${name}`),
      ...labelledBlocks(root, 'data').map(({ type, name }) => `data.${type}.${name}`),
    ]));
  }

  /** The resources of the directory, in the order of its files. */
  native(): NativeStack {
    const resources = this.#files.configuration.flatMap((tree) => labelledBlocks(tree.roots[0], 'resource').map(({ type, name, pair, body }): NativeResource => {
      const address = `${type}.${name}`;
      const nameAt = spanOf(tree, pair.key);
      const exists = this.#existence(tree, body);
      return {
        address, family: address, type, name, exists,
        body: bodyValue(tree, body, nameAt, (t, node, key) => this.#template(t, node, key)),
        part: { address, nativeType: type, doc: tree.doc, range: spanOf(tree, pair.value === body || pair.value.kind !== 'list' ? pair : rangeOfItem(pair.value, body)), nameAt, exists },
        place: { tree, body },
      };
    }));
    return { resources, open: this.#files.open };
  }

  /** In which scenarios a block with `count` or `for_each` makes something. What cannot be known is a scenario of its own. */
  #existence(tree: Tree, body: MapNode): Truth {
    const pair = body.pairs.findLast((p) => p.name === 'count' || p.name === 'for_each');
    if (!pair) return TRUE;
    const value = attributeValue(tree, pair.value, undefined, (t, node, key) => this.#template(t, node, key));
    let yes: Guard = Guard.never;
    let no: Guard = Guard.never;
    for (const { guard, value: leaf } of leaves(value)) {
      const there = pair.name === 'count' ? countOf(leaf) : sizeOf(leaf);
      // What a value of a variable selects is a scenario that the document leads to.
      if (there === true) yes = yes.or(guard.selected());
      else if (there === false) no = no.or(guard.selected());
      else return this.#opaque('exists', tree.text.slice(pair.value.start, pair.value.end).replace(/^"\$\{|\}"$/g, '').trim());
    }
    return { yes, no };
  }

  #opaque(kind: Variable['kind'], text: string): Truth {
    const variable = this.#condition(kind, text);
    return { yes: Guard.of(variable, [0]), no: Guard.of(variable, [1]) };
  }

  #condition(kind: Variable['kind'], text: string): Variable {
    let variable = this.#conditions.get(`${kind} ${text}`);
    if (!variable) {
      variable = { id: `${this.#files.folder}#${kind}:${text}`, kind, name: text, domain: ['true', 'false'] };
      this.#conditions.set(`${kind} ${text}`, variable);
    }
    return variable;
  }

  /** The value of a string in a place where Terraform reads a template. */
  #template(tree: Tree, node: ScalarNode, key: Span | undefined): Value {
    if (!node.value.includes('${') && !node.value.includes('%{')) return plainValue(tree, node, key);
    this.evaluations++;
    const { expression, problems } = parseTemplate(node.value);
    const span = spansIn(tree, node);
    if (problems.length > 0 && !this.#reported.has(node)) {
      this.#reported.add(node);
      for (const problem of problems) this.problems.push({ at: span(problem), message: problem.message, kind: 'syntax' });
    }
    const use = spanOf(tree, node);
    // A template that is one literal is written as the string itself, and is changed as a whole.
    const value = evaluate(expression, this.#scope(node.value, span), { use, ...(key ? { key } : {}), edit: 'none' });
    return value.state === 'choice' ? value : locatedAt(value, tree, node);
  }

  #scope(text: string, span: (range: Range) => Span): Scope {
    return {
      text, span, nesting: this.#nesting,
      variable: (name, origin) => this.#variable(name, origin),
      local: (name, origin) => this.#local(name, origin),
      bound: () => undefined,
      reference: (traversal, origin) => {
        const target = addressOf(traversal);
        if (!target) return unknown(origin, 'computed');
        if (!this.#resources.has(target.address)) return unknown(origin, 'computed', this.#files.open ? [] : [target.address]);
        return { state: 'reference', origin, to: target.address, ...(target.attribute === undefined ? {} : { attribute: target.attribute }) };
      },
      domain: (name) => this.#variables.get(name)?.domain,
      condition: (condition) => this.#condition('condition', condition),
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
      value = attributeValue(local.tree, local.pair.value, undefined, (t, node, key) => this.#template(t, node, key));
      this.#localsUnderWay.delete(name);
      this.#localValues.set(name, value);
    }
    return usedAt(value, origin.use, origin.key, { what: 'local', name: `local.${name}`, at: spanOf(local.tree, local.pair.value) });
  }

  #readVariables(roots: readonly { readonly tree: Tree; readonly root: Node | undefined }[]): ReadonlyMap<string, VariableBlock> {
    const compared = comparedTexts(roots.map(({ root }) => root));
    const pinned = new Map<string, Value>();
    for (const tree of this.#files.values) for (const pair of labelsOf(tree.roots[0])) pinned.set(pair.name, plainValue(tree, pair.value));
    return new Map(roots.flatMap(({ tree, root }) => namedBlocks(root, 'variable').map(({ name, pair, body }) => {
      const fallback = valueOf(body, 'default');
      const written = spanOf(tree, pair.key);
      const literal = (raw: string, value: string | boolean): { text: string; value: Value } => ({
        text: raw, value: { state: 'known', origin: { use: written, steps: [], edit: 'none' }, raw, quoted: typeof value === 'string', value },
      });
      const isBoolean = textOf(valueOf(body, 'type')) === 'bool';
      const own = pinned.get(name);
      return [name, {
        secret: textOf(valueOf(body, 'sensitive')) === 'true',
        domain: domainOf({
          id: `${this.#files.folder}#var.${name}`, kind: 'parameter', name: `var.${name}`,
          ...(own ? { pinned: own } : {}),
          ...(fallback ? { fallback: { text: fallback.kind === 'scalar' ? fallback.value : 'its default', value: plainValue(tree, fallback) } } : {}),
          ...(isBoolean ? { allowed: [literal('true', true), literal('false', false)] } : {}),
          compared: (compared.get(name) ?? []).map((text) => literal(text, text)),
        }),
      }] as const;
    })));
  }
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

