/** The values of expressions in templates, in every scenario of the parameters. */
import { check } from './expression-table.ts';

check(
  'a parameter',
  `
Parameters:
  Env: {Type: String, Default: dev, AllowedValues: [dev, prod]}
  Undecided: {Type: String, AllowedValues: [dev, prod]}
  Late: {Type: String, AllowedValues: [dev, prod], Default: prod}
  Compared: {Type: String, Default: a}
  NoDefault: {Type: String}
  NoDefaultCompared: {Type: String}
  Size: {Type: Number, Default: 8}
  Flag: {Type: String, Default: True, AllowedValues: [True, FALSE]}
  Empty: {Type: String, Default: ''}
  Names: {Type: CommaDelimitedList, Default: 'a, b,c'}
  Nothing: {Type: CommaDelimitedList, Default: ''}
  Subnets: {Type: 'List<AWS::EC2::Subnet::Id>'}
  Image: {Type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>', Default: /a/b}
  Path: {Type: 'AWS::SSM::Parameter::Name', Default: /a/b}
  Fetched: {Type: String, Default: '{{resolve:ssm:/a:1}}', AllowedValues: ['{{resolve:ssm:/a:1}}']}
  Key: {Type: String, NoEcho: true, Default: hunter2}
  Quoted: {Type: String, NoEcho: 'True'}
  Odd: {Type: String, Default: [a, b]}
  Untyped: {Default: a, AllowedValues: [a]}
Conditions:
  A: !Equals [!Ref Compared, b]
  B: !Equals [c, {Ref: Compared}]
  C: !Not [!Equals [!Ref NoDefaultCompared, x]]
Rules:
  R: {RuleCondition: !Equals [!Ref Compared, d]}`,
  [
    ['!Ref Env', '"dev" if Env=dev | "prod" if Env=prod', 'Env'],
    ['{Ref: Env}', '"dev" if Env=dev | "prod" if Env=prod', 'Env'],
    ['!Ref Undecided', '"dev" if Undecided=dev | "prod" if Undecided=prod', 'Undecided'],
    ['!Ref Late', '"prod" if Late=prod | "dev" if Late=dev', 'Late'],
    [
      '!Ref Compared',
      '"a" if Compared=a | "b" if Compared=b | "c" if Compared=c | "d" if Compared=d | ?parameter if Compared=*',
      'Compared',
    ],
    ['!Ref NoDefault', '?parameter'],
    ['!Ref NoDefaultCompared', '"x" if NoDefaultCompared=x | ?parameter if NoDefaultCompared=*', 'NoDefaultCompared'],
    ['!Ref Size', '8 if Size=8 | ?parameter if Size=*', 'Size'],
    ['!Ref Flag', 'true if Flag=true | false if Flag=false', 'Flag'],
    ['!Sub "is ${Flag}"', '"is true" if Flag=true | "is false" if Flag=false', 'Flag'],
    ['!Ref Empty', '"" if Empty= | ?parameter if Empty=*', 'Empty'],
    ['!Ref Names', '["a", "b", "c"] if Names=a, b,c | ?parameter if Names=*', 'Names'],
    ['!Ref Nothing', '[] if Nothing= | ?parameter if Nothing=*', 'Nothing'],
    ['!Ref Subnets', '?parameter'],
    ['!Ref Image', '?parameter'],
    ['!Ref Path', '"/a/b" if Path=/a/b | ?parameter if Path=*', 'Path'],
    ['!Ref Fetched', '?dynamic-reference'],
    ['!Ref Key', 'secret("hunter2") if Key=a secret value | secret(?parameter) if Key=*', 'Key'],
    ['!Ref Quoted', 'secret(?parameter)'],
    ['!Ref Odd', '?parameter'],
    ['!Ref Untyped', '"a"'],
    ['!Ref Topic', 'Topic'],
    ['!Ref Nobody', '?syntax'],
    ['!Ref [a]', '?syntax'],
    ['!Ref AWS::Region', '?parameter'],
    ['!Ref AWS::AccountId', '?parameter'],
    ['!Ref AWS::NoValue', 'absent'],
  ],
);

