/**
 * The principals of a statement. `"*"` and `{"AWS": "*"}` mean all principals, including anonymous users. A wildcard
 * under `Service` or `Federated` does not, and AWS rejects a wildcard in a part of an ARN.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
import { flatMap } from '../../base/flat-map.ts';
import { bothTruths, Guard, type Truth } from '../../base/guard.ts';
import { table, type Table } from '../../base/table.ts';
import {
  all,
  any,
  exists,
  is,
  isPresent,
  judge,
  judgement,
  type Judgement,
  type Predicate,
} from '../../model/judgement.ts';
import { absentFrom, itemsOf, leaves, mapLeaves, member, type Items } from '../../model/navigate.ts';
import type { Statement } from '../../model/policy.ts';
import { oneOf, text } from '../../model/predicate.ts';
import type { Element, Member, TemplateString, Value } from '../../model/value.ts';
import { UNKNOWN_PIECE, isOwnAccount } from '../text/unknown-piece.ts';

/** One principal that makes a statement public. */
export interface PublicPrincipal {
  /** The wildcard itself, or the value of `NotPrincipal`. */
  readonly at: Value;
  /** Where it matches all principals. */
  readonly anyPrincipal: Judgement;
}

/** The wildcard for all principals. References and template strings name a specific principal. */
export const WILDCARD_PRINCIPAL: Predicate = {
  ...text((principal) => principal === '*', ['*']),
  text: () => false,
  reference: () => false,
};

/**
 * The principals of a statement that make it public. Allowing all principals except some (`NotPrincipal`) is public
 * too.
 */
export function publicPrincipals(statement: Statement): readonly PublicPrincipal[] {
  const { principals, notPrincipals } = statement;
  const listed = accounts(principals).items;
  const named = placesOfNames(listed);
  return [
    { at: principals, anyPrincipal: is(principals, WILDCARD_PRINCIPAL) },
    ...listed.map((item) => ({
      at: item.value,
      anyPrincipal: all(
        judgement(item.when),
        is(item.value, named.has(placeOf(item.value)) ? { ...WILDCARD_PRINCIPAL, unknown: false } : WILDCARD_PRINCIPAL),
      ),
    })),
    { at: notPrincipals, anyPrincipal: all(is(statement.effect, oneOf('Allow')), isPresent(notPrincipals)) },
  ];
}

/** Whether a `Principal` element names all principals. */
export function namesAnyPrincipal(principals: Value): Judgement {
  return any(
    is(principals, WILDCARD_PRINCIPAL),
    exists(accounts(principals), (item) => is(item.value, WILDCARD_PRINCIPAL)),
  );
}

const NAME_FORMS: ReadonlySet<PrincipalForm> = new Set(['account', 'root', 'role', 'user']);

/**
 * Where an account or an identity is named. If the default or a value of a parameter is such a name, its other values
 * are assumed to be names too.
 */
function placesOfNames(items: readonly Element[]): ReadonlySet<string> {
  return new Set(
    flatMap(items, ({ value }) =>
      flatMap(leaves(value), ({ value: leaf }) =>
        leaf.state === 'known' && NAME_FORMS.has(readAws(writtenText(leaf)).form) ? [placeOf(leaf)] : [],
      ),
    ),
  );
}

function placeOf({ origin: { use } }: Value): string {
  return `${use.doc}#${use.start}`;
}

/** The value of `AWS` where a `Principal` element is an object. */
function accounts(principals: Value): Items {
  return itemsOf(
    member(
      mapLeaves(principals, (leaf) => (leaf.state === 'object' ? leaf : absentFrom(leaf))),
      'AWS',
    ),
    true,
  );
}

/** The principal types: the keys of `Principal`. */
export const PRINCIPAL_KINDS = ['AWS', 'CanonicalUser', 'Federated', 'Service'] as const;

export type PrincipalKind = (typeof PRINCIPAL_KINDS)[number];

/** One principal that a `Principal` or `NotPrincipal` element names. */
export interface NamedPrincipal {
  /** Undefined for an unknown principal type. */
  readonly kind: PrincipalKind | undefined;
  /** The principal itself: a string, a reference, or an unknown value. */
  readonly value: Value;
  /** The value of the key: a list, or the only principal. */
  readonly under: Value;
  /** In which scenarios it is named. */
  readonly when: Truth;
}

