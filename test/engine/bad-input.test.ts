/** Invalid input: nothing is thrown, nothing hangs, and errors are reported at their place. */
import assert from 'node:assert/strict';
import { run } from '../../server/src/engine/run.ts';
import { examine } from '../kit/invariants.ts';
import { EVERYTHING, readerOf, uri } from './analysis.ts';

const TEMPLATE = `AWSTemplateFormatVersion: "2010-09-09"
Parameters:
  Env: {Type: String, Default: dev, AllowedValues: [dev, prod]}
Conditions:
  IsProd: !Equals [!Ref Env, prod]
Mappings:
  ByEnv:
    dev: {Encrypted: false}
    prod: {Encrypted: true}
Resources:
  Disk:
    Type: AWS::EC2::Volume
    Properties:
      Encrypted: !FindInMap [ByEnv, !Ref Env, Encrypted]
  Bucket:
    Type: AWS::S3::Bucket
    Condition: IsProd
    Properties: {BucketName: !Sub "\${Env}-b", PublicAccessBlockConfiguration: !If [IsProd, {BlockPublicAcls: false}, !Ref "AWS::NoValue"]}
  Policy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Bucket
      PolicyDocument: |
        {"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*"}]}
`;
const JSON_TEMPLATE =
  '{"Resources":{"Disk":{"Type":"AWS::EC2::Volume","Properties":{"Encrypted":{"Fn::If":["C",false,true]},"Tags":[{"Key":"\\u00e9","Value":"x"}]}}},"Conditions":{"C":{"Fn::Equals":["a",{"Ref":"P"}]}},"Parameters":{"P":{"Type":"String"}}}';
const TERRAFORM = JSON.stringify({
  variable: { on: { type: 'bool', default: false } },
  locals: { x: '${var.on ? 1 : 0}' },
  resource: { aws_ebs_volume: { v: { count: '${local.x}', encrypted: '${var.on}' } } },
});
const PLAN = JSON.stringify({
  format_version: '1.2',
  resource_changes: [
    {
      address: 'aws_ebs_volume.v',
      mode: 'managed',
      type: 'aws_ebs_volume',
      name: 'v',
      change: { actions: ['create'], after: { encrypted: false }, after_unknown: {} },
    },
  ],
});

function examined(name: string, text: string, options = {}): ReturnType<typeof examine> {
  return examine(readerOf({ [name]: text }), [uri(name)], EVERYTHING, options);
}

describe('a truncated document', () => {
  const whole: Readonly<Record<string, string>> = {
    't.yaml': TEMPLATE,
    't.json': JSON_TEMPLATE,
    'main.tf.json': TERRAFORM,
    'plan.json': PLAN,
  };
  for (const [name, text] of Object.entries(whole)) {
    it(`is parsed as far as possible at any position: ${name}`, () => {
      for (let length = 0; length <= text.length; length += length < 50 ? 1 : 7) {
        // A second analysis of the same text, which has to give the same, is made of some.
        const { broken } = examined(name, text.slice(0, length), { once: length % 4 > 0 });
        assert.deepEqual(broken, [], `the first ${length} characters`);
      }
    });
  }

  it('has a problem at its end', () => {
    const text = JSON_TEMPLATE.slice(0, 120);
    const problems = examined('t.json', text).analysis!.documents[0]!.problems;
    assert.ok(problems.length > 0);
    for (const { kind, at } of problems) assert.ok(kind === 'syntax' && at.start >= 0 && at.end <= text.length);
  });
});

const DEEP = 100_000;

