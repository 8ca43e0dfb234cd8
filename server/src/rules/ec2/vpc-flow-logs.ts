import { companionRule } from '../forms/companion-rule.ts';

export default companionRule({
  id: 'vpc-flow-logs',
  topic: 'logging',
  severity: 'medium',
  profile: 'strict',
  judged: '2026-11-29',
  title: 'VPCs should have flow logs enabled',
  keywords: ['EC2', 'FlowLog', 'network monitoring', 'traffic logging', 'forensics'],
  why: 'Without flow logs, there is no record of network traffic. Scans, lateral movement and data exfiltration cannot be detected or investigated.',
  remedy: 'Add a flow log for the VPC that logs at least rejected traffic to S3 or CloudWatch Logs.',
  sources: { 'config:vpc-flow-logs-enabled': 'A VPC without flow logs is noncompliant.' },
  accessed: '2026-11-28',
  aliases: ['CKV2_AWS_11', 'AWS-0178', 'W60'],
  controls: { securityHub: ['EC2.6'], cis: ['v3.0.0 3.7'] },
  of: { 'AWS::EC2::VPC': { relation: 'flow-logs' } },
  companions: { 'AWS::EC2::FlowLog': {} },
  companion: 'must exist',
  advice: 'Add a flow log to record its network traffic.',
});
