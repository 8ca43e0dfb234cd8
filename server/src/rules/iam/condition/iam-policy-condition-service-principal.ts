import type { Fix } from '../../../model/edit.ts';
import { all, judge, judgement, UNKNOWABLE, type Judgement } from '../../../model/judgement.ts';
import { conditionsOf, knownText, listedValues } from '../../../policy/condition/conditions.ts';
import { SERVICE_KEYS, serviceFault, type ServiceFault } from '../../../policy/principal/service-principal.ts';
import { defineRule, type Report } from '../../rule.ts';

export default defineRule({
  id: 'iam-policy-condition-service-principal',
  on: 'policy',
  selfContained: true,
  needs: { keys: [...SERVICE_KEYS], operators: ['String'] },
  topic: 'identity',
  severity: 'medium',
  judged: '2026-11-28',
  title: 'Service principals in conditions should exist',
  keywords: ['iam:PassedToService', 'kms:ViaService', 'aws:CalledVia', 'invalid service principal'],
  why: 'A condition on iam:PassedToService, kms:ViaService or aws:CalledVia that compares with a misspelled service never matches. An Allow statement then grants nothing, and a Deny statement with a negated operator denies everything.',
  remedy:
    'Use the service principal from the documentation of the service, in lowercase, such as lambda.amazonaws.com. Values of kms:ViaService include the Region: s3.eu-west-1.amazonaws.com.',
  sources: {
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html':
      'A service principal is usually service-name.amazonaws.com; the documentation of a service names its own.',
    'https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html':
      'The values of kms:ViaService contain the Region, as s3.AWS_region.amazonaws.com; a table lists those of all services.',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html':
      'StringEquals and StringLike compare case-sensitively.',
  },
  fix: 'suggestion',
  subsumes: ['iam-policy-condition-value-format'],
  *check(policy, { iam }) {
    if (!iam) return;
    for (const { condition, operator, key, there } of conditionsOf(policy)) {
      if (operator?.family !== 'String' || !SERVICE_KEYS.has(key)) continue;
      const faultOf = (text: string): ServiceFault | undefined =>
        serviceFault(text, key, operator.comparison === 'equalsIgnoreCase', iam);
      for (const { value, when } of listedValues(condition)) {
        const has = (kind: ServiceFault['kind'], isMeant?: boolean): Judgement =>
          all(
            there,
            judgement(when),
            judge(value, (leaf) => {
              const text = knownText(leaf);
              const fault = text === undefined ? undefined : faultOf(text);
              return fault?.kind === kind && (isMeant === undefined || isMeant === (fault.intended !== undefined));
            }),
          );
        const report = (
          wrong: Judgement,
          more: Partial<Report>,
          say: (intended: string | undefined) => string,
        ): Report => ({
          violations: [{ wrong, at: value }],
          message: (shown) => `In ${policy.host.displayName}, ${shown} ${say(faultOf(shown)?.intended)}.`,
          fixes: (leaf): readonly Fix[] => {
            const intended = faultOf(knownText(leaf) ?? '')?.intended;
            return intended === undefined
              ? []
              : [
                  {
                    title: `Change to ${intended}`,
                    safe: false,
                    uncovers: 'effect',
                    edits: [{ op: 'replace', resource: policy.host, target: value, value: intended }],
                  },
                ];
          },
          ...more,
        });
        yield report(
          has('form'),
          {},
          (intended) =>
            `is not a service principal. For ${condition.key}, use ${intended ?? `a name such as ${key === 'kms:viaservice' ? 's3.eu-west-1.amazonaws.com' : 's3.amazonaws.com'}`}`,
        );
        yield report(
          has('case'),
          {},
          (intended) =>
            `is not lowercase, as service principals are. For ${condition.key}, use ${intended ?? 'lowercase'}`,
        );
        yield report(
          has('region'),
          {},
          () =>
            `has no Region. For ${condition.key}, use a name such as s3.eu-west-1.amazonaws.com, or StringLike with s3.*.amazonaws.com`,
        );
        yield report(
          has('unknown', true),
          { severity: 'low' },
          (intended) =>
            `is an unknown service principal. It does not exist (as of ${iam.date}); for ${condition.key}, the closest match is ${intended}`,
        );
        // No known service principal is similar, so it may be newer than the data.
        yield report(
          all(has('unknown', false), UNKNOWABLE),
          { severity: 'low' },
          () =>
            `is an unknown service principal. It does not exist (as of ${iam.date}); check the value of ${condition.key}`,
        );
      }
    }
  },
});
