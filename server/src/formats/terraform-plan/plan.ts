/**
 * Terraform plans in the JSON format of `terraform show -json`.
 * https://developer.hashicorp.com/terraform/internals/json-format
 */
import { MAYBE, TRUE } from '../../base/guard.ts';
import type { Span } from '../../base/span.ts';
import type { Address, Origin, Value } from '../../model/value.ts';
import type { Parameter, ResourcePart } from '../../model/resource.ts';
import { member } from '../../model/navigate.ts';
import { isTrueNode } from '../../syntax/scalar.ts';
import { inputOf } from '../inputs.ts';
import { spanOf, usedAt } from '../located.ts';
import { pairOf, valueOf, type Tree } from '../../syntax/tree.ts';
import { dataAttribute } from '../terraform/data-sources.ts';
import type { NativeResource, NativeStack } from '../terraform/native.ts';
import { configuredBody, NOT_CONFIGURED, type Configured } from './configured.ts';
import { accountsInPlan } from './provider-accounts.ts';
import { configurationOf, type ConfiguredResource, type PlanConfiguration } from './configuration.ts';
import { PlanItems, type PlanItem } from './items.ts';
import { plannedValue } from './planned-value.ts';
import { withConfiguredReferences } from './policy-resources.ts';
import type { PlannedReference } from './references.ts';
import { FollowedReferences, ResourceContext, type PlanParts } from './resource-context.ts';
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

/** One plan: the configuration of its values, across resources, modules and data sources. */
class Plan {
  readonly items: PlanItems;
  readonly #tree: Tree;
  readonly #shapeOf: ShapeOf;
  readonly #written: FindWritten;
  readonly #configuration: PlanConfiguration;
  readonly #parts: PlanParts;
  readonly #expressions = new Map<ConfiguredResource, Configured>();
  /** The bodies of data sources. Each source has one object, because results are memoized by it. */
  readonly #data = new Map<Address, Value>();

  constructor(tree: Tree, shapeOf: ShapeOf, written: FindWritten) {
    this.#tree = tree;
    this.#written = written;
    this.#shapeOf = shapeOf;
    this.items = new PlanItems(tree);
    this.#configuration = configurationOf(tree.roots[0]);
    this.#parts = {
      items: this.items,
      configuration: this.#configuration,
      unknown: new UnknownSources(tree.roots[0], this.items.all, this.#configuration),
      references: new FollowedReferences(this.items),
      dataValue: (reference, origin) => this.#dataValue(reference, origin),
    };
  }

  resource(item: PlanItem): NativeResource {
    const part = this.part(item);
    return {
      address: item.address,
      type: item.type,
      name: item.name,
      when: part.when,
      place: undefined,
      family: item.family,
      part,
      body: this.#body(item),
    };
  }

  /** The place of a resource or data source. */
  part(item: PlanItem): ResourcePart {
    const { family } = item;
    return {
      address: item.address,
      nativeType: item.type,
      doc: this.#tree.doc,
      range: spanOf(this.#tree, item.node),
      nameAt: spanOf(this.#tree, item.addressNode),
      // Terraform will plan deferred resources again.
      when: item.deferred ? MAYBE : TRUE,
      body: spanOf(this.#tree, item.pair),
      configuredAt: (path) => this.#written(family, /^[^.[]*/.exec(path)![0]),
    };
  }

  #body(item: PlanItem): Value {
    const { values, unknown, marked, sensitive } = item;
    const configured = this.#configuration.resources.get(item.family);
    return plannedValue({
      tree: this.#tree,
      after: values,
      unknown,
      marked,
      sensitive,
      isSet: false,
      key: spanOf(this.#tree, item.addressNode),
      configured: (configured && this.#expressionsOf(configured)) ?? NOT_CONFIGURED,
      shape: this.#shapeOf(item.type),
      around: new ResourceContext(this.#parts, item, configured),
    });
  }

  /** The configuration of the values of a resource, which all its instances share. */
  #expressionsOf(resource: ConfiguredResource): Configured {
    let known = this.#expressions.get(resource);
    if (!known) {
      const expressions = valueOf(resource.node, 'expressions');
      this.#expressions.set(resource, (known = expressions ? configuredBody(expressions) : NOT_CONFIGURED));
    }
    return known;
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
