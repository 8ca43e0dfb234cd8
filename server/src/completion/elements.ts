/** The elements of policies and statements, and their fixed values. */
import { table, type Table } from '../base/table.ts';
import type { PolicyKind } from '../model/policy.ts';
import { textOffer, type Offer, type ValueForm } from './offer.ts';

interface Element {
  readonly name: string;
  readonly shape: ValueForm;
  readonly detail: string;
  /** The sort rank, in the usual order of elements; ranks of 20 and above are rarely used elements. */
  readonly rank: number;
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html */
const OF_POLICIES: readonly Element[] = [
  {
    name: 'Version',
    shape: { text: '2012-10-17' },
    detail: 'policy language version; required for policy variables',
    rank: 0,
  },
  { name: 'Statement', shape: 'statements', detail: 'the statements of the policy', rank: 1 },
  { name: 'Id', shape: 'text', detail: 'policy ID; some services require it', rank: 20 },
];

const OF_STATEMENTS: readonly Element[] = [
  { name: 'Effect', shape: 'text', detail: 'Allow or Deny', rank: 1 },
  { name: 'Action', shape: 'list', detail: 'the actions that the statement applies to', rank: 3 },
  { name: 'Resource', shape: 'list', detail: 'the ARNs of the resources that the statement applies to', rank: 4 },
  { name: 'Principal', shape: 'object', detail: 'the principals that the statement applies to', rank: 2 },
  { name: 'Condition', shape: 'object', detail: 'when the statement is in effect; all conditions must match', rank: 5 },
  { name: 'Sid', shape: 'text', detail: 'statement ID', rank: 6 },
  { name: 'NotAction', shape: 'list', detail: 'applies to all actions except these', rank: 20 },
  { name: 'NotResource', shape: 'list', detail: 'applies to all resources except these', rank: 21 },
  { name: 'NotPrincipal', shape: 'object', detail: 'applies to all principals except these', rank: 22 },
];

/** Mutually exclusive elements. */
const PAIRS: Table<string> = table({
  Action: 'NotAction',
  NotAction: 'Action',
  Resource: 'NotResource',
  NotResource: 'Resource',
  Principal: 'NotPrincipal',
  NotPrincipal: 'Principal',
});

/** Policy kinds whose statements have no Principal. */
const WITHOUT_PRINCIPALS: ReadonlySet<PolicyKind> = new Set<PolicyKind>([
  'identity',
  'boundary',
  'permission-set',
  'session',
  'scp',
]);

/** Offers for the elements of a policy that are not among those it has. */
export function policyElements(has: readonly string[]): readonly Offer[] {
  return OF_POLICIES.filter(({ name }) => !has.includes(name)).map(entryOffer);
}

/**
 * Offers for the elements of a statement that fit the kind of its policy. An element is left out if the statement has
 * it or its opposite, such as NotAction for Action.
 */
export function statementElements(has: readonly string[], kind: PolicyKind): readonly Offer[] {
  return OF_STATEMENTS.filter(
    ({ name }) => !has.includes(name) && !has.includes(PAIRS[name] ?? '') && fitsKind(name, kind),
  ).map((element) =>
    entryOffer(kind === 'rcp' && element.name === 'Principal' ? { ...element, shape: { text: '*' } } : element),
  );
}

function fitsKind(name: string, kind: PolicyKind): boolean {
  // https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html
  if (kind === 'rcp' && (name === 'NotPrincipal' || name === 'NotAction')) return false;
  if (name.endsWith('Principal')) return !WITHOUT_PRINCIPALS.has(kind);
  // The resource of a trust policy is its role.
  return !(name.endsWith('Resource') && kind === 'trust');
}

function entryOffer({ name, shape, detail, rank }: Element): Offer {
  return {
    label: name,
    kind: 'element',
    detail,
    rank,
    written: { as: 'entry', name: [name], shape },
    goesOn: shape !== 'object',
  };
}

/**
 * The arguments of the blocks of `aws_iam_policy_document`:
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document
 */
const BLOCKS: Table<readonly Element[] | undefined> = table({
  aws_iam_policy_document: [
    {
      name: 'statement',
      shape: {
        entries: [
          ['actions', 'list'],
          ['resources', 'list'],
        ],
      },
      detail: 'a policy statement',
      rank: 0,
    },
    { name: 'source_policy_documents', shape: 'list', detail: 'policy documents that this one extends', rank: 2 },
    {
      name: 'override_policy_documents',
      shape: 'list',
      detail: 'policy documents whose statements override statements with the same sid',
      rank: 3,
    },
    {
      name: 'version',
      shape: { text: '2012-10-17' },
      detail: 'policy language version; defaults to 2012-10-17',
      rank: 20,
    },
    { name: 'policy_id', shape: 'text', detail: 'policy ID', rank: 21 },
  ],
  statement: [
    { name: 'effect', shape: 'text', detail: 'Allow or Deny; defaults to Allow', rank: 1 },
    { name: 'actions', shape: 'list', detail: 'the actions that the statement applies to', rank: 2 },
    { name: 'resources', shape: 'list', detail: 'the ARNs of the resources that the statement applies to', rank: 3 },
    {
      name: 'principals',
      shape: {
        entries: [
          ['type', 'text'],
          ['identifiers', 'list'],
        ],
      },
      detail: 'the principals that the statement applies to',
      rank: 4,
    },
    {
      name: 'condition',
      shape: {
        entries: [
          ['test', 'text'],
          ['variable', 'text'],
          ['values', 'list'],
        ],
      },
      detail: 'a condition; all conditions must match',
      rank: 5,
    },
    { name: 'sid', shape: 'text', detail: 'statement ID', rank: 6 },
    { name: 'not_actions', shape: 'list', detail: 'applies to all actions except these', rank: 20 },
    { name: 'not_resources', shape: 'list', detail: 'applies to all resources except these', rank: 21 },
    {
      name: 'not_principals',
      shape: {
        entries: [
          ['type', 'text'],
          ['identifiers', 'list'],
        ],
      },
      detail: 'applies to all principals except these',
      rank: 22,
    },
  ],
  condition: [
    { name: 'test', shape: 'text', detail: 'the condition operator', rank: 0 },
    { name: 'variable', shape: 'text', detail: 'the condition key', rank: 1 },
    { name: 'values', shape: 'list', detail: 'the values to compare with', rank: 2 },
  ],
  principals: [
    { name: 'type', shape: 'text', detail: 'AWS, Service, Federated, CanonicalUser, or * for anyone', rank: 0 },
    { name: 'identifiers', shape: 'list', detail: 'the principals of this type', rank: 1 },
  ],
});

/**
 * The arguments that a block of `aws_iam_policy_document` can have in addition to its existing ones; none for other
 * blocks.
 */
export function blockArguments(block: string, has: readonly string[]): readonly Offer[] {
  const known = BLOCKS[block.replace(/^not_principals$/, 'principals')] ?? [];
  return known
    .filter(({ name }) => !has.includes(name) || name === 'statement' || name === 'condition' || name === 'principals')
    .filter(({ name }) => !has.includes(name.startsWith('not_') ? name.slice(4) : `not_${name}`))
    .map(entryOffer);
}

/** The effects that a statement can have. A resource control policy only denies. */
export function effects(kind: PolicyKind): readonly Offer[] {
  return [
    ...(kind === 'rcp' ? [] : [textOffer('Allow', 'word', 0)]),
    textOffer('Deny', 'word', 1, { detail: 'overrides any allow' }),
  ];
}

/**
 * Offers for `Version`. The older version, 2008-10-17, is not offered, because it has no policy variables.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html
 */
export function versions(): readonly Offer[] {
  return [textOffer('2012-10-17', 'word', 0, { detail: 'the current version' })];
}
