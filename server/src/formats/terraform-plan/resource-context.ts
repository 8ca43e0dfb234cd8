/** The context of the values of one resource: what its expressions refer to, and what is known of that. */
import type { Address, Origin, Value } from '../../model/value.ts';
import { isTrueNode } from '../../syntax/scalar.ts';
import { valueOf, type Node } from '../../syntax/tree.ts';
import type { ConfiguredResource, PlanConfiguration } from './configuration.ts';
import type { PlanItem, PlanItems } from './items.ts';
import type { PlanContext } from './planned-value.ts';
import {
  containsReferences,
  follow,
  sharedNames,
  type Followed,
  type ModuleScope,
  type PlannedReference,
} from './references.ts';
import type { UnknownSources } from './unknown-sources.ts';

const NOTHING: Followed = { references: [], complete: true, secret: false, given: undefined };
const NOT_READ: Followed = { ...NOTHING, complete: false, given: 'its configuration' };

/** The targets of expressions of one instance of a module, by their names. */
type KnownTargets = Map<string, Followed>;

/** The targets of expressions in the instances of the modules of a plan. */
export class FollowedReferences {
  readonly #items: PlanItems;
  readonly #byModule = new Map<string, KnownTargets>();
  /** The number of expressions that were followed. */
  followed = 0;

  constructor(items: PlanItems) {
    this.#items = items;
  }

  /**
   * The known targets of expressions in an instance of a module, by their names. Most expressions of a module repeat
   * the names of others, such as those of its variables.
   */
  inModule(prefix: string): KnownTargets {
    let known = this.#byModule.get(prefix);
    if (!known) this.#byModule.set(prefix, (known = new Map()));
    return known;
  }

  /** The targets of some expressions in an instance of a module with known targets. */
  of(expressions: readonly Node[], scope: ModuleScope, known = this.inModule(scope.prefix ?? '')): Followed {
    const isOne = expressions.length === 1 && scope.prefix !== undefined;
    const names = isOne ? sharedNames(expressions[0]!) : undefined;
    if (names === undefined) return expressions.some(containsReferences) ? this.#follow(expressions, scope) : NOTHING;
    // Many expressions are constants.
    if (names === '') return NOTHING;
    let found = known.get(names);
    if (!found) known.set(names, (found = this.#follow(expressions, scope)));
    return found;
  }

  #follow(expressions: readonly Node[], scope: ModuleScope): Followed {
    this.followed++;
    const found = follow(expressions, scope, (resource) => this.#items.keysOf(resource));
    const secret = found.secret || found.references.some((reference) => this.isSensitive(reference));
    return secret === found.secret ? found : { ...found, secret };
  }

  /** Whether the target of a reference is marked as sensitive. */
  isSensitive({ to, attribute }: PlannedReference): boolean {
    const marks = this.#items.at(to)?.sensitive;
    return isTrueNode(marks) || (attribute !== undefined && isTrueNode(valueOf(marks, firstName(attribute))));
  }
}

/** The parts of a plan that the values of its resources depend on. */
export interface PlanParts {
  readonly items: PlanItems;
  readonly configuration: PlanConfiguration;
  readonly unknown: UnknownSources;
  readonly references: FollowedReferences;
  readonly dataValue: (reference: PlannedReference, origin: Origin) => Value | undefined;
}

/** A class, because a plan has thousands of resources and few of the functions are called for each. */
export class ResourceContext implements PlanContext {
  readonly #parts: PlanParts;
  readonly #item: Pick<PlanItem, 'family' | 'instance'>;
  readonly #scope: ModuleScope | undefined;
  #known: KnownTargets | undefined;

  constructor(parts: PlanParts, item: PlanItem, configured: ConfiguredResource | undefined) {
    const { instance } = item;
    this.#parts = parts;
    this.#item = item;
    this.#scope =
      instance && configured
        ? { module: configured.module, prefix: instance.module, key: instance.key, repeated: configured.node }
        : undefined;
  }

  follow(expressions: readonly Node[]): Followed {
    if (expressions.length === 0) return NOTHING;
    const scope = this.#scope;
    if (!scope) return NOT_READ;
    const { references } = this.#parts;
    return references.of(expressions, scope, (this.#known ??= references.inModule(scope.prefix ?? '')));
  }

  textOf({ to, attribute }: PlannedReference): string | undefined {
    const node = attribute === undefined ? undefined : valueOf(this.#parts.items.at(to)?.values, attribute);
    return node?.kind === 'scalar' && node.style !== 'plain' ? node.value : undefined;
  }

  dataValue(reference: PlannedReference, origin: Origin): Value | undefined {
    return this.#parts.dataValue(reference, origin);
  }

  isSensitive(reference: PlannedReference): boolean {
    return this.#parts.references.isSensitive(reference);
  }

  canBeUnknown(): boolean {
    return this.#parts.unknown.reach(this.#item.family);
  }
}

function firstName(attribute: Address): string {
  const end = attribute.indexOf('.');
  return end < 0 ? attribute : attribute.slice(0, end);
}
