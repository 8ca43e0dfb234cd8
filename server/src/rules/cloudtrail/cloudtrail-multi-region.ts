import type { SetEdit } from '../../model/edit.ts';
import { all, any, every, exists, is, isAbsent, not, type Judgement } from '../../model/judgement.ts';
import { itemsOf } from '../../model/navigate.ts';
import { isFalse, isTrue, oneOf } from '../../model/predicate.ts';
import type { Entries, Properties } from '../../model/resource.ts';
import { NOT_SET } from '../../model/shown.ts';
import { defineRule } from '../rule.ts';

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
  profile: 'recommended',
  since: '0.1',
  judged: '2026-11-24',
  title: 'CloudTrail trail records all Regions',
  why: 'Who has stolen credentials works where nobody looks; a trail of a single Region misses what is done in all others, and outside of us-east-1 also what is done to IAM and other global services.',
  remedy:
    'Set IsMultiRegionTrail to true. The first copy of management events of each Region is free of charge, further copies are not.',
  sources: [
    {
      url: 'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-create-and-update-a-trail-by-using-the-aws-cli-create-trail.html',
      claim: 'A trail records a single Region by default, except in the console; AWS recommends one for all Regions.',
      seen: '2026-11-24',
    },
    {
      url: 'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-create-and-update-a-trail-by-using-the-aws-cli-update-trail.html',
      claim:
        'Events of IAM, STS and CloudFront are recorded in us-east-1, so trails of another single Region do not have them.',
      seen: '2026-11-24',
    },
    {
      url: 'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-trail-manage-costs.html',
      claim:
        'The first copy of management events in each Region is free; a trail for all Regions makes other trails cost money.',
      seen: '2026-11-24',
    },
    {
      url: 'https://docs.aws.amazon.com/securityhub/latest/userguide/cis-aws-foundations-benchmark.html',
      claim: 'CloudTrail.1: there should be at least one trail for all Regions that records management events.',
      seen: '2026-11-24',
    },
  ],
  aliases: { checkov: ['CKV_AWS_67'], trivy: ['AWS-0014'], guard: ['MULTI_REGION_CLOUD_TRAIL_ENABLED'] },
  controls: { securityHub: ['CloudTrail.1'] },
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
    const whose = is(trail.get('IsOrganizationTrail'), isTrue).yes.isAlways()
      ? 'all accounts of the organization'
      : 'the account';
    yield {
      violations: [
        { wrong: all(any(isAbsent(multi), is(multi, isFalse)), not(withoutManagementEvents(trail))), at: multi },
      ],
      message: (shown) =>
        `The trail ${trail.displayName} records ${whose} in one Region only (${property} is ${shown === NOT_SET ? 'not set' : shown}). Set ${property} to true.`,
      fixes: () => [
        {
          title: `Set ${property} to true (records all Regions; further copies of events cost money)`,
          safe: false,
          // A trail for all Regions has to include the events of global services.
          edits: [
            set('IsMultiRegionTrail'),
            ...(is(global, isFalse).yes.satisfiable() ? [set('IncludeGlobalServiceEvents')] : []),
          ],
        },
      ],
    };
  },
});

/** Whether a trail is for data events alone, such as those of one bucket, which belong to a Region. */
function withoutManagementEvents(
  trail: Pick<Properties<'EventSelectors' | 'AdvancedEventSelectors'>, 'each'>,
): Judgement {
  const plain = trail.each('EventSelectors');
  const advanced = trail.each('AdvancedEventSelectors');
  return any(
    all(
      some(plain),
      allOf(plain, (selector) => is(selector.get('IncludeManagementEvents'), isFalse)),
    ),
    all(
      some(advanced),
      allOf(advanced, (selector) => not(selectsManagement(selector))),
    ),
  );
}

function some({ items, complete }: Entries): Judgement {
  return exists({ items, complete }, () => all());
}

function allOf({ items, complete }: Entries, statement: (entry: Entries['items'][number]) => Judgement): Judgement {
  return every({ items, complete }, (item) => statement(items.find((entry) => entry.value === item.value)!));
}

/** An advanced selector takes management events when its eventCategory says so. */
function selectsManagement(selector: Properties): Judgement {
  const fields = selector.each('FieldSelectors');
  return exists({ items: fields.items, complete: fields.complete }, (item) => {
    const field = fields.items.find((entry) => entry.value === item.value)!;
    return all(
      is(field.get('Field'), oneOf('eventCategory')),
      exists(itemsOf(field.get('Equals'), true), (value) => is(value.value, oneOf('Management'))),
    );
  });
}
