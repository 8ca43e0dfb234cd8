import assert from 'node:assert/strict';
import { run } from '../../server/src/engine/run.ts';
import { EVERYTHING, readerOf, uri, type Files } from './analysis.ts';

/** The services whose actions are loaded for some documents, or another folder of data. */
function loaded(
  files: Files,
  named: readonly string[] = Object.keys(files),
  folder = 'iam/services/',
): readonly string[] {
  const wanted = new Set<string>();
  const reader = readerOf(files);
  run(
    {
      ...reader,
      data: (name) => {
        if (name.startsWith(folder)) wanted.add(name.slice(folder.length));
        return reader.data(name);
      },
    },
    named.map(uri),
    EVERYTHING,
  );
  return [...wanted].sort();
}

const template = (policy: string): string =>
  `Resources: {P: {Type: AWS::IAM::ManagedPolicy, Properties: {PolicyDocument: ${policy}}}}`;

describe('data of services', () => {
  it('are loaded for the services that a document names, in any case and any notation', () => {
    assert.deepEqual(
      loaded({ 'a.yaml': template('{Statement: [{Action: [S3:Get*, "kms:*"], Resource: "arn:aws:sqs:::q"}]}') }),
      ['kms', 's3', 'sqs'],
    );
    assert.deepEqual(loaded({ 'a.yaml': template(`'{"Statement":[{"Action":"dynamodb:Query"}]}'`) }), ['dynamodb']);
    assert.deepEqual(
      loaded({ 'p.json': '{"Statement":[{"Effect":"Allow","Action":"elasticloadbalancing:?reateRule"}]}' }),
      ['elasticloadbalancing'],
    );
  });

  it('are loaded for names with escapes', () => {
    assert.deepEqual(
      loaded({
        'p.json':
          '{"\\u0053tatement":[{"Effect":"Allow","Action":["\\u0073\\u0033:*","\\u0073qs\\u003aSendMessage"]}]}',
      }),
      ['s3', 'sqs'],
    );
    assert.deepEqual(loaded({ 'a.yaml': template(`'{"Statement":[{"Action":"\\u0064ynamodb:Query"}]}'`) }), [
      'dynamodb',
    ]);
    assert.deepEqual(
      loaded({
        'a.yaml': template('{Statement: [{Action: "\\x73\\x6es:Publish"}, {Action: "\\U0000006bms:Decrypt"}]}'),
      }),
      ['kms', 'sns'],
    );
    assert.deepEqual(
      loaded({
        'a.json': JSON.stringify({
          Resources: {
            P: {
              Type: 'AWS::IAM::ManagedPolicy',
              Properties: { PolicyDocument: '{"Statement":[{"Action":"\\u0073\\u0033:Get*"}]}' },
            },
          },
        }),
      }),
      ['s3'],
    );
  });

  it('are loaded for the values of variables too', () => {
    const main =
      '{"variable": {"a": {}}, "resource": {"aws_iam_policy": {"p": {"policy": "${jsonencode({Statement = [{Action = var.a}]})}"}}}}';
    assert.deepEqual(loaded({ 'main.tf.json': main, 'x.auto.tfvars.json': '{"a": "sns:Publish"}' }, ['main.tf.json']), [
      'sns',
    ]);
  });

  it('are loaded for the likely intended service', () => {
    assert.deepEqual(loaded({ 'a.yaml': template('{Statement: [{Action: dyanmodb:GetItem}]}') }), ['dynamodb']);
  });

  it('are not loaded for unknown services or unsupported documents', () => {
    assert.deepEqual(
      loaded({
        'a.yaml': template('{Statement: [{Action: [nothing:GetItem, "aws:x"], Resource: "http://constructor:x"}]}'),
        'b.yaml': 'a: s3:Get',
      }),
      [],
    );
  });
});

describe('data of connections', () => {
  const ofLinks = (files: Files): readonly string[] => loaded(files, Object.keys(files), 'relations/');

  it('are loaded for the services of the types that a template names', () => {
    assert.deepEqual(
      ofLinks({
        'a.yaml':
          'Resources: {Q: {Type: AWS::SQS::Queue}, "B": {Type: "\\x41WS::S3::Bucket"}, N: {Type: AWS::No::Type}}',
      }),
      ['index', 's3', 'sqs'],
    );
  });

  it('are loaded for nested templates', () => {
    assert.deepEqual(
      ofLinks({
        'a.yaml': 'Resources: {N: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: n.yaml}}}',
        'n.yaml': 'Resources: {Q: {Type: AWS::SQS::Queue}}',
      }),
      ['cloudformation', 'index', 'sqs'],
    );
  });

  it('are loaded for the types that the SAM transform generates', () => {
    const services = ofLinks({
      'a.yaml': 'Transform: AWS::Serverless-2016-10-31\nResources: {F: {Type: AWS::Serverless::Function}}',
    });
    assert.ok(
      ['iam', 'lambda'].every((service) => services.includes(service)),
      services.join(),
    );
  });

  it('are loaded for the types of resources of Terraform', () => {
    assert.deepEqual(ofLinks({ 'a.tf.json': '{"resource": {"aws_sqs_queue": {"q": {}}}}' }), ['index', 'sqs']);
  });
});
