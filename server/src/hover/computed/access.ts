import { withinSteps } from '../../base/budget.ts';
import { flatMap } from '../../base/flat-map.ts';
import { some, someOf } from '../../base/words.ts';
import { withFewerNames, type CardContext, type Piece } from '../card-context.ts';
import { accessListing } from '../access/of-resource.ts';
import type { AccessLevelText, AccessRow } from '../access/listing.ts';
import { withExposure } from './exposure.ts';
import { principals } from './principals.ts';

/** The maximum number of steps for a line. The page has a time limit of its own. */
const MOST_STEPS = 5_000;

const MOST_NAMES = 3;

/**
 * Who has access to a resource: identities of the document, then external principals, then those that are not known to
 * have it.
 */
export function access(here: CardContext): readonly Piece[] | undefined {
  const listing = withinSteps(
    MOST_STEPS,
    () => accessListing(here),
    () => undefined,
  );
  // The permissions of a function have a line of their own, except for those of its aliases and versions.
  const hasOwn = here.resource.type === 'AWS::Lambda::Function';
  const isStated = ({ levels }: AccessRow): boolean => hasOwn && levels.some(({ isPartial }) => !isPartial);
  const pieces: readonly (readonly [lead: string, rows: readonly AccessRow[], end: string])[] = listing
    ? [
        ['', listing.principals.filter(({ isOutside }) => !isOutside), ''],
        ['', listing.principals.filter((row) => row.isOutside && !isStated(row)), ' from outside'],
        ['possibly ', listing.possible, ''],
      ]
    : [];
  const rows = flatMap(pieces, ([lead, rows, end]): readonly Piece[] =>
    rows.length === 0 ? [] : [pieceOf(here, lead, rows, end)],
  );
  if (rows.length > 0) return rows;
  return principals(here, { cite: [] });
}

/** The types with a line about public access, which has the finding about it. */
const WITH_PUBLIC_ACCESS: ReadonlySet<string> = new Set(['AWS::S3::AccessPoint', 'AWS::S3::Bucket']);

function pieceOf(here: CardContext, lead: string, rows: readonly AccessRow[], end: string): Piece {
  const isOutside = rows.some((row) => row.isOutside);
  const isPublic = isOutside && !WITH_PUBLIC_ACCESS.has(here.resource.type);
  const names = rows.map(rowWords);
  return {
    ...withFewerNames(names, MOST_NAMES, (most) => {
      const text = `${lead}${someOf(names, most, 'principal')}${end}`;
      return isPublic ? withExposure(here, text) : { text, cite: [], status: 'neutral' };
    }),
    isImportant: isOutside,
  };
}

/** A principal with its levels, those with the same limits together: `App (write; read/list, with conditions)`. */
function rowWords({ name, levels }: AccessRow): string {
  const groups = new Map<string, string>();
  for (const level of levels) {
    const limits = limitWords(level);
    const before = groups.get(limits);
    groups.set(limits, before === undefined ? level.capability : `${before}/${level.capability}`);
  }
  // What is not limited comes first.
  const sorted = [...groups].toSorted(([one], [other]) => Number(one !== '') - Number(other !== ''));
  return `${name} (${sorted.map(([limits, capabilities]) => `${capabilities}${limits}`).join('; ')})`;
}

function limitWords({ isConditional, isPartial, lacking, scenarios }: AccessLevelText): string {
  const others = [
    ...(isConditional ? ['with conditions'] : []),
    ...(isPartial ? ['in part'] : []),
    ...(lacking?.isUnknown ? [`${some(lacking.actions)} not known`] : []),
    ...(scenarios === '' ? [] : [scenarios]),
  ];
  const without = lacking && !lacking.isUnknown ? ` without ${some(lacking.actions)}` : '';
  return [without, ...others.map((one) => `, ${one}`)].join('');
}