describe('a malformed document', () => {
  const head =
    'AWSTemplateFormatVersion: x\nResources:\n  Disk:\n    Type: AWS::EC2::Volume\n    Properties:\n      Encrypted: ';
  const documents: Readonly<Record<string, readonly [name: string, text: string, problem?: RegExp]>> = {
    nothing: ['t.yaml', ''],
    'a byte order mark': ['t.yaml', '\ufeff'],
    NUL: ['t.yaml', `${TEMPLATE}\u0000`],
    bytes: ['t.json', String.fromCharCode(...Array.from({ length: 256 }, (_, i) => i))],
    'bytes in a template': ['t.yaml', head + String.fromCharCode(...Array.from({ length: 31 }, (_, i) => i + 1))],
    'lone surrogates': ['t.yaml', `${head}"\ud800"\n  "\udc00": {Type: AWS::S3::Bucket}\n`],
    'lone surrogates in JSON': ['t.json', JSON_TEMPLATE.replace('"x"', '"\ud800"').replace('Disk', '\udfff')],
    'escaped lone surrogates': ['t.json', JSON_TEMPLATE.replace('"x"', '"\\ud800"')],
    'control characters': ['t.yaml', `${head}"\u0001\u0007\u001b[31m"\n`],
    'separators of lines that are none': ['t.yaml', `${head}"a\u2028b\u2029c\u0085d"\n`],
    'lists in lists': ['t.yaml', `${head}${'['.repeat(DEEP)}`, /bracket/],
    'lists in lists that end': ['t.yaml', `${head}${'['.repeat(DEEP)}${']'.repeat(DEEP)}`, /nest|deep/i],
    'maps in maps': ['t.yaml', `${head}${'{a: '.repeat(DEEP)}`, /Unclosed/],
    'maps in maps in JSON': [
      't.json',
      `{"Resources":{"Disk":{"Type":"AWS::EC2::Volume","Properties":{"Encrypted":${'{"a":'.repeat(DEEP)}`,
      /brace/,
    ],
    'lists in lists in JSON': [
      't.json',
      `{"Resources":{"Disk":{"Type":"AWS::EC2::Volume","Properties":{"Encrypted":${'['.repeat(DEEP)}${']'.repeat(DEEP)}}}}}`,
      /nest|deep/i,
    ],
    'lists in lists in Terraform': [
      'main.tf.json',
      `{"resource":{"aws_ebs_volume":{"v":{"encrypted":${'['.repeat(DEEP)}`,
    ],
    'lists in lists in a plan': ['plan.json', `{"format_version":"1.2","resource_changes":${'['.repeat(DEEP)}`],
    'lists of dashes': ['t.yaml', `${head}\n${'- '.repeat(20_000)}`],
    'indented keys': [
      't.yaml',
      `AWSTemplateFormatVersion: x\n${Array.from({ length: 1000 }, (_, i) => `${' '.repeat(i)}a:\n`).join('')}`,
    ],
    'functions in functions': ['t.yaml', `${head}${'!Join ["", ['.repeat(2000)}a${']]'.repeat(2000)}\n`],
    'conditions in conditions': [
      't.yaml',
      `Conditions:\n  C: ${'!Not ['.repeat(200)}!Equals [a, b]${']'.repeat(200)}\n${head}!If [C, false, true]\n`,
    ],
    'expressions in expressions': [
      'main.tf.json',
      JSON.stringify({
        resource: { aws_ebs_volume: { v: { encrypted: `\${${'('.repeat(20_000)}true${')'.repeat(20_000)}}` } } },
      }),
    ],
    'templates in templates': [
      'main.tf.json',
      JSON.stringify({ resource: { aws_ebs_volume: { v: { encrypted: '${"'.repeat(5000) } } } }),
    ],
    'a cycle of aliases': ['t.yaml', `${head}&a [*a]\n      SnapshotId: &b {c: *b, <<: *b}\n`],
    'aliases of nothing': ['t.yaml', `${head}*nowhere\n`],
    'a cycle of conditions': [
      't.yaml',
      `Conditions:\n  A: !Not [!Condition B]\n  B: !Not [!Condition A]\n${head}!If [A, false, true]\n`,
      /depends on itself/,
    ],
    'a cycle of mappings': ['t.yaml', `Mappings:\n  M: {a: {b: !FindInMap [M, a, b]}}\n${head}!FindInMap [M, a, b]\n`],
    'a cycle of locals': [
      'main.tf.json',
      JSON.stringify({
        locals: { a: '${local.b}', b: '${local.a}' },
        resource: { aws_ebs_volume: { v: { encrypted: '${local.a}' } } },
      }),
    ],
    'names of prototypes': [
      't.json',
      '{"Resources":{"__proto__":{"Type":"AWS::EC2::Volume","Properties":{"__proto__":1,"constructor":{"Ref":"toString"},"Encrypted":{"Fn::If":["hasOwnProperty",1,2]}}},"constructor":{"Type":"__proto__"}},"Conditions":{"__proto__":{"Fn::Equals":["a","b"]}}}',
    ],
    'names of prototypes in Terraform': [
      'main.tf.json',
      '{"resource":{"__proto__":{"a":{}},"constructor":{"b":{"count":"${var.__proto__}"}},"aws_ebs_volume":{"__proto__":{"encrypted":"${local.constructor}"}}},"variable":{"__proto__":{"default":1}},"locals":{"toString":1}}',
    ],
    'the wrong kinds everywhere': [
      't.yaml',
      'AWSTemplateFormatVersion: []\nParameters: [a]\nConditions: x\nMappings: {M: [1]}\nResources: {A: [1], B: {Type: {}}, C: {Type: AWS::EC2::Volume, Properties: x, Condition: {}}}\nOutputs: 7\nRules: []\nTransform: {a: b}\n',
    ],
    'nothing everywhere': [
      't.yaml',
      'AWSTemplateFormatVersion:\nParameters: {P: }\nConditions: {C: }\nMappings: {M: , N: {a: }}\nResources: {A: , B: {Type: }, C: {Type: AWS::EC2::Volume, Properties: {Encrypted: , }, Condition: }}\nOutputs: {O: }\n',
    ],
    'functions without arguments': [
      't.yaml',
      `AWSTemplateFormatVersion: x\nConditions: {C: !Equals , D: !Not [], E: !And [ ], F: !Condition }\nResources:\n  V:\n    Type: AWS::EC2::Volume\n    Properties: {A: !Ref , B: !GetAtt , C: !If , D: !Sub , E: !Join [], F: !Select [], G: !Split [ , ], H: !FindInMap [], I: !Sub [], J: !Base64 , Encrypted: !If [ , , ]}\n`,
    ],
    'several documents': ['t.yaml', `${TEMPLATE}---\n${TEMPLATE}`],
    'tags of every kind': [
      't.yaml',
      `${head}!<tag:x> !!binary a\n      B: !!set {a}\n      C: !!float x\n      D: ! x\n      E: !!str\n`,
    ],
  };
  for (const [what, [name, text, problem]] of Object.entries(documents)) {
    it(`is parsed without an exception: ${what}`, () => {
      const { broken, analysis } = examined(name, text);
      assert.deepEqual(broken, []);
      if (problem)
        assert.ok(
          analysis!.documents[0]!.problems.some(({ message }) => problem.test(message)),
          JSON.stringify(analysis!.documents[0]!.problems.slice(0, 3)),
        );
    });
  }

  it('keeps the findings around invalid parts', () => {
    const text = `${TEMPLATE}  Other:\n    Type: AWS::EC2::Volume\n    Properties: {Encrypted: "fal\n`;
    const [document] = examined('t.yaml', text).analysis!.documents;
    assert.ok(document!.findings.some(({ resource }) => resource === 'Disk'));
    const [problem] = document!.problems;
    assert.equal(problem!.kind, 'syntax');
    assert.ok(problem!.at.start >= TEMPLATE.length, 'at the broken line');
  });
});