/** The principals of an element by type, in source order; none if the element is not an object. */
export function principalsIn(element: Value): readonly NamedPrincipal[] {
  return flatMap(principalKeys(element), ({ key, value, when }) =>
    itemsOf(value, true).items.map((item): NamedPrincipal => ({
      kind: PRINCIPAL_KINDS.find((kind) => kind === key),
      value: item.value,
      under: value,
      when: bothTruths(when, item.when),
    })),
  );
}

/** The members of an element, including unknown principal types. */
export function principalKeys(element: Value): readonly Member[] {
  const parts = leaves(element);
  return flatMap(parts, ({ guard, value }, index) => {
    if (value.state !== 'object') return [];
    if (parts.length === 1 && guard.isAlways()) return value.entries;
    const elsewhere = parts.reduce<Guard>((sum, other, i) => (i === index ? sum : sum.or(other.guard)), Guard.never);
    return value.entries.map((entry): Member => ({
      key: entry.key,
      keyAt: entry.keyAt,
      ...(entry.computedKey ? { computedKey: true } : {}),
      value: entry.value,
      when: bothTruths({ yes: guard, no: elsewhere }, entry.when),
    }));
  });
}

/** The placeholder for the account of the stack in a principal: `${AWS::AccountId}`, `data.aws_caller_identity`. */
export const OWN_ACCOUNT = '\uFFFB';

/** The form of a principal, as far as its string determines it. */
export type PrincipalForm =
  | 'anyone'
  | 'account'
  | 'root'
  | 'user'
  | 'role'
  | 'session'
  | 'federated-user'
  | 'deleted-user'
  | 'deleted-role'
  | 'service'
  | 'saml'
  | 'oidc'
  | 'domain'
  | 'canonical-user'
  | 'other';

export interface PrincipalReading {
  readonly form: PrincipalForm;
  /** The string, with `UNKNOWN_PIECE` and `OWN_ACCOUNT` for interpolated parts. */
  readonly text: string;
  /** Its account, if the string contains it: literal, or `OWN_ACCOUNT`. */
  readonly account?: string;
  /**
   * Its name within its form: `path/name` of a role, `role/session`, the host of an OIDC provider, `ec2` of a service.
   */
  readonly name?: string;
}

/** The ARN formats under `AWS`, by service and type. */
const FORMS: Table<PrincipalForm> = table({
  'iam:user': 'user',
  'iam:role': 'role',
  'sts:assumed-role': 'session',
  'sts:federated-user': 'federated-user',
});

/** Suffixes of service principals besides those of the partitions. */
const SERVICE = new RegExp(
  `^([a-z0-9.-]+)\\.(?:amazonaws\\.com(?:\\.cn)?|amazonaws\\.eu|amazon\\.com|${UNKNOWN_PIECE})$`,
);

/**
 * Parses the string of a principal.
 * @param kind Its principal type.
 * @param text The string, with `UNKNOWN_PIECE` and `OWN_ACCOUNT` for interpolated parts.
 */
export function readPrincipal(kind: PrincipalKind, text: string): PrincipalReading {
  switch (kind) {
    case 'CanonicalUser':
      return { form: 'canonical-user', text };
    case 'Service': {
      // A service principal with an interpolated Region is the same service in each Region.
      const name = SERVICE.exec(text.replaceAll(`.${UNKNOWN_PIECE}.`, '.'))?.[1];
      return name === undefined ? { form: 'other', text } : { form: 'service', text, name };
    }
    case 'Federated':
      return readFederated(text);
    case 'AWS':
      return readAws(text);
  }
}

function readFederated(text: string): PrincipalReading {
  const [, account = '', type, name] = /^arn:[^:]*:iam::([^:]*):(saml|oidc)-provider\/(.+)$/.exec(text) ?? [];
  if (type !== undefined && name !== undefined && !/[<>{}[\]]/.test(name))
    return { form: type as 'saml' | 'oidc', text, account, name };
  return /^[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:\/[\w./-]*)?$/i.test(text)
    ? { form: 'domain', text, name: text }
    : { form: 'other', text };
}

