/** Errors in a template: their ranges, and that nothing valid is reported. */
import assert from 'node:assert/strict';
import { problemFinder } from '../../server/src/formats/cloudformation/problems/stack-problems.ts';
import { templateStack } from '../../server/src/formats/cloudformation/stack.ts';
import { parse } from '../../server/src/syntax/parse.ts';
import { analysed } from '../engine/analysis.ts';
import { ALL_LINKS } from '../kit/all-links.ts';

type Row = readonly [what: string, text: string, ...expected: string[]];

const HEAD = 'AWSTemplateFormatVersion: 2010-09-09\n';

/** A line for each problem of a template: the text that is marked, and what is wrong; what to do is left out. */
function problems(text: string): readonly string[] {
  return problemsOf(HEAD + text);
}

function problemsOf(text: string, name = 't.yaml'): readonly string[] {
  const { templates } = templateStack({
    tree: parse(`file:///${name}`, text),
    format: 'cloudformation',
    carriers: new Map(),
    linksOf: ALL_LINKS,
    generated: false,
  });
  return problemFinder(templates)
    .problems()
    .map(
      ({ at, message }) =>
        `${text.slice(at.start, at.end)}: ${message.split(/ in Conditions|, so |\. CloudFormation|; /)[0]!}`,
    );
}

function table(rows: readonly Row[], around: (text: string) => string = (text) => text): void {
  for (const [what, text, ...expected] of rows) it(what, () => assert.deepEqual(problems(around(text)), expected));
}

/** A resource with a property. */
const property = (value: string): string => `Parameters: {P: {Type: String}, L: {Type: CommaDelimitedList}}
Mappings: {M: {a: {x: 1, w: [1, 2]}, b: {x: 2}}}
Conditions: {C: !Equals [!Ref P, a]}
Resources:
  R: {Type: T::A::B, Properties: {Q: ${value}}}
  S: {Type: T::A::B}
`;

describe('conditions of a template', () => {
  table([
    [
      'may all be defined',
      'Conditions: {A: !Equals [a, b], B: !Not [!Condition A]}\nResources: {R: {Type: T::A::B, Condition: B, Properties: {P: !If [A, 1, 2]}}}\nOutputs: {O: {Condition: A, Value: x}}',
    ],
    ['are missed by a resource', 'Resources: {R: {Type: T::A::B, Condition: A}}', 'A: There is no condition named A'],
    ['are missed by an output', 'Outputs: {O: {Condition: A, Value: x}}', 'A: There is no condition named A'],
    [
      'are missed by Fn::If',
      'Resources: {R: {Type: T::A::B, Properties: {P: !If [A, 1, 2]}}}',
      'A: There is no condition named A',
    ],
    [
      'are missed by Fn::If in its long form',
      'Resources: {R: {Type: T::A::B, Properties: {P: {Fn::If: [A, 1, 2]}}}}',
      'A: There is no condition named A',
    ],
    [
      'are missed by Fn::If in a short form',
      'Resources: {R: {Type: T::A::B, Properties: {P: !Base64 {Fn::If: [A, b, c]}}}}',
      'A: There is no condition named A',
    ],
    [
      'are missed by a condition',
      'Conditions: {B: !Not [!Condition A]}',
      '!Condition A: There is no condition named A',
    ],
    [
      'are missed by a condition in the long form',
      'Conditions: {B: {Fn::Not: [{Condition: A}]}}',
      'A: There is no condition named A',
    ],
    [
      'are each missed',
      'Resources: {R: {Type: T::A::B, Condition: A, Properties: {P: !If [B, !If [C, 1, 2], 3]}}}',
      'A: There is no condition named A',
      'B: There is no condition named B',
      'C: There is no condition named C',
    ],
    [
      'are not what a property names that is called Condition',
      'Resources: {R: {Type: T::A::B, Properties: {P: {Condition: A}}}}',
    ],
    ['are not what a key called Condition names of something else', 'Metadata: {X: {Condition: A}}'],
    [
      'are not those of a policy',
      'Resources: {R: {Type: T::A::B, Properties: {Statement: [{Condition: {Bool: {a: b}}}]}}}',
    ],
    ['can depend on themselves', 'Conditions: {A: !Not [!Condition A]}', 'A: The condition A depends on itself'],
    [
      'can make a cycle',
      'Conditions: {A: !Not [!Condition B], B: !Or [!Equals [a, b], !Condition C], C: !Not [!Condition A]}',
      'A: The condition A depends on itself',
      'B: The condition B depends on itself',
      'C: The condition C depends on itself',
    ],
    [
      'can name a cycle that they are not in',
      'Conditions: {A: !Not [!Condition B], B: !Not [!Condition B]}',
      'B: The condition B depends on itself',
    ],
    [
      'can be between cycles',
      'Conditions: {A: !And [!Condition A, !Condition B], B: !Not [!Condition C], C: !Not [!Condition C]}',
      'A: The condition A depends on itself',
      'C: The condition C depends on itself',
    ],
    [
      'can depend on themselves and on others',
      'Conditions: {B: !Equals [a, b], C: !And [!Condition B, !Condition C]}',
      'C: The condition C depends on itself',
    ],
    [
      'can depend on themselves in a branch',
      'Conditions: {C: !Equals [!If [C, a, b], a]}',
      'C: The condition C depends on itself',
    ],
    [
      'can be named twice',
      'Conditions: {A: !Equals [a, b], B: !And [!Condition A, !Condition A], C: !And [!Condition A, !Condition B]}',
    ],
    [
      'are decided before there are resources',
      'Conditions: {A: !Equals [!Ref R, a], B: !Equals [!GetAtt R.Arn, a], C: !Equals [!Sub "${R.Arn}", a]}\nResources: {R: {Type: T::A::B}}',
      '!Ref R: A condition cannot depend on the resource R, because conditions are evaluated before resources are created',
      '!GetAtt R.Arn: A condition cannot depend on the resource R, because conditions are evaluated before resources are created',
      '${R.Arn}: A condition cannot depend on the resource R, because conditions are evaluated before resources are created',
    ],
    [
      'compare parameters that are there',
      'Parameters: {P: {Type: String}}\nConditions: {A: !Equals [!Ref P, !Ref AWS::Region], B: !Equals [!Ref Q, "a${R}"]}\nResources: {R: {Type: T::A::B}}',
      '!Ref Q: There is no parameter named Q',
    ],
    [
      'compare the name of a parameter',
      'Parameters: {P: {Type: String}}\nConditions: {A: !Equals [P, prod], B: !Not [!Equals [prod, P]], C: !Equals ["${P}", prod], D: !Equals [AWS::Region, eu-west-1], E: {"Fn::Equals": [P, P]}}',
      'P: This compares the string "P", not the parameter P',
      'P: This compares the string "P", not the parameter P',
      '"${P}": This compares the string "${P}", not the parameter P',
      'AWS::Region: This compares the string "AWS::Region", not the parameter AWS::Region',
      'P: This compares the string "P", not the parameter P',
    ],
    [
      'look for the name of a parameter in a list',
      'Parameters: {P: {Type: String}}\nRules: {R: {Assertions: [{Assert: !Contains [[a, b], P]}, {Assert: !Contains [[a, b], !Ref P]}, {Assert: !Contains [!Ref P, P]}]}}',
      'P: This compares the string "P", not the parameter P',
    ],
    [
      'are constants',
      'Parameters: {P: {Type: String}}\nConditions: {A: !Equals [a, b], B: !Equals [true, true], C: !Equals [!Ref P, P], D: !Equals [!FindInMap [M, a, b], P], E: !Equals ["${P}x", a], F: !Equals ["${!P}", a]}\nMappings: {M: {a: {b: c}}}',
    ],
    ['can be something else', 'Conditions: [A]\nResources: {R: {Type: T::A::B}}'],
  ]);
});

