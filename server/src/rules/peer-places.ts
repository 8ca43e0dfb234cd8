/**
 * Where other tools have checks that stand for the same rule and exclude each other: one is about inline policies of
 * roles, another about managed policies. A check can be skipped only where the tool reports it. Checks that are not
 * listed apply to all findings of their rule.
 *
 * https://github.com/bridgecrewio/checkov/tree/main/checkov
 * https://github.com/aquasecurity/trivy-checks/tree/main/checks/cloud/aws
 * https://github.com/stelligent/cfn_nag/tree/master/lib/cfn-nag/custom_rules
 * https://github.com/aws-cloudformation/aws-guard-rules-registry/tree/main/rules/aws/iam
 */
import { ownEntry, table, type Table } from '../base/table.ts';
import type { Aliases, Peer } from '../model/covered.ts';

/** What has the value of a finding, as other tools call it. */
export interface PeerPlace {
  /**
   * The native type of its resource or block: `aws_iam_role`, `data.aws_iam_policy_document`; undefined in a policy
   * file.
   */
  readonly native: string | undefined;
  /** The CloudFormation type of its resource; undefined for a data source, and if it is not known. */
  readonly canonical: string | undefined;
}

/** Types; a final `*` stands for any characters. */
type Types = readonly string[];

const TEMPLATES = 'AWS::*';
const TERRAFORM = 'aws_*';
const POLICY_DOCUMENTS = 'data.aws_iam_policy_document';
const IN_TEMPLATES = 'AWS::IAM::*';
const SERVERLESS = 'AWS::Serverless::*';
const API_GATEWAY: Types = ['AWS::ApiGateway*', TERRAFORM];
const ACL_RULES_AND_ACLS: Types = ['aws_network_acl', 'aws_network_acl_rule'];
const BUCKETS_AND_BLOCKS: Types = [
  'AWS::S3::Bucket',
  'aws_s3_bucket_public_access_block',
  'aws_s3_account_public_access_block',
];
const INLINE: Types = ['AWS::IAM::Group', 'AWS::IAM::Policy', 'AWS::IAM::Role', 'AWS::IAM::User', TERRAFORM];
const ROLES: Types = ['AWS::IAM::Role'];
const POLICIES: Types = ['AWS::IAM::Policy'];
const MANAGED: Types = ['AWS::IAM::ManagedPolicy'];

/** The native types that Checkov and Trivy read. */
const NATIVE: Table<Types> = table({
  // Permissions in identity-based policies.
  CKV_AWS_1: [POLICY_DOCUMENTS],
  CKV_AWS_49: [POLICY_DOCUMENTS],
  CKV_AWS_62: INLINE,
  CKV_AWS_63: INLINE,
  CKV_AWS_107: [IN_TEMPLATES, POLICY_DOCUMENTS],
  CKV_AWS_108: [IN_TEMPLATES, POLICY_DOCUMENTS],
  CKV_AWS_109: [IN_TEMPLATES, POLICY_DOCUMENTS],
  CKV_AWS_110: [IN_TEMPLATES, POLICY_DOCUMENTS],
  CKV_AWS_111: [IN_TEMPLATES, POLICY_DOCUMENTS],
  CKV_AWS_286: [TERRAFORM],
  CKV_AWS_287: [TERRAFORM],
  CKV_AWS_288: [TERRAFORM],
  CKV_AWS_289: [TERRAFORM],
  CKV_AWS_290: [TERRAFORM],
  CKV_AWS_355: [TERRAFORM],
  CKV_AWS_356: [POLICY_DOCUMENTS],
  CKV2_AWS_40: [TERRAFORM, POLICY_DOCUMENTS],
  // Principals in resource-based policies and trust policies.
  CKV_AWS_32: [TEMPLATES, TERRAFORM],
  CKV_AWS_33: [TEMPLATES, TERRAFORM],
  CKV_AWS_70: [TERRAFORM],
  CKV_AWS_168: [TERRAFORM],
  CKV_AWS_169: [TERRAFORM],
  CKV_AWS_283: [POLICY_DOCUMENTS],
  CKV_AWS_301: ['aws_lambda_permission'],
  CKV_AWS_358: [POLICY_DOCUMENTS],
  CKV_AWS_387: [TERRAFORM],
  CKV_AWS_393: ['aws_iam_role'],
  // Settings of resources.
  CKV_AWS_53: BUCKETS_AND_BLOCKS,
  CKV_AWS_54: BUCKETS_AND_BLOCKS,
  CKV_AWS_55: BUCKETS_AND_BLOCKS,
  CKV_AWS_56: BUCKETS_AND_BLOCKS,
  CKV2_AWS_6: ['aws_s3_bucket'],
  CKV_AWS_375: [TERRAFORM],
  CKV2_AWS_43: [TERRAFORM],
  CKV_AWS_76: ['AWS::ApiGateway::*', 'AWS::Serverless::Api', TERRAFORM],
  CKV_AWS_95: ['AWS::ApiGatewayV2::*', 'AWS::Serverless::HttpApi', 'AWS::Serverless::WebSocketApi'],
  CKV_AWS_140: ['aws_rds_global_cluster'],
  CKV_AWS_292: ['aws_docdb_global_cluster'],
  CKV_AWS_229: ACL_RULES_AND_ACLS,
  CKV_AWS_230: ACL_RULES_AND_ACLS,
  CKV_AWS_231: ACL_RULES_AND_ACLS,
  CKV_AWS_232: ACL_RULES_AND_ACLS,
  CKV_AWS_352: ['aws_network_acl_rule'],
  CKV_AWS_277: [TERRAFORM],
  CKV2_AWS_74: [TERRAFORM],
  'AWS-0001': API_GATEWAY,
  'AWS-0005': API_GATEWAY,
  'AWS-0112': [SERVERLESS],
  'AWS-0113': ['AWS::Serverless::Api'],
  'AWS-0116': ['AWS::Serverless::HttpApi'],
});

