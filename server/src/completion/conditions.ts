/** Completions for condition operators, keys and values. */
import { flatMap } from '../base/flat-map.ts';
import type { PolicyDocument, Statement } from '../model/policy.ts';
import type { Stack } from '../model/resource.ts';
import { OPERATOR_NAMES, readOperator, type OperatorFamily } from '../policy/text/condition-operator.ts';
import type { ConditionKey, KeyKind } from '../policy/data/key-type.ts';
import { operatorWords } from '../policy/text/operator-words.ts';
import { conditionKey, type IamReference } from '../policy/data/reference.ts';
import { kindWords } from '../policy/data/words.ts';
import { knownActions } from './known.ts';
import { textOffer, type Offer, type OfferPiece } from './offer.ts';
import { servicePrincipals } from './service-principals.ts';
import { stackArns } from './stack-resources.ts';

/** Operators with the suffix `IfExists` or a set prefix come after plain ones. `Null` supports neither. */
export function operatorOffers(asEntry: boolean): readonly Offer[] {
  const others = OPERATOR_NAMES.filter((name) => name !== 'Null');
  const names = [
    ...OPERATOR_NAMES.map((name) => [name, 0] as const),
    ...others.map((name) => [`${name}IfExists`, 1] as const),
    ...flatMap(['ForAnyValue', 'ForAllValues'], (qualifier, index) =>
      others.map((name) => [`${qualifier}:${name}`, 2 + index] as const),
    ),
  ];
  return names.map(([name, rank], index) => {
    const detail = `${operatorWords(name)!}${rank === 1 ? ' (or the key is missing)' : rank === 2 ? ' (any value in the request)' : rank === 3 ? ' (every value in the request; true without values)' : ''}`;
    return asEntry
      ? { label: name, kind: 'operator', detail, rank: index, written: { as: 'entry', name: [name], shape: 'object' } }
      : textOffer(name, 'operator', index, { detail });
  });
}

/** The key types that an operator family supports. */
const FOR_FAMILY: Readonly<Record<OperatorFamily, readonly KeyKind[] | undefined>> = {
  String: ['String', 'ARN'],
  Arn: ['ARN'],
  Numeric: ['Numeric'],
  Date: ['Date'],
  Binary: ['Binary'],
  Bool: ['Bool'],
  IpAddress: ['IPAddress'],
  Null: undefined,
};

/**
 * Condition keys: those of the statement's actions, then global ones; keys that the operator does not support come
 * last.
 */
export function keyOffers(
  statement: Statement,
  operator: string,
  reference: IamReference,
  asEntry: boolean,
): readonly Offer[] {
  const read = readOperator(operator);
  const kinds = read && FOR_FAMILY[read.family];
  const counted = new Map<string, number>();
  const own = new Map<string, ConditionKey>();
  const actions = knownActions(statement, reference) ?? [];
  for (const { service: prefix, action } of actions) {
    const service = reference.service(prefix)!;
    for (const name of new Set([
      ...action.keys,
      ...flatMap(action.resources, ({ type, keys }) => [...keys, ...(service.resourceType(type)?.keys ?? [])]),
    ])) {
      counted.set(canonical(name), (counted.get(canonical(name)) ?? 0) + 1);
      const key = service.keys.named(name);
      if (key && !(conditionKey(reference, name)?.name ?? name).startsWith('aws:')) own.set(name, key);
    }
  }
  const rankOf = (key: ConditionKey, base: number): number =>
    base +
    (!kinds || kinds.includes(key.kind) ? 0 : 50) +
    (read?.family === 'Arn' || read?.qualifier === undefined || key.many ? 0 : 25);
  const offer = (key: ConditionKey, base: number, detail: string): Offer => {
    const pieces = keyPieces(key.name);
    const label = pieces
      .map((piece) => (typeof piece === 'string' ? piece : (piece as { blank: string }).blank))
      .join('');
    const rest = {
      label,
      kind: 'key',
      detail: `${kindWords(key)}${detail}`,
      rank: rankOf(key, base),
      about: { what: 'key', name: key.name },
    } as const;
    return { ...rest, written: asEntry ? { as: 'entry', name: pieces, shape: 'text' } : { as: 'text', pieces } };
  };
  return [
    ...[...own.values()].map((key) =>
      offer(
        key,
        counted.get(canonical(key.name)) === actions.length ? 0 : 5,
        counted.get(canonical(key.name)) === actions.length
          ? ''
          : `; for ${counted.get(canonical(key.name))!} of ${actions.length} actions`,
      ),
    ),
    ...reference.iam.keys.all.map((key) =>
      offer(key, key.name.startsWith('aws:') ? (counted.has(canonical(key.name)) ? 8 : 10) : 60, ''),
    ),
  ];
}

/** A key with a custom suffix, in any notation of the data. */
function canonical(name: string): string {
  return name.replace(/\$\{TagKey\}$|tag-key$/, '*').toLowerCase();
}

/** A key with a placeholder: `aws:ResourceTag/${TagKey}`. */
function keyPieces(name: string): readonly OfferPiece[] {
  const match = /^(.*?)(?:\$\{([^}]*)\}|<([^>]*)>|(tag-key))(.*)$/.exec(name);
  return match
    ? [match[1]!, { blank: match[2] ?? match[3] ?? 'TagKey' }, ...(match[5] === '' ? [] : [match[5]!])]
    : [name];
}

/** Condition keys that hold an account ID. */
const ACCOUNTS =
  /^(?:aws:(?:source|principal|resource|vpce)account|aws:sourceowner|kms:calleraccount|s3:(?:resourceaccount|dataaccesspointaccount))$/;

/** Known values for a key. */
export function valueOffers(policy: PolicyDocument, operator: string, key: string, stack: Stack): readonly Offer[] {
  const family = readOperator(operator)?.family;
  const lower = key.toLowerCase();
  if (family === 'Bool' || family === 'Null') return [textOffer('true', 'word', 0), textOffer('false', 'word', 1)];
  if (lower === 'iam:passedtoservice')
    return servicePrincipals(undefined).map(([name, of], rank) => textOffer(name, 'principal', rank, { detail: of }));
  if (lower === 'aws:principalservicename')
    return servicePrincipals(policy.service).map(([name, of], rank) =>
      textOffer(name, 'principal', rank, { detail: of }),
    );
  if (lower === 'aws:principaltype')
    return ['Account', 'User', 'AssumedRole', 'FederatedUser', 'Anonymous'].map((name, rank) =>
      textOffer(name, 'word', rank),
    );
  if (ACCOUNTS.test(lower))
    return [{ label: 'this account', kind: 'word', rank: 0, written: { as: 'text', pieces: [{ own: 'account' }] } }];
  if (lower === 'aws:sourcearn' || lower === 'lambda:sourcefunctionarn' || lower === 'aws:principalarn') {
    return stackArns(stack)
      .filter(
        ({ resource, pieces }) =>
          pieces.length === 1 &&
          (lower === 'aws:sourcearn' ||
            resource.type === (lower === 'aws:principalarn' ? 'AWS::IAM::Role' : 'AWS::Lambda::Function')),
      )
      .map(({ label, pieces, resource }, rank) => ({
        label,
        kind: 'reference',
        detail: resource.nativeType,
        rank,
        written: { as: 'text', pieces },
      }));
  }
  return [];
}
