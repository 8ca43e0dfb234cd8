import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  actionPattern,
  canBeLimited,
  covers,
  isEverything,
  isWholeService,
  type ServiceActions,
} from '../../server/src/policy/data/action.ts';
import { serviceActions, type ServiceData } from '../../server/src/policy/data/service-actions.ts';
import { fits } from '../../server/src/policy/text/wildcard.ts';
import { data, names } from '../schemas/data.ts';

function actionsOf(service: string): ServiceActions {
  return serviceActions(service, data<ServiceData>(`iam/services/${service}`));
}

describe('actions', () => {
  it('are parsed as written in policies', () => {
    assert.deepEqual(actionPattern('S3:Get*'), { service: 's3', name: 'Get*' });
    assert.deepEqual(actionPattern('**'), { service: '*', name: '*' });
    assert.deepEqual(actionPattern('s3:**'), { service: 's3', name: '*' });
    for (const none of ['', 's3', 's3:', ':Get', 's3:Get:Object', 's3: GetObject', '${aws:username}'])
      assert.equal(actionPattern(none), undefined, none);
  });

  it('match a whole service or all services', () => {
    const results = (written: string): readonly boolean[] => [
      isWholeService(actionPattern(written)!),
      isEverything(actionPattern(written)!),
    ];
    assert.deepEqual(['*', '*:*', 's3:*', 'S3:**', 's3:*Object', 's*:*'].map(results), [
      [false, true],
      [false, true],
      [true, false],
      [true, false],
      [false, false],
      [false, false],
    ]);
  });

  it('are matched case-insensitively, with wildcards anywhere', () => {
    const covering = ['*', '*:*', 'iam:*', 'IAM:passrole', 'iam:Pass*', 'iam:*Role', 'iam:P???Role', 'iam:*ss*'];
    const other = ['iam:PassRoles', 'iam:Pass', 's3:*', 'iam:P??Role', 'ia:mPassRole'];
    assert.deepEqual(
      [...covering, ...other].filter((written) => covers(actionPattern(written)!, 'iam:PassRole')),
      covering,
    );
  });

  it('match a pattern like the equivalent regular expression', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 12 });
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 12 });
    fc.assert(
      fc.property(
        text,
        pattern,
        (t, p) => fits(t, p) === new RegExp(`^${p.replaceAll('*', '.*').replaceAll('?', '.')}$`).test(t),
      ),
      { numRuns: 2000 },
    );
  });

  it('match patterns with many wildcards in bounded time', () => {
    assert.equal(fits('a'.repeat(5000), `${'a*'.repeat(500)}b`), false);
  });
});

describe('the actions of a service', () => {
  it('are found by name case-insensitively, and by pattern', () => {
    const s3 = actionsOf('s3');
    assert.equal(s3.named('getobject')?.name, 'GetObject');
    assert.equal(s3.named('GetObjects'), undefined);
    assert.equal(s3.named('constructor'), undefined);
    assert.deepEqual(
      s3.matching('*bucketpolic?').map(({ name }) => name),
      ['DeleteBucketPolicy', 'GetBucketPolicy', 'PutBucketPolicy'],
    );
    assert.equal(s3.named('GetObject'), s3.matching('GetObject')[0]);
  });

  it('have a level, resources and keys', () => {
    const factsOf = (service: string, name: string): unknown => {
      const { level, resources, keys } = actionsOf(service).named(name)!;
      return [level, resources.map(({ type, required }) => (required ? `${type}!` : type)), keys.slice(0, 2)];
    };
    assert.deepEqual(factsOf('s3', 'PutBucketPolicy'), [
      'permissions-management',
      ['bucket!'],
      ['s3:ResourceAccount', 's3:TlsVersion'],
    ]);
    assert.deepEqual(factsOf('s3', 'GetObject'), [
      'read',
      ['accesspointobject', 'object'],
      ['s3:AccessGrantsInstanceArn', 's3:ExistingObjectTag/<key>'],
    ]);
    assert.deepEqual(factsOf('sqs', 'TagQueue'), ['tagging', ['queue!'], ['aws:RequestTag/${TagKey}', 'aws:TagKeys']]);
    assert.deepEqual(factsOf('sqs', 'ListQueues'), ['read', [], []]);
    const image = actionsOf('ec2')
      .named('RunInstances')!
      .resources.find(({ type }) => type === 'image')!;
    assert.ok(image.required && image.keys.includes('ec2:Owner'));
  });

  it('support resource-level permissions, do not, or are unknown', () => {
    const isListed = (action: string): boolean => {
      const [service, name] = action.split(':') as [string, string];
      return canBeLimited(service, actionsOf(service).named(name)!);
    };
    assert.deepEqual(
      ['s3:GetObject', 'sqs:SendMessage', 'ec2:RunInstances', 'iam:PassRole', 'events:PutRule'].map(isListed),
      [true, true, true, true, true],
    );
    assert.deepEqual(
      [
        's3:ListAllMyBuckets',
        'ecr:GetAuthorizationToken',
        'ec2:DescribeInstances',
        'xray:PutTraceSegments',
        'cloudwatch:PutMetricData',
        'translate:StartTextTranslationJob',
      ].map(isListed),
      [false, false, false, false, false, false],
    );
  });

  it('can be loaded for every service', () => {
    const { services } = data<{ readonly services: Readonly<Record<string, string>> }>('iam/services');
    assert.deepEqual(
      names('iam/services/').map((name) => name.slice('iam/services/'.length)),
      Object.keys(services),
    );
    const wrong = Object.keys(services).flatMap((service) =>
      actionsOf(service)
        .actions.filter(
          ({ resources, keys }) =>
            keys.includes(undefined!) ||
            resources.some((resource) => resource.type === undefined || resource.keys.includes(undefined!)),
        )
        .map(({ name }) => `${service}:${name}`),
    );
    assert.deepEqual(wrong, []);
    for (const service of Object.keys(services)) {
      const letters = Object.values(data<ServiceData>(`iam/services/${service}`).actions).map(
        (text) => text.split(' ')[0]!,
      );
      assert.deepEqual(
        letters.filter((levels) => !/^(L|R|W|TW|PW)$/.test(levels)),
        [],
        service,
      );
    }
  });
});
