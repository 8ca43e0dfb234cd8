/**
 * The individual privilege escalation actions that Deny statements do not remove from an identity with full IAM access.
 */
import { flatMap } from '../../base/flat-map.ts';
import { memoize } from '../../base/memoize.ts';
import { any, type Judgement } from '../../model/judgement.ts';
import { GIVES_ANY_PERMISSION } from '../allowance/allowance.ts';
import { PASS_ROLE } from './escalation.ts';
import type { IamData, Risks } from '../data/iam-data.ts';

/**
 * Actions that remove the permissions boundary of another identity. They are listed in addition to other escalations,
 * because they are useful only for identities with a boundary.
 */
const UNBINDING = ['iam:DeleteRolePermissionsBoundary', 'iam:DeleteUserPermissionsBoundary'] as const;

export interface EscalationsLeft {
  /** The actions in AWS's spelling. Those that grant any permission come first. */
  readonly actions: readonly string[];
  /** Where one of them remains allowed that escalates privileges even with a permissions boundary. */
  readonly where: Judgement;
}

/**
 * The remaining escalations with full IAM access. Passing roles is included; which services they can be passed to
 * depends on another permission.
 */
export function escalationsLeft(iam: IamData | undefined, leaves: (action: string) => Judgement): EscalationsLeft {
  const candidates = iam ? single(iam.risks) : GIVES_ANY_PERMISSION;
  const remaining = candidates.filter((action) => !leaves(action).no.isAlways());
  return {
    actions:
      remaining.length === 0
        ? remaining
        : [...remaining, ...UNBINDING.filter((action) => !leaves(action).no.isAlways())],
    where: any(...candidates.map(leaves)),
  };
}

/** The IAM actions that are privilege escalation paths without other actions. */
const single = memoize(({ escalation }: Risks): readonly string[] => [
  ...new Set([
    ...GIVES_ANY_PERMISSION,
    'iam:UpdateAssumeRolePolicy',
    PASS_ROLE,
    ...flatMap(escalation, ({ actions, existing }) =>
      actions.length === 1 && !existing && actions[0]!.startsWith('iam:') ? actions : [],
    ),
  ]),
]);
