/** What the wide resources of a statement leave out: other Regions (`arn:aws:dynamodb:eu-west-1:*:table/*`), or what NotResource lists. */
import { isPresent } from '../model/judgement.ts';
import type { Statement } from '../model/policy.ts';
import { HOLE } from './hole.ts';
import { wideTextsOf } from './whole-type.ts';

/** Where all resources are that a statement names by wildcards or leaves, as the rest of a sentence; nothing where that can be in any Region. */
export function whereAllowed(statement: Statement | undefined): string {
  if (statement && isPresent(statement.notResources).yes.satisfiable()) return ' that NotResource does not list';
  const regions = new Set(statement ? wideTextsOf(statement).map((text) => text.split(':')[3] ?? '*') : ['*']);
  if (regions.size === 0 || [...regions].some((region) => /^\**$/.test(region))) return '';
  const [region, ...others] = regions;
  return others.length > 0
    ? ' in the Regions of its resources'
    : region!.includes(HOLE)
      ? ' in one Region'
      : ` in ${region}`;
}
