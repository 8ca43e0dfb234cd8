/** The single actions for privilege escalation that Deny statements leave to an identity with all IAM permissions. */
import { memoize } from '../../base/memoize.ts';
import { any, type Judgement } from '../../model/judgement.ts';
import { GIVES_ANY_PERMISSION } from '../allowance/allowance.ts';
import { PASS_ROLE } from './escalation.ts';
import type { IamData, Risks } from '../data/iam-data.ts';

/** What takes off the limit of another identity: beside other escalations one more, by itself only where that one has a boundary. */
const UNBINDING = ['iam:DeleteRolePermissionsBoundary', 'iam:DeleteUserPermissionsBoundary'] as const;

export interface EscalationsLeft {
  /** The actions as AWS writes them, those by which any permission is given first. */
  readonly actions: readonly string[];
  /** Where one of them remains that escalates privileges even with a permissions boundary. */
  readonly where: Judgement;
}

/** The escalations that are left of all of IAM. That roles are passed is one of them: what to, another permission says. */
export function escalationsLeft(iam: IamData | undefined, leaves: (action: string) => Judgement): EscalationsLeft {
  const asked = iam ? single(iam.risks) : GIVES_ANY_PERMISSION;
  const left = asked.filter((action) => !leaves(action).no.isAlways());
  return {
    actions: left.length === 0 ? left : [...left, ...UNBINDING.filter((action) => !leaves(action).no.isAlways())],
    where: any(...asked.map(leaves)),
  };
}

/** The IAM actions that are privilege escalation paths without other actions. */
const single = memoize(({ escalation }: Risks): readonly string[] => [
  ...new Set([
    ...GIVES_ANY_PERMISSION,
    'iam:UpdateAssumeRolePolicy',
    PASS_ROLE,
    ...escalation.flatMap(({ actions, existing }) =>
      actions.length === 1 && !existing && actions[0]!.startsWith('iam:') ? actions : [],
    ),
  ]),
]);
