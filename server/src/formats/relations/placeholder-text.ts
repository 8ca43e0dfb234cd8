/** Strings with unknown parts, in which a placeholder stands for each of these. */
import type { UnknownPiece } from '../../model/value.ts';

/**
 * Pieces as one string, in which equal placeholders are equal; undefined if the source of one is unknown.
 * @param stack The prefix of logical IDs in a nested template.
 */
export function placeholderTextOf(pieces: readonly (string | UnknownPiece)[], stack: string): string | undefined {
  const texts = pieces.map((piece) => (typeof piece === 'string' ? piece : placeholderText(piece, stack)));
  return texts.includes(undefined) ? undefined : texts.join('');
}

/**
 * A placeholder for an unknown text that is equal wherever the same placeholder occurs. It contains no ARN separator.
 */
export function placeholderText(unknownPiece: UnknownPiece, stack: string): string | undefined {
  if (unknownPiece.state === 'reference')
    return markedText(
      unknownPiece.attribute === undefined ? unknownPiece.to : `${unknownPiece.to}.${unknownPiece.attribute}`,
    );
  return unknownPiece.input === undefined
    ? undefined
    : markedText(
        PLACE.exec(unknownPiece.input)?.[1] ??
          (OWN.test(unknownPiece.input) ? `?${stack}${unknownPiece.input}` : `?${unknownPiece.input}`),
      );
}

/** The pseudo parameters that differ between stacks, also if one template is used for several. */
const OWN = /#AWS::Stack(Id|Name)$/;

/** The pseudo parameters that are equal in all templates of a stack: the place of the deployment. */
const PLACE = /#(AWS::(?:AccountId|Partition|Region|URLSuffix))$/;

/** A text as a placeholder. */
export function markedText(text: string): string {
  return `\u0001${encoded(text)}\u0002`;
}

function encoded(text: string): string {
  return text.replace(/[:/,]/g, (character) => `\u0003${character.charCodeAt(0)}`);
}
