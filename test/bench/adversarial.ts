/**
 * Templates of any size that try to cost more than they are long: what somebody could write to keep an analysis busy.
 */

const times = (count: number, of: (i: number) => string, between = ''): string =>
  Array.from({ length: count }, (_, i) => of(i)).join(between);

const nested = (depth: number, before: string, within: string, after: string): string =>
  `${before.repeat(depth)}${within}${after.repeat(depth)}`;

const parameters = (count: number, body = '{Type: String, Default: b, AllowedValues: [a, b]}'): string =>
  `Parameters:\n${times(count, (i) => `  P${i}: ${body}\n`)}`;

const conditions = (count: number): string =>
  `${parameters(count)}Conditions:\n${times(count, (i) => `  C${i}: !Equals [!Ref P${i}, a]\n`)}`;

const disk = (encrypted: string, name = 'Disk'): string =>
  `  ${name}:\n    Type: AWS::EC2::Volume\n    Properties: {AvailabilityZone: a, Encrypted: ${encrypted}}\n`;

const resources = (text: string): string => `Resources:\n${text}`;

/** A mapping of so many keys on both levels. */
const table = (size: number): string =>
  `Mappings:\n  M:\n${times(size, (i) => `    k${i}: {${times(size, (j) => `k${j}: ${i === j ? 'false' : 'true'}`, ', ')}}\n`)}`;

const statement = (i: number): string =>
  `          - !If [C${i}, {Effect: Allow, Action: ["s3:*", "iam:*"], Resource: "*"}, !Ref AWS::NoValue]\n`;

const json = (encrypted: string): string =>
  `{"Resources": {"Disk": {"Type": "AWS::EC2::Volume", "Properties": {"Encrypted": ${encrypted}}}}}`;

/** Conditions `X0` to `X(n - 1)`, each made of the one before it and of one of as many independent conditions. */
const chain = (n: number, step: (before: string, own: string) => string): string =>
  `${conditions(n)}  X0: !Condition C0\n${times(n - 1, (i) => `  X${i + 1}: ${step(`!Condition X${i}`, `!Condition C${i + 1}`)}\n`)}`;

const exclusiveOr = (one: string, other: string): string =>
  `!Or [!And [${one}, !Not [${other}]], !And [!Not [${one}], ${other}]]`;

export interface Adversary {
  readonly text: (size: number) => string;
  /** The size at which work is counted; at twice this size it may be twice as much. */
  readonly size: number;
  readonly language?: 'json';
  /** How it is said that not all of it is worked out: as something missing, or as a problem of the document. */
  readonly incompleteness?: RegExp;
  /** The most evaluations that it may take, where few lines stand for much. */
  readonly most?: number;
}

