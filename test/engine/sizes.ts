/** Templates of any size that are hard on an analysis. */

const times = (count: number, of: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => of(i)).join('');

const parameters = (count: number): string =>
  `Parameters:\n${times(count, (i) => `  P${i}: {Type: String, Default: b}\n`)}`;

/** Conditions that have nothing to do with each other. */
const independent = (count: number): string =>
  `${parameters(count)}Conditions:\n${times(count, (i) => `  C${i}: !Equals [!Ref P${i}, a]\n`)}`;

/** Conditions, each of which is made of the one before it and perhaps of a parameter of its own. */
const chain = (count: number, link: (i: number) => string): string =>
  `${parameters(count + 1)}Conditions:\n  C0: !Equals [!Ref P0, a]\n${times(count, (i) => `  C${i + 1}: ${link(i)}\n`)}`;

const disk = (encrypted: string): string =>
  `Resources:\n  Disk:\n    Type: AWS::EC2::Volume\n    Properties: {Encrypted: ${encrypted}}\n`;

const statements = (count: number, effect: string): string =>
  times(
    count,
    (i) =>
      `          - !If [C${i}, {Effect: ${effect}, Principal: "*", Action: ["s3:*", "*"], Resource: !If [C${(i * 3) % count}, "*", x], Condition: {Bool: {"aws:SecureTransport": !If [C${(i * 7) % count}, false, !Ref AWS::NoValue]}}}, !Ref AWS::NoValue]\n`,
  );

/** Each by its name, given how large it is. */
export const HARD: Readonly<Record<string, (size: number) => string>> = {
  'a chain of negations': (n) => chain(n, (i) => `!Not [!Condition C${i}]`) + disk(`!If [C${n}, false, true]`),
  'a chain of conjunctions': (n) =>
    chain(n, (i) => `!And [!Condition C${i}, !Equals [!Ref P${i + 1}, a]]`) + disk(`!If [C${n}, false, true]`),
  'a chain of disjunctions': (n) =>
    chain(n, (i) => `!Or [!Condition C${i}, !Equals [!Ref P${i + 1}, a]]`) + disk(`!If [C${n}, false, true]`),
  'a chain of exclusive disjunctions': (n) =>
    chain(
      n,
      (i) =>
        `!Or [!And [!Condition C${i}, !Equals [!Ref P${i + 1}, b]], !And [!Not [!Condition C${i}], !Equals [!Ref P${i + 1}, a]]]`,
    ) + disk(`!If [C${n}, false, true]`),
  'resources with nested branches': (n) =>
    `${independent(20)}Resources:\n${times(
      n,
      (i) =>
        `  V${i}:\n    Type: AWS::EC2::Volume\n    Condition: C${i % 20}\n    Properties: {Encrypted: ${times(10, (j) => `!If [C${(i + 1 + j * 7) % 20}, true, `)}false${']'.repeat(10)}}\n`,
    )}`,
  'texts of many choices': (n) =>
    `${independent(n)}${disk(`!Join ['', [${Array.from({ length: n }, (_, i) => `!If [C${i}, a, !Ref P${i}]`).join(', ')}]]`)}`,
  'a list of optional items': (n) =>
    `${independent(n)}${disk(`!Join ['', [${Array.from({ length: n }, (_, i) => `!If [C${i}, a, !Ref AWS::NoValue]`).join(', ')}]]`)}`,
  'a policy that grants by conditions': (n) =>
    `${independent(n)}Resources:\n  Policy:\n    Type: AWS::IAM::ManagedPolicy\n    Properties:\n      PolicyDocument:\n        Statement:\n${statements(n, 'Allow')}`,
  'a policy that denies by conditions': (n) =>
    `${independent(n)}Resources:\n  B: {Type: AWS::S3::Bucket}\n  Policy:\n    Type: AWS::S3::BucketPolicy\n    Properties:\n      Bucket: !Ref B\n      PolicyDocument:\n        Statement:\n${statements(n, 'Deny')}`,
  'policies that may belong to a bucket': (n) =>
    `${independent(n)}Resources:\n  B: {Type: AWS::S3::Bucket}\n${times(n, (i) => `  Policy${i}:\n    Type: AWS::S3::BucketPolicy\n    Condition: C${i}\n    Properties: {Bucket: !If [C${(i + 1) % n}, !Ref B, other], PolicyDocument: {Statement: []}}\n`)}`,
  'rules of a security group': (n) =>
    `${independent(n)}Resources:\n  G:\n    Type: AWS::EC2::SecurityGroup\n    Properties:\n      SecurityGroupIngress:\n${times(n, (i) => `        - !If [C${i}, {IpProtocol: tcp, FromPort: !If [C${(i + 1) % n}, 22, 80], ToPort: 80, CidrIp: 0.0.0.0/0}, !Ref AWS::NoValue]\n`)}`,
};

const wide = (names: string): string => `[${names}]`;

/** A few lines that stand for more than any machine can read. */
export const BOMBS: Readonly<Record<string, string>> = {
  'merge keys of merge keys': `x0: &x0 {Encrypted: false}\n${times(30, (i) => `x${i + 1}: &x${i + 1} {<<: ${wide(Array.from({ length: 9 }, () => `*x${i}`).join(', '))}}\n`)}${disk('true').replace('{Encrypted: true}', '{<<: *x30}')}`,
  'lists of lists': `x0: &x0 [a]\n${times(30, (i) => `x${i + 1}: &x${i + 1} ${wide(Array.from({ length: 50 }, () => `*x${i}`).join(', '))}\n`)}Resources:\n  V: {Type: AWS::EC2::Volume, Properties: {Encrypted: {"Fn::Cidr": *x30}, SnapshotId: {"Fn::Cidr": *x5}}}\n`,
  'conditions of statements': `k: &k {${times(1000, (i) => `k${i}: v, `)}}\nc: &c {${times(1000, (i) => `Op${i}: *k, `)}}\nResources:\n  P:\n    Type: AWS::IAM::ManagedPolicy\n    Properties:\n      PolicyDocument:\n        Statement:\n${times(200, () => '          - {Effect: Allow, Action: "*", Resource: "*", Condition: *c}\n')}`,
  'statements of many actions': `a: &a [${times(5000, (i) => `"s3:x${i}", `)}]\ns: &s {Effect: Allow, Action: *a, Resource: *a}\nResources:\n  P:\n    Type: AWS::IAM::ManagedPolicy\n    Properties:\n      PolicyDocument:\n        Statement:\n${times(1000, () => '          - *s\n')}`,
  'merged statements of many actions': `a: &a [${times(5000, (i) => `"s3:x${i}", `)}]\ns: &s {Effect: Allow, Action: *a, Resource: *a}\nResources:\n  P:\n    Type: AWS::IAM::ManagedPolicy\n    Properties:\n      PolicyDocument:\n        Statement:\n${times(1000, () => '          - {<<: *s}\n')}`,
  'a chain of merge keys': `x0: &x0 {Encrypted: false}\n${times(1000, (i) => `x${i + 1}: &x${i + 1} {<<: *x${i}, k${i}: 1}\n`)}${disk('true').replace('{Encrypted: true}', '{<<: *x1000}')}`,
};
