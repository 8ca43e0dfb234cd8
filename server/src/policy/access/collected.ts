/** The grants of one principal while they are collected from several policies. */
import { flatMap } from '../../base/flat-map.ts';
import type { Guard } from '../../base/guard.ts';
import type { Judgement } from '../../model/judgement.ts';
import type {
  AccessGrant,
  AccessLimit,
  AccessPrincipal,
  GrantedAction,
  GrantSource,
  PrincipalAccess,
} from './access.ts';
import { CAPABILITIES, type Capability, type ResourceAction } from './capabilities.ts';

/** An action as a source allows it. */
interface Allowed {
  /** Where it is allowed after all limits. */
  readonly when: Judgement;
  /** Where it is allowed before Deny statements, boundaries and the policy of the resource. */
  readonly before: Judgement;
  readonly isConditional: boolean;
  readonly isPartial: boolean;
}

/** Limits by what distinguishes them, with the levels that they limit. */
type Limits = Map<object | string, { readonly limit: AccessLimit; readonly levels: Set<Capability> }>;

type Outcome = 'grants' | 'removed' | 'possible';

/** Collects the grants of a principal, each source once. */
export class Collected {
  readonly principal: AccessPrincipal;
  readonly #found = new Map<object | string, Record<Outcome, GrantedAction[]> & { readonly source: GrantSource }>();
  readonly #limits: Limits = new Map();
  readonly #limitsOfRemoved: Limits = new Map();

  readonly #within: Guard;

  /** @param within The scenarios to consider. */
  constructor(principal: AccessPrincipal, within: Guard) {
    this.principal = principal;
    this.#within = within;
  }

  add(
    source: GrantSource,
    { action, capability }: ResourceAction,
    { when, before, isConditional, isPartial }: Allowed,
    limits: readonly AccessLimit[],
  ): void {
    const isIn = (guard: Guard): boolean => guard.and(this.#within).satisfiable();
    const outcome: Outcome = isIn(when.yes) ? 'grants' : this.#within.coveredBy(when.no) ? 'removed' : 'possible';
    // What is unknown before the limits and removed by them is not worth a line.
    if (outcome === 'removed' && !isIn(before.yes)) return;
    const key = sourceKey(source);
    const found = this.#found.get(key) ?? { source, grants: [], removed: [], possible: [] };
    this.#found.set(key, found);
    found[outcome].push({ action, capability, when, isConditional, isPartial: isPartial && outcome !== 'possible' });
    const into = outcome === 'removed' ? this.#limitsOfRemoved : this.#limits;
    for (const limit of limits) {
      const merged = into.get(keyOfLimit(limit)) ?? { limit, levels: new Set() };
      merged.levels.add(capability);
      into.set(keyOfLimit(limit), merged);
    }
  }

  /** What was collected; undefined if nothing was. */
  result(): Omit<PrincipalAccess, 'keys'> | undefined {
    const of = (outcome: Outcome): readonly AccessGrant[] =>
      flatMap([...this.#found.values()], ({ source, [outcome]: actions }) =>
        actions.length > 0 ? [{ source, actions }] : [],
      );
    const [grants, possible, removed] = [of('grants'), of('possible'), of('removed')];
    if (grants.length + possible.length + removed.length === 0) return undefined;
    const isHeld = grants.length + possible.length > 0;
    const limits = isHeld
      ? [
          ...listed(this.#limits).filter((limit) => isEffective(limit, grants, possible)),
          ...listed(this.#limitsOfRemoved).filter(
            (limit) => limit.kind === 'deny' && !this.#limits.has(keyOfLimit(limit)),
          ),
        ]
      : listed(this.#limitsOfRemoved);
    return { principal: this.principal, grants, possible, removed, limits };
  }
}

function listed(limits: Limits): readonly AccessLimit[] {
  return [...limits.values()].map(({ limit, levels }) =>
    limit.kind === 'conditions' || limit.kind === 'settings'
      ? { ...limit, levels: CAPABILITIES.filter((one) => levels.has(one)) }
      : limit,
  );
}

/** Whether conditions limit something that nothing else allows without conditions. */
function isEffective(limit: AccessLimit, grants: readonly AccessGrant[], possible: readonly AccessGrant[]): boolean {
  if (limit.kind !== 'conditions' && limit.kind !== 'settings') return true;
  const key = keyOfLimit(limit);
  const free = new Set(
    flatMap(grants, ({ actions }) =>
      actions.filter(({ isConditional, isPartial }) => !isConditional && !isPartial).map(({ action }) => action),
    ),
  );
  const listed = [...grants, ...possible];
  const own = listed.filter(({ source }) => sourceKey(source) === key);
  // The conditions of a statement that gives effect to other grants limit each of these.
  return (own.length > 0 ? own : listed).some(({ actions }) => actions.some(({ action }) => !free.has(action)));
}

/** What distinguishes a source from others. */
export function sourceKey(source: GrantSource): object | string {
  switch (source.kind) {
    case 'statement':
      return source.statement;
    case 'managed':
      return source.name;
    case 'acl':
      return source.at;
    case 'permission':
    case 'grant':
      return source.resource;
    case 'default-key-policy':
      return source.kind;
  }
}

/** What distinguishes a limit from others. */
export function keyOfLimit(limit: AccessLimit): object | string {
  switch (limit.kind) {
    case 'conditions':
      return sourceKey(limit.source);
    case 'settings':
      return limit.resource;
    case 'deny':
      return limit.statement;
    case 'boundary':
      return limit.at;
    case 'public-access-block':
      return `${limit.kind} ${limit.way}`;
    case 'delegated':
    case 'other-account':
      return limit.kind;
  }
}
