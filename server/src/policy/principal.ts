/**
 * The principals of a statement. `"*"` and `{"AWS": "*"}` mean all principals, anonymous users included; a wildcard under `Service` or `Federated` does
 * not, and neither does a wildcard in a part of an ARN, which AWS rejects.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
import { bothTruths, Guard, type Truth } from '../base/guard.ts';
import { table, type Table } from '../base/table.ts';
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
} from '../model/judgement.ts';
import { absentFrom, itemsOf, leaves, mapLeaves, member, type Items } from '../model/navigate.ts';
import type { Statement } from '../model/policy.ts';
import { oneOf, text } from '../model/predicate.ts';
import type { Element, Hole, Member, Text, Value } from '../model/value.ts';
import { HOLE } from './hole.ts';

/** One principal that makes a statement public. */
export interface Opening {
  /** The star itself, or what `NotPrincipal` names. */
  readonly at: Value;
  /** Where it stands for all principals. */
  readonly everybody: Judgement;
}

/** The wildcard for all principals. A reference and an interpolated string name one. */
export const STAR: Predicate = {
  ...text((principal) => principal === '*', ['*']),
  text: () => false,
  reference: () => false,
};

/** The principals of a statement that make it public. To allow all but some (`NotPrincipal`) is public too. */
export function openings(statement: Statement): readonly Opening[] {
  const { principals, notPrincipals } = statement;
  const listed = accounts(principals).items;
  const named = placesOfNames(listed);
  return [
    { at: principals, everybody: is(principals, STAR) },
    ...listed.map((item) => ({
      at: item.value,
      everybody: all(
        judgement(item.when),
        is(item.value, named.has(placeOf(item.value)) ? { ...STAR, unknown: false } : STAR),
      ),
    })),
    { at: notPrincipals, everybody: all(is(statement.effect, oneOf('Allow')), isPresent(notPrincipals)) },
  ];
}

/** Whether a `Principal` element names all principals. */
export function namesEverybody(principals: Value): Judgement {
  return any(
    is(principals, STAR),
    exists(accounts(principals), (item) => is(item.value, STAR)),
  );
}

const NAMING: ReadonlySet<PrincipalForm> = new Set(['account', 'root', 'role', 'user']);

/** Where an account or an identity is named. A parameter whose default, or one of whose values, is such a name is meant for names, whatever else it may be given. */
function placesOfNames(items: readonly Element[]): ReadonlySet<string> {
  return new Set(
    items.flatMap(({ value }) =>
      leaves(value).flatMap(({ value: leaf }) =>
        leaf.state === 'known' && NAMING.has(readAws(writtenText(leaf)).form) ? [placeOf(leaf)] : [],
      ),
    ),
  );
}

function placeOf({ origin: { use } }: Value): string {
  return `${use.doc}#${use.start}`;
}

/** What stands under `AWS` where a `Principal` element is an object. */
function accounts(principals: Value): Items {
  return itemsOf(
    member(
      mapLeaves(principals, (leaf) => (leaf.state === 'object' ? leaf : absentFrom(leaf))),
      'AWS',
    ),
    true,
  );
}

/** The kinds of principals, as `Principal` has them for keys. */
export const PRINCIPAL_KINDS = ['AWS', 'CanonicalUser', 'Federated', 'Service'] as const;

export type PrincipalKind = (typeof PRINCIPAL_KINDS)[number];

/** One principal that a `Principal` or `NotPrincipal` element names. */
export interface NamedPrincipal {
  /** Undefined under a key that AWS does not know. */
  readonly kind: PrincipalKind | undefined;
  /** The principal itself: a text, a reference, or something that is not known. */
  readonly value: Value;
  /** What stands under the key: a list, or the one principal. */
  readonly under: Value;
  /** In which scenarios it is named. */
  readonly when: Truth;
}

/** The principals that an element names under its keys, in the order in which they are written; none where it is no object. */
export function principalsIn(element: Value): readonly NamedPrincipal[] {
  return principalKeys(element).flatMap(({ key, value, when }) =>
    itemsOf(value, true).items.map((item): NamedPrincipal => ({
      kind: PRINCIPAL_KINDS.find((kind) => kind === key),
      value: item.value,
      under: value,
      when: bothTruths(when, item.when),
    })),
  );
}

/** What stands under the keys of an element, also under keys that AWS does not know. */
export function principalKeys(element: Value): readonly Member[] {
  const parts = leaves(element);
  return parts.flatMap(({ guard, value }, index) => {
    if (value.state !== 'object') return [];
    if (parts.length === 1 && guard.isAlways()) return value.entries;
    const elsewhere = parts.reduce<Guard>((sum, other, i) => (i === index ? sum : sum.or(other.guard)), Guard.never);
    return value.entries.map((entry): Member => ({
      key: entry.key,
      keyAt: entry.keyAt,
      value: entry.value,
      when: bothTruths({ yes: guard, no: elsewhere }, entry.when),
    }));
  });
}

