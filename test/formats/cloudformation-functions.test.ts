/** The values of functions of the language extensions, lists and strings, in every scenario. */
import { check } from './expression-table.ts';

const HEAD = `
Parameters:
  Env: {Type: String, Default: dev, AllowedValues: [dev, prod]}
  Names: {Type: CommaDelimitedList, Default: 'x,y', AllowedValues: ['x,y', 'x']}
  Anything: {Type: CommaDelimitedList, Default: 'x,y'}
  Block: {Type: String, Default: 10.0.0.0/16, AllowedValues: [10.0.0.0/16, 172.16.0.0/20]}
  Key: {Type: String, NoEcho: true, Default: hunter2, AllowedValues: [hunter2]}
  Keys: {Type: CommaDelimitedList, NoEcho: true, Default: 'hunter2,x', AllowedValues: ['hunter2,x']}
  Net: {Type: String, NoEcho: true, Default: 10.0.0.0/8, AllowedValues: [10.0.0.0/8]}
  Some: {Type: CommaDelimitedList, Default: x, AllowedValues: [x, y]}
  Attribute: {Type: String, Default: Arn, AllowedValues: [Arn, TopicName]}
Conditions:
  IsProd: !Equals [!Ref Env, prod]
Mappings:
  Sizes: {dev: {Size: 1}, prod: {Size: 2}}
  Names: {first: {Map: Sizes}}
  Included: {Fn::Transform: {Name: AWS::Include}}`;

check('Fn::Length', HEAD, [
  ['!Length [a, b]', '2'],
  ['{Fn::Length: [a, b]}', '2'],
  ['!Length {Ref: Names}', '2 if Names=x,y | 1 if Names=x', 'Names'],
  ['{Fn::Length: !Ref Names}', '2 if Names=x,y | 1 if Names=x', 'Names'],
  ['{Fn::Length: !Ref Anything}', '2 if Anything=x,y | ?function if Anything=*', 'Anything'],
  ['{Fn::Length: !Split [",", "a,b,c"]}', '3'],
  ['{Fn::Length: [a, !If [IsProd, b, !Ref AWS::NoValue]]}', '1 if Env=dev | 2 if Env=prod', 'Env'],
  ['{Fn::Length: !GetAZs ""}', '?function'],
  ['{Fn::Length: text}', '?function'],
  // Each item of a list is one of its allowed values, so that it can be many lists.
  ['{Fn::Length: !Ref Some}', '1 if Some=x | ?function if Some=*', 'Some'],
]);

check('Fn::ToJsonString', HEAD, [
  ['!ToJsonString {a: 1, b: [true, "x", null]}', '"{\\"a\\":1,\\"b\\":[true,\\"x\\",null]}"'],
  ['{Fn::ToJsonString: [a, {b: c}]}', '"[\\"a\\",{\\"b\\":\\"c\\"}]"'],
  ['!ToJsonString {a: !Ref Topic}', '"{\\"a\\":\\"" + Topic + "\\"}"'],
  ['!ToJsonString {a: !Ref Env}', '"{\\"a\\":\\"dev\\"}" if Env=dev | "{\\"a\\":\\"prod\\"}" if Env=prod', 'Env'],
  ['!ToJsonString {a: !Sub "say \\"${Topic}\\""}', '"{\\"a\\":\\"say \\\\\\"" + Topic + "\\\\\\"\\"}"'],
  ['!ToJsonString {a: !Ref Key}', 'secret("{\\"a\\":\\"hunter2\\"}")'],
  ['!ToJsonString {a: !Ref AWS::NoValue, b: 1}', '"{\\"b\\":1}"'],
  ['!ToJsonString {a: !Sub "${Key} ${Topic}"}', 'secret("{\\"a\\":\\"hunter2 " + Topic + "\\"}")'],
  ['!ToJsonString {a: !If [IsProd, 1, !Ref AWS::NoValue], b: 1}', '?function'],
  ['!ToJsonString [!If [IsProd, 1, !Ref AWS::NoValue], 1]', '?function'],
  ['!ToJsonString {"Fn::ForEach::L": [I, !Ref Names, {"${I}": 1}]}', '?function'],
  ['!ToJsonString {a: 1, Fn::Transform: {Name: x}}', '?function'],
  ['{Fn::ToJsonString: text}', '?function'],
]);

