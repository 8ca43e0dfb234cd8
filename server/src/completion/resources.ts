/** Completions for resources: resources of the stack, ARN formats, and the wildcard. */
import { flatMap } from '../base/flat-map.ts';
import { withPlaceholders, splitAtPlaceholders } from '../base/placeholders.ts';
import type { PolicyDocument, Statement } from '../model/policy.ts';
import type { Stack } from '../model/resource.ts';
import type { IamResourceType } from '../policy/data/action.ts';
import type { IamReference } from '../policy/data/reference.ts';
import { knownActions, otherTexts, typesTaken } from './known.ts';
import { textOffer, type Offer, type OfferPiece } from './offer.ts';
import { stackArns } from './stack-resources.ts';

/**
 * Completions for `Resource`, by the resource types of the statement's actions. Without actions, those of the service
 * that the policy belongs to.
 */
export function resourceOffers(
  stack: Stack,
  policy: PolicyDocument,
  statement: Statement,
  reference: IamReference,
): readonly Offer[] {
  const actions = knownActions(statement, reference);
  const own = policy.service === undefined ? undefined : reference.service(policy.service);
  const taken = actions
    ? typesTaken(actions, reference)
    : own
      ? own.resourceTypes.map(({ name }) => ({ service: own, type: name, count: 0 }))
      : [];
  const ranks = new Map(taken.map(({ service, type }, index) => [`${service.service} ${type}`, index]));
  const has = new Set(otherTexts(statement.resources));
  const countText = ({ count }: { readonly count: number }): string =>
    actions && actions.length > 1 ? `, for ${count} of ${actions.length} actions` : '';
  const references = new Map<string, Offer>();
  for (const arn of stackArns(stack)) {
    const rank = ranks.get(`${arn.service} ${arn.type}`);
    // Resources that no action supports rank low; without actions, any resource can be meant.
    if (rank === undefined && (actions || own)) continue;
    if (references.has(arn.label)) continue;
    const count = taken[rank ?? -1];
    references.set(arn.label, {
      label: arn.label,
      kind: 'reference',
      detail: `${arn.type} ${arn.resource.displayName}${count ? countText(count) : ''}`,
      rank: rank ?? 50,
      written: { as: 'text', pieces: arn.pieces },
    });
  }
  const forms = flatMap(taken, ({ service, type, count }, index): readonly Offer[] => {
    const known = service.resourceType(type);
    return known
      ? [
          {
            label: shownForm(known),
            kind: 'resource',
            detail: `${type} of ${service.service}${countText({ count })}`,
            rank: 100 + index,
            written: { as: 'text', pieces: formPieces(known.arn) },
          },
        ]
      : [];
  });
  const needsAll = actions?.some(({ action }) => action.resources.length === 0) ?? false;
  const wildcard = textOffer('*', 'resource', needsAll ? (taken.length === 0 ? 0 : 99) : 1000, {
    detail: needsAll ? 'some actions do not support resource-level permissions' : 'all resources',
  });
  return [...references.values(), ...forms, ...(has.has('*') ? [] : [wildcard])];
}

/** A readable ARN format: `arn:aws:s3:::BucketName/ObjectName`. */
function shownForm({ arn }: IamResourceType): string {
  return withPlaceholders(arn.replace('${Partition}', 'aws'), ({ inside }) => inside);
}

/** An ARN format in pieces: common parts, and placeholders that the author fills in. */
function formPieces(form: string): readonly OfferPiece[] {
  return splitAtPlaceholders(form).map((part): OfferPiece => {
    const name = /^\$\{([^}]*)\}$/.exec(part)?.[1];
    switch (name) {
      case undefined:
        return part;
      case 'Partition':
        return { own: 'partition' };
      case 'Region':
        return { own: 'region' };
      case 'Account':
        return { own: 'account' };
      default:
        return { blank: name };
    }
  });
}
