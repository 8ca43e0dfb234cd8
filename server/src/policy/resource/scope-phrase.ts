/**
 * What limits the broad resources of a statement: a Region (`arn:aws:dynamodb:eu-west-1:*:table/*`), or NotResource.
 */
import { isPresent } from '../../model/judgement.ts';
import type { Statement } from '../../model/policy.ts';
import { UNKNOWN_PIECE } from '../text/unknown-piece.ts';
import { wideTextsOf } from './whole-type.ts';

/** The limit of a statement's broad resources, as the rest of a sentence; empty for all Regions. */
export function scopePhrase(statement: Statement | undefined): string {
  if (statement && isPresent(statement.notResources).yes.satisfiable()) return ' outside NotResource';
  const regions = new Set(statement ? wideTextsOf(statement).map((text) => text.split(':')[3] ?? '*') : ['*']);
  if (regions.size === 0 || [...regions].some((region) => /^\**$/.test(region))) return '';
  const [region, ...others] = regions;
  return others.length > 0
    ? ' in the Regions of its resources'
    : region!.includes(UNKNOWN_PIECE)
      ? ' in one Region'
      : ` in ${region}`;
}
