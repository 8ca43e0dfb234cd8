/**
 * Attributes of resources that are arguments of the configuration. Terraform plans a configured argument as its
 * configured value.
 * https://developer.hashicorp.com/terraform/plugin/framework/resources/plan-modification#terraform-data-consistency-rules
 */
import { ownEntry, table, type Table } from '../../base/table.ts';
import { isSecretName } from '../../model/credential.ts';
import { leaves, mapLeaves, unknown } from '../../model/navigate.ts';
import type { Leaf, Reference, Value } from '../../model/value.ts';
import { usedAt, writtenAs } from '../located.ts';
import type { Block, DirectoryBlocks } from './blocks.ts';
import { attributeOf } from './expression/attribute.ts';
import type { ReferenceTarget, Traversal, TraversalStep } from './expression/references.ts';
import { ignoresChanges } from './ignored-changes.ts';
import type { Instances } from './instances.ts';
import { issuerOfUrl } from './oidc-provider.ts';
import { repeatedArgument } from './repeated-argument.ts';
import type { Instance } from './repetition.ts';

/** The resources of a module. */
export interface WrittenAttributesContext {
  readonly blocks: DirectoryBlocks;
  readonly instances: Instances;
  /** The prefix of the module's addresses. */
  readonly path: string;
  /** The value of an argument of an instance of a block; undefined if the block does not have it. */
  argumentOf(block: Block, argument: string, instance: Instance): Value | undefined;
  /** Called for an argument that depends on itself. */
  cycle(): void;
}

/** The configured attributes of the resources of one module. */
export class WrittenAttributes {
  readonly #context: WrittenAttributesContext;
  readonly #arguments = new Map<string, Value | undefined>();
  /** The values being evaluated, so that a cycle resolves to unknown. */
  readonly #underWay = new Set<string>();

  constructor(context: WrittenAttributesContext) {
    this.#context = context;
  }

  /** The value of an attribute of an instance, or a reference to it. */
  value(reference: Reference, traversal: Traversal, target: ReferenceTarget, picked: string): Value {
    const { address, attribute } = target;
    const type = address.split('.')[0]!;
    const steps = stepsBehind(traversal, target);
    const [first, ...rest] = steps ?? [];
    if (first?.kind !== 'attribute' || steps!.some(isUnlike)) return reference;
    const name = repeatedArgument(type, attribute) ?? first.name;
    const at = `${this.#context.path}${address}${picked}.${name}`;
    const seen = (): Value | undefined => {
      const argument = this.#argument(address, picked, name);
      const value = argument && rest.reduce<Value | undefined>(stepped, argument);
      return (
        value &&
        usedAt(value, reference.origin.use, reference.origin.key, { what: 'data', name: at, at: argument.origin.use })
      );
    };
    if (repeatedArgument(type, attribute) !== undefined) return seen() ?? reference;
    const kept = ownEntry(KEPT, `${type}.${first.name}`);
    const keptAs = kept && seen();
    if (keptAs) {
      const value = kept(keptAs);
      if (value) return value;
    }
    // A reference by name is a reference to the resource. The name itself is needed only for comparisons.
    if (isName(first.name)) {
      const named = seen();
      if (!named) return reference;
      const known = mapLeaves(named, (leaf) => (isWritten(leaf, first.name) ? leaf : unknown(leaf.origin, 'computed')));
      return mapLeaves(named, (leaf) => (leaf.state === 'reference' ? leaf : writtenAs({ ...reference }, known)));
    }
    const value = seen();
    return value && leaves(value).some((leaf) => isWritten(leaf.value, first.name))
      ? mapLeaves(value, (leaf) => (isWritten(leaf, first.name) ? leaf : reference))
      : reference;
  }

  #argument(address: string, picked: string, argument: string): Value | undefined {
    const key = `${address}${picked}.${argument}`;
    if (this.#arguments.has(key)) return this.#arguments.get(key);
    const { blocks, instances, argumentOf } = this.#context;
    const block = blocks.resources.get(address);
    const instance = block && instances.of(address).find((one) => one.key === picked);
    if (!instance || block.bodies.some(({ body }) => ignoresChanges(body, argument))) return undefined;
    if (this.#underWay.has(key)) {
      this.#context.cycle();
      return undefined;
    }
    this.#underWay.add(key);
    const value = argumentOf(block, argument, instance);
    this.#underWay.delete(key);
    this.#arguments.set(key, value);
    return value;
  }
}

/** Arguments that the provider keeps in another form, with the value that it keeps. Undefined if unknown. */
const KEPT: Table<(argument: Value) => Value | undefined> = table({
  'aws_iam_openid_connect_provider.url': issuerOfUrl,
});

/** The steps after an instance; undefined if a splat covers several instances. */
function stepsBehind({ root, steps }: Traversal, { address }: ReferenceTarget): readonly TraversalStep[] | undefined {
  if (steps.some(({ kind }) => kind === 'splat')) return undefined;
  const behind = steps.slice(address.split('.').length - (root === 'resource' ? 0 : 1));
  return behind[0]?.kind === 'index' ? behind.slice(1) : behind;
}

/** The value after one more step. A single block is a list of one. */
function stepped(value: Value | undefined, step: TraversalStep): Value | undefined {
  if (!value || step.kind === 'splat' || (step.kind === 'index' && step.key === undefined)) return undefined;
  if (step.kind === 'attribute') return attributeOf(value, step.name);
  const { key } = step;
  return mapLeaves(value, (leaf) => {
    if (leaf.state === 'object') return key === 0 ? leaf : attributeOf(leaf, String(key));
    const item =
      leaf.state === 'list' &&
      !leaf.open &&
      typeof key === 'number' &&
      leaf.items.slice(0, key + 1).every(({ when }) => when.yes.isAlways())
        ? leaf.items[key]
        : undefined;
    return item ? item.value : unknown(leaf.origin, 'computed');
  });
}

/** Names, IDs and other identifying attributes. */
function isName(attribute: string): boolean {
  return /(?:^|_)(?:id|ids|arns?|names?|url|uri|bucket|identifier|alias|domain|repository|role|user|group|groups|topic|queue|cluster|function|prefix|address|endpoint|key|http_method)$/.test(
    attribute,
  );
}

/**
 * Attributes that differ from their argument, because the provider hashes or discards it, and attributes with
 * credentials.
 */
function isUnlike(step: TraversalStep): boolean {
  const name =
    step.kind === 'attribute' ? step.name : step.kind === 'index' && step.key !== undefined ? String(step.key) : '';
  return /^user_data|_wo$/.test(name) || isSecretName(name);
}

/** Whether the relevant parts of a value are literal. The provider writes protocols and engines in lower case. */
function isWritten(leaf: Leaf, attribute: string): boolean {
  if (leaf.state === 'known')
    return (
      leaf.value !== null &&
      !(
        (attribute === 'protocol' || attribute === 'engine') &&
        (leaf.raw === 'all' || leaf.raw !== leaf.raw.toLowerCase())
      )
    );
  return leaf.state === 'template' || leaf.state === 'list' || leaf.state === 'object';
}
