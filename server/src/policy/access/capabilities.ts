/** What a principal may do with a resource: the actions on it, by level. */
import { flatMap } from '../../base/flat-map.ts';
import { memoizeText } from '../../base/memoize.ts';
import { table, type Table } from '../../base/table.ts';
import { actionIndex, type ActionIndex } from '../data/action-index.ts';
import type { AccessLevel, ServiceActions } from '../data/action.ts';
import type { ArnForm } from './arn-forms.ts';
import { KEY_ACTIONS } from './key-needs.ts';

/** Levels of access, in the order in which they are listed. */
export const CAPABILITIES = ['read', 'write', 'administer', 'invoke', 'use', 'decrypt', 'assume', 'pass'] as const;

export type Capability = (typeof CAPABILITIES)[number];

/** An action on a resource. */
export interface ResourceAction {
  /** `s3:GetObject`. */
  readonly action: string;
  readonly capability: Capability;
  /** The IAM resource types of the resource that it supports. */
  readonly types: readonly string[];
}

/** The actions on a resource, and the index of their names in policies. */
export interface ResourceActions {
  readonly actions: ReadonlyMap<string, ResourceAction>;
  readonly index: ActionIndex;
  /** The lists of IAM resource types that its actions support. */
  readonly types: readonly (readonly string[])[];
}

/**
 * The classes of AWS. Tagging changes a resource and can change who has access by tags.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_understand-policy-summary-access-level-summaries.html
 */
const BY_LEVEL: Readonly<Record<AccessLevel, Capability>> = {
  list: 'read',
  read: 'read',
  write: 'write',
  tagging: 'write',
  'permissions-management': 'administer',
};

/** Actions that AWS classifies as Write, but that do not change the resource. */
const OTHERS: Table<Capability> = table({
  'iam:PassRole': 'pass',
  'lambda:InvokeAsync': 'invoke',
  'lambda:InvokeFunction': 'invoke',
  'lambda:InvokeFunctionUrl': 'invoke',
  'states:StartExecution': 'invoke',
  'states:StartSyncExecution': 'invoke',
});

/**
 * The cryptographic operations with a KMS key. Its other operations that change something are those of administrators.
 * https://docs.aws.amazon.com/kms/latest/developerguide/kms-cryptography.html#cryptographic-operations
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 */
const CRYPTOGRAPHIC = /^(?:DeriveSharedSecret|Encrypt|GenerateDataKey|GenerateMac|ReEncrypt|Sign$|Verify)/;

/** The actions of a service on a resource. */
export function resourceActions(service: ServiceActions, form: ArnForm): ResourceActions {
  return found(service, Object.keys(form.types).join(' '), form);
}

const found = memoizeText((service: ServiceActions, _: string, { types: own }: ArnForm): ResourceActions => {
  const names = new Set(Object.keys(own));
  const actions = flatMap(service.actions, ({ name, level, resources }): readonly ResourceAction[] => {
    const types = flatMap(resources, ({ type }) => (names.has(type) ? [type] : []));
    const action = `${service.service}:${name}`;
    return types.length === 0 ? [] : [{ action, capability: capabilityOf(action, BY_LEVEL[level]), types }];
  });
  return indexed(actions);
});

function capabilityOf(action: string, level: Capability): Capability {
  const [service, name = ''] = action.split(':');
  if (service !== 'kms') return OTHERS[action] ?? level;
  if (name === 'Decrypt') return 'decrypt';
  if (CRYPTOGRAPHIC.test(name)) return 'use';
  return level === 'read' ? level : 'administer';
}

/** The actions with which a principal assumes a role. Identity-based policies allow only the first. */
export const ASSUMING: ResourceActions = indexed(
  ['sts:AssumeRole', 'sts:AssumeRoleWithSAML', 'sts:AssumeRoleWithWebIdentity'].map((action) => ({
    action,
    capability: 'assume',
    types: ['role'],
  })),
);

/** The actions with a KMS key with which a service encrypts and decrypts for a caller. */
export const KEY_USES: ResourceActions = indexed(
  KEY_ACTIONS.map((action) => ({ action, capability: capabilityOf(action, 'write'), types: ['key'] })),
);

function indexed(actions: readonly ResourceAction[]): ResourceActions {
  return {
    actions: new Map(actions.map((one) => [one.action, one])),
    index: actionIndex(actions.map(({ action }) => action)),
    types: [...new Map(actions.map(({ types }) => [types.join(' '), types])).values()],
  };
}
