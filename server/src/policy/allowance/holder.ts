/**
 * The facts about the principal in every request of an identity, as far as the stack determines them. A statement with
 * a condition on such a fact applies to all requests of the identity or to none.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principal-properties
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#principaltable
 */
import { LazyMap } from '../../base/lazy-map.ts';
import { withPlaceholders } from '../../base/placeholders.ts';
import { all, any, judgement, not, YES, type Judgement } from '../../model/judgement.ts';
import { leaves } from '../../model/navigate.ts';
import type { Statement } from '../../model/policy.ts';
import type { Resource } from '../../model/resource.ts';
import type { Address, UnknownPiece, Leaf } from '../../model/value.ts';
import { conditionHolds, type PartlyKnown, type RequestContext } from '../condition/condition-holds.ts';
import type { Operator } from '../text/condition-operator.ts';
import { plain } from '../text/condition-text.ts';
import { tagsOf } from './holder-tags.ts';
import { UNKNOWN_PIECE, isOwnAccount } from '../text/unknown-piece.ts';
import { isOwnPartition } from '../resource/own-partition.ts';
import { ANY_NAME, isReferred, namesOf, STACK_NAME, type Name } from '../resource/target.ts';
import { fits, haveCommon } from '../text/wildcard.ts';
import { identified } from '../statement/written.ts';
import { arnFields } from '../text/arn-fields.ts';
import { withConditions } from '../statement/with-conditions.ts';

/** Finds the resources of a stack by their addresses. */
export type ByAddress = (address: Address) => Resource | undefined;

/** Placeholders for the account ID of the stack, its partition, and the unique ID of a user or role. */
const [ACCOUNT, PARTITION, UNIQUE] = ['\uE006', '\uE007', '\uE008'] as const;

/**
 * The prefixes of unique IDs.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
 */
const [USER_ID, ROLE_ID] = [`AIDA${UNIQUE}`, `AROA${UNIQUE}`] as const;

/** A placeholder for an unknown account ID. A permission set applies to the accounts that it is assigned to. */
const SOME_ACCOUNT = '\uE00D';

const IDENTITIES: ReadonlySet<string> = new Set(['AWS::IAM::Group', 'AWS::IAM::Role', 'AWS::IAM::User']);

/**
 * The condition keys that every request of an identity has. If the principals of a policy are unknown, or for members
 * of a group, only the account is known. An identity of an account is never a service principal.
 */
export function factsOf(resource: Resource, byAddress: ByAddress): RequestContext {
  // Only conditions ask for them, and most conditions are about the request.
  return new LazyMap(
    () => computeFacts(resource, byAddress),
    (key) => key.startsWith('aws:principal') || key.startsWith('aws:user'),
  );
}

function computeFacts(resource: Resource, byAddress: ByAddress): RequestContext {
  const isSet = resource.type === 'AWS::SSO::PermissionSet';
  const account = isSet ? SOME_ACCOUNT : ACCOUNT;
  const self: Self = { resource, byAddress, names: names(resource), account };
  const one = (key: string, texts: readonly Name[]): readonly [string, readonly PartlyKnown[]] => [
    key,
    [partlyKnown(self, texts)],
  ];
  const always = (name: string): readonly Name[] => [{ there: YES, name }];
  const arns = self.names.map(({ there, name }): Name => ({ there, name: arnOf(name, account) }));
  return new Map<string, readonly (string | PartlyKnown)[] | null>([
    ...(isSet ? [] : [one('aws:principalaccount', always(ACCOUNT))]),
    ['aws:principalisawsservice', ['false']],
    ['aws:principalservicename', null],
    ['aws:principalservicenameslist', null],
    ...(resource.type === 'AWS::IAM::Role' || isSet
      ? [
          one('aws:principalarn', arns),
          ['aws:principaltype', ['AssumedRole']] as const,
          // The caller of AssumeRole chooses the session name after the colon.
          ['aws:userid', [{ ...partlyKnown(self, always(`${ROLE_ID}:${ANY_NAME}`)), varies: true }]] as const,
          ['aws:username', null] as const,
        ]
      : []),
    ...(resource.type === 'AWS::IAM::User'
      ? [
          one('aws:principalarn', arns),
          ['aws:principaltype', ['User']] as const,
          one('aws:userid', always(USER_ID)),
          one(
            'aws:username',
            self.names.map(({ there, name }): Name => ({ there, name: lastOf(name) })),
          ),
        ]
      : []),
    ...(resource.type === 'AWS::IAM::Group' ? [['aws:principaltype', ['User']] as const] : []),
    ...tagsOf(resource).map(({ key, texts }) => one(`aws:principaltag/${key}`, texts)),
  ]);
}

