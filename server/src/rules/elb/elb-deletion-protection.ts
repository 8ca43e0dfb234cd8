import { attributeRule } from '../forms/attribute-rule.ts';

export default attributeRule({
  id: 'elb-deletion-protection',
  topic: 'resilience',
  severity: 'low',
  judged: '2026-11-30',
  title: 'Load balancers should have deletion protection enabled',
  keywords: ['ALB', 'NLB', 'ELB', 'accidental deletion'],
  why: 'A single API call or a change of the template deletes a load balancer with its DNS name, which takes the service offline.',
  remedy: 'Set deletion_protection.enabled to true. In Terraform, set enable_deletion_protection to true.',
  sources: {
    'AWS::ElasticLoadBalancingV2::LoadBalancer.LoadBalancerAttribute':
      'All load balancers support deletion_protection.enabled; it is false by default.',
    'config:elb-deletion-protection-enabled':
      'A load balancer whose deletion_protection.enabled is false is noncompliant.',
    'https://docs.aws.amazon.com/systems-manager-automation-runbooks/latest/userguide/automation-awssupportremediator-enableelbdeletionprotection.html':
      'While it is on, calls that delete the load balancer fail, also those of a stack that is deleted.',
  },
  aliases: ['CKV_AWS_150', 'ELB_DELETION_PROTECTION_ENABLED'],
  controls: { securityHub: ['ELB.6'] },
  attributes: {
    'AWS::ElasticLoadBalancingV2::LoadBalancer': { list: 'LoadBalancerAttributes', name: 'Key', value: 'Value' },
  },
  attribute: 'deletion_protection.enabled',
  required: 'true',
  absent: 'unsafe',
  advice: 'Enable it to prevent accidental deletion.',
  fix: { title: 'Enable deletion protection', cost: 'turn it off before you delete the load balancer' },
});
