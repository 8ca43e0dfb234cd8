import { itemRule } from '../forms/item-rule.ts';

export default itemRule({
  id: 's3-acls-disabled',
  topic: 'identity',
  severity: 'low',
  title: 'S3 buckets should have ACLs disabled',
  keywords: [
    'ObjectOwnership',
    'OwnershipControls',
    'BucketOwnerEnforced',
    'BucketOwnerPreferred',
    'ObjectWriter',
    'access control list',
  ],
  why: 'With ACLs, each object can have its own access list and owner, so bucket policies and IAM do not show who has access. New buckets have ACLs disabled.',
  remedy: 'Grant access in policies, remove ACLs, and set ObjectOwnership to BucketOwnerEnforced.',
  sources: {
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucket.html':
      'ACLs are a legacy feature, and should stay disabled; buckets are created with ACLs disabled, unless the ownership controls enable them.',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-s3-bucket-ownershipcontrolsrule.html':
      'ObjectOwnership is BucketOwnerEnforced, BucketOwnerPreferred or ObjectWriter.',
    'https://hub.steampipe.io/mods/turbot/aws_compliance/controls/control.foundational_security_s3_12':
      'S3.12: ACLs should not be used to manage access to buckets.',
  },
  accessed: '2026-11-28',
  aliases: { checkov: ['CKV2_AWS_65'] },
  controls: { securityHub: ['S3.12'] },
  items: { 'AWS::S3::Bucket': 'OwnershipControls.Rules[]' },
  setting: 'ObjectOwnership',
  forbidden: ['ObjectWriter', 'BucketOwnerPreferred'],
  write: 'BucketOwnerEnforced',
  absent: 'safe',
  problem: 'allows ACLs',
  fix: { title: 'Disable ACLs', cost: 'fails if the bucket has ACLs; ACLs of objects stop to count' },
});