describe('a template of org-formation', () => {
  const of = (rest: string, version = '2010-09-09'): readonly string[] =>
    problemsOf(
      `AWSTemplateFormatVersion: '${version}'\nResources:\n  M: {Type: AWS::GuardDuty::Member, ${rest}Properties: {Email: !GetAtt CurrentAccount.RootEmail}}\n`,
    );
  it('may name what is in the organization', () => assert.deepEqual(of('', '2010-09-09-OC'), []));
  it('is known by how its resources are bound', () => assert.deepEqual(of('OrganizationBinding: !Ref B, '), []));
  it('is known by what they are repeated for', () => assert.deepEqual(of('ForeachAccount: !Ref B, '), []));
  it('is known by the Region after which they are deployed', () =>
    assert.deepEqual(of('DependsOnRegion: us-east-1, '), []));
  it('is another one than a template', () =>
    assert.deepEqual(of(''), ['!GetAtt CurrentAccount.RootEmail: There is no resource named CurrentAccount']));
});

describe('a name that nothing has', () => {
  table(
    [
      ['is that of a Ref', '!Ref X', '!Ref X: There is no parameter or resource named X'],
      ['is that of a Ref in its long form', '{Ref: X}', 'X: There is no parameter or resource named X'],
      ['is marked with its quotes', '{Ref: "X"}', '"X": There is no parameter or resource named X'],
      [
        'is not that of a parameter, a resource or what AWS provides',
        '[!Ref P, !Ref S, !Ref AWS::Region, !Ref AWS::NoValue, !GetAtt S.A, !Sub "${P}${S}${S.A}${AWS::AccountId}"]',
      ],
      [
        'is a misspelt pseudo parameter',
        '!Ref AWS::Regoin',
        '!Ref AWS::Regoin: There is no parameter or resource named AWS::Regoin',
      ],
      [
        'is that of a resource of which an attribute is read',
        '!GetAtt X.Arn',
        '!GetAtt X.Arn: There is no resource named X',
      ],
      ['is that of a resource in a list', '!GetAtt [X, Arn]', 'X: There is no resource named X'],
      ['is that of a resource in the long form', '{Fn::GetAtt: [X, Arn]}', 'X: There is no resource named X'],
      [
        'is that of a parameter where a resource is needed',
        '!GetAtt P.Arn',
        '!GetAtt P.Arn: P is a parameter, which has no attributes',
      ],
      ['is that of a placeholder', '!Sub "a${X}b${P}"', '${X}: There is no parameter, resource or variable named X'],
      ['is that of a placeholder with a dot', '!Sub "${X.Arn}"', '${X.Arn}: There is no resource named X'],
      [
        'is that of a placeholder in a list',
        '!Sub ["${X}${Y}${Y.Z}", {Y: 1, Y.Z: 2}]',
        '${X}: There is no parameter, resource or variable named X',
      ],
      [
        'is that of a placeholder in a text of lines',
        '{Fn::Sub: "a\n    ${X}"}',
        '${X}: There is no parameter, resource or variable named X',
      ],
      [
        'is that of a placeholder with spaces',
        '!Sub "${ P }${ X }"',
        '${ X }: There is no parameter, resource or variable named X',
      ],
      [
        'is that of a variable of a policy',
        '!Sub "home/${aws:username}"',
        '${aws:username}: There is no parameter, resource or variable named aws:username',
      ],
      ['is no text that looks like a placeholder', '!Sub "${!X}$X{X}$${P}"'],
      ['is nothing where the variables are not known', '!Sub ["${X}", !Ref AWS::NoValue]'],
      ['is nothing in a text that is not substituted', '"${X}"'],
      [
        'is in a branch that is not taken, too',
        '!If [C, !Ref X, 1]',
        '!Ref X: There is no parameter or resource named X',
      ],
      [
        'is in a short form around a long one',
        '!Base64 {Fn::Sub: "${X}"}',
        '${X}: There is no parameter, resource or variable named X',
      ],
      [
        'is not what something replaces that goes first',
        '[!Ref "{{ x }}", !Ref "<%= x %>", !Ref __X__, !GetAtt "@x@.Arn"]',
      ],
      ['is nothing beside functions of a tool that goes first', '[!Ref X, !Rain::Include file]'],
      ['is nothing where something is included', '[!Ref X, {Fn::Transform: {Name: AWS::Include}}]'],
    ],
    property,
  );

  table([
    [
      'is in an output',
      'Resources: {R: {Type: T::A::B}}\nOutputs: {O: {Value: !Ref X, Export: {Name: !Sub "${Y}-o"}}}',
      '!Ref X: There is no parameter or resource named X',
      '${Y}: There is no parameter, resource or variable named Y',
    ],
    [
      'is nothing in the metadata of a resource',
      'Resources: {R: {Type: T::A::B, Metadata: {A: !Ref X, B: !Sub "${y}"}}}',
    ],
    [
      'is what a resource depends on',
      'Resources: {R: {Type: T::A::B, DependsOn: X}, S: {Type: T::A::B, DependsOn: [R, Y]}}',
      'X: There is no resource named X to depend on',
      'Y: There is no resource named Y to depend on',
    ],
    [
      'is that of a parameter to depend on',
      'Parameters: {P: {Type: String}}\nResources: {R: {Type: T::A::B, DependsOn: P}}',
      'P: P is a parameter, but DependsOn requires a resource',
    ],
    ['is nothing in a template without resources', 'Outputs: {O: {Value: !Ref X}}'],
    [
      'is nothing where resources are merged',
      'Metadata: {r: &r {X: {Type: T::A::B}}}\nResources: {<<: *r, R: {Type: T::A::B, Properties: {Q: !Ref X}}}',
    ],
    [
      'is nothing where resources are those of elsewhere',
      'Metadata: {r: &r {R: {Type: T::A::B, Properties: {Q: !Ref X}}}}\nResources: *r',
    ],
    [
      'is nothing where resources are repeated',
      'Transform: AWS::LanguageExtensions\nResources: {R: {Type: T::A::B, Properties: {Q: !Ref Xa}}, "Fn::ForEach::L": [I, [a], {"X${I}": {Type: T::A::B}}]}',
    ],
    [
      'is one of a module, perhaps',
      'Resources: {M: {Type: My::Own::Thing::MODULE}, R: {Type: T::A::B, Properties: {Q: [!Ref MBucket, !GetAtt M.Bucket.Arn, !Ref X]}}}',
      '!Ref X: There is no parameter or resource named X',
    ],
    [
      'is nothing in a template of a tool that goes first',
      'Constants: {X: 1}\nResources: {R: {Type: T::A::B, Condition: A, Properties: {Q: !Ref X}}}',
    ],
    [
      'is nothing beside a resource that such a tool makes',
      'Resources: {M: {Type: {Module: vpc.yml}}, R: {Type: T::A::B, Properties: {Q: !Ref MVpc}}}',
    ],
    [
      'is nothing beside a text that such a tool puts in',
      'Resources: {R: {Type: T::A::B, Properties: {P: {"Rain::Embed": x}, Q: !Ref X}}}',
    ],
    ['is nothing in a template that is broken', 'Resources: {R: {Type: T::A::B, Condition: A}'],
    [
      'is nothing that a macro may define',
      'Transform: Mine\nResources: {R: {Type: T::A::B, Condition: A, Properties: {Q: !Ref X}}}',
    ],
    [
      'is nothing that a macro in Conditions may define',
      'Conditions: {Fn::Transform: {Name: x}}\nResources: {R: {Type: T::A::B, Condition: A}}',
    ],
    [
      'is nothing that a macro of the template may define',
      'Fn::Transform: {Name: x}\nResources: {R: {Type: T::A::B, Condition: A}}',
    ],
    [
      'is nothing that a loop may define',
      'Transform: [AWS::LanguageExtensions]\nConditions: {"Fn::ForEach::L": [I, [a], {"${I}": !Equals [a, b]}]}\nResources: {R: {Type: T::A::B, Condition: A}}',
    ],
    [
      'is one in spite of extensions of the language',
      'Transform: [AWS::LanguageExtensions]\nResources: {R: {Type: T::A::B, Condition: A, Properties: {Q: !Ref X}}}',
      'A: There is no condition named A',
      '!Ref X: There is no parameter or resource named X',
    ],
  ]);

  const sam = (resource: string): string =>
    `Transform: AWS::Serverless-2016-10-31\nResources:\n  F: {Type: AWS::Serverless::Function, Properties: {Events: {E: {Type: Api, Properties: {Path: /, Method: get}}}}}\n  B: {Type: AWS::S3::Bucket, Connectors: {C: {Properties: {Destination: {Id: F}, Permissions: [Read]}}}}\n  ${resource}\n`;
  table(
    [
      [
        'is one with SAM',
        'R: {Type: T::A::B, Condition: A, Properties: {Q: !Ref X}}',
        'A: There is no condition named A',
        '!Ref X: There is no parameter or resource named X',
      ],
      [
        'is not that of what SAM makes',
        'R: {Type: T::A::B, DependsOn: FEPermissionProd, Properties: {Q: [!Ref FRole, !Ref F.Version, !GetAtt FRole.Arn, !Sub "${F.Alias}", !Ref ServerlessRestApi, !Ref ServerlessRestApiProdStage, !Ref BCPolicy, !Ref CodeDeployServiceRole]}}',
      ],
      [
        'is not that of the domain of an API of SAM',
        'R: {Type: T::A::B, DependsOn: RecordSetGroup1194dea82a, Properties: {Q: !GetAtt ApiGatewayDomainName1bc412bb08.RegionalDomainName}}',
      ],
      [
        'is not that which an event says for what SAM makes',
        'G: {Type: AWS::Serverless::Function, Properties: {Events: {E: {Type: Schedule, Properties: {DeadLetterConfig: {Type: SQS, QueueLogicalId: Dead}}}, S: {Type: SNS, Properties: {SqsSubscription: {QueuePolicyLogicalId: Policy}}}}}}\n  R: {Type: T::A::B, DependsOn: Policy, Properties: {Q: [!GetAtt Dead.Arn, !Ref X]}}',
        '!Ref X: There is no parameter or resource named X',
      ],
      [
        'is not that which an event says in a property that is written with an escape',
        'G: {Type: AWS::Serverless::Function, Properties: {Events: {E: {Type: Schedule, Properties: {DeadLetterConfig: {Type: SQS, "Queue\\x4cogicalId": Dead}}}}}}\n  R: {Type: T::A::B, Properties: {Q: [!GetAtt Dead.Arn, !Ref X]}}',
        '!Ref X: There is no parameter or resource named X',
      ],
      [
        'may be that which an event says by a function',
        'G: {Type: AWS::Serverless::Function, Properties: {Events: {E: {Type: Schedule, Properties: {DeadLetterConfig: {Type: SQS, QueueLogicalId: !Ref P}}}}}}\n  R: {Type: T::A::B, Properties: {Q: !GetAtt Dead.Arn}}',
      ],
      [
        'is not that of what SAM makes for a resource whose transform is not named',
        'R: {Type: T::A::B, Properties: {Q: [!Ref FRole, !Ref X]}}',
        '!Ref X: There is no parameter or resource named X',
      ],
    ],
    (text) => (text.includes('X]') ? sam(text).replace(/^.*\n/, '') : sam(text)),
  );
});

