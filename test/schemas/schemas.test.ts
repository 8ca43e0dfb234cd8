import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import {
  nestedOf,
  nodeAt,
  pathsOf,
  propertyAt,
  longForm,
  type BodySchema,
  type PropertySchemas,
  type ProviderSchema,
  type TypeSchema,
} from '../../tools/schemas/read.ts';
import { canonicalType, data, names, nativeType, SCHEMAS, type Header } from './data.ts';

const TYPE = /^(string|integer|number|boolean|json|date-time|null|#\w+|\(.+\))(\[\]|\{\})*$/;
const NATIVE_TYPE = /^(?:(?:list|set|map)\()*(string|number|bool|any)\)*[!=~]?$/;
const NESTING = /^(list|set|list1|set1|map|single)[!=~]?$/;

function formProblems(type: TypeSchema): string[] {
  const every: readonly PropertySchemas[] = [type.properties, ...Object.values(type.definitions ?? {})];
  return every.flatMap((schemas) =>
    Object.entries(schemas).flatMap(([name, schema]) => {
      const { type: text } = longForm(schema);
      const missing = [...text.matchAll(/#(\w+)/g)].filter(([, definition]) => !type.definitions?.[definition!]);
      return TYPE.test(text) && missing.length === 0 ? [] : [`${name}: ${text}`];
    }),
  );
}

function nativeProblems(file: ProviderSchema, body: BodySchema, depth = 0): string[] {
  return Object.entries(body).flatMap(([name, node]) => {
    if (typeof node === 'string') return NATIVE_TYPE.test(node) ? [] : [`${name}: ${node}`];
    const [kind] = Object.keys(node);
    const nested = nestedOf(file, node);
    return [
      ...(NESTING.test(kind!) ? [] : [`${name}: ${kind}`]),
      ...(nested && depth < 6 ? nativeProblems(file, nested.body, depth + 1) : []),
    ];
  });
}

describe('schemas', () => {
  it('name their source, version, date and licence', () => {
    const licenceOf = (name: string): string =>
      name.startsWith('terraform/')
        ? 'MPL-2.0'
        : /^iam\/(services|descriptions|global-keys|managed-policies|service-principals)/.test(name)
          ? 'MIT'
          : 'Apache-2.0';
    // The schema of the configuration is not data about AWS.
    const wrong = names().filter((name) => {
      if (name.endsWith('.schema')) return false;
      const header = data<{ readonly $?: Header }>(name).$;
      return (
        !header?.source ||
        !header.version ||
        !/^\d{4}-\d{2}-\d{2}$/.test(header.date) ||
        header.licence !== licenceOf(name)
      );
    });
    assert.deepEqual(wrong, []);
  });

  it('keep the notice of the Mozilla Public License in every file made from the provider', () => {
    const files = names('terraform/');
    assert.ok(files.length > 200);
    assert.deepEqual(
      files.filter(
        (name) => !data<{ $: { notice?: string } }>(name).$.notice?.includes('Mozilla Public License, v. 2.0'),
      ),
      [],
    );
  });

  it('are described', () => {
    assert.ok(existsSync(`${SCHEMAS}README.md`));
  });

  describe('of CloudFormation', () => {
    it('hold every type in the file of its service, in a form that can be read', () => {
      const types = names('cloudformation/').flatMap((name) =>
        Object.entries(data<{ types: Record<string, TypeSchema> }>(name).types).map(([type, schema]) => ({
          name,
          type,
          schema,
        })),
      );
      assert.ok(types.length > 1800);
      assert.deepEqual(
        types.filter(({ name, type }) => name !== `cloudformation/${type.split('::')[1]!.toLowerCase()}`),
        [],
      );
      assert.deepEqual(
        types.flatMap(({ type, schema }) => formProblems(schema).map((problem) => `${type} ${problem}`)),
        [],
      );
    });

    it('are walked through blocks and lists', () => {
      const bucket = canonicalType('AWS::S3::Bucket')!;
      assert.equal(propertyAt(bucket, 'PublicAccessBlockConfiguration.BlockPublicAcls')?.type, 'boolean');
      assert.deepEqual(
        propertyAt(
          bucket,
          'BucketEncryption.ServerSideEncryptionConfiguration[].ServerSideEncryptionByDefault.SSEAlgorithm',
        ),
        { type: 'string', required: true, replaces: 'no', values: ['aws:kms', 'AES256', 'aws:kms:dsse'] },
      );
      assert.equal(propertyAt(bucket, 'BucketName')?.replaces, 'yes');
      assert.equal(propertyAt(canonicalType('AWS::RDS::DBInstance')!, 'MultiAZ')?.replaces, 'maybe');
      assert.equal(
        propertyAt(bucket, 'BucketEncryption.ServerSideEncryptionConfiguration.BucketKeyEnabled'),
        undefined,
      );
      assert.equal(propertyAt(bucket, 'PublicAccessBlockConfiguration[].BlockPublicAcls'), undefined);
      assert.equal(propertyAt(bucket, 'constructor'), undefined);
    });

    it('are listed as paths, containers included, and definitions that contain themselves once', () => {
      const paths = pathsOf(canonicalType('AWS::EC2::SecurityGroup')!, 4);
      assert.ok(paths.includes('SecurityGroupIngress') && paths.includes('SecurityGroupIngress[].CidrIp'));
      const recursive: TypeSchema = {
        properties: { And: '#Rule[]' },
        definitions: { Rule: { And: '#Rule[]', Name: 'string!' } },
      };
      assert.deepEqual(pathsOf(recursive, 9), ['And', 'And[].And', 'And[].Name']);
    });
  });

  describe('of Terraform', () => {
    it('hold every type in the file of its second word, in a form that can be read', () => {
      const types = names('terraform/').flatMap((name) => {
        const file = data<ProviderSchema>(name);
        return [...Object.entries(file.resources ?? {}), ...Object.entries(file.data ?? {})].map(([type, body]) => ({
          name,
          type,
          file,
          body,
        }));
      });
      assert.ok(types.length > 2300);
      assert.deepEqual(
        types.filter(({ name, type }) => name !== `terraform/${type.split('_')[1]}`).map(({ type }) => type),
        [],
      );
      assert.deepEqual(
        types.flatMap(({ type, file, body }) => nativeProblems(file, body).map((problem) => `${type} ${problem}`)),
        [],
      );
    });

    it('tell attributes from blocks, and how blocks are nested', () => {
      const { file, body } = nativeType('aws_lb_listener')!;
      assert.equal(nodeAt(file, body, 'load_balancer_arn'), 'string!');
      const action = nestedOf(file, nodeAt(file, body, 'default_action')!)!;
      assert.deepEqual([action.nesting, action.required], ['list', true]);
      assert.equal(nestedOf(file, nodeAt(file, body, 'default_action.redirect')!)?.nesting, 'list1');
      assert.equal(nodeAt(file, body, 'default_action.redirect.status_code'), 'string!');
      assert.equal(nodeAt(file, body, 'default_action.nothing'), undefined);
      assert.equal(nativeType('aws_security_group')!.body['arn'], 'string=');
      assert.equal(nativeType('aws_security_group')!.body['vpc_id'], 'string~');
      assert.equal(nativeType('aws_security_group')!.body['tags'], 'map(string)');
    });
  });
});
