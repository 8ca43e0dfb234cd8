import { addTo } from '../base/groups.ts';
import { bothTruths, type Truth } from '../base/guard.ts';
import { memoize } from '../base/memoize.ts';
import { is } from '../model/judgement.ts';
import type { PolicyDocument, PolicyKind } from '../model/policy.ts';
import { oneOf } from '../model/predicate.ts';
import type { Policies, Properties, Resource } from '../model/resource.ts';
import type { Value } from '../model/value.ts';
import { isDocument, policyDocument, givenDocument, type PolicyCarrier } from './policy-document.ts';

/** The properties with policy documents by canonical type: `schemas/iam/locations.json`. */
export interface PolicyLocations {
  readonly locations: readonly {
    readonly type: string;
    readonly path: string;
    readonly kind: PolicyKind;
    readonly service?: string;
    readonly shape?: 'statement';
    readonly replaces?: true;
    readonly when?: When;
  }[];
}

/** A property with the value that a location requires, such as the type of an organizations policy. */
interface When {
  readonly path: string;
  readonly is: string;
}

/** A property of a type that contains a policy. */
export interface Location extends PolicyCarrier {
  readonly when?: When;
}

/** The properties with policies of each type. */
export type CarriersByType = ReadonlyMap<string, readonly Location[]>;

/** The carriers of each canonical type in `schemas/iam/locations.json`; none if there is no data. */
export function carriersByType(data: PolicyLocations | null): CarriersByType {
  return data ? byType(data) : NO_CARRIERS;
}

const NO_CARRIERS: CarriersByType = new Map();

/** Memoized by the data, which hosts keep for their lifetime. */
const byType = memoize(({ locations }: PolicyLocations): CarriersByType => {
  const carriers = new Map<string, Location[]>();
  for (const { type, ...carrier } of locations) addTo(carriers, type, carrier);
  return carriers;
});

/** Whether a property has a policy document in every scenario, in none, or else. */
type Presence = 'given' | 'absent' | 'other';

/**
 * The policy documents of a resource, in the properties of its type.
 * @param known The presence of the document at a path if an earlier version knows it, else what is computed.
 */
export function policiesAt(
  resource: Resource,
  carriers: readonly Location[],
  known: (path: string, compute: () => Presence) => Presence = (_, compute) => compute(),
): Policies {
  const documents: PolicyDocument[] = [];
  let complete: Truth = resource.when;
  const visit = (holder: Properties, path: string, carrier: PolicyCarrier, when: Truth): void => {
    const list = path.indexOf('[]');
    if (list < 0) {
      const value = (): Value => holder.get(path);
      const presence = holder === resource ? known(path, () => presenceOf(value())) : presenceOf(value());
      if (presence === 'given') documents.push(givenDocument(carrier, resource, when, value));
      else if (presence === 'other') documents.push(policyDocument(carrier, resource, when, value()));
      return;
    }
    const entries = holder.each(path.slice(0, list));
    complete = bothTruths(complete, entries.complete);
    for (const entry of entries.items) visit(entry, path.slice(list + 3), carrier, bothTruths(when, entry.when));
  };
  for (const carrier of carriers) {
    const { when } = carrier;
    const counts = when ? is(resource.get(when.path), oneOf(when.is)) : undefined;
    if (counts?.no.isAlways()) continue;
    visit(resource, carrier.path, carrier, counts ? bothTruths(resource.when, counts) : resource.when);
  }
  // Without the room for more that an array has which grew.
  return { documents: documents.slice(), complete };
}

function presenceOf(value: Value): Presence {
  return value.state === 'absent' ? 'absent' : isDocument(value) ? 'given' : 'other';
}