describe('a placeholder', () => {
  table(
    [
      ['is a name', '!Sub "${P}${AWS::Region}${S.Outputs.a_b}"'],
      [
        'is no expression of a shell',
        '!Sub "${P:-x}"',
        '${P:-x}: This placeholder of Fn::Sub is not a name of letters, digits, underscores, periods and colons',
      ],
      [
        'is no placeholder in another one',
        '!Sub "${P${S}}"',
        '${P${S}: This placeholder of Fn::Sub is not a name of letters, digits, underscores, periods and colons',
      ],
      [
        'names something',
        '!Sub "${}${ }"',
        '${}: This placeholder of Fn::Sub is empty',
        '${ }: This placeholder of Fn::Sub is empty',
      ],
      ['is closed', '!Sub "a${P"', '${: The placeholder of P is not closed'],
      ['is closed where it has an attribute', '!Sub "${S.Arn"', '${: The placeholder of S is not closed'],
      [
        'is closed where a colon follows that is no part of the name',
        '!Sub "a${AWS::Partition:s3:::b"',
        '${: The placeholder of AWS::Partition is not closed',
      ],
      ['is none where it is a policy variable that is not closed', '!Sub "a${aws:username"'],
      ['is closed where its variable is near', '!Sub ["${V", {V: 1}]', '${: The placeholder of V is not closed'],
      ['is none where it names nothing and is not closed', '!Sub "a ${ b ${X"'],
      ['is text when it says so', '!Sub "${!P:-x}${!}${!P"'],
      ['may have escapes', '!Sub "${P\\n}"'],
    ],
    property,
  );
});

