/** The names of resource types in texts: none looks like an identifier. */
import assert from 'node:assert/strict';
import { resourceTypePlural, resourceTypeWords } from '../../server/src/policy/data/words.ts';
import { referenceOver } from '../../server/src/policy/data/reference.ts';
import { analysed, findingsOf } from '../engine/analysis.ts';
import { memoryReader } from '../kit/memory-reader.ts';

describe('the words of resource types', () => {
  it('are separate words, with abbreviations in capitals', () => {
    for (const [name, one, several] of [
      ['log-group', 'log group', 'log groups'],
      ['harvest_jobs', 'harvest jobs', 'harvest jobs'],
      ['loadbalancer/app/', 'load balancer app', 'load balancer apps'],
      ['vpc', 'VPC', 'VPCs'],
      ['ipam-pool', 'IPAM pool', 'IPAM pools'],
      ['saml-provider', 'SAML provider', 'SAML providers'],
      ['deliverystream', 'delivery stream', 'delivery streams'],
      ['podidentityassociation', 'pod identity association', 'pod identity associations'],
      ['DBInstance', 'DB instance', 'DB instances'],
      ['ReportGroup', 'report group', 'report groups'],
      ['ALB', 'ALB', 'ALBs'],
      ['policy', 'policy', 'policies'],
      ['analysis', 'analysis', 'analyses'],
      ['event-bus', 'event bus', 'event buses'],
      ['event-busv2', 'event bus v2', 'event buses v2'],
      ['execute-api-general', 'API', 'APIs'],
      ['execute-api-domain', 'custom domain name', 'custom domain names'],
      ['index', 'index', 'indexes'],
    ] as const)
      assert.deepEqual([resourceTypeWords(name), resourceTypePlural(name)], [one, several]);
  });

  it('have no sign of an identifier in the data of any service', () => {
    const { data } = memoryReader(new Map());
    const reference = referenceOver(data)!;
    const names = [...reference.iam.services.keys()].flatMap((prefix) =>
      (reference.service(prefix)?.resourceTypes ?? []).map(({ name }) => name),
    );
    assert.ok(names.length > 1000);
    assert.deepEqual(
      names.map(resourceTypePlural).filter((words) => /[-_/]|[a-z][A-Z](?!s)/.test(words)),
      [],
    );
  });

  it('are what messages and titles of fixes have', () => {
    const statement = (action: string, resource: string): object => ({
      Effect: 'Allow',
      Action: action,
      Resource: resource,
    });
    const text = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        statement('elasticfilesystem:CreateAccessPoint', 'arn:aws:s3:::a'),
        statement('logs:CreateLogGroup', 'arn:aws:logs:*:*:log-group:*'),
        statement('logs:PutLogEvents', '*'),
      ],
    });
    const texts = findingsOf(analysed({ 'policy.json': text })).flatMap(({ message, fixes }) => [
      message,
      ...fixes.map(({ title }) => title),
    ]);
    assert.ok(
      texts.some((one) => /to file system resources/.test(one)),
      texts.join('\n'),
    );
    assert.ok(
      texts.some((one) => /log (?:group|stream)s?\b/.test(one)),
      texts.join('\n'),
    );
    assert.deepEqual(
      texts.filter((one) => /(?<![:\w-])(?:log-(?:group|stream)|file-system)s?(?![:\w-])/.test(one)),
      [],
    );
  });

  it('are in titles of fixes once, with the place of the resources', () => {
    const text = `Resources:
  Policy:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          - {Effect: Allow, Action: [ec2:AssociateVpcCidrBlock, eks:CreateAddon], Resource: '*'}
`;
    assert.deepEqual(
      findingsOf(analysed({ 't.yaml': text })).flatMap(({ fixes }) => fixes.map(({ title }) => title)),
      [
        'Restrict 2 actions to IPAM pools, IPv6 pools and VPCs (and clusters and pod identity associations; in this account)',
      ],
    );
  });
});
