import type { Fix } from '../../model/edit.ts';
import { all, any, is, isAbsent, isPresent, not, UNKNOWABLE } from '../../model/judgement.ts';
import type { Leaf } from '../../model/value.ts';
import { organisationOf } from '../../policy/known-principals.ts';
import { leavesKnown } from '../../policy/narrowing.ts';
import { newOwnAccount } from '../../policy/own-account.ts';
import { STAR, writtenText } from '../../policy/principal.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'events-bus-permission-public',
  on: 'resource',
  reads: { 'AWS::Events::EventBusPolicy': ['Condition', 'Condition.Value', 'Principal'] },
  topic: 'data-exposure',
  severity: 'high',
  profile: 'recommended',
  since: '0.1',
  judged: '2026-11-27',
  title: 'Permission of an event bus lets in known accounts only',
  why: 'A star as principal lets every AWS account send events to the bus, and whatever its rules start is started by them.',
  remedy: 'Name the account that sends events, or let in an organization by a condition on aws:PrincipalOrgID.',
  sources: [
    {
      url: 'https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutPermission.html',
      claim:
        'A star permits any account to put events to the bus; with a condition on the ID of an organization it permits all accounts of that.',
      seen: '2026-11-27',
    },
    {
      url: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-events-eventbuspolicy.html',
      claim: 'A policy of a bus is written as Statement, or as Action, Principal and Condition.',
      seen: '2026-11-27',
    },
  ],
  aliases: {},
  controls: {},
  fix: 'suggestion',
  *check(permission, { stack }) {
    const principal = permission.get('Principal');
    const condition = permission.get('Condition');
    // EventBridge takes no other condition than one on the organization, which it compares as it is.
    const narrowed = any(
      leavesKnown('aws:principalorgid', 'equals', permission.get('Condition.Value')),
      all(isPresent(condition), UNKNOWABLE),
    );
    yield {
      violations: [{ wrong: all(is(principal, STAR), not(narrowed)), at: principal }],
      message: `The permission ${permission.displayName} lets every AWS account send events to the bus. Name the account, or add ${permission.nativePath('Condition')} for an organization.`,
      fixes: (star: Leaf): readonly Fix[] => {
        if (writtenText(star) !== '*') return [];
        const account = newOwnAccount(permission, stack);
        const id = isAbsent(condition).yes.isAlways() ? organisationOf(stack) : undefined;
        return [
          ...(account
            ? [
                {
                  title: 'Restrict to this account (ends public access)',
                  safe: false,
                  edits: [{ op: 'replace', resource: permission, target: star, value: account } as const],
                },
              ]
            : []),
          ...(id === undefined
            ? []
            : [
                {
                  title: `Restrict to organization ${id} (ends public access)`,
                  safe: false,
                  edits: [
                    {
                      op: 'set',
                      resource: permission,
                      path: 'Condition',
                      value: { Type: 'StringEquals', Key: 'aws:PrincipalOrgID', Value: id },
                    } as const,
                  ],
                },
              ]),
        ];
      },
    };
  },
});
