import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { canonicalTypes } from '../../server/src/engine/canonical-types.ts';
import { nearestQuery, rulesNamed, searchRules, type Searched } from '../../server/src/engine/rule-search.ts';
import { schemaData } from '../../server/src/host/schema-data.ts';
import { RULES } from '../../server/src/rules/index.ts';

const SCHEMAS = fileURLToPath(new URL('../../schemas/', import.meta.url));

const rule = (id: string, title: string, more: Partial<Searched> = {}): Searched => ({
  id,
  title,
  aliases: {},
  controls: {},
  ...more,
});

const CATALOG: readonly Searched[] = [
  rule('s3-bucket-logging', 'S3 buckets should have server access logging enabled', {
    aliases: { checkov: ['CKV_AWS_18'], trivy: ['AWS-0089'] },
    controls: { securityHub: ['S3.9'] },
  }),
  rule('s3-bucket-versioning', 'S3 buckets should have versioning enabled', { keywords: ['logging of changes'] }),
  rule('iam-pass-role', 'iam:PassRole should not be allowed on all roles', {
    keywords: ['privilege escalation'],
    aliases: { 'access-analyzer': ['PASS_ROLE_WITH_STAR_IN_RESOURCE'] },
  }),
  rule('iam-policy-logging', 'Policies should not allow to stop logging', { aliases: { checkov: ['versioning'] } }),
  rule('versioning', 'Objects should be kept'),
];

const ids = (query: string): readonly string[] => searchRules(query, CATALOG).map(({ id }) => id);