/** Stands in the text of a principal for the account in which the stack is: `${AWS::AccountId}`, `data.aws_caller_identity`. */
export const OWN_ACCOUNT = '\uFFFB';

/** What a principal is, as far as its text tells. */
export type PrincipalForm =
  | 'everybody'
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
  /** As it is written, with `HOLE` and `OWN_ACCOUNT` for what is interpolated. */
  readonly text: string;
  /** Its account, where the text says it: as it is written, or `OWN_ACCOUNT`. */
  readonly account?: string;
  /** What tells it from others of its form: `path/name` of a role, `role/session`, the host of an OIDC provider, `ec2` of a service. */
  readonly name?: string;
}

/** The forms of ARNs under `AWS`, by service and type. */
const FORMS: Table<PrincipalForm> = table({
  'iam:user': 'user',
  'iam:role': 'role',
  'sts:assumed-role': 'session',
  'sts:federated-user': 'federated-user',
});

/** Endings of the names of services beside those of the partitions. */
const SERVICE = new RegExp(`^([a-z0-9.-]+)\\.(?:amazonaws\\.com(?:\\.cn)?|amazonaws\\.eu|amazon\\.com|${HOLE})$`);

/**
 * Reads the text of a principal.
 * @param kind The key under which it stands.
 * @param text As it is written, with `HOLE` and `OWN_ACCOUNT` for what is interpolated.
 */
export function readPrincipal(kind: PrincipalKind, text: string): PrincipalReading {
  switch (kind) {
    case 'CanonicalUser':
      return { form: 'canonical-user', text };
    case 'Service': {
      // What a Region is put into is the same service in each of them.
      const name = SERVICE.exec(text.replaceAll(`.${HOLE}.`, '.'))?.[1];
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
  if (text === '*') return { form: 'everybody', text };
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

/** A question to a principal as it is read. A reference to another resource, and what is not known, answer nothing. */
export function principal(kind: PrincipalKind, holds: (reading: PrincipalReading) => boolean | undefined): Predicate {
  return {
    known: ({ raw }) => holds(readPrincipal(kind, raw)),
    text: (written) => holds(readPrincipal(kind, textOf(written))),
    collection: false,
  };
}

/** Where a principal is written for which something holds. A reference to another resource, and what comes from outside, is not. */
export function isWrittenAs(
  value: Value,
  kind: PrincipalKind,
  holds: (reading: PrincipalReading) => boolean | undefined,
): Judgement {
  return judge(value, (leaf) =>
    (leaf.state === 'known' && leaf.value !== null) || leaf.state === 'text'
      ? holds(principalReading(kind, leaf))
      : false,
  );
}

/** A text with holes as one of `HOLE` and `OWN_ACCOUNT`. */
function textOf({ pieces }: Text): string {
  return pieces.map((piece) => (typeof piece === 'string' ? piece : isOwnAccount(piece) ? OWN_ACCOUNT : HOLE)).join('');
}

/** Whether what is put into a text is the id of the account in which the stack is. */
export function isOwnAccount(hole: Hole): boolean {
  return hole.state === 'reference'
    ? /(?:^|\.)data\.aws_caller_identity\./.test(hole.to) && hole.attribute === 'account_id'
    : hole.input?.endsWith('#AWS::AccountId') === true;
}

/** Whether what stands for a `Principal` element is neither the star nor an object. */
export function isMalformed(element: Value): Judgement {
  return judge(element, (leaf) => {
    switch (leaf.state) {
      case 'known':
        return leaf.value !== null && leaf.raw !== '*';
      case 'text':
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
export function keyOf({ key, keyAt, value }: Member): Value {
  return { state: 'known', origin: { ...value.origin, use: keyAt }, raw: key, quoted: true, value: key };
}

/** What is written as one text; empty for everything else. */
export function writtenText(value: Value): string {
  return value.state === 'known' && value.value !== null ? value.raw : '';
}

/** What a principal is as it stands, also one that is not known but for its being the account of the stack. */
export function principalReading(kind: PrincipalKind, value: Value): PrincipalReading {
  switch (value.state) {
    case 'known':
      return readPrincipal(kind, writtenText(value));
    case 'text':
      return readPrincipal(kind, textOf(value));
    case 'reference':
    case 'unknown':
      return readPrincipal(kind, isOwnAccount(value) ? OWN_ACCOUNT : HOLE);
    default:
      return { form: 'other', text: '' };
  }
}