describe('a large document', () => {
  it('is read only at its beginning if it is unsupported', () => {
    const text = `{"name": "x", "data": [${'{"a": 1}, '.repeat(10_000)}`;
    const reader = readerOf({ 'x.json': text });
    const read: number[] = [];
    const counted = {
      ...reader,
      head: (doc: string) => {
        const answer = reader.head(doc);
        if (answer.kind === 'text') read.push(answer.text.length);
        return answer;
      },
      file: () => assert.fail('the whole of it is read'),
    };
    const { documents } = run(counted, [uri('x.json')], EVERYTHING);
    assert.deepEqual([documents[0]!.format, documents[0]!.problems, read], ['none', [], [65_536]]);
  });

  it('is checked completely if it is supported', () => {
    const count = 3000;
    const text = `AWSTemplateFormatVersion: x\nResources:\n${Array.from({ length: count }, (_, i) => `  Disk${i}:\n    Type: AWS::EC2::Volume\n    # ${'x'.repeat(200)}\n    Properties: {Encrypted: ${i % 2 === 0}}\n`).join('')}`;
    assert.ok(text.length > 800_000);
    const { documents, work, incomplete } = run(readerOf({ 't.yaml': text }), [uri('t.yaml')], {
      ...EVERYTHING,
      rules: new Set(['ebs-volume-encryption']),
    });
    assert.equal(documents[0]!.findings.length, count / 2);
    assert.equal(work.ruleCalls, count);
    assert.ok(work.evaluations <= 3 * count);
    assert.deepEqual(incomplete, []);
  });
});

describe('a malformed URI', () => {
  for (const doc of [
    'file:///w/100%.yaml',
    'file:///w/%zz/t.yaml',
    'untitled:Untitled-1',
    'untitled:main.tf.json',
    't.yaml',
    '',
  ]) {
    it(`is used unchanged: ${doc || 'none'}`, () => {
      const reader = readerOf({});
      const own = {
        ...reader,
        file: (uri: string) =>
          uri === doc ? { kind: 'text' as const, text: TEMPLATE, version: '1' } : reader.file(uri),
      };
      assert.deepEqual(examine({ ...own, head: own.file, folder: () => 'missing' }, [doc], EVERYTHING).broken, []);
    });
  }
});