check('Fn::Base64', HEAD, [
  ['!Base64 text', '"dGV4dA=="'],
  ['{Fn::Base64: "grün"}', '"Z3LDvG4="'],
  ['{Fn::Base64: !Sub "a ${Env}"}', '"YSBkZXY=" if Env=dev | "YSBwcm9k" if Env=prod', 'Env'],
  ['!Base64 {Ref: Key}', 'secret("aHVudGVyMg==")'],
  ['{Fn::Base64: !Sub "a ${Topic}"}', '?function of Topic'],
  ['!Select [0, !Ref Keys]', 'secret("hunter2")'],
  ['!Join ["-", !Ref Keys]', 'secret("hunter2-x")'],
]);

check('Fn::Cidr', HEAD, [
  ['!Cidr [192.168.0.0/24, 3, 5]', '["192.168.0.0/27", "192.168.0.32/27", "192.168.0.64/27"]'],
  ['{Fn::Cidr: ["192.168.0.0/24", "2", "5"]}', '["192.168.0.0/27", "192.168.0.32/27"]'],
  [
    '!Select [1, !Cidr [!Ref Block, 2, 8]]',
    '"10.0.1.0/24" if Block=10.0.0.0/16 | "172.16.1.0/24" if Block=172.16.0.0/20',
    'Block',
  ],
  ['!Select [1, !Cidr ["2001:db8::/56", 2, 64]]', '"2001:db8:0:1::/64"'],
  ['!Cidr ["::/0", 1, 64]', '["::/64"]'],
  ['!Cidr [!Ref Net, 1, 8]', '[secret("10.0.0.0/24")]'],
  ['!Cidr [10.0.0.0/24, 0, 8]', '?function'],
  ['!Cidr [10.0.0.0/24, 2, 8]', '?function'],
  ['!Cidr [10.0.0.0/24, 257, 0]', '?function'],
  ['!Cidr [10.0.0.300/24, 1, 4]', '?function'],
  ['!Cidr [10.0.0.0, 1, 4]', '?function'],
  ['!Cidr ["1::2::3/64", 1, 4]', '?function'],
  ['!Cidr [10.0.0.0/16]', '?syntax'],
  ['!Cidr [!GetAtt Topic.TopicName, 1, 8]', '?function of Topic'],
]);

check('Fn::Split of what is known in part', HEAD, [
  ['!Split ["/", !Sub "a/b/c${Topic}"]', '["a", "b", …]'],
  ['!Select [1, !Split ["/", !Sub "a/b/${Topic}"]]', '"b"'],
  ['!Select [2, !Split ["/", !Sub "a/b/${Topic}"]]', '?function'],
  ['!Select [0, !Split ["/", !Sub "${Topic}/a"]]', '?function of Topic'],
  ['!Select [5, !Split [":", !GetAtt Topic.TopicArn]]', '?function of Topic'],
  // AWS gives no ID, ARN or name with a comma.
  ['!Split [",", !Join [",", [!Ref Topic, !GetAtt Topic.TopicArn, c]]]', '[Topic, Topic.TopicArn, "c"]'],
  ['!Select [1, !Split [",", !Sub "${Topic},b,${Topic.TopicArn}-x"]]', '"b"'],
  ['!Split [",", !GetAtt Topic.TopicArn]', '[Topic.TopicArn]'],
  // The ID of some has several parts: service/cluster/service|ecs:service:DesiredCount|ecs.
  ['!Split ["|", !Ref Topic]', '?function of Topic'],
  ['!Select [1, !Split ["|", !Ref Topic]]', '?function of Topic'],
  ['!Split [",", !Sub "a,${Topic.Tags},b"]', '["a", …]'],
  ['!Split ["|", !Sub "a|${Topic}|b"]', '["a", …]'],
  ['!Split [",", !Sub "a,${Made},b"]', '["a", …]'],
  ['!Split [",", !Join [",", [a, !ImportValue Ids, !Ref Topic]]]', '["a", …]'],
]);

