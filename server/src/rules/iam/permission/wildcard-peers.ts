/** The checks of other tools for wildcards in actions, each for what it reads. */
import type { Aliases } from '../../../model/finding.ts';
import type { Predicate } from '../../../model/judgement.ts';
import { actionPattern } from '../../../policy/data/action.ts';

export const FULL_ACCESS = [
  'IAM_MANAGEDPOLICY_NO_STATEMENTS_WITH_FULL_ACCESS',
  'IAM_POLICY_NO_STATEMENTS_WITH_FULL_ACCESS',
];

/** The checks for services other than IAM; those of Checkov cover only all IAM actions, or all actions. */
export const OTHER_SERVICES: Aliases = { checkov: [], trivy: ['AWS-0057'], guard: FULL_ACCESS };

export const OF_S3: Aliases = { ...OTHER_SERVICES, trivy: ['AWS-0057', 'AWS-0345'] };

/** A wildcard for all actions of S3, which one check is about. */
export const WHOLE_S3: Predicate = {
  known: ({ raw }) => actionPattern(raw)?.service === 's3',
  text: () => false,
  reference: () => false,
  collection: false,
};

/** The checks for write actions on all resources without conditions. */
export const UNCONSTRAINED_WRITE = ['CKV_AWS_111', 'CKV_AWS_290'];

/** The checks for all actions, whatever the resources. */
export const EVERYTHING = {
  checkov: ['CKV_AWS_49', 'CKV_AWS_63'],
  trivy: ['AWS-0057'],
  cfn_nag: ['F3', 'F4', 'F5'],
  guard: ['IAM_ROLE_NO_WILDCARD_ACTIONS_ON_PERMISSIONS'],
};
