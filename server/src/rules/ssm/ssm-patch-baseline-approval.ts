import { itemRule } from '../forms/item-rule.ts';

export default itemRule({
  id: 'ssm-patch-baseline-approval',
  topic: 'operations',
  severity: 'medium',
  profile: 'strict',
  judged: '2026-11-29',
  title: 'SSM patch baselines should approve patches within 30 days',
  keywords: ['Patch Manager', 'auto-approval', 'Systems Manager', 'patching'],
  why: 'Until a patch is approved, Patch Manager does not install it, and instances remain vulnerable.',
  sources: {
    'AWS::SSM::PatchBaseline.Rule':
      'ApproveAfterDays is the number of days after its release after which a patch is approved.',
    'https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-manager-predefined-and-custom-patch-baselines.html':
      "AWS's predefined baselines approve patches seven days after their release.",
  },
  items: { 'AWS::SSM::PatchBaseline': 'ApprovalRules.PatchRules[]' },
  setting: 'ApproveAfterDays',
  // A month is the longest period that patch policies usually allow; AWS's own baselines wait for a week.
  forbidden: { above: 30 },
  write: 7,
  absent: 'safe',
  problem: 'approves patches more than 30 days after their release',
  fix: { cost: 'patches are installed earlier' },
});