const CONDITIONS = `
Parameters:
  Env: {Type: String, Default: dev, AllowedValues: [dev, stage, prod]}
  Zone: {Type: String, Default: a}
  Free: {Type: String}
  Flag: {Type: String, Default: 'true', AllowedValues: ['true', 'false']}
  Image: {Type: 'AWS::SSM::Parameter::Value<String>', Default: /a}
Mappings:
  Sizes: {dev: {Big: 'no'}, stage: {Big: 'no'}, prod: {Big: 'yes'}}
Conditions:
  IsProd: !Equals [!Ref Env, prod]
  IsProdToo: {Fn::Equals: [prod, {Ref: Env}]}
  NotProd: !Not [!Condition IsProd]
  NotProdToo: {Fn::Not: [{Condition: IsProd}]}
  ZoneA: !Equals [!Ref Zone, a]
  ProdInA: !And [!Condition IsProd, !Condition ZoneA]
  ProdOrA: !Or [!Condition IsProd, !Condition ZoneA]
  Neither: !Not [!Or [!Condition IsProd, {Condition: ZoneA}]]
  Always: !Equals [a, a]
  Never: !Equals [a, b]
  Same: !Equals [!Ref Env, !Ref Env]
  FreeIsX: !Equals [!Ref Free, x]
  FreeIsFree: !Equals [!Ref Free, !Ref Free]
  FreeIsZone: !Equals [!Ref Free, !Ref Zone]
  On: !Equals [!Ref Flag, true]
  OnToo: !Equals [!Ref Flag, True]
  Named: !Equals [!Sub '\${Env}-x', prod-x]
  Joined: !Equals [!Join ['-', [!Ref Env, x]], stage-x]
  Big: !Equals [!FindInMap [Sizes, !Ref Env, Big], 'yes']
  Fetched: !Equals [!Ref Image, x]
  FetchedToo: {Fn::Equals: [ {Ref: Image},  'x']}
  Missing: !Condition Nowhere
  Bare: true
  NoParts: !And []
  Half: !Or
  One: !Equals [a]
  Upside: !Equals [!Ref Nobody, x]
  Circle: !Not [!Condition Round]
  Round: !Or [!Condition IsProd, !Condition Circle]
  Own: !Not [!Condition Own]
  FromCircle: !Or [!Condition IsProd, !Condition Own]
  Twice: !Equals [!Ref Env, dev]
  Twice: !Equals [!Ref Env, stage]`;

