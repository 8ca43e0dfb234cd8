import { all, is, not } from '../../model/judgement.ts';
import { isFalse } from '../../model/predicate.ts';
import { defineRule } from '../rule.ts';
import { withoutManagementEvents } from './management-events.ts';

export default defineRule({
  id: 'cloudtrail-global-service-events',
  on: 'resource',
  reads: {
    'AWS::CloudTrail::Trail': [
      'IncludeGlobalServiceEvents',
      'EventSelectors',
      'EventSelectors[].IncludeManagementEvents',
      'AdvancedEventSelectors',
      'AdvancedEventSelectors[].FieldSelectors',
    ],
  },
  topic: 'logging',
  severity: 'low',
  judged: '2026-11-29',
  title: 'CloudTrail trails should include global service events',
  keywords: ['IAM events', 'STS', 'CloudFront'],
  why: 'IAM, STS and CloudFront are global services. A trail that excludes their events does not show who created users and roles or changed permissions.',
  remedy: 'Set IncludeGlobalServiceEvents to true.',
  sources: {
    'AWS::CloudTrail::Trail':
      'IncludeGlobalServiceEvents says whether the trail has the events of global services such as IAM.',
    'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-concepts.html':
      'Events of IAM, STS and CloudFront are global service events; they can be excluded from single-Region trails to avoid duplicates.',
    aws_cloudtrail: 'include_global_service_events is true by default.',
  },
  fix: 'suggestion',
  *check(trail) {
    const property = trail.nativePath('IncludeGlobalServiceEvents');
    const setting = trail.get('IncludeGlobalServiceEvents');
    yield {
      // Events of global services are management events, which a trail of data events does not have in any case.
      violations: [{ wrong: all(is(setting, isFalse), not(withoutManagementEvents(trail))), at: setting }],
      message: `${trail.displayName} does not record the events of IAM and other global services. Set ${property} to true.`,
      fixes: () => [
        {
          title: `Set ${property} to true`,
          safe: false,
          edits: [{ op: 'set', resource: trail, path: 'IncludeGlobalServiceEvents', value: true }],
        },
      ],
    };
  },
});