describe('arguments of a function', () => {
  const [condition, two] = ['takes a list of 2 to 10 conditions', 'takes a list of the two values to compare'];
  const rows = (cases: readonly (readonly [value: string, ...expected: string[]])[]): readonly Row[] =>
    cases.map(([value, ...expected]) => [value, value, ...expected]);
  table(
    rows([
      ['!Ref [P]', '!Ref: Ref takes the name of a parameter or resource'],
      ['{Ref: !Sub P}', 'Ref: Ref takes the name of a parameter or resource, not a function'],
      ['!If [C, 1]', '!If: Fn::If takes a list of three: a condition name, the value if true, and the value if false'],
      [
        '!If [!Condition C, 1, 2]',
        '!If: Fn::If takes a list of three: a condition name, the value if true, and the value if false',
      ],
      [
        '{Fn::If: C}',
        'Fn::If: Fn::If takes a list of three: a condition name, the value if true, and the value if false',
      ],
      ['!If [C, 1, !If [C, [], {}]]'],
      ['!Join ["", [a, !Ref P]]'],
      ['!Join [",", !Ref L]'],
      ['!Join [a, b]', '!Join: Fn::Join takes a list of two: a delimiter and the list to join'],
      ['!Join [!Ref P, [b]]', '!Join: Fn::Join takes a list of two: a delimiter and the list to join'],
      ['!Join ["", [a], b]', '!Join: Fn::Join takes a list of two: a delimiter and the list to join'],
      ['!Split [",", !Ref P]'],
      ['!Split ["a,b"]', '!Split: Fn::Split takes a list of two: a delimiter and the string to split'],
      ['!Split [",", [a]]', '!Split: Fn::Split takes a list of two: a delimiter and the string to split'],
      ['!Select [0, [a]]'],
      ['!Select ["1", !Ref L]'],
      ['!Select [!Ref P, [a]]'],
      [
        '!Select [-1, [a]]',
        '!Select: Fn::Select takes a list of two: an index counted from 0 and the list to select from',
      ],
      [
        '!Select [0, "a,b"]',
        '!Select: Fn::Select takes a list of two: an index counted from 0 and the list to select from',
      ],
      ['!Select [2, [a, b]]', '2: The list has 2 items and none at index 2'],
      ['!Select [1, [!Ref L]]'],
      ['!Select [1, [a]]', '1: The list has one item and none at index 1'],
      ['!Cidr [10.0.0.0/16, 4, 8]'],
      [
        '!Cidr [10.0.0.0/16]',
        '!Cidr: Fn::Cidr takes a list of two or three: a CIDR block, a count, and the number of subnet bits',
      ],
      [
        '!FindInMap [M, a]',
        '!FindInMap: Fn::FindInMap takes a list of three: a mapping name, a top-level key, and a second-level key',
      ],
      ['!GetAtt S', '!GetAtt: Fn::GetAtt takes the name of a resource and of an attribute'],
      ['!GetAtt [S]', '!GetAtt: Fn::GetAtt takes the name of a resource and of an attribute'],
      ['!GetAtt [S, !Ref P]'],
      ['{Fn::GetAtt: S.Outputs.X}'],
      ['!Sub {a: b, c: d}', '!Sub: Fn::Sub takes a string, or a list of a string and a map of variables'],
      ['!Sub ["${P}", [a]]', '!Sub: Fn::Sub takes a string, or a list of a string and a map of variables'],
      ['!Sub ["${P}"]'],
      ['!Base64 [a]', '!Base64: Fn::Base64 takes a string'],
      ['!GetAZs ""'],
      ['{Fn::Join: !Ref L}'],
      ['[!Join [a], {Fn::Transform: {Name: x}}]'],
      ['!Mine [1]'],
    ]),
    property,
  );
  table(
    rows([
      ['!And [!Condition C]', `!And: Fn::And ${condition}`],
      ['!Or [!Condition C, true]', `!Or: Fn::Or ${condition}`],
      [`!Or [${'!Condition C, '.repeat(10)}!Condition C]`, `!Or: Fn::Or ${condition}`],
      [`!And [${'!Condition C, '.repeat(9)}!Condition C]`],
      ['!Not [!Condition C, !Condition C]', '!Not: Fn::Not takes a list of one condition'],
      ['{Fn::Not: {Condition: C}}'],
      ['!Equals [a]', `!Equals: Fn::Equals ${two}`],
      ['!Equals [a, b, c]', `!Equals: Fn::Equals ${two}`],
      ['!Equals a', `!Equals: Fn::Equals ${two}`],
    ]),
    (value) => `Conditions:\n  C: !Equals [a, b]\n  D: ${value}\nResources: {R: {Type: T::A::B}}\n`,
  );
  table(
    [
      [
        'may be functions with the extensions of the language',
        '[!Join [!Ref P, [a]], {Ref: !Sub P}, !Select [!Ref P, [a]]]',
      ],
      [
        'are counted with the extensions of the language',
        '!Join [!Ref P]',
        '!Join: Fn::Join takes a list of two: a delimiter and the list to join',
      ],
    ],
    (value) => `Transform: AWS::LanguageExtensions\n${property(value)}`,
  );
});