check('a condition', CONDITIONS, [
  ['!If [IsProd, 1, 2]', '1 if Env=prod | 2 if Env=dev, Env=stage', 'Env'],
  ['{Fn::If: [IsProd, 1, 2]}', '1 if Env=prod | 2 if Env=dev, Env=stage', 'Env'],
  ['!If [IsProdToo, 1, 2]', '1 if Env=prod | 2 if Env=dev, Env=stage', 'Env'],
  ['!If [NotProd, 1, 2]', '1 if Env=dev, Env=stage | 2 if Env=prod', 'Env'],
  ['!If [NotProdToo, 1, 2]', '1 if Env=dev, Env=stage | 2 if Env=prod', 'Env'],
  ['!If [ZoneA, 1, 2]', '1 if Zone=a | 2 if Zone=*', 'Zone'],
  [
    '!If [ProdInA, 1, 2]',
    '1 if Zone=a Env=prod | 2 if Zone=a Env=dev, Zone=a Env=stage, Zone=* Env=dev, Zone=* Env=stage, Zone=* Env=prod',
    'Zone',
    'Env',
  ],
  [
    '!If [ProdOrA, 1, 2]',
    '1 if Zone=a Env=dev, Zone=a Env=stage, Zone=a Env=prod, Zone=* Env=prod | 2 if Zone=* Env=dev, Zone=* Env=stage',
    'Zone',
    'Env',
  ],
  [
    '!If [Neither, 1, 2]',
    '1 if Zone=* Env=dev, Zone=* Env=stage | 2 if Zone=a Env=dev, Zone=a Env=stage, Zone=a Env=prod, Zone=* Env=prod',
    'Zone',
    'Env',
  ],
  ['!If [Always, 1, 2]', '1'],
  ['!If [Never, 1, 2]', '2'],
  ['!If [Same, 1, 2]', '1'],
  ['!If [FreeIsX, 1, 2]', '1 if Free=x | 2 if Free=*', 'Free'],
  ['!If [FreeIsFree, 1, 2]', '1'],
  // One of the names is not in the other's list, and may still be its value.
  ['!If [FreeIsZone, 1, 2]', '1 if FreeIsZone is true | 2 if FreeIsZone is false'],
  ['!If [FreeIsZone, 1, 2]', '1 if FreeIsZone is true | 2 if Free=x Zone=a', 'Free', 'Zone'],
  ['!If [On, 1, 2]', '1 if Flag=true | 2 if Flag=false', 'Flag'],
  ['!If [OnToo, 1, 2]', '1 if Flag=true | 2 if Flag=false', 'Flag'],
  ['!If [Named, 1, 2]', '1 if Env=prod | 2 if Env=dev, Env=stage', 'Env'],
  ['!If [Joined, 1, 2]', '1 if Env=stage | 2 if Env=dev, Env=prod', 'Env'],
  ['!If [Big, 1, 2]', '1 if Env=prod | 2 if Env=dev, Env=stage', 'Env'],
  ['!If [Fetched, 1, 2]', '1 if Fetched is true | 2 if Fetched is false'],
  // The same comparison is the same unknown, wherever it is written.
  [
    '!If [Fetched, !If [FetchedToo, 1, 2], !If [FetchedToo, 3, 4]]',
    '1 if Fetched is true and FetchedToo is true | 4 if Fetched is false and FetchedToo is false',
  ],
  ['!If [Nowhere, 1, 2]', '1 if Nowhere is true | 2 if Nowhere is false'],
  ['!If [Missing, !If [Nowhere, 1, 2], 3]', '1 if Missing is true and Nowhere is true | 3 if Missing is false'],
  ['!If [Bare, 1, 2]', '1 if Bare is true | 2 if Bare is false'],
  ['!If [NoParts, 1, 2]', '1 if NoParts is true | 2 if NoParts is false'],
  ['!If [Half, 1, 2]', '1 if Half is true | 2 if Half is false'],
  ['!If [One, 1, 2]', '1 if One is true | 2 if One is false'],
  ['!If [Upside, 1, 2]', '1 if Upside is true | 2 if Upside is false'],
  ['!If [Circle, 1, 2]', '?syntax'],
  ['!If [Round, 1, 2]', '?syntax'],
  ['!If [Own, 1, 2]', '?syntax'],
  ['!If [FromCircle, 1, 2]', '1 if Env=prod', 'Env'],
  ['!If [Twice, 1, 2]', '1 if Env=stage | 2 if Env=dev, Env=prod', 'Env'],
  ['!If [IsProd, !If [IsProd, 1, 2], 3]', '1 if Env=prod | 3 if Env=dev, Env=stage', 'Env'],
  ['!If [IsProd, !If [NotProd, 1, 2], 3]', '2 if Env=prod | 3 if Env=dev, Env=stage', 'Env'],
  [
    '!If [IsProd, !If [ZoneA, 1, 2], !If [ZoneA, 3, 4]]',
    '1 if Zone=a Env=prod | 2 if Zone=* Env=prod | 3 if Zone=a Env=dev, Zone=a Env=stage | 4 if Zone=* Env=dev, Zone=* Env=stage',
    'Zone',
    'Env',
  ],
  ['!If [IsProd, !Ref Env, !Ref Topic]', '"prod" if Env=prod | Topic if Env=dev, Env=stage', 'Env'],
  ['!If [IsProd, 1]', '?syntax'],
  ['!If [IsProd]', '?syntax'],
  ['!If IsProd', '?syntax'],
  ['!If [!Ref Env, 1, 2]', '?syntax'],
  ['!If [[IsProd], 1, 2]', '?syntax'],
]);

check('AWS::NoValue', CONDITIONS, [
  ['!If [IsProd, 1, !Ref AWS::NoValue]', '1 if Env=prod | absent if Env=dev, Env=stage', 'Env'],
  ['{A: !If [IsProd, 1, !Ref AWS::NoValue]}', '{A: 1 if Env=prod | absent if Env=dev, Env=stage}', 'Env'],
  ['!If [IsProd, {A: 1}, !Ref AWS::NoValue]', '{A: 1} if Env=prod | absent if Env=dev, Env=stage', 'Env'],
  ['[a, !If [IsProd, b, !Ref AWS::NoValue]]', '["a", "b" if Env=prod | absent if Env=dev, Env=stage]', 'Env'],
  ['!If [IsProd, [a], !Ref AWS::NoValue]', '["a"] if Env=prod | absent if Env=dev, Env=stage', 'Env'],
  [
    '!If [IsProd, !If [ZoneA, !Ref AWS::NoValue, 1], !Ref AWS::NoValue]',
    'absent if Zone=a Env=prod | 1 if Zone=* Env=prod | absent if Zone=a Env=dev, Zone=a Env=stage, Zone=* Env=dev, Zone=* Env=stage',
    'Zone',
    'Env',
  ],
  [
    '!Join ["-", [a, !If [IsProd, b, !Ref AWS::NoValue], c]]',
    '"a-c" if Env=dev, Env=stage | "a-b-c" if Env=prod',
    'Env',
  ],
  ['!Select [1, [!If [IsProd, a, !Ref AWS::NoValue], b, c]]', '"c" if Env=dev, Env=stage | "b" if Env=prod', 'Env'],
]);

