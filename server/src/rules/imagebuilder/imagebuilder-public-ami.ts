import { all, is, judgement } from '../../model/judgement.ts';
import { itemsOfProperty } from '../../model/navigate.ts';
import { oneOf } from '../../model/predicate.ts';
import { defineRule } from '../rule.ts';

const GROUPS = 'AmiDistributionConfiguration.LaunchPermissionConfiguration.UserGroups';

export default defineRule({
  id: 'imagebuilder-public-ami',
  on: 'resource',
  reads: { 'AWS::ImageBuilder::DistributionConfiguration': ['Distributions', `Distributions[].${GROUPS}`] },
  topic: 'data-exposure',
  severity: 'high',
  judged: '2026-11-29',
  title: 'Image Builder should not distribute public AMIs',
  keywords: ['imagebuilder', 'machine image'],
  why: 'Anyone can launch a public AMI and read the data on its disks, such as code and credentials.',
  remedy: 'Share the AMI with the accounts, organizational units or organizations that need it.',
  sources: {
    'AWS::ImageBuilder::DistributionConfiguration.LaunchPermissionConfiguration':
      'The launch permissions of distributed AMIs. The user group all makes an AMI public.',
  },
  accessed: '2026-11-28',
  fix: 'suggestion',
  *check(configuration) {
    for (const distribution of configuration.each('Distributions').items)
      for (const { value, when } of itemsOfProperty(distribution.get(GROUPS)).items)
        yield {
          violations: [
            { wrong: all(judgement(distribution.when), judgement(when), is(value, oneOf('all'))), at: value },
          ],
          message: `${configuration.displayName} makes its AMIs public. Share them with the accounts or organizations that need them.`,
          fixes: (leaf) => [
            {
              title: 'Remove all from the user groups (other accounts lose new AMIs)',
              safe: false,
              edits: [{ op: 'removeItem', resource: configuration, target: leaf }],
            },
          ],
        };
  },
});
