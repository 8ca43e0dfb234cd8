/** Cards for principals in policies. */
import { table, type Table } from '../../base/table.ts';
import type { Card } from '../card.ts';
import { restrictsToKnown } from '../../policy/principal/narrowing.ts';
import type { PolicyTarget } from './policy-target.ts';
import { shownArn } from './arn.ts';
import { card, cited, line, type PolicyHover } from './parts.ts';

const PAGE = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html';

const KINDS: Table<string | undefined> = table({
  AWS: 'AWS accounts, users, roles and sessions.',
  Service: 'AWS services, by their service principals.',
  Federated: 'Users authenticated by an identity provider.',
  CanonicalUser: 'An AWS account, by its canonical user ID.',
});

/**
 * The card for a principal, or for the kind of principals if the position is at its key. Undefined for a secret and for
 * text that names no principal.
 */
export function principalCard(
  { kind, leaf, statement, range }: PolicyTarget & { readonly what: 'principal' },
  { stack }: PolicyHover,
): Card | undefined {
  if (!leaf)
    return kind !== undefined && KINDS[kind] !== undefined
      ? card(kind, cited(KINDS[kind], PAGE), [], range)
      : undefined;
  const text = shownArn(leaf);
  if (leaf.state === 'reference') {
    const resource = stack.byAddress(leaf.to);
    return (
      resource &&
      card(
        resource.displayName,
        cited(`The ${resource.nativeType} ${resource.displayName} in this stack.`, PAGE),
        [],
        range,
      )
    );
  }
  if ((leaf.state !== 'known' && leaf.state !== 'template') || leaf.origin.secret) return undefined;
  const who = whoIs(text, kind);
  if (who === undefined) return undefined;
  const limits = restrictsToKnown(statement);
  return card(
    text,
    cited(who, PAGE),
    [
      text === '*'
        ? line('Here', [
            limits.yes.isAlways()
              ? 'restricted to known principals by a condition'
              : statement.conditions.length > 0
                ? 'has conditions, but none is known to restrict it to known principals'
                : 'not restricted by a condition',
          ])
        : undefined,
    ],
    range,
  );
}

function whoIs(text: string, kind: string | undefined): string | undefined {
  if (text === '*')
    return kind === undefined || kind === 'AWS'
      ? 'Anyone: every AWS account and anonymous users (public access).'
      : undefined;
  if (kind === 'Service')
    return `The service ${text}. Restrict the resources that it acts for with aws:SourceAccount and aws:SourceArn.`;
  if (kind === 'CanonicalUser') return KINDS['CanonicalUser'];
  if (kind === 'Federated') return federated(text);
  const [, , service, , account, ...rest] = text.split(':');
  const name = rest.join(':');
  if (/^\d{12}$/.test(text) || (service === 'iam' && name === 'root')) {
    const whose = /^\d{12}$/.test(text) ? text : account;
    return `The account${whose === '…' || whose === undefined ? '' : ` ${whose}`}: its root user, and every user and role whose IAM policies allow it.`;
  }
  const [type, ...path] = name.split('/');
  const own = path.at(-1) ?? '';
  if (service === 'sts' && type === 'assumed-role') return `Only the session ${own} of the role ${path[0] ?? ''}.`;
  if (service === 'sts' && type === 'federated-user') return `The federated user session ${own}.`;
  if (service === 'iam' && type === 'role')
    return `The role ${own} in account ${account!}, including all its sessions.`;
  if (service === 'iam' && type === 'user') return `The user ${own} in account ${account!}.`;
  if (/^A[A-Z]{3}[A-Z0-9]{12,}$/.test(text))
    return 'The unique ID of a deleted user or role: AWS replaced the ARN with it, and it matches no principal.';
  return undefined;
}

function federated(text: string): string {
  const provider = /:(oidc|saml)-provider\/([^]*)$/.exec(text);
  if (provider)
    return `Users authenticated by the ${provider[1] === 'oidc' ? 'OpenID Connect' : 'SAML'} provider ${provider[2]!}. Restrict them with conditions.`;
  return `Users authenticated by ${text}. Restrict them with conditions.`;
}
