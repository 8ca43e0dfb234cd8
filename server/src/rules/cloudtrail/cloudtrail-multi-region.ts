import type { SetEdit } from '../../model/edit.ts';
import { all, any, is, isAbsent, not } from '../../model/judgement.ts';
import { isFalse, isTrue } from '../../model/predicate.ts';
import { always, sometimes } from '../../model/quantified.ts';
import { defineRule } from '../rule.ts';
import { withoutManagementEvents } from './management-events.ts';

export default defineRule({
  id: 'cloudtrail-multi-region',
  on: 'resource',
  reads: {
    'AWS::CloudTrail::Trail': [
      'IsMultiRegionTrail',
      'IsOrganizationTrail',
      'IncludeGlobalServiceEvents',
      'EventSelectors',
      'EventSelectors[].IncludeManagementEvents',
      'AdvancedEventSelectors',
      'AdvancedEventSelectors[].FieldSelectors',
    ],
  },
  topic: 'logging',
  severity: 'medium',
  judged: '2026-11-24',
  title: 'CloudTrail trails should be multi-Region trails',
  keywords: ['all Regions', 'management events', 'global service events'],
  why: 'A single-Region trail does not record what an attacker does in other Regions. Outside of us-east-1, it also misses the events of IAM and other global services.',
  remedy:
    'Set IsMultiRegionTrail to true. The first copy of management events in each Region is free of charge; additional copies are not.',
  sources: {
    'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-create-and-update-a-trail-by-using-the-aws-cli-create-trail.html':
      'A trail records a single Region by default, except in the console; AWS recommends multi-Region trails.',
    'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-create-and-update-a-trail-by-using-the-aws-cli-update-trail.html':
      'Events of IAM, STS and CloudFront are recorded in us-east-1, so single-Region trails elsewhere do not record them.',
    'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-trail-manage-costs.html':
      'The first copy of management events in each Region is free; copies by additional trails are charged.',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/cis-aws-foundations-benchmark.html':
      'CloudTrail.1: there should be at least one multi-Region trail that records management events.',
  },
  aliases: ['CKV_AWS_67', 'AWS-0014', 'MULTI_REGION_CLOUD_TRAIL_ENABLED'],
  controls: { securityHub: ['CloudTrail.1'], cis: ['v3.0.0 3.1'] },
  fix: 'suggestion',
  *check(trail) {
    const multi = trail.get('IsMultiRegionTrail');
    const global = trail.get('IncludeGlobalServiceEvents');
    const property = trail.nativePath('IsMultiRegionTrail');
    const set = (path: 'IsMultiRegionTrail' | 'IncludeGlobalServiceEvents'): SetEdit => ({
      op: 'set',
      resource: trail,
      path,
      value: true,
    });
    const events = always(is(trail.get('IsOrganizationTrail'), isTrue)) ? 'organization events' : 'events';
    yield {
      violations: [
        { wrong: all(any(isAbsent(multi), is(multi, isFalse)), not(withoutManagementEvents(trail))), at: multi },
      ],
      message: `${trail.displayName} records ${events} in one Region only. Set ${property} to true.`,
      fixes: () => [
        {
          title: `Set ${property} to true (records all Regions; additional copies of events are charged)`,
          safe: false,
          // A multi-Region trail must include the events of global services.
          edits: [
            set('IsMultiRegionTrail'),
            ...(sometimes(is(global, isFalse)) ? [set('IncludeGlobalServiceEvents')] : []),
          ],
        },
      ],
    };
  },
});