describe('a mapping', () => {
  table(
    [
      [
        'has what is looked up',
        '[!FindInMap [M, a, x], !FindInMap [M, !Ref P, w], !FindInMap [!Ref P, a, z], !FindInMap [M, a, !Ref P]]',
      ],
      ['is there', '!FindInMap [N, a, x]', 'N: There is no mapping named N in Mappings'],
      ['has the first key', '!FindInMap [M, c, x]', 'c: The mapping M has no key c'],
      ['has the second key', '!FindInMap [M, b, w]', 'w: The key b of the mapping M has no key w'],
      ['has the second key somewhere', '!FindInMap [M, !Ref AWS::Region, z]', 'z: No key of the mapping M has a key z'],
      ['may have truths for keys', '[!FindInMap [M, yes, x], !FindInMap [M, a, True]]'],
      ['may have a default instead', '!FindInMap [M, c, x, {DefaultValue: 1}]'],
      [
        'is one of a tool that goes first',
        '[!FindInMap ["{{ m }}", a, x], !FindInMap [M, "{{ a }}", x], !FindInMap [M, a, "{{ x }}"]]',
      ],
    ],
    property,
  );
  const section = (mappings: string): string =>
    `Mappings: ${mappings}\nResources: {R: {Type: T::A::B, Properties: {Q: !FindInMap [M, a, x]}}}\n`;
  table(
    [
      ['may be included', '{Fn::Transform: {Name: AWS::Include, Parameters: {Location: x}}}'],
      ['may be merged', '{M: {<<: {a: {x: 1}}}}'],
      ['may be merged in a key', '{M: {a: {<<: {x: 1}}}}'],
      ['has two levels', '{M: {a: {x: {y: 1, z: 2}}}}', 'x: The key x is the third level of the mapping M'],
      ['has more than one level', '{M: {a: 1}}', 'a: The key a of the mapping M has a value instead of a map'],
      ['has levels', '{M: 1}', 'M: The mapping M is not a map of keys to maps'],
      ['may be half written', '{M: , N: {a: , x: {y: }}}'],
      ['has no functions', '{M: {a: {x: !Ref AWS::Region}}}', '!Ref AWS::Region: Ref is not supported in Mappings'],
    ],
    section,
  );
  it('is missing where there are none', () =>
    assert.deepEqual(problems('Resources: {R: {Type: T::A::B, Properties: {Q: !FindInMap [M, a, x]}}}\n'), [
      'M: There is no mapping named M in Mappings',
    ]));
});

