import { some } from '../../base/words.ts';
import { all, is, isAbsent } from '../../model/judgement.ts';
import { oneOf, text } from '../../model/predicate.ts';
import { shown } from '../../model/shown.ts';
import type { Here } from '../here.ts';

/** What keeps a grant to everybody from being one. */
const LIMITS = ['SourceArn', 'SourceAccount', 'PrincipalOrgID', 'EventSourceToken'];

/** Who may call a function, as far as this stack says it. */
export function invokers({ resource }: Here): string | undefined {
  const related = { permissions: resource.related('function-permissions'), urls: resource.related('function-urls') };
  const permissions = related.permissions.edges.map((edge) => edge.resource);
  const urls = related.urls.edges.map((edge) => edge.resource);
  const open = urls.find((url) => is(url.get('AuthType'), oneOf('NONE')).yes.holdsByDefault());
  const everybody = permissions.find((permission) =>
    all(
      is(
        permission.get('Principal'),
        text((principal) => principal === '*'),
      ),
      ...LIMITS.map((path) => isAbsent(permission.get(path))),
    ).yes.holdsByDefault(),
  );
  if (open && everybody)
    return `${open.displayName} asks for no authentication and ${everybody.displayName} lets everybody in: anyone on the internet`;
  const said = [
    ...urls.map((url) => `the URL ${url.displayName} (${shown(url.get('AuthType'))})`),
    ...permissions.map((permission) => `${shown(permission.get('Principal'))} by ${permission.displayName}`),
  ];
  if (said.length === 0)
    return [related.permissions, related.urls].every(({ complete }) => complete.yes.isAlways())
      ? 'no permission or URL here; identities of the account with lambda:InvokeFunction'
      : undefined;
  return some(said, 3);
}