check(
  'a function',
  `
Parameters:
  Env: {Type: String, Default: dev, AllowedValues: [dev, prod]}
  Text: {Type: String, Default: 'a,b'}
  Index: {Type: Number, Default: 1, AllowedValues: [1, 7]}
  Names: {Type: CommaDelimitedList, Default: 'x,y', AllowedValues: ['x,y']}
  Key: {Type: String, NoEcho: true, Default: 'hunter2,x', AllowedValues: ['hunter2,x']}
Mappings:
  ByEnv: {dev: {Size: 1, Zones: [a, b]}, prod: {Size: 2}}
  ByRegion: {us-east-1: {Image: ami-1}, eu-west-1: {Image: ami-2}}
  ByAccount: {'123456789012': {Name: home}}
  Secrets: {'hunter2,x': {Name: y}}
  Fetched: {a: {b: '{{resolve:ssm:/x}}'}}
  Loop: {a: {b: !FindInMap [Loop, a, b]}}`,
  [
    ['!GetAtt Topic.TopicName', 'Topic.TopicName'],
    ['!GetAtt Topic.A.B', 'Topic.A.B'],
    ['!GetAtt [Topic, TopicName]', 'Topic.TopicName'],
    ['{Fn::GetAtt: [Topic, A.B]}', 'Topic.A.B'],
    ['{Fn::GetAtt: Topic.TopicName}', 'Topic.TopicName'],
    ['{Fn::GetAtt: [Topic, !Ref Env]}', 'Topic.dev if Env=dev | Topic.prod if Env=prod', 'Env'],
    ['{Fn::GetAtt: [Topic, !GetAtt Topic.TopicName]}', '?function of Topic'],
    ['!GetAtt Topic', '?function of Topic'],
    ['!GetAtt Nobody.Arn', '?syntax'],
    ['!GetAtt {a: b}', '?syntax'],
    ['!Sub plain', '"plain"'],
    [
      '!Sub "${Env}/${Topic}/${Topic.TopicName}"',
      '"dev/" + Topic + "/" + Topic.TopicName if Env=dev | "prod/" + Topic + "/" + Topic.TopicName if Env=prod',
      'Env',
    ],
    ['{Fn::Sub: "${Env}"}', '"dev" if Env=dev | "prod" if Env=prod', 'Env'],
    ['!Sub "a${!Env}b"', '"a${Env}b"'],
    ['!Sub "a${! Env}b"', '"a${ Env}b"'],
    ['!Sub "a${Env"', '"a" + ?syntax'],
    ['!Sub "a${}b"', '"a" + ?syntax + "b"'],
    ['!Sub "a$Env{b}"', '"a$Env{b}"'],
    ['!Sub "${AWS::Region}-x"', '?parameter + "-x"'],
    ['!Sub "${Nobody}"', '?syntax'],
    ['!Sub ["${A}-${Env}", {A: !Ref Topic}]', 'Topic + "-dev" if Env=dev | Topic + "-prod" if Env=prod', 'Env'],
    ['!Sub ["${Env}", {Env: own}]', '"own"'],
    ['!Sub ["${A}", {A: !Sub "${Text}"}]', '"a,b" if Text=a,b | ?parameter if Text=*', 'Text'],
    ['!Sub [!Ref Env, {}]', '?syntax'],
    ['!Sub [[a]]', '?syntax'],
    ['!Join ["-", [a, b, !Ref Topic]]', '"a-b-" + Topic'],
    ['!Join ["", [a, !Ref Env]]', '"adev" if Env=dev | "aprod" if Env=prod', 'Env'],
    ['!Join ["-", !Ref Names]', '"x-y"'],
    ['!Join ["-", []]', '""'],
    ['!Join ["-", [!Join ["+", [a, b]], c]]', '"a+b-c"'],
    ['!Join [!Ref Env, [a, b]]', '?function'],
    ['!Join ["-"]', '?function'],
    ['!Join ["-", [!ImportValue x, a]]', '?import + "-a"'],
    ['!Join ["-", !GetAZs ""]', '?function'],
    ['!GetAZs ""', '?computed'],
    ['!Select [0, [a, b]]', '"a"'],
    ['!Select ["1", [a, b]]', '"b"'],
    ['!Select [!Ref Index, [a, b]]', '"b" if Index=1 | ?function if Index=7', 'Index'],
    ['!Select [2, [a, b]]', '?function'],
    ['!Select [-1, [a, b]]', '?function'],
    ['!Select [x, [a, b]]', '?function'],
    ['!Select [0]', '?syntax'],
    ['!Select [0, !GetAZs ""]', '?function'],
    ['!Select [1, !Split [",", !Ref Text]]', '"b" if Text=a,b | ?function if Text=*', 'Text'],
    ['!Select [0, !Ref Names]', '"x"'],
    ['!Split [",", "a,b,"]', '["a", "b", ""]'],
    ['!Split ["", "a"]', '?syntax'],
    ['!Split [!Ref Env, "adevb"]', '?syntax'],
    ['!Split [",", !GetAtt Topic.TopicName]', '[Topic.TopicName]'],
    ['!Split ["-", !GetAtt Topic.TopicName]', '?function of Topic'],
    ['!FindInMap [ByEnv, !Ref Env, Size]', '1 if Env=dev | 2 if Env=prod', 'Env'],
    ['{Fn::FindInMap: [ByEnv, {Ref: Env}, Size]}', '1 if Env=dev | 2 if Env=prod', 'Env'],
    ['!FindInMap [ByEnv, !Ref Env, Zones]', '["a", "b"] if Env=dev | ?function if Env=prod', 'Env'],
    ['!Select [1, !FindInMap [ByEnv, dev, Zones]]', '"b"'],
    ['!FindInMap [ByEnv, nowhere, Size]', '?function'],
    ['!FindInMap [ByEnv, dev, Nothing]', '?function'],
    ['!FindInMap [ByEnv, dev, Nothing, {DefaultValue: 9}]', '9'],
    ['!FindInMap [ByEnv, nowhere, Size, {DefaultValue: !Ref Env}]', '"dev" if Env=dev | "prod" if Env=prod', 'Env'],
    ['!FindInMap [ByEnv, dev, Size, {DefaultValue: 9}]', '1'],
    ['!FindInMap [Nowhere, dev, Size]', '?function'],
    ['!FindInMap [!Ref Env, dev, Size]', '?function if Env=dev | ?function if Env=prod', 'Env'],
    ['!FindInMap [ByEnv, dev]', '?function'],
    [
      '!FindInMap [ByRegion, !Ref AWS::Region, Image]',
      '"ami-1" if AWS::Region=us-east-1 | "ami-2" if AWS::Region=eu-west-1 | ?function if AWS::Region=*',
      'AWS::Region',
    ],
    [
      '!FindInMap [ByAccount, !Ref AWS::AccountId, Name]',
      '"home" if AWS::AccountId=123456789012 | ?function if AWS::AccountId=*',
      'AWS::AccountId',
    ],
    ['!FindInMap [ByEnv, !FindInMap [Secrets, "hunter2,x", Name], Size]', '?function'],
    ['!FindInMap [Fetched, a, b]', '?dynamic-reference'],
    ['!FindInMap [Loop, a, b]', '?syntax'],
    ['!ImportValue x', '?import'],
    ['!ImportValue {Fn::Sub: "${Topic}-x"}', '?import of Topic'],
    ['!Base64 {Ref: Topic}', '?function of Topic'],
    ['!Cidr [!GetAtt Topic.TopicName, 2, 8]', '?function of Topic'],
    ['!GetAZs {Ref: AWS::Region}', '?computed'],
    ['{Fn::Transform: {Name: AWS::Include, Parameters: {Location: x}}}', '?transform'],
    ['!Transform {Name: x}', '?transform'],
    ['{a: 1, Fn::Transform: {Name: x}}', '{a: 1, …}'],
    ['[a, {Fn::Transform: {Name: x}}]', '["a", ?transform, …]'],
    ['!Unheard of', '?function'],
    ['{Condition: x}', '?function'],
    ['{Fn::Unheard: of}', '?function'],
  ],
);