describe('a circular dependency', () => {
  const resources = (all: Readonly<Record<string, string>>): string =>
    `Conditions: {C: !Equals [!Ref AWS::Region, a], D: !Equals [!Ref AWS::Region, b], Never: !Equals [a, b]}\nResources:\n${Object.entries(
      all,
    )
      .map(([name, body]) => `  ${name}: {Type: T::A::B, ${body}}\n`)
      .join('')}`;
  const cycle = (what: string, all: Readonly<Record<string, string>>, ...expected: string[]): Row => [
    what,
    resources(all),
    ...expected,
  ];
  table([
    cycle('is one of itself', { A: 'Properties: {Q: !Ref A}' }, '!Ref A: A depends on itself'),
    cycle('is one of a resource that depends on itself', { A: 'DependsOn: A' }, 'A: A depends on itself'),
    cycle(
      'is named with its way',
      { A: 'Properties: {Q: !GetAtt B.Arn}', B: 'Properties: {Q: !Sub "x${C.Arn}"}', C: 'DependsOn: [A]' },
      '!GetAtt B.Arn: A depends on itself (A → B → C → A)',
    ),
    cycle(
      'is named by its shortest way',
      { A: 'DependsOn: [B, C]', B: 'DependsOn: C', C: 'DependsOn: A' },
      'C: A depends on itself (A → C → A)',
    ),
    cycle(
      'is marked where it is written first',
      { A: 'Properties: {Q: [!Ref B, !GetAtt B.Arn]}', B: 'DependsOn: A' },
      '!Ref B: A depends on itself (A → B → A)',
    ),
    cycle(
      'is named once',
      { A: 'DependsOn: B', B: 'DependsOn: A', C: 'DependsOn: D', D: 'DependsOn: C' },
      'B: A depends on itself (A → B → A)',
      'D: C depends on itself (C → D → C)',
    ),
    cycle('is not a chain', { A: 'DependsOn: [B, C]', B: 'DependsOn: C', C: 'Properties: {Q: 1}' }),
    cycle('is not one by a variable of the same name', {
      A: 'Properties: {Q: !Sub ["${B}", {B: 1}]}',
      B: 'DependsOn: A',
    }),
    cycle('is not one by metadata', { A: 'Metadata: {Q: !Ref A}' }),
    cycle('is not one by a branch', { A: 'Properties: {Q: !If [C, !Ref B, 1]}', B: 'DependsOn: A' }),
    cycle(
      'is one of resources that are there together',
      { A: 'Condition: C, DependsOn: B', B: 'Condition: C, DependsOn: A' },
      'B: A depends on itself (A → B → A)',
    ),
    cycle('is not one of resources that need not be there together', {
      A: 'Condition: C, DependsOn: B',
      B: 'Condition: D, DependsOn: A',
    }),
    cycle('is not one of resources that are never there', { A: 'Condition: Never, DependsOn: B', B: 'DependsOn: A' }),
    cycle(
      'is one within one that is not',
      { A: 'Condition: C, DependsOn: B', B: 'DependsOn: [E, F]', E: 'DependsOn: B', F: 'Condition: D, DependsOn: A' },
      'E: B depends on itself (B → E → B)',
    ),
    cycle(
      'is cut short when it is long',
      Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`R${i}`, `DependsOn: R${(i + 1) % 500}`])),
      'R1: R0 depends on itself (R0 → R1 → R2 → R3 → R4 → 495 more → R0)',
    ),
    [
      'is not one by what SAM makes something else of',
      `Transform: AWS::Serverless-2016-10-31\nResources:\n  F: {Type: AWS::Serverless::Function, Properties: {Events: {E: {Type: S3, Properties: {Bucket: !Ref B}}}}}\n  B: {Type: AWS::S3::Bucket, Properties: {Q: !GetAtt F.Arn}}\n`,
    ],
  ]);
});