/** Each by what it has much of. */
export const ADVERSARIES: Readonly<Record<string, Adversary>> = {
  'independent conditions': {
    size: 100,
    text: (n) => conditions(n) + resources(times(n, (i) => disk(`!If [C${i}, false, true]`, `Disk${i}`))),
  },
  'conditions of one resource': {
    size: 100,
    incompleteness: /exceeds the limit of combinations/,
    text: (n) =>
      conditions(n) + resources(disk(times(n, (i) => `!If [C${i}, ${i % 2 === 0}, `) + 'true' + ']'.repeat(n))),
  },
  'conditions that combine others': {
    size: 100,
    text: (n) =>
      `${conditions(n)}${times(n - 10, (i) => `  D${i}: !And [${times(10, (j) => `!Condition C${i + j}`, ', ')}]\n`)}${resources(times(n - 10, (i) => disk(`!If [D${i}, false, true]`, `Disk${i}`)))}`,
  },
  'a chain of conditions': {
    size: 1000,
    text: (n) =>
      `${parameters(1)}Conditions:\n  C0: !Equals [!Ref P0, a]\n${times(n, (i) => `  C${i + 1}: !Not [!Condition C${i}]\n`)}${resources(disk(`!If [C${n}, false, true]`))}`,
  },
  'conditions that each build on the one before': {
    size: 200,
    text: (n) =>
      `${conditions(n)}  D0: !Condition C0\n${times(n - 1, (i) => `  D${i + 1}: !And [!Condition D${i}, !Condition C${i + 1}]\n`)}${resources(times(n, (i) => disk(`!If [D${i}, false, true]`, `Disk${i}`)))}`,
  },
  'XOR chains of conditions of resources': {
    size: 100,
    text: (n) =>
      chain(n, exclusiveOr) +
      resources(
        times(n, (i) =>
          disk(`!If [X${(i * 7) % n}, false, true]`, `Disk${i}`).replace(
            '    Properties:',
            `    Condition: X${i}\n    Properties:`,
          ),
        ),
      ),
  },
  'XOR chains of conditions in values': {
    size: 100,
    text: (n) =>
      chain(n, exclusiveOr) +
      resources(times(n, (i) => disk(`!If [X${i}, false, !If [X${(i * 7) % n}, false, true]]`, `Disk${i}`))),
  },
  'trees of conditions': {
    size: 100,
    text: (n) => {
      const name = (i: number): string => (i < n - 1 ? `D${i}` : `C${i % n}`);
      return `${conditions(n)}${times(n - 1, (i) => `  D${i}: !Or [!Not [!Condition ${name(2 * i + 1)}], !Condition ${name(2 * i + 2)}]\n`)}${resources(times(n - 1, (i) => disk(`!If [D${i}, false, true]`, `Disk${i}`)))}`;
    },
  },
  'mappings read by conditions': {
    size: 100,
    text: (n) =>
      `${conditions(n)}Mappings:\n  M:\n${times(20, (i) => `    r-${i}: {a: "true", b: "false"}\n`)}${resources(times(n, (i) => disk(`!FindInMap [M, !Ref AWS::Region, !If [C${i}, a, b]]`, `Disk${i}`)))}`,
  },
  'assertions about independent parameters': {
    size: 50,
    text: (n) =>
      `${parameters(2 * n)}Rules:\n${times(n, (i) => `  R${i}: {RuleCondition: !Equals [!Ref P${2 * i}, a], Assertions: [{Assert: !Equals [!Ref P${2 * i + 1}, a]}]}\n`)}${resources(times(n, (i) => disk('false', `Disk${i}`)))}`,
  },
  'mentions of a parameter with many values': {
    size: 100,
    text: (n) =>
      `${parameters(1, `{Type: String, AllowedValues: [${times(60, (i) => `v${i}`, ', ')}]}`)}Resources:\n  Topic: {Type: AWS::SNS::Topic}\nOutputs:\n  Text: {Value: !Sub "${times(n, () => 'a ${P0} ${AWS::StackId}')}"}\n`,
  },
  'rules that may belong to a security group': {
    size: 100,
    text: (n) =>
      `${conditions(n)}${resources(`  G: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: d}}\n${times(n, (i) => `  I${i}: {Type: AWS::EC2::SecurityGroupIngress, Condition: C${i}, Properties: {GroupId: !If [C${(i + 1) % n}, !GetAtt G.GroupId, sg-12345678], IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}}\n`)}`)}`,
  },
  'resources with ten branches each': {
    size: 50,
    text: (n) =>
      conditions(20) +
      resources(
        times(n, (i) =>
          disk(`${times(10, (j) => `!If [C${(i + 7 * j) % 20}, true, `)}false${']'.repeat(10)}`, `Disk${i}`),
        ),
      ),
  },
  'lists in lists': {
    size: 500,
    incompleteness: /Nesting (?:is too deep|exceeds)/,
    text: (n) => resources(disk(nested(n, '[', 'a', ']'))),
  },
  'maps in maps': {
    size: 500,
    incompleteness: /Nesting (?:is too deep|exceeds)/,
    text: (n) => resources(disk(nested(n, '{a: ', 'a', '}'))),
  },
  'functions in functions': {
    size: 500,
    incompleteness: /Nesting (?:is too deep|exceeds)/,
    text: (n) => resources(disk(nested(n, '!Join ["", [', 'a', ']]'))),
  },
  'branches in branches': {
    size: 500,
    incompleteness: /Nesting (?:is too deep|exceeds)/,
    text: (n) => conditions(1) + resources(disk(nested(n, '!If [C0, ', 'false', ', true]'))),
  },
  'block lists in block lists': {
    size: 200,
    incompleteness: /Nesting (?:is too deep|exceeds)/,
    text: (n) =>
      resources(
        `  Disk:\n    Type: AWS::EC2::Volume\n    Properties:\n      Encrypted:\n${times(n, (i) => `${' '.repeat(8 + i)}-\n`)}${' '.repeat(8 + n)}- a\n`,
      ),
  },
  'lists in lists, in JSON': {
    size: 500,
    language: 'json',
    incompleteness: /Nesting (?:is too deep|exceeds)/,
    text: (n) => json(nested(n, '[', '"a"', ']')),
  },
  'functions in functions, in JSON': {
    size: 500,
    language: 'json',
    incompleteness: /Nesting (?:is too deep|exceeds)/,
    text: (n) => json(nested(n, '{"Fn::Join": ["", [', '"a"', ']]}')),
  },
  'placeholders of resources': {
    size: 1000,
    text: (n) => resources(`  B: {Type: AWS::S3::Bucket}\n${disk(`!Sub "${times(n, () => '${B.Arn}')}"`)}`),
  },
  'placeholders of parameters': {
    size: 100,
    incompleteness: /exceeds the limit of combinations/,
    text: (n) => parameters(n) + resources(disk(`!Sub "${times(n, (i) => `\${P${i}}`)}"`)),
  },
  'placeholders without an end': { size: 5000, text: (n) => resources(disk(`!Sub "${times(n, () => '${')}"`)) },
  'texts to join': { size: 1000, text: (n) => resources(disk(`!Join [",", [${times(n, (i) => `t${i}`, ', ')}]]`)) },
  'texts to join of parameters': {
    size: 100,
    incompleteness: /exceeds the limit of combinations/,
    text: (n) => parameters(n) + resources(disk(`!Join [",", [${times(n, (i) => `!Ref P${i}`, ', ')}]]`)),
  },
  'look-ups in a large mapping': {
    size: 20,
    incompleteness: /exceeds the limit of combinations/,
    text: (n) =>
      parameters(2, '{Type: String}') +
      table(64) +
      resources(times(n, (i) => disk('!FindInMap [M, !Ref P0, !Ref P1]', `Disk${i}`))),
  },
  'look-ups of keys in a mapping of as many': {
    size: 200,
    text: (n) =>
      `Mappings:\n  M:\n${times(n, (i) => `    k${i}: {x: true}\n`)}${resources(times(n, (i) => disk(`!FindInMap [M, k${i}, x]`, `Disk${i}`)))}`,
  },
  'look-ups of a second key in a mapping of as many': {
    size: 200,
    text: (n) =>
      `${parameters(1)}Mappings:\n  M:\n${times(n, (i) => `    k${i}: {x: true}\n`)}${resources(times(n, (i) => `  B${i}: {Type: AWS::SQS::Queue, Properties: {QueueName: !FindInMap [M, !Ref P0, y]}}\n`))}`,
  },
  'variables of a text': {
    size: 500,
    text: (n) =>
      resources(disk(`!Sub ["${times(n, (i) => `\${V${i}}`)}", {${times(n, (i) => `V${i}: v${i}`, ', ')}}]`)),
  },
  'parameters that select in a mapping of as many keys': {
    size: 100,
    text: (n) =>
      `${parameters(n, '{Type: String}')}Mappings:\n  M:\n${times(n, (i) => `    k${i}: {x: true}\n`)}${resources(times(n, (i) => disk(`!FindInMap [M, !Ref P${i}, x]`, `Disk${i}`)))}`,
  },
  'a loop': {
    size: 200,
    text: (n) =>
      `Transform: AWS::LanguageExtensions\n${resources(`  Fn::ForEach::Disks:\n    - N\n    - [${times(n, (i) => `n${i}`, ', ')}]\n    - Disk\${N}:\n        Type: AWS::EC2::Volume\n        Properties: {AvailabilityZone: a, Encrypted: false}\n`)}`,
  },
  'loops in loops': {
    size: 12,
    incompleteness: /exceeds the limit of repetition/,
    most: 20_000,
    text: (n) => {
      const list = `[${times(n, (i) => `n${i}`, ', ')}]`;
      return `Transform: AWS::LanguageExtensions\n${resources(`  Fn::ForEach::A:\n    - A\n    - ${list}\n    - Fn::ForEach::B:\n        - B\n        - ${list}\n        - Fn::ForEach::C:\n            - C\n            - ${list}\n            - Disk\${A}\${B}\${C}:\n                Type: AWS::EC2::Volume\n                Properties: {AvailabilityZone: a, Encrypted: false}\n`)}`;
    },
  },
  'statements that conditions put into policies': {
    size: 2,
    text: (n) =>
      conditions(100) +
      resources(
        times(
          n,
          (i) =>
            `  Policy${i}:\n    Type: AWS::IAM::ManagedPolicy\n    Properties:\n      PolicyDocument:\n        Statement:\n${times(100, statement)}`,
        ),
      ),
  },
  'statements that as many conditions put into a policy': {
    // From 50 to 100 the lookups grow by 2.3, from 100 to 200 by 1.3.
    size: 100,
    text: (n) =>
      conditions(n) +
      resources(
        `  Policy:\n    Type: AWS::IAM::ManagedPolicy\n    Properties:\n      PolicyDocument:\n        Statement:\n${times(n, statement)}`,
      ),
  },
  'a circle of resources': {
    size: 200,
    text: (n) =>
      resources(
        times(n, (i) => `  B${i}:\n    Type: AWS::SQS::Queue\n    Properties: {QueueName: !Ref B${(i + 1) % n}}\n`),
      ),
  },
  'circles of one resource': {
    size: 200,
    text: (n) =>
      resources(times(n, (i) => `  B${i}:\n    Type: AWS::SQS::Queue\n    Properties: {QueueName: !Ref B${i}}\n`)),
  },
  'a circle of resources with conditions': {
    size: 100,
    text: (n) =>
      conditions(n) +
      resources(
        times(
          n,
          (i) =>
            `  B${i}:\n    Type: AWS::SQS::Queue\n    Condition: C${i}\n    Properties: {QueueName: !Ref B${(i + 1) % n}}\n`,
        ),
      ),
  },
  'names that nothing has': {
    size: 100,
    text: (n) =>
      `Transform: AWS::Serverless-2016-10-31\n${resources(times(n, (i) => `  F${i}: {Type: AWS::Serverless::Function, Properties: {Runtime: nodejs22.x, Handler: a.b, InlineCode: x}}\n  B${i}: {Type: AWS::SQS::Queue, Properties: {QueueName: !Ref ${'x'.repeat(200)}${i}}}\n`))}`,
  },
  'resources that name one another': {
    size: 20,
    text: (n) =>
      resources(
        times(
          n,
          (i) =>
            `  B${i}: {Type: AWS::SQS::Queue, Properties: {QueueName: !Join ["", [${times(n, (j) => `!Ref B${j}`, ', ')}]]}}\n`,
        ),
      ),
  },
};
