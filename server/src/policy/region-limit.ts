/** The Region to which the wide resources of a statement are limited: `arn:aws:dynamodb:eu-west-1:*:table/*`. */
import type { Statement } from '../model/policy.ts';
import { HOLE } from './hole.ts';
import { wideTextsOf } from './whole-type.ts';

/** Where all resources are that a statement names by wildcards, as the rest of a sentence; nothing where that can be in any Region. */
export function inRegions(statement: Statement | undefined): string {
  const regions = new Set(statement ? wideTextsOf(statement).map((text) => text.split(':')[3] ?? '*') : ['*']);
  if (regions.size === 0 || [...regions].some((region) => /^\**$/.test(region))) return '';
  const [region, ...others] = regions;
  return others.length > 0 ? ' in the Regions of its resources' : region!.includes(HOLE) ? ' in one Region' : ` in ${region}`;
}
