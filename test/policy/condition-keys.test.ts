import assert from 'node:assert/strict';
import { conditionKeys, fitOf, hasMany, stemOf } from '../../server/src/policy/data/key-type.ts';
import type { OperatorFamily } from '../../server/src/policy/text/condition-operator.ts';

const keys = conditionKeys({
  'aws:RequestTag/tag-key': 'String',
  'aws:TagKeys': 'ArrayOfString',
  's3:ExistingObjectTag/<key>': 'String',
  'ec2:ResourceTag/${TagKey}': 'String',
  'kms:EncryptionContext:${EncryptionContextKey}': 'String',
  'aws:SourceArn': 'ARN',
  'aws:SourceVpcArn': 'String',
  'aws:username': 'String',
  'aws:EpochTime': 'Date',
  'events:detail-type': 'ArrayOfString',
  'datapipeline:PipelineCreator': 'ArrayOfString',
});

describe('a condition key', () => {
  const named: readonly [string, string | undefined][] = [
    ['AWS:UserName', 'aws:username'],
    ['aws:requesttag/Cost Centre/a:b', 'aws:RequestTag/tag-key'],
    ['aws:RequestTag/', undefined],
    ['aws:RequestTag', undefined],
    ['s3:ExistingObjectTag/team', 's3:ExistingObjectTag/<key>'],
    ['ec2:ResourceTag/team', 'ec2:ResourceTag/${TagKey}'],
    ['kms:EncryptionContext:aws:s3:arn', 'kms:EncryptionContext:${EncryptionContextKey}'],
    ['aws:usernames', undefined],
  ];
  for (const [written, name] of named)
    it(`${written} is ${name ?? 'none'}`, () => assert.equal(keys.named(written)?.name, name));

  const stems: readonly [string, string | undefined][] = [
    ['aws:RequestTag/a', 'aws:RequestTag'],
    ['s3:ExistingObjectTag/a', 's3:ExistingObjectTag'],
    ['kms:EncryptionContext:a', undefined],
    ['aws:username', undefined],
  ];
  for (const [written, stem] of stems)
    it(`${written} has the stem ${stem ?? 'undefined'}`, () => assert.equal(stemOf(keys.named(written)!), stem));

  const fits: readonly [string, OperatorFamily, string][] = [
    ['aws:username', 'String', 'right'],
    ['aws:username', 'Arn', 'wrong'],
    ['aws:username', 'Null', 'right'],
    ['aws:SourceArn', 'Arn', 'right'],
    ['aws:SourceArn', 'String', 'usable'],
    ['aws:SourceArn', 'Numeric', 'wrong'],
    ['aws:SourceVpcArn', 'Arn', 'right'],
    ['aws:RequestTag/a', 'Numeric', 'right'],
    ['aws:EpochTime', 'Numeric', 'right'],
    ['aws:EpochTime', 'String', 'wrong'],
  ];
  for (const [written, family, fit] of fits)
    it(`${written} by ${family} is ${fit}`, () => assert.equal(fitOf(keys.named(written)!, family), fit));

  it('has a single value, multiple values, or is documented both ways', () =>
    assert.deepEqual(
      ['aws:username', 'aws:TagKeys', 'events:detail-type', 'datapipeline:PipelineCreator'].map((written) =>
        hasMany(keys.named(written)!),
      ),
      [false, true, true, undefined],
    ));
});
