/** Who can use a resource that is shared by a list of accounts, such as a snapshot. */
import { flatMap } from '../../base/flat-map.ts';
import { someOf } from '../../base/words.ts';
import { isShared, externalAccountsOf } from '../../reachability/public-access/external-accounts.ts';
import { publicAccessOf } from '../../reachability/public-access/public-access-of.ts';
import type { CardContext, Piece } from '../card-context.ts';
import { declaredWith } from '../target.ts';
import { withExposure } from './exposure.ts';
import { publicText } from './public-text.ts';

const MOST_ACCOUNTS = 3;

/** That anyone can use it, else the other accounts that can. */
export function shares(here: CardContext): readonly Piece[] {
  const { stack } = here;
  const declared = declaredWith(stack, here.resource).filter(({ type }) => isShared(type));
  const external = flatMap(declared, (resource) => externalAccountsOf(resource, stack)).filter(
    ({ open }) => !open.no.holdsByDefault(),
  );
  const accounts = someOf([...new Set(external.map(({ account }) => `account ${account}`))], MOST_ACCOUNTS, 'account');
  return [
    ...flatMap(declared, (resource): readonly Piece[] => {
      const text = publicText(publicAccessOf(resource, stack), { open: 'public', possible: 'public, depending on' });
      return text === undefined ? [] : [withExposure({ ...here, resource }, text)];
    }),
    ...(accounts === '' ? [] : [{ text: `${accounts} from outside`, cite: [], status: 'neutral' as const }]),
  ];
}
