import { some } from '../../base/words.ts';
import { shown } from '../../model/shown.ts';
import { publicAccessOf } from '../../reachability/public-access/public-access-of.ts';
import { publicText } from './public-text.ts';
import type { Here } from '../here.ts';

/** Who can invoke a function, according to this stack. */
export function invokers({ resource }: Here): string | undefined {
  const related = { permissions: resource.related('function-permissions'), urls: resource.related('function-urls') };
  const permissions = related.permissions.edges.map((edge) => edge.resource);
  const urls = related.urls.edges.map((edge) => edge.resource);
  const open = publicText(publicAccessOf(resource), { open: 'public', possible: 'public, depending on' });
  if (open !== undefined) return open;
  const said = [
    ...urls.map((url) => `URL ${url.displayName} (${shown(url.get('AuthType'))})`),
    ...permissions.map((permission) => `${shown(permission.get('Principal'))} through ${permission.displayName}`),
  ];
  if (said.length === 0)
    return [related.permissions, related.urls].every(({ complete }) => complete.yes.isAlways())
      ? 'no permission or URL here; only identities in the account with lambda:InvokeFunction'
      : undefined;
  return some(said, 3);
}
