import type { Fix } from '../../model/edit.ts';
import { isAbsent } from '../../model/judgement.ts';
import { always } from '../../model/quantified.ts';
import type { Leaf } from '../../model/value.ts';
import { organizationOf } from '../../policy/principal/known-principals.ts';
import { newOwnAccount } from '../../policy/principal/own-account.ts';
import { writtenText } from '../../policy/principal/principal.ts';
import { allowsAnySender } from '../../reachability/public-access/event-bus.ts';
import { exposureBy, verbsOf } from '../forms/exposure.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'events-bus-permission-public',
  on: 'resource',
  reads: { 'AWS::Events::EventBusPolicy': ['Condition', 'Condition.Value', 'Principal'] },
  topic: 'data-exposure',
  severity: 'high',
  judged: '2026-11-27',
  title: 'EventBridge event bus permissions should not allow public access',
  keywords: ['wildcard principal', 'cross-account', 'PutPermission', 'PutEvents', 'open to the world'],
  why: 'A wildcard principal allows any AWS account to send events to the bus and to trigger the targets of its rules.',
  remedy: 'Specify the account that sends events, or allow an organization with a condition on aws:PrincipalOrgID.',
  sources: {
    'https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutPermission.html':
      'A wildcard permits any account to put events to the bus; a condition on an organization ID restricts it to the accounts of that organization.',
    'AWS::Events::EventBusPolicy': 'An event bus policy has a Statement, or Action, Principal and Condition.',
  },
  fix: 'suggestion',
  *check(permission, { stack }) {
    const principal = permission.get('Principal');
    const condition = permission.get('Condition');
    const does = 'to send events to the bus';
    yield {
      violations: [{ wrong: allowsAnySender(permission), at: principal }],
      cause: exposureBy(permission, {
        name: does,
        also: `${permission.displayName} also allows any AWS account ${does}.`,
        message: (exposed, names) =>
          `${exposed} allows any AWS account ${verbsOf(names)}. Specify the accounts, or restrict them to your organization.`,
      }),
      message: `${permission.displayName} allows any AWS account ${does}. Specify the account, or add ${permission.nativePath('Condition')} for your organization.`,
      fixes: (star: Leaf): readonly Fix[] => {
        if (writtenText(star) !== '*') return [];
        const account = newOwnAccount(permission, stack);
        const id = always(isAbsent(condition)) ? organizationOf(stack) : undefined;
        return [
          ...(account
            ? [
                {
                  title: 'Restrict to this account (ends this public access)',
                  safe: false,
                  edits: [{ op: 'replace', resource: permission, target: star, value: account } as const],
                },
              ]
            : []),
          ...(id === undefined
            ? []
            : [
                {
                  title: `Restrict to organization ${id} (ends this public access)`,
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
