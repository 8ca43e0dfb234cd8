import { lookupOver } from '../../policy/access/lookup.ts';
import { whoCan } from '../../policy/access/who-can.ts';
import type { CardContext } from '../card-context.ts';
import { listingOf, type AccessListing } from './listing.ts';

/** Who has access to a resource; undefined for a type that is not evaluated. */
export function accessListing({
  resource,
  stack,
  data,
}: Pick<CardContext, 'resource' | 'stack' | 'data'>): AccessListing | undefined {
  const lookup = lookupOver(data, stack);
  const found = lookup && whoCan(resource, stack, lookup);
  return found && listingOf(found);
}
