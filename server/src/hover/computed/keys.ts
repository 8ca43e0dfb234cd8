/** The KMS keys that encrypt a resource: who manages each, and whether it is rotated. */
import { flatMap } from '../../base/flat-map.ts';
import { sameSpan } from '../../base/span.ts';
import { all, any, is, isAbsent } from '../../model/judgement.ts';
import { leaves } from '../../model/navigate.ts';
import { asInteger, isTrue, oneOf } from '../../model/predicate.ts';
import type { Edge, Resource } from '../../model/resource.ts';
import { shown } from '../../model/shown.ts';
import type { Leaf, Value } from '../../model/value.ts';
import type { Status } from '../card.ts';
import type { CardContext, Piece } from '../card-context.ts';
import type { ComputedLine } from '../ownership.ts';
import { caseFor } from '../fits.ts';
import {
  byDefaultFirst,
  scenarioEnding,
  effectiveOf,
  findingAt,
  shortName,
  outcomePieces,
  reached,
  ruleSuffix,
  withFinding,
  type ValueText,
} from '../property-pieces.ts';
import { inputName, isPseudo, unknownBecause } from '../unknown-because.ts';

const ROTATION = 'EnableKeyRotation';

/** The alias of an AWS managed key: https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html */
const AWS_MANAGED = /(?:^|:)alias\/aws\//;

/** The KMS key of a property. The cases of the line describe an absent key. */
export function key(here: CardContext, line: ComputedLine): readonly Piece[] {
  const { path } = line;
  if (path === undefined) return [];
  const keys = new Set<Resource>();
  const pieces = outcomePieces(path, here, (leaf, value, guard) => {
    const of = keyAt(leaf, value, here);
    if (of) keys.add(of);
    const text = of ? { text: keyText(of), cite: [], isUnknown: false } : otherKeyText(leaf, line, here);
    return text && withFinding(text, here, path, leaf, value, guard);
  });
  // The rotation of a key follows the key.
  return flatMap(pieces, (piece) => [
    // Rules about the encryption are about the line of the switch.
    { ...piece, status: piece.status === 'wrong' || piece.status === 'unknown' ? piece.status : 'neutral' },
    ...flatMap(
      [...keys].filter((of) => `${piece.text} `.startsWith(`${keyText(of)} `)),
      (of) => rotationOf(of, here),
    ),
  ]);
}

function keyText({ displayName, type }: Resource): string {
  return type === 'AWS::KMS::Alias'
    ? `KMS key of the alias ${displayName}, which is not defined here`
    : `customer managed key ${displayName}`;
}

/** The text for a key that is not a resource of the stack. */
function otherKeyText(
  leaf: Leaf,
  { path, cases = [] }: ComputedLine,
  { resource }: CardContext,
): ValueText | undefined {
  const property = shortName(resource, path!);
  const effective = effectiveOf(leaf);
  const given = inputName(effective);
  if (given !== undefined && !isPseudo(given))
    return { text: `the key is the value of ${given}, which is not known here`, cite: [], isUnknown: true };
  const fits = caseFor(effective, cases);
  if (fits) return { text: fits.say.replaceAll('{property}', property), cite: fits.cite ?? [], isUnknown: false };
  if (effective.state === 'unknown' || effective.state === 'absent')
    return {
      text: `${property} ${unknownBecause(effective)}, so the key is not known here`,
      cite: [],
      isUnknown: true,
    };
  // In plans, an attribute without a value can be an empty string.
  if (effective.state === 'known' && effective.raw === '') return undefined;
  const name = shown(effective);
  return {
    text: AWS_MANAGED.test(name)
      ? `AWS managed key ${name.slice(name.indexOf('alias/'))}`
      : `KMS key ${name}, which is not defined here`,
    cite: [],
    isUnknown: false,
  };
}

/** The types of keys, and what names one. */
const KEYS: ReadonlySet<string> = new Set(['AWS::KMS::Key', 'AWS::KMS::ReplicaKey', 'AWS::KMS::Alias']);

/** The key of the stack that a value refers to. */
function keyAt(leaf: Leaf, value: Value, { resource, stack }: CardContext): Resource | undefined {
  const edge = resource.related('keys').edges.find(({ via }) => isAt(via, leaf) || isAt(via, value));
  const named = edge?.resource ?? (leaf.state === 'reference' ? stack.byAddress(leaf.to) : undefined);
  if (!named || !KEYS.has(named.type)) return undefined;
  return named.type === 'AWS::KMS::Alias' ? (only('aliased-key', { resource: named }) ?? named) : named;
}

function only(kind: 'aliased-key' | 'primary-key', { resource }: Pick<Edge, 'resource'>): Resource | undefined {
  const { edges } = resource.related(kind);
  return edges.length === 1 ? edges[0]!.resource : undefined;
}

function isAt(via: Value, { origin }: Value | Leaf): boolean {
  return sameSpan(via.origin.use, origin.use);
}

/** The rotation of a key in each scenario. A replica has that of its primary key. */
function rotationOf(of: Resource, here: CardContext): readonly Piece[] {
  const primary = of.type === 'AWS::KMS::ReplicaKey' ? only('primary-key', { resource: of }) : of;
  if (primary?.type !== 'AWS::KMS::Key') return [];
  // Other keys cannot be rotated automatically.
  if (!isSymmetric(primary).yes.holdsByDefault()) return [];
  const value = primary.get(ROTATION);
  const all = byDefaultFirst(reached(leaves(value), here.resource));
  return all.map(({ guard, value: leaf }): Piece => {
    const found = findingAt(here, primary, ROTATION, leaf, value);
    const scenario = all.length > 1 ? scenarioEnding(guard) : '';
    return {
      text: `${rotationText(leaf, primary)}${found ? ruleSuffix(found) : ''}${scenario}`,
      cite: [],
      status: found && !found.suppressed ? 'wrong' : unlessWrong(here.statusOf(ROTATION, primary)),
    };
  });
}

/** A finding that is not reported, such as a suppressed one, does not affect the line. */
function unlessWrong(status: Status | undefined): Piece['status'] {
  return status === 'good' || status === 'unknown' ? status : 'neutral';
}

function rotationText(leaf: Leaf, key: Resource): string {
  const effective = effectiveOf(leaf);
  if (effective.state === 'unknown' || (effective.state === 'absent' && effective.open))
    return `rotation unknown: ${key.nativePath(ROTATION)} ${unknownBecause(effective)}`;
  if (!is(effective, isTrue).yes.isAlways()) return 'not rotated';
  const period = leaves(key.get('RotationPeriodInDays'))[0]!.value;
  const days = period.state === 'known' ? asInteger(period) : undefined;
  return days === undefined ? 'rotated automatically' : `rotated every ${days} days`;
}

/**
 * Whether a key is symmetric and its material is from KMS:
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKeyRotation.html
 */
function isSymmetric(of: Resource): ReturnType<typeof is> {
  const [spec, origin] = [of.get('KeySpec'), of.get('Origin')];
  return all(
    any(isAbsent(spec), is(spec, oneOf('SYMMETRIC_DEFAULT'))),
    any(isAbsent(origin), is(origin, oneOf('AWS_KMS'))),
  );
}
