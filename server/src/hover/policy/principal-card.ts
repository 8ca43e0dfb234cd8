/** Who a principal is. */
import { table, type Table } from '../../base/table.ts';
import type { Card } from '../card.ts';
import { narrowed } from '../../policy/narrowing.ts';
import type { Aim } from './aim.ts';
import { shownArn } from './arn.ts';
import { card, cited, line, type PolicyHover } from './parts.ts';

const PAGE = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html';

const KINDS: Table<string | undefined> = table({
  AWS: 'Accounts, users, roles and sessions of AWS.',
  Service: 'Services of AWS that act by themselves, with their service principals.',
  Federated: 'Whoever signed in with an identity provider.',
  CanonicalUser: 'An account, by the canonical id that S3 has for it.',
});

export function principalCard(
  { kind, leaf, statement, range }: Aim & { readonly what: 'principal' },
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
        cited(`The ${resource.nativeType} ${resource.displayName} of this stack.`, PAGE),
        [],
        range,
      )
    );
  }
  if ((leaf.state !== 'known' && leaf.state !== 'text') || leaf.origin.secret) return undefined;
  const who = whoIs(text, kind);
  if (who === undefined) return undefined;
  const limits = narrowed(statement);
  return card(
    text,
    cited(who, PAGE),
    [
      text === '*'
        ? line('Here', [
            limits.yes.isAlways()
              ? 'a condition leaves only known parties of these'
              : statement.conditions.length > 0
                ? 'there are conditions; none of them is known to leave only known parties'
                : 'no condition says otherwise',
          ])
        : undefined,
    ],
    range,
  );
}

function whoIs(text: string, kind: string | undefined): string | undefined {
  if (text === '*')
    return kind === undefined || kind === 'AWS'
      ? 'Everybody: every account of AWS, and whoever has no credentials at all.'
      : undefined;
  if (kind === 'Service')
    return `The service ${text}, when it acts by itself. For whom it acts is what aws:SourceAccount and aws:SourceArn say.`;
  if (kind === 'CanonicalUser') return KINDS['CanonicalUser'];
  if (kind === 'Federated') return federated(text);
  const [, , service, , account, ...rest] = text.split(':');
  const name = rest.join(':');
  if (/^\d{12}$/.test(text) || (service === 'iam' && name === 'root')) {
    const whose = /^\d{12}$/.test(text) ? text : account;
    return `The account${whose === '…' || whose === undefined ? '' : ` ${whose}`} as a whole: every user and role of it that the account itself allows this, and its root user.`;
  }
  const [type, ...path] = name.split('/');
  const own = path.at(-1) ?? '';
  if (service === 'sts' && type === 'assumed-role')
    return `The session ${own} of the role ${path[0] ?? ''}, and no other session of it.`;
  if (service === 'sts' && type === 'federated-user') return `The federated user session ${own}.`;
  if (service === 'iam' && type === 'role')
    return `The role ${own} of the account ${account!}, in each of its sessions.`;
  if (service === 'iam' && type === 'user') return `The user ${own} of the account ${account!}.`;
  if (/^A[A-Z]{3}[A-Z0-9]{12,}$/.test(text))
    return 'The id of a user or role that has been deleted: AWS puts it in the place of the ARN, and it stands for nobody.';
  return undefined;
}

function federated(text: string): string {
  const provider = /:(oidc|saml)-provider\/([^]*)$/.exec(text);
  if (provider)
    return `Whoever the ${provider[1] === 'oidc' ? 'OpenID Connect' : 'SAML'} provider ${provider[2]!} vouches for; which of them is for the conditions to say.`;
  return `Whoever signed in with ${text}; which of them is for the conditions to say.`;
}