check('a dynamic reference', 'Parameters:\n  Name: {Type: String, Default: n, AllowedValues: [n]}', [
  ["'{{resolve:ssm:/x}}'", '?dynamic-reference'],
  ["'a{{resolve:ssm:/x:1}}b{{resolve:secretsmanager:x}}'", '"a" + ?dynamic-reference + "b" + ?secret-reference'],
  ["!Sub '{{resolve:ssm:/x}}'", '?dynamic-reference'],
  ["!Sub '{{resolve:ssm:/${Name}}}'", '?dynamic-reference'],
  ["!Sub 'a{{resolve:secretsmanager:${Topic}:SecretString:p}}b'", '"a" + ?secret-reference + "b"'],
  ["!Sub '${Topic}{{resolve:ssm:/x}}${Topic}'", 'Topic + ?dynamic-reference + Topic'],
  ["!Join ['', ['{{resolve:secretsmanager:', !Ref Topic, ':SecretString}}']]", '?secret-reference'],
  ["!Join ['', [a, '}}']]", '"a}}"'],
  ["['{{resolve:ssm:/x}}']", '[?dynamic-reference]'],
  ["'a{{resolve:ssm:/x'", '"a{{resolve:ssm:/x"'],
  ["!Sub '{{resolve:ssm:/x}}a{{resolve:${Topic}'", '?dynamic-reference + "a{{resolve:" + Topic'],
  ["'{{other:ssm:/x}}'", '"{{other:ssm:/x}}"'],
]);

