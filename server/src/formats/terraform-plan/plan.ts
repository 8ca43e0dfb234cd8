/**
 * Terraform plans in the JSON format of `terraform show -json`.
 * https://developer.hashicorp.com/terraform/internals/json-format
 */
import { MAYBE, TRUE } from '../../base/guard.ts';
import { once } from '../../base/once.ts';
import type { Span } from '../../base/span.ts';
import type { Address, Origin, Value } from '../../model/value.ts';
import type { Parameter, ResourcePart } from '../../model/resource.ts';
import { member } from '../../model/navigate.ts';
import { isTrueNode } from '../../syntax/scalar.ts';
import { inputOf } from '../inputs.ts';
import { spanOf, usedAt } from '../located.ts';
import { pairOf, valueOf, type Node, type Tree } from '../../syntax/tree.ts';
import { dataAttribute } from '../terraform/data-sources.ts';
import type { NativeResource, NativeStack } from '../terraform/native.ts';
import { instanceOf, withoutKeys } from './addresses.ts';
import { NOT_CONFIGURED } from './configured.ts';
import { accountsInPlan } from './provider-accounts.ts';
import { configurationOf, type PlanConfiguration } from './configuration.ts';
import { PlanItems, type PlanItem } from './items.ts';
import { plannedValue, type PlanContext } from './planned-value.ts';
import { withConfiguredReferences } from './policy-resources.ts';
import { follow, containsReferences, type Followed, type PlannedReference, type ModuleScope } from './references.ts';
import type { SchemaShape } from './shape.ts';
import { UnknownSources } from './unknown-sources.ts';

/** The attributes and blocks of a resource type or data source type. */
export type ShapeOf = (nativeType: string) => SchemaShape;

/**
 * The place of an argument or block in the configuration, or the place of the resource's name; `family` is the address
 * without instance keys.
 */
export type FindWritten = (family: Address, argument: string) => Span | undefined;

/** The resources that exist after a plan is applied. */
export function planResources(tree: Tree, shapeOf: ShapeOf, written: FindWritten = () => undefined): NativeStack {
  const plan = new Plan(tree, shapeOf, written);
  return {
    open: !plan.items.complete,
    parameters: inputsOf(tree),
    accounts: accountsInPlan(tree.roots[0]),
    resources: plan.items.managed.map((item) => plan.resource(item)),
    sources: plan.items.policies.map((item) => plan.part(item)),
  };
}

/** The variables of the configuration that was planned. */
function inputsOf(tree: Tree): readonly Parameter[] {
  const variables = valueOf(valueOf(valueOf(tree.roots[0], 'configuration'), 'root_module'), 'variables');
  if (variables?.kind !== 'map') return [];
  return variables.pairs.map((pair) =>
    inputOf(
      tree,
      pair,
      `var.${pair.name}`,
      isTrueNode(valueOf(pair.value, 'sensitive')),
      pairOf(pair.value, 'default'),
      pair.value,
      'generated',
    ),
  );
}

const NOTHING: Followed = { references: [], complete: true, secret: false, given: undefined };

/** One plan: the configuration of its values, across resources, modules and data sources. */
class Plan {
  readonly items: PlanItems;
  readonly #tree: Tree;
  readonly #shapeOf: ShapeOf;
  readonly #written: FindWritten;
  readonly #configuration: PlanConfiguration;
  readonly #unknown: UnknownSources;
  /** The bodies of data sources. Each source has one object, because results are memoized by it. */
  readonly #data = new Map<Address, Value>();

  constructor(tree: Tree, shapeOf: ShapeOf, written: FindWritten) {
    this.#tree = tree;
    this.#written = written;
    this.#shapeOf = shapeOf;
    this.items = new PlanItems(tree);
    this.#configuration = configurationOf(tree.roots[0]);
    this.#unknown = new UnknownSources(tree.roots[0], this.items.all, this.#configuration);
  }

  resource(item: PlanItem): NativeResource {
    const part = this.part(item);
    return {
      address: item.address,
      type: item.type,
      name: item.name,
      when: part.when,
      place: undefined,
      family: withoutKeys(item.address),
      part,
      body: this.#body(item),
    };
  }