/**
 * The resource part of the ARN of an identity. The role of a permission set is named after the set, with an unknown
 * suffix.
 * https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html
 */
function names(resource: Resource): readonly Name[] {
  if (resource.type !== 'AWS::SSO::PermissionSet') return namesOf(resource);
  const all = leaves(resource.get('Name'));
  const [only] = all.length === 1 ? all : [];
  const name = (only && identified(only.value)) ?? ANY_NAME;
  return [{ there: YES, name: `role/aws-reserved/sso.amazonaws.com/${ANY_NAME}AWSReservedSSO_${name}_${ANY_NAME}` }];
}

function arnOf(name: string, account: string): string {
  return `arn:${PARTITION}:iam::${account}:${name}`;
}

function lastOf(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

interface Self {
  readonly resource: Resource;
  readonly names: readonly Name[];
  readonly byAddress: ByAddress;
  readonly account: string;
}

function partlyKnown(self: Self, texts: readonly Name[]): PartlyKnown {
  return {
    alternatives: texts.map(({ there, name: own }, index) => ({
      there,
      meets: (operator, listed) => {
        const text = listedText(listed, self, self.names[index]?.name ?? self.names[0]!.name);
        return text === undefined ? undefined : text === OTHER ? false : compared(operator, own, text);
      },
    })),
    toJSON: () => `${self.resource.address} ${texts.map(({ name }) => name).join(' ')}`,
  };
}

/** A placeholder for an unknown part of a listed value. */
const OPEN = '\uE00A';

/** A placeholder for another identity of the stack. None of its names and ARNs matches the principal. */
const OTHER = '\uE009';

/** A condition value with the placeholders of the principal in place of references and policy variables. */
function listedText(leaf: Leaf, self: Self, name: string): string | undefined {
  switch (leaf.state) {
    case 'known':
      return leaf.value === null ? undefined : unified(variablesIn(leaf.raw, self, name));
    case 'template': {
      const last = leaf.pieces.at(-1);
      if (typeof last === 'object' && isOfAnother(last, self)) return OTHER;
      return unified(
        leaf.pieces
          .map((piece) => (typeof piece === 'string' ? variablesIn(piece, self, name) : put(piece, self, name)))
          .join(''),
      );
    }
    case 'reference':
      return isOfAnother(leaf, self) ? OTHER : put(leaf, self, name);
    case 'unknown':
      return put(leaf, self, name);
    default:
      return undefined;
  }
}

/** Whether a reference is to a user, role or group of the stack that is not the holder. */
function isOfAnother(unknownPiece: UnknownPiece, { resource, byAddress }: Self): boolean {
  if (unknownPiece.state !== 'reference' || isReferred(unknownPiece.to, resource) !== false) return false;
  const other = byAddress(unknownPiece.to);
  return other !== undefined && !other.external && IDENTITIES.has(other.type) && other.family !== resource.family;
}

/** The placeholder for a reference or an unknown part. */
function put(unknownPiece: UnknownPiece, { resource, account }: Self, name: string): string {
  if (isOwnAccount(unknownPiece)) return ACCOUNT;
  if (isOwnPartition(unknownPiece)) return PARTITION;
  if (unknownPiece.state === 'unknown') {
    if (unknownPiece.input?.endsWith('#AWS::StackName')) return STACK_NAME;
    return identified({ state: 'template', origin: unknownPiece.origin, pieces: [unknownPiece] }) ?? OPEN;
  }
  if (isReferred(unknownPiece.to, resource) !== true) return identified(unknownPiece) ?? OPEN;
  switch (unknownPiece.attribute?.toLowerCase()) {
    case 'arn':
      return arnOf(name, account);
    // Ref returns the name, as do these Terraform attributes.
    case undefined:
    case 'id':
    case 'name':
      return lastOf(name);
    case 'roleid':
    case 'unique_id':
      return resource.type === 'AWS::IAM::User' ? USER_ID : ROLE_ID;
    default:
      return OPEN;
  }
}

/** A condition value with its policy variables about the principal replaced by the values of the request. */
function variablesIn(text: string, { account }: Self, name: string): string {
  return withPlaceholders(text, ({ inside }) => {
    switch (inside.trim().toLowerCase()) {
      case 'aws:principalaccount':
        return account;
      case 'aws:principalarn':
        return arnOf(name, account);
      case 'aws:username':
        return name.startsWith('user/') ? lastOf(name) : OPEN;
      case '*':
      case '?':
        return plain(inside.trim());
      default:
        return OPEN;
    }
  });
}

/**
 * Replaces a literal partition in an ARN. Such an ARN can only match in that partition, so it is assumed to be the
 * partition of the stack.
 */
function unified(text: string): string {
  return text.replace(/^arn:aws[a-z-]*:/, `arn:${PARTITION}:`);
}

/** A placeholder for any digit. */
const DIGIT = '\uE00C';

const ACCOUNTS = new RegExp(`[${ACCOUNT}${SOME_ACCOUNT}]`, 'g');

function isSame(one: string, other: string): boolean {
  return one === other || (one === DIGIT && /\d/.test(other)) || (other === DIGIT && /\d/.test(one));
}

/**
 * Expands placeholders to patterns of possible values: an account ID has twelve digits, and a path can be a single
 * slash.
 */
function loose(text: string): string {
  return text
    .replace(ACCOUNTS, DIGIT.repeat(12))
    .replaceAll(`/${ANY_NAME}/`, '/*')
    .replace(
      new RegExp(
        `${UNKNOWN_PIECE}[^${UNKNOWN_PIECE}]*${UNKNOWN_PIECE}|[${OPEN}${ANY_NAME}${STACK_NAME}${UNIQUE}]`,
        'g',
      ),
      '*',
    );
}

const MARK = new RegExp(`[${ACCOUNT}${SOME_ACCOUNT}${ANY_NAME}${STACK_NAME}${UNIQUE}${UNKNOWN_PIECE}]`);

/** Whether the facts about a principal match a condition value; undefined if unknown. */
function compared({ family, comparison, how }: Operator, own: string, listed: string): boolean | undefined {
  switch (family) {
    case 'String':
      return comparison === 'equalsIgnoreCase'
        ? matches(own.toLowerCase(), listed.toLowerCase(), true)
        : matches(own, listed, how === 'equals');
    case 'Arn':
      return matchesArn(own, listed);
    default:
      return undefined;
  }
}

function matches(own: string, listed: string, exactly: boolean): boolean | undefined {
  const pattern = exactly ? plain(listed) : listed;
  // An unknown part can have any length, but a question mark matches exactly one character.
  if (fits(own, pattern) && !(pattern.includes('?') && MARK.test(own))) return true;
  return haveCommon(loose(plain(own)), loose(pattern), isSame) ? undefined : false;
}

/**
 * Compares ARNs field by field. The comparison of values with fewer than six fields is not documented, so it is
 * unknown.
 */
function matchesArn(own: string, listed: string): boolean | undefined {
  const [mine, wanted] = [arnFields(own), arnFields(listed)];
  if (wanted.length < 6) return matches(own, listed, false) === false ? false : undefined;
  const found = wanted.map((field, index) => matches(mine[index]!, field, false));
  return found.includes(false) ? false : found.includes(undefined) ? undefined : true;
}

/** A statement without the conditions that every request of the principal meets. */
export function forHolder(statement: Statement, holder: RequestContext): Statement {
  const remaining = statement.conditions.filter(
    (condition) => !holder.has(condition.key.toLowerCase()) || !conditionHolds(condition, holder).yes.isAlways(),
  );
  return remaining.length === statement.conditions.length ? statement : withConditions(statement, remaining);
}

/** Where a statement has a condition that no request of the principal meets. */
export function isForOthers({ conditions }: Statement, holder: RequestContext): Judgement {
  return any(
    ...conditions
      .filter(({ key }) => holder.has(key.toLowerCase()))
      .map((condition) => all(judgement(condition.when), not(conditionHolds(condition, holder)))),
  );
}

/** Whether statements have conditions on facts that depend on the principal of their policy. */
export function dependsOnHolder(statements: readonly Statement[], holder: RequestContext): boolean {
  return statements.some(({ conditions }) => conditions.some(({ key }) => holder.has(key.toLowerCase())));
}
