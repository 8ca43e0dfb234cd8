import { some } from '../../base/words.ts';
import { all, is, isAbsent } from '../../model/judgement.ts';
import { oneOf, text } from '../../model/predicate.ts';
import { shown } from '../../model/shown.ts';
import type { Here } from '../here.ts';

/** The properties that limit a permission with principal `*`. */
const LIMITS = ['SourceArn', 'SourceAccount', 'PrincipalOrgID', 'EventSourceToken'];

/** Who can invoke a function, according to this stack. */
export function invokers({ resource }: Here): string | undefined {
  const related = { permissions: resource.related('function-permissions'), urls: resource.related('function-urls') };
  const permissions = related.permissions.edges.map((edge) => edge.resource);
  const urls = related.urls.edges.map((edge) => edge.resource);
  const open = urls.find((url) => is(url.get('AuthType'), oneOf('NONE')).yes.holdsByDefault());
  const anyone = permissions.find((permission) =>
    all(
      is(
        permission.get('Principal'),
        text((principal) => principal === '*'),
      ),
      ...LIMITS.map((path) => isAbsent(permission.get(path))),
    ).yes.holdsByDefault(),
  );
  if (open && anyone)
    return `${open.displayName} has no authentication and ${anyone.displayName} allows any principal: public access`;
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