  /** The place of a resource or data source. */
  part(item: PlanItem): ResourcePart {
    const family = withoutKeys(item.address);
    const body =
      item.values.parent?.kind === 'map'
        ? item.values.parent.pairs.find((pair) => pair.value === item.values)
        : undefined;
    return {
      address: item.address,
      nativeType: item.type,
      doc: this.#tree.doc,
      range: spanOf(this.#tree, item.node),
      nameAt: spanOf(this.#tree, item.addressNode),
      // Terraform will plan deferred resources again.
      when: item.deferred ? MAYBE : TRUE,
      ...(body ? { body: spanOf(this.#tree, body) } : {}),
      configuredAt: (path) => this.#written(family, /^[^.[]*/.exec(path)![0]),
    };
  }

  #body(item: PlanItem): Value {
    const { values, unknown, marked, sensitive } = item;
    const configured = this.#configuration.resources.get(withoutKeys(item.address));
    const expressions = valueOf(configured?.node, 'expressions');
    return plannedValue({
      tree: this.#tree,
      after: values,
      unknown,
      marked,
      sensitive,
      isSet: false,
      key: spanOf(this.#tree, item.addressNode),
      configured: expressions ? { nodes: [expressions], complete: true } : NOT_CONFIGURED,
      shape: this.#shapeOf(item.type),
      around: this.#around(item.address),
    });
  }

  #around(address: Address): PlanContext {
    let followed: Map<Node, Followed> | undefined;
    const family = withoutKeys(address);
    const scope = once(() => this.#scope(address));
    return {
      follow: (expressions) => {
        const [only] = expressions;
        if (!only) return NOTHING;
        const held = expressions.length === 1 ? followed?.get(only) : undefined;
        if (held) return held;
        const within = scope();
        if (!within) return { ...NOTHING, complete: false, given: 'its configuration' };
        // Most expressions are constants.
        if (!expressions.some(containsReferences)) return NOTHING;
        const found = follow(expressions, within, (resource) => this.items.keysOf(resource));
        if (expressions.length === 1) (followed ??= new Map()).set(only, found);
        return found;
      },
      textOf: ({ to, attribute }) => {
        const node = attribute === undefined ? undefined : valueOf(this.items.at(to)?.values, attribute);
        return node?.kind === 'scalar' && node.style !== 'plain' ? node.value : undefined;
      },
      dataValue: (reference, origin) => this.#dataValue(reference, origin),
      isSensitive: ({ to, attribute }) => {
        const marks = this.items.at(to)?.sensitive;
        return isTrueNode(marks) || (attribute !== undefined && isTrueNode(valueOf(marks, attribute.split('.')[0]!)));
      },
      canBeUnknown: () => this.#unknown.reach(family),
    };
  }

  #scope(address: Address): ModuleScope | undefined {
    const instance = instanceOf(address);
    const configured = this.#configuration.resources.get(withoutKeys(address));
    return (
      instance &&
      configured && { module: configured.module, prefix: instance.module, key: instance.key, repeated: configured.node }
    );
  }

  /** The result of a data source: the values that were read, otherwise those that follow from its arguments. */
  #dataValue({ to, attribute }: PlannedReference, origin: Origin): Value | undefined {
    const item = this.items.at(to);
    if (item?.mode !== 'data') return undefined;
    // Terraform 0.12 omits attributes in lists of references.
    const name = attribute ?? (item.type === 'aws_iam_policy_document' ? 'json' : undefined);
    if (name === undefined) return undefined;
    let body = this.#data.get(to);
    if (!body) {
      body = item.type === 'aws_iam_policy_document' ? withConfiguredReferences(this.#body(item)) : this.#body(item);
      this.#data.set(to, body);
    }
    const read = member(body, name);
    if (read.state === 'known' && read.value !== null)
      return usedAt(
        read,
        origin.use,
        origin.key,
        { what: 'function', name: to, at: spanOf(this.#tree, item.addressNode) },
        'generated',
      );
    return dataAttribute(
      { address: to, type: item.type, body, nameAt: spanOf(this.#tree, item.addressNode) },
      name,
      origin,
    );
  }
}