describe('a parameter', () => {
  table(
    [
      ['has a type', '{Default: a}', 'P: The parameter P has no Type'],
      ['has a type that there is', '{Type: string}', 'string: A parameter cannot have the type string'],
      ['may be of AWS', '{Type: "AWS::SSM::Parameter::Value<List<String>>", Default: x}'],
      ['has a default that it allows', '{Type: String, Default: a, AllowedValues: [a, b]}'],
      [
        'has no other default',
        '{Type: String, Default: c, AllowedValues: [a, b]}',
        'c: The default of the parameter P is not one of its AllowedValues',
      ],
      ['has a default that is written otherwise', '{Type: Number, Default: "1", AllowedValues: [1.0, 2]}'],
      ['has a truth for a default', '{Type: String, Default: True, AllowedValues: ["true", "false"]}'],
      [
        'has a truth for a default that is written with a large letter where it is allowed',
        '{Type: String, Default: True, AllowedValues: ["True", "False"]}',
      ],
      ['has a number for a default', '{Type: Number, Default: a}', 'a: The default of the parameter P is not a number'],
      [
        'has a default that is large enough',
        '{Type: Number, Default: 1, MinValue: 2}',
        '1: The default of the parameter P is less than its MinValue',
      ],
      [
        'has a default that is small enough',
        '{Type: Number, Default: 3, MaxValue: 2}',
        '3: The default of the parameter P is more than its MaxValue',
      ],
      [
        'has a default that is long enough',
        '{Type: String, Default: a, MinLength: 2}',
        'a: The default of the parameter P is shorter than its MinLength',
      ],
      [
        'has a default that is short enough',
        '{Type: String, Default: abc, MaxLength: "2"}',
        'abc: The default of the parameter P is longer than its MaxLength',
      ],
      [
        'may have a truth for a default that is written otherwise',
        '{Type: String, Default: yes, AllowedValues: [true, false]}',
      ],
      ['may have to be given', '{Type: String, Default: "", MinLength: 1, AllowedValues: [a]}'],
      ['has a default within bounds', '{Type: Number, Default: 2, MinValue: 2, MaxValue: 2}'],
      [
        'has no functions',
        '{Type: String, Default: !Ref AWS::Region}',
        '!Ref AWS::Region: Ref is not supported in Parameters',
      ],
      ['may be merged', '{<<: {Type: String}, Default: a}'],
      ['may be half written', ''],
    ],
    (body) => `Parameters:\n  P: ${body}\nResources: {R: {Type: T::A::B}}\n`,
  );

  it('keeps its default to itself', () => {
    const {
      documents: [document],
    } = analysed(
      {
        't.yaml':
          'Parameters:\n  P: {Type: String, NoEcho: true, Default: hunter2, MinLength: 20, AllowedValues: [hunter3]}\nResources: {R: {Type: AWS::S3::Bucket, Properties: {Q: !Sub "${P:-hunter2}"}}}\n',
      },
      { rules: new Set() },
    );
    assert.equal(document!.problems.length, 2);
    assert.doesNotMatch(JSON.stringify(document!.problems), /hunter/);
  });
});

describe('a member of a section', () => {
  const many = (section: string, count: number, member: string): string =>
    `${section}:\n${Array.from({ length: count }, (_, i) => `  M${i}: ${member}\n`).join('')}`;
  table([
    ['has a type among resources', 'Resources: {A: {Properties: {Q: 1}}}', 'A: The resource A has no Type'],
    [
      'has a value among outputs',
      'Resources: {R: {Type: T::A::B}}\nOutputs: {O: {Description: x}}',
      'O: The output O has no Value',
    ],
    [
      'has assertions among rules',
      'Rules: {A: {RuleCondition: !Equals [a, b]}}\nResources: {R: {Type: T::A::B}}',
      'A: The rule A has no Assertions',
    ],
    [
      'has assertions that say something',
      'Rules: {A: {Assertions: [{Assert: !Equals [a, b]}, {AssertDescription: x}]}}\nResources: {R: {Type: T::A::B}}',
      'AssertDescription: This assertion of the rule A has no Assert',
    ],
    [
      'may be complete',
      'Rules: {A: {Assertions: [{Assert: {Fn::Contains: [[a], !Ref AWS::Region]}, AssertDescription: x}]}}\nResources: {R: {Type: T::A::B}}\nOutputs: {O: {Value: 1}}',
    ],
    ['may be made by a macro', 'Resources: {R: {Fn::Transform: {Name: x}, Properties: {Q: 1}}}'],
    ['may be merged', 'Metadata: {r: &r {Type: T::A::B}}\nResources: {R: {<<: *r}}'],
    ['may be half written', 'Resources: {R: }\nOutputs: {O: }\nRules: {A: }'],
    ['is one of not too many resources', many('Resources', 500, '{Type: T::A::B}')],
    ['is one of too many resources', many('Resources', 501, '{Type: T::A::B}'), 'Resources: Resources has 501 members'],
    [
      'is one of too many parameters',
      `${many('Parameters', 201, '{Type: String}')}Resources: {R: {Type: T::A::B}}`,
      'Parameters: Parameters has 201 members',
    ],
  ]);
});