check('Fn::FindInMap with functions in the place of names', HEAD, [
  ['!FindInMap [!FindInMap [Names, first, Map], !Ref Env, Size]', '1 if Env=dev | 2 if Env=prod', 'Env'],
  // The default is for keys, and CloudFormation rejects a template without the mapping.
  ['!FindInMap [Nowhere, a, b, {DefaultValue: 9}]', '?function'],
  ['!FindInMap [Sizes, dev, Other, {DefaultValue: !Ref AWS::NoValue}]', 'absent'],
  ['!FindInMap [Sizes, !Ref Env, Size, {DefaultValue: 9}]', '1 if Env=dev | 2 if Env=prod', 'Env'],
  ['!FindInMap [Included, a, b, {DefaultValue: 9}]', '?transform'],
  ['!FindInMap [!Ref Topic, a, b]', '?function of Topic'],
]);

check('Fn::GetAtt', HEAD, [
  [
    '{Fn::GetAtt: [Topic, !Ref Attribute]}',
    'Topic.Arn if Attribute=Arn | Topic.TopicName if Attribute=TopicName',
    'Attribute',
  ],
  ['{Fn::GetAtt: [!Ref Env, Arn]}', '?syntax'],
]);

check('Fn::ForEach among properties', HEAD, [
  ['{"Fn::ForEach::L": [I, [x, y], {"${I}": 1}]}', '{x: 1, y: 1}'],
  ['{a: 1, "Fn::ForEach::L": [I, [x, y], {"A${I}": !Ref I}], b: 2}', '{a: 1, Ax: "x", Ay: "y", b: 2}'],
  [
    '{"Fn::ForEach::L": [I, [x], {"K${I}": "is ${I}", "L${I}": !Sub "${I} of ${Env}"}]}',
    '{Kx: "is x", Lx: "x of dev" if Env=dev | "x of prod" if Env=prod}',
    'Env',
  ],
  ['{"Fn::ForEach::L": [I, ["10.0", b-c], {"K&{I}": "${I}"}]}', '{K100: "10.0", Kbc: "b-c"}'],
  [
    '{"Fn::ForEach::L": [I, [x, y], {"Fn::ForEach::M": [J, ["1", "2"], {"${I}${J}": !Sub "${I}-${J}"}]}]}',
    '{x1: "x-1", x2: "x-2", y1: "y-1", y2: "y-2"}',
  ],
  [
    '{"Fn::ForEach::L": [I, [x, y], {"${I}": !FindInMap [Sizes, !Ref Env, Size]}]}',
    '{x: 1 if Env=dev | 2 if Env=prod, y: 1 if Env=dev | 2 if Env=prod}',
    'Env',
  ],
  ['{"Fn::ForEach::L": [I, [dev, prod], {"${I}": !FindInMap [Sizes, "${I}", Size]}]}', '{dev: 1, prod: 2}'],
  ['{"Fn::ForEach::L": [Topic, [x], {"${Topic}": !Ref Topic}]}', '{x: "x"}'],
  ['{"Fn::ForEach::L": [I, !GetAZs "", {"${I}": 1}]}', '{…}'],
  ['{"Fn::ForEach::L": [I, [!Ref Topic, x], {"${I}": 1}]}', '{x: 1, …}'],
  ['{"Fn::ForEach::L": [I, [x]]}', '{…}'],
  ['{"Fn::ForEach::L": I}', '{…}'],
  ['{"Fn::ForEach::L": []}', '{…}'],
  ['{"Fn::ForEach::L": [I, [], {"${I}": 1}]}', '{}'],
]);
