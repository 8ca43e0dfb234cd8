import { tableRule } from '../forms/table-rule.ts';

export default tableRule({
  id: 'transfer-server-security-policy',
  topic: 'encryption-in-transit',
  severity: 'low',
  judged: '2026-11-29',
  title: 'Transfer Family servers should use a recent security policy',
  keywords: ['SFTP', 'FTPS', 'ciphers', 'SSH', 'TransferSecurityPolicy'],
  why: 'Older policies accept weaker algorithms, such as those based on SHA-1. CloudFormation gives a server without a policy the oldest one.',
  remedy: 'Set SecurityPolicyName to TransferSecurityPolicy-2024-01 or later.',
  sources: {
    'https://docs.aws.amazon.com/transfer/latest/userguide/security-policies.html':
      'The latest policy is strongly recommended. The default of the console, API and CLI is TransferSecurityPolicy-2024-01; a server of CloudFormation without a policy gets TransferSecurityPolicy-2018-11.',
    aws_transfer_server: 'security_policy_name is TransferSecurityPolicy-2018-11 by default.',
  },
  accessed: '2026-11-28',
  aliases: ['CKV_AWS_380'],
  settings: { 'AWS::Transfer::Server': 'SecurityPolicyName' },
  table: {
    source: 'https://docs.aws.amazon.com/transfer/latest/userguide/security-policies.html',
    date: '2026-11-28',
    values: new Map([
      ['TransferSecurityPolicy-2018-11', '2018'],
      ['TransferSecurityPolicy-2020-06', '2020'],
      ['TransferSecurityPolicy-2022-03', '2022'],
      ['TransferSecurityPolicy-FIPS-2020-06', '2020'],
    ]),
  },
  absent: 'unsafe',
  write: 'TransferSecurityPolicy-2024-01',
  problem: 'uses an outdated security policy',
  unresolvedProblem: 'may use an outdated security policy',
  absentProblem: 'uses the security policy from 2018',
  consequence: 'It is from {note}.',
  fix: { cost: 'stops older clients' },
});
