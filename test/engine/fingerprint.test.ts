/** A fingerprint names a finding: the same finding has the same one, whatever is edited elsewhere. */
import assert from 'node:assert/strict';
import { analysed, findingsOf, type Files } from './analysis.ts';

const TEXT = `Parameters:
  Secret: {Type: String, NoEcho: true, Default: 0.0.0.0/0}
Resources:
  Disk:
    Type: AWS::EC2::Volume
    Properties:
      Encrypted: false
      Size: 1
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      SecurityGroupIngress:
        - {IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}
        - {IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}
        - {IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: !Ref Secret}
`;

/** The fingerprints by rule, resource and path. */
function prints(text: string, name = 't.yaml', more: Files = {}): Readonly<Record<string, string>> {
  const found = findingsOf(analysed({ [name]: text, ...more }, { certainty: 'certain' }, [name]));
  return Object.fromEntries(
    found.map(({ rule, resource, path, fingerprint }) => [`${rule} ${resource ?? ''} ${path}`, fingerprint]),
  );
}

const before = prints(TEXT);
const DISK = 'ebs-volume-encryption Disk Properties.Encrypted';

describe('a fingerprint', () => {
  it('is sixteen hexadecimal digits, one for each finding', () => {
    assert.equal(Object.keys(before).length, 5);
    for (const one of Object.values(before)) assert.match(one, /^[0-9a-f]{16}$/);
    assert.equal(new Set(Object.values(before)).size, 5);
  });

  const edits: Readonly<Record<string, string>> = {
    'a comment at the top': `# Something new\n\n${TEXT}`,
    'other line ends': TEXT.replaceAll('\n', '\r\n'),
    'another resource before it': TEXT.replace(
      'Resources:\n',
      'Resources:\n  New:\n    Type: AWS::EC2::Volume\n    Properties: {Encrypted: false}\n',
    ),
    'another property of it': TEXT.replace('Size: 1', 'Size: 100'),
    'another order of its properties': TEXT.replace(
      '      Encrypted: false\n      Size: 1\n',
      '      Size: 1\n      Encrypted: false\n',
    ),
    'quotes around its value': TEXT.replace('Encrypted: false', 'Encrypted: "false"'),
    'a broken line elsewhere': TEXT.replace('      Size: 1\n', '      Size: "1\n'),
    'a parameter that is added': TEXT.replace('Parameters:\n', 'Parameters:\n  Other: {Type: String}\n'),
  };
  for (const [what, text] of Object.entries(edits)) {
    it(`is unchanged with ${what}`, () => {
      const after = prints(text);
      for (const [finding, print] of Object.entries(before)) assert.equal(after[finding], print, finding);
    });
  }

  it('is unchanged if the file moves', () => assert.deepEqual(prints(TEXT, 'some/where/t.yaml'), before));
  it('does not depend on other analyzed documents', () =>
    assert.deepEqual(prints(TEXT, 't.yaml', { 'u.yaml': TEXT }), before));
  it('does not depend on a document with the same name', () => {
    const found = findingsOf(analysed({ 'a/t.yaml': TEXT, 'b/t.yaml': TEXT }, { certainty: 'certain' }));
    assert.deepEqual(
      found.map(({ fingerprint }) => fingerprint),
      [...Object.values(before), ...Object.values(before)],
    );
  });

  it('distinguishes findings that are otherwise equal', () => {
    const twice = `Resources:\n${'  Disk:\n    Type: AWS::EC2::Volume\n    Properties: {Encrypted: false}\n'.repeat(2)}`;
    const found = findingsOf(analysed({ 't.yaml': twice })).map(({ fingerprint }) => fingerprint);
    assert.equal(new Set(found).size, 2);
  });

  const changes: Readonly<Record<string, string>> = {
    'another resource': TEXT.replace('  Disk:', '  Disc:'),
    'another value': TEXT.replace('Encrypted: false', 'Encrypted: FALSE'),
  };
  for (const [what, text] of Object.entries(changes)) {
    it(`changes with ${what}`, () => assert.ok(!Object.values(prints(text)).includes(before[DISK]!)));
  }

  it('changes with the file', () => assert.notEqual(prints(TEXT, 'u.yaml')[DISK], before[DISK]));

  it('does not reveal a secret value', () => {
    const path = 'sg-ingress-open-ssh Group Properties.SecurityGroupIngress[2].CidrIp';
    assert.equal(prints(TEXT.replace('Default: 0.0.0.0/0', 'Default: 9.9.9.9/0'))[path], before[path]);
    assert.ok(before[path]);
  });
});