describe('search of rules', () => {
  const TABLE: readonly (readonly [query: string, ...found: string[]])[] = [
    // An exact id, an exact alias, a title, a keyword.
    ['versioning', 'versioning', 'iam-policy-logging', 's3-bucket-versioning'],
    ['logging', 's3-bucket-logging', 'iam-policy-logging', 's3-bucket-versioning'],
    ['ckv_aws_18', 's3-bucket-logging'],
    ['AVD-AWS-0089', 's3-bucket-logging'],
    ['aws-0089', 's3-bucket-logging'],
    ['S3.9', 's3-bucket-logging'],
    ['PASS_ROLE_WITH_STAR_IN_RESOURCE', 'iam-pass-role'],
    ['pass_role_with', 'iam-pass-role'],
    // A number is not the beginning of another one, and the words of two ids do not make a third.
    ['CKV_AWS_1'],
    ['CKV_AWS_0089'],
    // All words have to match, in any order, as the beginnings of words.
    ['log bucket', 's3-bucket-logging', 's3-bucket-versioning'],
    ['bucket role'],
    ['policy', 'iam-policy-logging'],
    ['Policies', 'iam-policy-logging'],
    ['privilege escalation', 'iam-pass-role'],
    // As one word, and in several.
    ['pass role', 'iam-pass-role'],
    ['passrole', 'iam-pass-role'],
    ['iam:PassRole', 'iam-pass-role'],
    ['  '],
    ['__proto__'],
    ['(.*'],
  ];
  for (const [query, ...found] of TABLE)
    it(`finds ${found.join(', ') || 'nothing'} for "${query}"`, () => assert.deepEqual(ids(query), found));

  /** Searches as users type them, and the rule that they look for. */
  const USUAL: readonly (readonly [query: string, rule: string])[] = [
    ['secrets in environment variables', 'environment-variable-secret'],
    ['hardcoded password', 'rds-master-password-plaintext'],
    ['unencrypted sns', 'sns-topic-encryption'],
    ['encrypted ebs volumes', 'ebs-volume-encryption'],
    ['api gateway without authorization', 'apigateway-method-authorization'],
    ['rotate kms keys', 'kms-key-rotation'],
    ['publicly accessible database', 'rds-publicly-accessible'],
    ['shared ami', 'ec2-ami-public'],
    ['open ssh to the world', 'sg-ingress-open-ssh'],
    ['0.0.0.0/0', 'sg-ingress-open-world'],
    ['tls 1.2', 'elb-listener-tls12'],
  ];
  for (const [query, id] of USUAL)
    it(`finds ${id} for "${query}"`, () => assert.ok(searchRules(query, RULES).some((found) => found.id === id)));

  it('finds only rules about an address, not all with a zero', () => {
    const found = searchRules('0.0.0.0/0', RULES);
    assert.deepEqual(
      found.filter(({ title, keywords = [] }) => !/0\.0\.0\.0\/0/.test([title, ...keywords].join(' '))),
      [],
    );
  });

  it('finds rules with the word itself before those with another form of it', () => {
    const found = searchRules('versioning', RULES).map(({ id }) => id);
    assert.equal(found[0], 's3-bucket-versioning');
    assert.ok(found.includes('iam-policy-version'), 'a form of the word');
  });

  it('finds a rule by the paths and names of the properties that it reads, after rules about these words', () => {
    const searched = new Map<string, ReadonlySet<unknown>>();
    for (const rule of RULES.filter(({ on }) => on === 'resource'))
      for (const path of Object.values<readonly string[]>('reads' in rule ? rule.reads : {}).flat())
        for (const query of [path, path.slice(path.lastIndexOf('.') + 1)].filter((one) => one.length > 4)) {
          const found = searched.get(query) ?? new Set(searchRules(query, RULES));
          searched.set(query, found);
          assert.ok(found.has(rule), `${rule.id}: ${query}`);
        }
    const reading = rule('a-rule', 'Things should be good', {
      reads: { 'AWS::A::B': ['Access[].PubliclyAccessible', 'Logging.State'] },
    });
    const about = rule('b-rule', 'Things should be publicly accessible');
    const found = (query: string): readonly string[] => searchRules(query, [reading, about]).map(({ id }) => id);
    assert.deepEqual(found('publicly accessible'), ['b-rule', 'a-rule']);
    assert.deepEqual(found('publicly'), ['b-rule', 'a-rule']);
    assert.deepEqual(found('Logging.State'), ['a-rule']);
    assert.deepEqual(found('State'), ['a-rule']);
    assert.deepEqual(found('Logging.Stated'), []);
    assert.deepEqual(found('things State'), ['a-rule'], 'a word of the title and a property');
    assert.deepEqual(found('things Access[].PubliclyAccessible'), ['a-rule', 'b-rule']);
    assert.deepEqual(found('PublicAccess'), ['b-rule'], 'the words of a name');
    assert.deepEqual(found('Accessib'), ['b-rule', 'a-rule'], 'a part of a name');
    assert.deepEqual(found('things Stated'), []);
    assert.equal(nearestQuery('LogingState', [reading]), 'loggingstate');
  });

  it('finds the rules that read a type', () => {
    const data = (file: string): unknown => schemaData(SCHEMAS, file);
    const of = (name: string): readonly string[] =>
      searchRules(name, RULES, canonicalTypes(name, data)).map(({ id }) => id);
    assert.ok(of('AWS::RDS::DBInstance').includes('rds-instance-encryption'));
    assert.ok(!of('AWS::RDS::DBInstance').includes('s3-bucket-versioning'));
    assert.ok(of('aws_db_instance').includes('rds-instance-encryption'));
    assert.deepEqual(of('aws::rds::dbinstance'), of('AWS::RDS::DBInstance'));
    for (const id of ['lambda-runtime-deprecated', 'lambda-url-auth-none'])
      assert.ok(of('AWS::Serverless::Function').includes(id));
    assert.deepEqual(of('aws::serverless::function'), of('AWS::Serverless::Function'));
    assert.ok(of('AWS::Serverless::Api').includes('apigateway-access-logging'));
    assert.ok(!of('AWS::Serverless::Function').some((id) => id.startsWith('iam-role')));
    assert.deepEqual(of('aws_no_such_type'), []);
  });

  for (const [query, nearest] of [
    ['s3-bucket-loging', 's3-bucket-logging'],
    ['CKV_AWS_l8', 'CKV_AWS_18'],
    ['bucket versoning', 'bucket versioning'],
    ['privilige escalation', 'privilege escalation'],
    ['quantum', undefined],
    ['', undefined],
  ] as const)
    it(`suggests ${nearest ?? 'nothing'} for "${query}"`, () => assert.equal(nearestQuery(query, CATALOG), nearest));

  it('finds each rule of the catalog first by its id, and by each of its aliases', () => {
    for (const { id, title, aliases, controls } of RULES) {
      assert.equal(searchRules(id, RULES)[0]!.id, id);
      for (const alias of [...Object.values(aliases).flat(), ...Object.values(controls).flat()]) {
        const named = rulesNamed(alias, RULES).map((one) => one.id);
        assert.ok(named.includes(id), alias);
        assert.deepEqual(
          searchRules(alias, RULES)
            .slice(0, named.length)
            .map((one) => one.id),
          named,
          alias,
        );
      }
      assert.ok(searchRules(title, RULES).some((one) => one.id === id));
    }
  });

  it('finds the rules of a service by its name', () => {
    const found = searchRules('s3', RULES).map(({ id }) => id);
    assert.deepEqual(
      RULES.filter(({ id }) => id.startsWith('s3-')).filter(({ id }) => !found.includes(id)),
      [],
    );
  });
});
