import { someOf } from '../../base/words.ts';
import {
  causesByDefault,
  type PublicAccess,
  type PublicCause,
} from '../../reachability/public-access/public-access.ts';

/**
 * What makes a resource public by default, or may do so; undefined if nothing does.
 * @param words How it begins: `public` and `public, depending on`.
 */
export function publicText(
  access: PublicAccess,
  words: { readonly open: string; readonly possible: string },
): string | undefined {
  const { open, possible } = causesByDefault(access);
  if (open.length > 0) return `${words.open} (${textsOf(open)})`;
  const [first] = possible;
  return first && `${words.possible} ${first.missing!} (${textsOf(possible)})`;
}

function textsOf(causes: readonly PublicCause[]): string {
  return someOf([...new Set(causes.map(({ text }) => text))], 2, 'cause');
}