describe('a loop', () => {
  const loop = (value: string, transform = 'Transform: [AWS::LanguageExtensions]\n'): string =>
    `${transform}Resources:\n  Fn::ForEach::L: ${value}\n  R: {Type: T::A::B, Properties: {P: !Ref Xa}}\n`;
  const takes =
    'Fn::ForEach::L: Fn::ForEach takes a list of three: an identifier, the items, and the map to repeat for each item';
  table([
    ['is whole', loop('[I, [a, b], {"X${I}": {Type: T::A::B}}]')],
    ['may be over what a function gives', loop('[I, !Ref Names, {"X${I}": {Type: T::A::B}}]')],
    ['is of three', loop('[I, [a]]'), takes],
    ['is a list', loop('{I: [a]}'), takes],
    ['is over a list', loop('[I, "a,b", {"X${I}": {Type: T::A::B}}]'), takes],
    ['makes members', loop('[I, [a], x]'), takes],
    [
      'is worked out by a transform',
      loop('[I, [a], {"X${I}": {Type: T::A::B}}]', ''),
      'Fn::ForEach::L: Fn::ForEach requires the transform AWS::LanguageExtensions',
    ],
    ['may be that of a macro', loop('[I]', 'Transform: Mine\n')],
    [
      'can be within a resource',
      'Transform: AWS::LanguageExtensions\nResources: {R: {Type: T::A::B, Properties: {Fn::ForEach::L: [I]}}}',
      takes,
    ],
  ]);
});

describe('a part of a template', () => {
  const rows: readonly Row[] = [
    [
      'may name what is defined elsewhere',
      'Resources: {R: {Type: T::A::B, Condition: A, DependsOn: X, Properties: {P: [!Ref X, !GetAtt Y.Arn, !Sub "${Z}-${self:custom.a-b}", !If [B, 1, 2], !FindInMap [M, a, x]]}}}',
    ],
    [
      'may have a format version',
      'AWSTemplateFormatVersion: "2010-09-09"\nResources: {R: {Type: T::A::B, DependsOn: X, Properties: {P: [!Ref X, !If [B, 1, 2], !Sub "${Z}", !FindInMap [M, a, x], !Join [a]]}}}',
      '!Join: Fn::Join takes a list of two: a delimiter and the list to join',
    ],
    [
      'is not a template in which few names are missing',
      'AWSTemplateFormatVersion: "2010-09-09"\nResources: {R: {Type: T::A::B, Properties: {P: [!Ref X, !If [B, 1, 2]]}}}',
      '!Ref X: There is no parameter or resource named X',
      'B: There is no condition named B',
    ],
    [
      'is not a template with parameters',
      'AWSTemplateFormatVersion: "2010-09-09"\nParameters: {A: {Type: String}}\nResources: {R: {Type: T::A::B, Properties: {P: [!Ref X, !Ref Y, !If [B, 1, 2]]}}}',
      '!Ref X: There is no parameter or resource named X',
      '!Ref Y: There is no parameter or resource named Y',
      'B: There is no condition named B',
    ],
    [
      'has problems of its own',
      'Conditions: {A: !Equals [a]}\nMappings: {M: {a: {x: 1}}}\nResources: {R: {Type: T::A::B, Condition: B, DependsOn: R, Properties: {P: !FindInMap [M, b, x]}}}',
      '!Equals: Fn::Equals takes a list of the two values to compare',
      'B: There is no condition named B',
      'R: R depends on itself',
      'b: The mapping M has no key b',
    ],
  ];
  for (const [what, text, ...expected] of rows) it(what, () => assert.deepEqual(problemsOf(text), expected));
});

describe('problems of a template', () => {
  it('are the same in JSON', () => {
    const text =
      '{"Description": "x", "Resources": {"R": {"Type": "T::A::B", "Properties": {"Q": [{"Ref": "X"}, {"Fn::Sub": "a\\n${Y}"}, {"Fn::GetAtt": ["Z", "Arn"]}, {"Fn::Join": ["a"]}]}}}}';
    assert.deepEqual(problemsOf(text, 't.json'), [
      '"X": There is no parameter or resource named X',
      '${Y}: There is no parameter, resource or variable named Y',
      '"Z": There is no resource named Z',
      '"Fn::Join": Fn::Join takes a list of two: a delimiter and the list to join',
    ]);
  });

  it('say what it means and what to do, in a sentence', () => {
    const {
      documents: [document],
    } = analysed(
      { 't.yaml': property('[!Ref X, !Sub "${aws:username}"]').replaceAll('T::A::B', 'AWS::S3::Bucket') },
      { rules: new Set() },
    );
    assert.deepEqual(
      document!.problems.map(({ kind, message }) => `${kind}: ${message}`),
      [
        'document: There is no parameter or resource named X. CloudFormation rejects this; define it or correct the name.',
        'document: There is no parameter, resource or variable named aws:username. CloudFormation rejects this; define it, or write ${!aws:username} for literal text.',
      ],
    );
  });
});
