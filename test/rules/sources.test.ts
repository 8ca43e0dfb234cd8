/** The sources of rules: pages by their names, and the controls of Security Hub that a rule covers. */
import assert from 'node:assert/strict';
import { CONTROL_CLAIMS } from '../../server/src/rules/control-claims.ts';
import { RULES } from '../../server/src/rules/index.ts';
import { allSources, pageNamed } from '../../server/src/rules/sources.ts';

const CLOUDFORMATION = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference';
const EFS = 'https://docs.aws.amazon.com/securityhub/latest/userguide/efs-controls.html#efs-1';

describe('sources', () => {
  for (const [name, address] of [
    ['AWS::RDS::DBInstance', `${CLOUDFORMATION}/aws-resource-rds-dbinstance.html`],
    ['AWS::EC2::Instance.MetadataOptions', `${CLOUDFORMATION}/aws-properties-ec2-instance-metadataoptions.html`],
    ['aws_db_instance', 'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/db_instance'],
    ['config:encrypted-volumes', 'https://docs.aws.amazon.com/config/latest/developerguide/encrypted-volumes.html'],
    [EFS, EFS],
  ] as const)
    it(`${name} is a page`, () => assert.equal(pageNamed(name), address));

  it('contain the controls that a rule covers', () => {
    const claim = { ...CONTROL_CLAIMS.get('EFS.1')! };
    assert.deepEqual(allSources({ aws_efs_file_system: 'A claim.' }, { securityHub: ['EFS.1', 'No.1'] }), {
      [pageNamed('aws_efs_file_system')]: 'A claim.',
      [EFS]: { ...claim, claim: `EFS.1: ${claim.claim}` },
    });
  });

  it('contain no control that a rule states itself', () => {
    const page = (claim: string): readonly string[] =>
      Object.keys(allSources({ 'https://docs.aws.amazon.com/a.html': claim }, { securityHub: ['EFS.1'] }));
    for (const claim of ['EFS.1: it fails.', 'It is EFS.1.', 'EFS.1 and EFS.2'])
      assert.equal(page(claim).length, 1, claim);
    for (const claim of ['EFS.12: it fails.', 'AEFS.1: it fails.']) assert.equal(page(claim).length, 2, claim);
  });

  it('are known of no control that no rule covers', () => {
    const covered = new Set(RULES.flatMap(({ controls }) => controls.securityHub ?? []));
    assert.deepEqual(
      [...CONTROL_CLAIMS.keys()].filter((control) => !covered.has(control)),
      [],
    );
  });
});