check(
  'a secret',
  `
Parameters:
  Key: {Type: String, NoEcho: true, Default: 'hunter2,x', AllowedValues: ['hunter2,x']}
  Free: {Type: String, NoEcho: true}
Mappings:
  Secrets: {'hunter2,x': {Name: y}}`,
  [
    ['!Ref Key', 'secret("hunter2,x")'],
    ['!Ref Free', 'secret(?parameter)'],
    ['!Sub "a${Key}"', 'secret("ahunter2,x")'],
    ['!Join ["-", [a, !Ref Key]]', 'secret("a-hunter2,x")'],
    ['!Split [",", !Ref Key]', 'secret([secret("hunter2"), secret("x")])'],
    ['!Select [0, !Split [",", !Ref Key]]', 'secret("hunter2")'],
    ['!Join ["-", !Split [",", !Ref Key]]', 'secret("hunter2-x")'],
    ['!FindInMap [Secrets, !Ref Key, Name]', '"y"'],
    ['!Sub ["${A}", {A: !Ref Key}]', 'secret("hunter2,x")'],
  ],
);

check(
  'an anchor or a merge key',
  `
Metadata: {first: &first t, all: &all [t, u]}
Parameters:
  Picked: {Type: String, AllowedValues: [*first, u]}
  Listed: {Type: String, Default: *first, AllowedValues: *all}
  Env: {Type: String, Default: dev, AllowedValues: [dev, prod]}
Conditions:
  IsProd: !Equals [!Ref Env, prod]
Shared:
  one: &one {A: 1, B: 2}
  two: &two {B: 3, C: !If [IsProd, 4, 5]}
  nested: &nested {<<: *one, D: 6}
  list: &list [x, y]
  text: &text t
  circle: &circle {A: *circle}`,
  [
    ['*text', '"t"'],
    ['!Ref Picked', '"t" if Picked=t | "u" if Picked=u', 'Picked'],
    ['!Ref Listed', '"t" if Listed=t | "u" if Listed=u', 'Listed'],
    ['*one', '{A: 1, B: 2}'],
    ['*list', '["x", "y"]'],
    ['*two', '{B: 3, C: 4 if Env=prod | 5 if Env=dev}', 'Env'],
    ['*nowhere', '?syntax'],
    ['*circle', '{A: ?syntax}'],
    ['{<<: *one, B: 9}', '{A: 1, B: 2, B: 9}'],
    ['{B: 9, <<: *one}', '{A: 1, B: 2, B: 9}'],
    ['{<<: [*one, *two]}', '{B: 3, C: 4 if Env=prod | 5 if Env=dev, A: 1, B: 2}', 'Env'],
    ['{<<: [*two, *one]}', '{A: 1, B: 2, B: 3, C: 4 if Env=prod | 5 if Env=dev}', 'Env'],
    ['{<<: *nested}', '{A: 1, B: 2, D: 6}'],
    ['{<<: *text, E: 1}', '{E: 1}'],
    ['!Select [0, *list]', '"x"'],
    ['!Join ["-", *list]', '"x-y"'],
    ['!If [IsProd, *text, *one]', '"t" if Env=prod | {A: 1, B: 2} if Env=dev', 'Env'],
    ['!Sub ["${A}", *one]', '"1"'],
  ],
);
