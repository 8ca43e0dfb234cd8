/** The titles of fixes that restrict actions to resources. */
import { fitting } from '../../base/fix-title.ts';
import { flatMap } from '../../base/flat-map.ts';
import { some } from '../../base/words.ts';
import { onlyReads } from '../data/risk.ts';
import type { WrittenAction } from '../statement/split-statement.ts';
import type { ResourceOffer } from './resource-offers.ts';

/**
 * The title: the restriction comes first, because the end may be cut off; then the removed actions, and those that keep
 * the wildcard.
 */
export function titleOf(
  actions: readonly WrittenAction[],
  offers: readonly ResourceOffer[],
  unlimited: readonly string[],
  wide: string,
  isBeside: boolean,
): string {
  const restricted = actions.filter(({ limited }) => limited.length > 0);
  const [first, ...others] = restricted;
  // If there is only one service, it is named once.
  const isAlone = actions.every(({ service }) => service === first!.service);
  const own = (name: string): string => (isAlone ? name.slice(name.indexOf(':') + 1) : name);
  const all =
    others.length === 0
      ? 'this action'
      : `${restricted.length} ${isAlone ? `${first!.service.service} actions` : 'actions'}`;
  const names =
    others.length === 0
      ? [first!.written]
      : [
          ...(others.length === 1 && isAlone ? [`${first!.written} and ${own(others[0]!.written)}`] : []),
          `${first!.written} and ${others.length} more`,
        ];
  const lost = offers.reduce((sum, offer) => sum + offer.lost.length, 0);
  const drops = lost === 0 ? [] : [`removes ${lost} ${lost === 1 ? 'action' : 'actions'}`];
  const stays =
    unlimited.length === 0
      ? []
      : [
          `${unlimited.length === 1 ? `${own(unlimited[0]!)} stays` : `${unlimited.length} account-level actions stay`} on ${wide}${unlimited.length === 1 ? '' : gravest(actions)}`,
        ];
  const places = [...new Set(flatMap(offers, (offer) => offer.where || []))];
  // The resources of a global type are in the account, those of others in the account and Region.
  const where = places.filter((place) => !places.some((other) => other !== place && place.startsWith(other)));
  const kept = isBeside ? ['keeps the other listed resources'] : [];
  const [offer, ...besides] = offers;
  const to = [offer!.called, offer!.brief ?? offer!.called];
  const cost = [
    ...(besides.length === 0 ? [] : [`and ${some(besides.map(({ called }) => called))}`]),
    ...where,
    ...kept,
    ...drops,
    // A phone number has no ARN. https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
    ...(wide === '*' && restricted.some(publishes) ? ['stops SMS messages'] : []),
    ...stays,
  ];
  const costs = cost.length === 0 ? '' : ` (${cost.join('; ')})`;
  return fitting(flatMap([...names, all], (what) => to.map((where) => `Restrict ${what} to ${where}${costs}`)));
}

function publishes({ service, limited }: WrittenAction): boolean {
  return service.service === 'sns' && limited.some(({ name }) => name === 'Publish');
}

/**
 * A permissions management action among those that remain allowed on all resources. In a long list it is easily
 * overlooked.
 */
function gravest(actions: readonly WrittenAction[]): string {
  const found = flatMap(actions, (action) => action.unlimited).find(
    (action) => action.level === 'permissions-management' && !onlyReads(action),
  );
  return found ? `, including ${found.name}` : '';
}