/** The types that cfn_nag and the AWS Guard Rules Registry read. */
const CANONICAL: Table<Types> = table({
  F3: ROLES,
  F4: POLICIES,
  F5: MANAGED,
  F38: ROLES,
  F39: POLICIES,
  F40: MANAGED,
  W11: ROLES,
  W12: POLICIES,
  W13: MANAGED,
  W15: ROLES,
  W16: POLICIES,
  W17: MANAGED,
  W21: ROLES,
  W22: POLICIES,
  W23: MANAGED,
  W43: ROLES,
  W44: ROLES,
  IAM_MANAGEDPOLICY_NO_STATEMENTS_WITH_FULL_ACCESS: MANAGED,
  IAM_NO_POLICY_ON_USER: [...POLICIES, ...MANAGED],
  IAM_POLICY_NO_STATEMENTS_WITH_ADMIN_ACCESS: POLICIES,
  IAM_POLICY_NO_STATEMENTS_WITH_FULL_ACCESS: MANAGED,
  IAM_POLICY_NO_WILDCARD_RESOURCE_ON_PASSROLE: [...POLICIES, ...MANAGED],
  IAM_ROLE_ADMINISTRATOR_ACCESS_POLICY_RULE: ROLES,
  IAM_ROLE_ELEVATED_MANAGED_POLICY_RULE: ROLES,
  IAM_ROLE_NO_WILDCARD_ACTIONS_ON_PERMISSIONS: ROLES,
  IAM_ROLE_NO_WILDCARD_RESOURCE_ON_PASSROLE: ROLES,
  IAM_USER_NO_POLICIES_CHECK: ['AWS::IAM::User'],
});

/** Of some checks, those that read a place. */
export function peersAt(aliases: Aliases, place: PeerPlace): Aliases {
  const entries = Object.entries(aliases) as [Peer, readonly string[]][];
  return entries.every(([, ids]) => ids.every((id) => reads(id, place)))
    ? aliases
    : Object.fromEntries(entries.map(([peer, ids]) => [peer, ids.filter((id) => reads(id, place))]));
}

function reads(id: string, { native, canonical }: PeerPlace): boolean {
  return isOneOf(ownEntry(NATIVE, id), native) && isOneOf(ownEntry(CANONICAL, id), canonical);
}

function isOneOf(types: Types | undefined, type: string | undefined): boolean {
  if (!types || type === undefined) return true;
  return types.some((one) => (one.endsWith('*') ? type.startsWith(one.slice(0, -1)) : one === type));
}
