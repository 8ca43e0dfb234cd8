import type { Line, Status } from '../card.ts';
import { COMPUTED } from '../computed/index.ts';
import { holdsHere } from '../fits.ts';
import type { CardContext, Piece } from '../card-context.ts';
import type { ComputedLine, ConfigurationLine } from '../ownership.ts';
import { propertyPieces } from '../property-pieces.ts';

/**
 * The lines about the document's configuration, those with the same label merged. Lines without a known result are
 * omitted.
 */
export function configurationLines(lines: readonly ConfigurationLine[], here: CardContext): readonly Line[] {
  const merged = new Map<string, readonly Piece[]>();
  for (const line of lines) {
    if (!holdsHere(line.when, here.resource)) continue;
    const pieces = 'compute' in line ? computedPieces(line, here) : propertyPieces(line, here);
    const before = merged.get(line.label) ?? [];
    const others = pieces.filter(({ text }) => !before.some((one) => one.text === text));
    if (others.length > 0) merged.set(line.label, [...before, ...others]);
  }
  return [...merged].map(([label, pieces]): Line => {
    const status = statusOf(pieces);
    return {
      label,
      here: true,
      ...(status ? { status } : {}),
      parts: pieces.map(({ text, cite, shorter, ...piece }) => ({
        text,
        cite,
        rank: rankOf(piece),
        ...(shorter ? { shorter } : {}),
      })),
      separator: '; ',
      ...(IMPORTANT.has(label) ? { rank: 'fact' } : {}),
    };
  });
}

/** The label of the line that says from where a resource can be reached. */
export const REACHABLE = 'reachable';

/** The label of the line that says who has access. */
export const ACCESS = 'access';

/** The lines that matter as much as what is not known: who has access to a resource, and from where. */
const IMPORTANT: ReadonlySet<string> = new Set([ACCESS, REACHABLE]);

function rankOf({ status = 'neutral', isImportant }: Pick<Piece, 'status' | 'isImportant'>): number {
  return isImportant ? Math.min(1, RANKS[status]) : RANKS[status];
}

/** How late a statement is left out. */
const RANKS: Readonly<Record<Status | 'neutral', number>> = { wrong: 0, unknown: 1, good: 2, neutral: 2 };

/** The status of a line: good only if nothing in it is without a rule, because a mark is about the whole line. */
function statusOf(pieces: readonly Piece[]): Status | undefined {
  const statuses = pieces.map(({ status }) => status).filter((status) => status !== 'neutral');
  if (statuses.includes('wrong')) return 'wrong';
  if (statuses.includes('unknown')) return 'unknown';
  return statuses.length > 0 && statuses.every((status) => status === 'good') ? 'good' : undefined;
}

function computedPieces(line: ComputedLine, here: CardContext): readonly Piece[] {
  const computed = COMPUTED[line.compute]?.(here, line) ?? [];
  return typeof computed === 'string' ? [{ text: computed, cite: here.cited(line.cite), status: 'neutral' }] : computed;
}