function readAws(text: string): PrincipalReading {
  if (text === '*') return { form: 'anyone', text };
  if (/^\d{12}$/.test(text) || text === OWN_ACCOUNT) return { form: 'account', text, account: text };
  if (/^AROA[A-Z0-9]{8,}$/.test(text)) return { form: 'deleted-role', text };
  if (/^AIDA[A-Z0-9]{8,}$/.test(text)) return { form: 'deleted-user', text };
  const [, service, account = '', rest = ''] = /^arn:[^:]*:(iam|sts)::([^:]*):(.+)$/.exec(text) ?? [];
  if (service === undefined) return { form: 'other', text };
  if (rest === 'root') return { form: 'root', text, account };
  const slash = rest.indexOf('/');
  const form = FORMS[`${service}:${rest.slice(0, Math.max(slash, 0))}`];
  return form ? { form, text, account, name: rest.slice(slash + 1) } : { form: 'other', text, account };
}

/**
 * A predicate for a parsed principal. The result is unknown for a reference to another resource and for an unknown
 * value.
 */
export function principal(kind: PrincipalKind, holds: (reading: PrincipalReading) => boolean | undefined): Predicate {
  return {
    known: ({ raw }) => holds(readPrincipal(kind, raw)),
    text: (written) => holds(readPrincipal(kind, textOf(written))),
    collection: false,
  };
}

/** Where a literal principal meets a predicate. References to other resources and external values do not. */
export function isWrittenAs(
  value: Value,
  kind: PrincipalKind,
  holds: (reading: PrincipalReading) => boolean | undefined,
): Judgement {
  return judge(value, (leaf) =>
    (leaf.state === 'known' && leaf.value !== null) || leaf.state === 'template'
      ? holds(principalReading(kind, leaf))
      : false,
  );
}

/**
 * Whether a principal is or contains an account ID that does not have twelve digits, such as one that lost its leading
 * zeros.
 */
export function hasWrongAccount({ form, text, account }: PrincipalReading): boolean {
  return isWrongAccount(account ?? (form === 'other' ? text : ''));
}

/**
 * Whether a string is a number but not an account ID.
 * https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-identifiers.html
 */
export function isWrongAccount(text: string): boolean {
  return /^\d+$/.test(text) && text.length !== 12;
}

/** The string of a template with `UNKNOWN_PIECE` and `OWN_ACCOUNT` as placeholders. */
function textOf({ pieces }: TemplateString): string {
  return pieces
    .map((piece) => (typeof piece === 'string' ? piece : isOwnAccount(piece) ? OWN_ACCOUNT : UNKNOWN_PIECE))
    .join('');
}

/** Whether a `Principal` element is neither the wildcard nor an object. */
export function isMalformed(element: Value): Judgement {
  return judge(element, (leaf) => {
    switch (leaf.state) {
      case 'known':
        return leaf.value !== null && leaf.raw !== '*';
      case 'template':
      case 'list':
        return true;
      case 'object':
      case 'absent':
        return false;
      default:
        return undefined;
    }
  });
}

/** The key of an entry as a value, to mark it. */
export function keyValue({ key, keyAt, value }: Member): Value {
  return { state: 'known', origin: { ...value.origin, use: keyAt }, raw: key, quoted: true, value: key };
}

/** The written string; empty for other values. */
export function writtenText(value: Value): string {
  return value.state === 'known' && value.value !== null ? value.raw : '';
}

/** The parsed principal. An unknown value is parsed if it is the account ID of the stack. */
export function principalReading(kind: PrincipalKind, value: Value): PrincipalReading {
  switch (value.state) {
    case 'known':
      return readPrincipal(kind, writtenText(value));
    case 'template':
      return readPrincipal(kind, textOf(value));
    case 'reference':
    case 'unknown':
      return readPrincipal(kind, isOwnAccount(value) ? OWN_ACCOUNT : UNKNOWN_PIECE);
    default:
      return { form: 'other', text: '' };
  }
}
