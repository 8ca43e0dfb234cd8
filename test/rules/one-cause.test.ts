/** What has one cause is one finding: a rule for more takes the place of the rules for less, and says what they stood for. */
import assert from 'node:assert/strict';
import { analysed, findingsOf } from '../engine/analysis.ts';

const GROUP = (rule: string): string => `
Resources:
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Open
      SecurityGroupIngress:
        - {${rule}, CidrIp: 0.0.0.0/0}
`;

const CASES: readonly { readonly rule: string; readonly found: readonly string[]; readonly checkov: readonly string[] }[] = [
  { rule: 'IpProtocol: -1', found: ['sg-ingress-open-all'], checkov: ['CKV_AWS_24', 'CKV_AWS_25', 'CKV_AWS_277'] },
  { rule: 'IpProtocol: tcp, FromPort: 0, ToPort: 65535', found: ['sg-ingress-open-all'], checkov: ['CKV_AWS_24', 'CKV_AWS_25', 'CKV_AWS_277'] },
  { rule: 'IpProtocol: udp, FromPort: 0, ToPort: 65535', found: ['sg-ingress-open-all'], checkov: [] },
  { rule: 'IpProtocol: tcp, FromPort: 22, ToPort: 22', found: ['sg-ingress-open-ssh'], checkov: ['CKV_AWS_24'] },
  { rule: 'IpProtocol: tcp, FromPort: 3389, ToPort: 3389', found: ['sg-ingress-open-rdp'], checkov: ['CKV_AWS_25'] },
  { rule: 'IpProtocol: tcp, FromPort: 20, ToPort: 4000', found: ['sg-ingress-open-rdp', 'sg-ingress-open-ssh'], checkov: ['CKV_AWS_24', 'CKV_AWS_25'] },
];

describe('one cause is one finding', () => {
  for (const { rule, found, checkov } of CASES) {
    it(rule, () => {
      const findings = findingsOf(analysed({ 't.yaml': GROUP(rule) }, { certainty: 'certain' }, ['t.yaml'])).filter((finding) => finding.rule.startsWith('sg-ingress'));
      assert.deepEqual(findings.map((finding) => finding.rule), found);
      assert.deepEqual(findings.flatMap((finding) => finding.aliases.checkov ?? []).sort(), checkov);
    });
  }
});
