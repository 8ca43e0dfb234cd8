/** `stackwarden explain` with a resource type. */
import assert from 'node:assert/strict';
import { call } from './call.ts';

describe('stackwarden explain with a resource type', () => {
  const explained = (type: string): string => {
    const { code, out } = call(['explain', type], { cwd: '/' });
    assert.equal(code, 0);
    return out;
  };

  it('shows the responsibilities, the properties and the sources', () => {
    const output = explained('AWS::DynamoDB::Table');
    assert.match(output, /^AWS::DynamoDB::Table\nAWS operates and encrypts DynamoDB; /);
    for (const part of [
      /\nAWS's responsibility\n {2}- Hardware: .*\[1\]\n/,
      /\nYour responsibility\n {2}- Identity and access: [^]*\n {2}- Data: /,
      /\nProperties\n {2}- SSESpecification\.SSEEnabled: /,
      /\nSources\n {2}\[1\] https:\/\/docs\.aws\.amazon\.com\//,
    ])
      assert.match(output, part);
  });

  it('finds the type in CloudFormation of a Terraform type', () => {
    assert.match(explained('aws_dynamodb_table'), /^aws_dynamodb_table\nAWS operates and encrypts DynamoDB; /);
  });

  it('names the arguments of a Terraform type, and the resources beside it', () => {
    const output = explained('aws_s3_bucket').replaceAll(/\n {4}/g, ' ');
    for (const part of [
      /\n {2}- object_lock_enabled: you enable it/,
      /\n {2}- aws_s3_bucket_versioning\.versioning_configuration\.status: you enable versioning/,
      /\n {2}- aws_s3_bucket_public_access_block: four settings/,
    ])
      assert.match(output, part);
    assert.doesNotMatch(output, /- (?:VersioningConfiguration|: )/);
  });

  it('states the settings with which a responsibility applies, and each responsibility once', () => {
    const output = explained('AWS::Lambda::Function').replaceAll(/\n {4}/g, ' ');
    assert.match(output, /- Patching: patched base images, if PackageType is Image \[/);
    assert.match(output, /- Platform: instances, scaling and patches, if CapacityProviderConfig is set \[/);
    const database = explained('aws_db_instance').replaceAll(/\n {4}/g, ' ');
    assert.equal(database.match(/patching the operating system and database engine/g)?.length, 1);
    assert.match(database, /database engine, if engine is mysql, mariadb, postgres or 13 others \[/);
  });

  it('knows types that only Terraform has', () => {
    assert.match(explained('aws_s3_account_public_access_block'), /^aws_s3_account_public_access_block\n/);
  });

  it('knows types of Terraform without a counterpart, and types that configure a resource of another', () => {
    assert.match(
      explained('aws_ami'),
      /^aws_ami\nAWS operates Amazon EC2; AMI data, [^]*which accounts can launch the AMI/,
    );
    assert.match(explained('aws_lightsail_bucket'), /^aws_lightsail_bucket\nAWS operates Lightsail; bucket data, /);
    // An address of a NAT gateway does not allow inbound traffic, and members of a directory group have no SSH keys.
    assert.match(explained('aws_nat_gateway_eip_association'), /\nConnects or configures other resources; /);
    const group = explained('aws_transfer_access');
    assert.match(group, /\nAWS operates AWS Transfer Family; access through the directory group is/);
    assert.doesNotMatch(group, /SSH/);
    assert.match(explained('aws_s3_bucket_acl'), /^aws_s3_bucket_acl \(configures aws_s3_bucket\)\nAWS operates S3 /);
    assert.match(explained('aws_alb'), /^aws_alb\n[^]*- internal: /);
  });

  it('suggests a type of Terraform that only its own data has', () => {
    const { err } = call(['explain', 'aws_fsx_ontap_volum'], { cwd: '/' });
    assert.match(err, /Did you mean "aws_fsx_ontap_volume"\?/);
  });

  it('says that nothing is known of types of other publishers, and of custom resources', () => {
    assert.match(explained('Vendor::Service::Thing'), /nothing is known/);
    assert.match(explained('Custom::Thing'), /ServiceToken/);
  });

  for (const [misspelled, meant] of [
    ['AWS::RDS::DBInstnce', 'AWS::RDS::DBInstance'],
    ['aws::s3::bucket', 'AWS::S3::Bucket'],
    ['AWS::Lamda::Function', 'AWS::Lambda::Function'],
    ['AWS::S3::Buckt', 'AWS::S3::Bucket'],
    ['aws_db_instanc', 'aws_db_instance'],
    ['aws_s3_acount_public_access_block', 'aws_s3_account_public_access_block'],
  ] as const)
    it(`suggests ${meant} for ${misspelled}`, () => {
      const { code, out, err } = call(['explain', misspelled], { cwd: '/' });
      assert.equal(code, 2);
      assert.equal(out, '');
      assert.match(err, new RegExp(`Unknown resource type "${misspelled}"\\. Did you mean "${meant}"\\?`));
    });

  it('shows what holds for types of AWS that are not known', () => {
    assert.match(explained('AWS::NewService::Gadget'), /^AWS::NewService::Gadget\n/);
  });
});
