/**
 * An edit of a template changes the content of the resources that depend on the edited text, directly or through
 * others, and of no other.
 */
import assert from 'node:assert/strict';
import { finished } from '../../server/src/base/steps.ts';
import { sameContent, type StackContent } from '../../server/src/model/content.ts';
import { wholeStackOf } from './sam/made.ts';

const TEMPLATE = `AWSTemplateFormatVersion: '2010-09-09'
Transform: AWS::Serverless-2016-10-31
Description: disks
Metadata: {Owner: a}
Parameters:
  Stage: {Type: String, Default: test, AllowedValues: [test, live]}
  Size: {Type: Number, Default: 8}
  Place: {Type: String, Default: here}
  Which: {Type: String, Default: Names}
Mappings:
  Sizes: {large: {disk: 100}}
  Names: {large: {disk: a}}
Conditions:
  IsLive: !Equals [!Ref Stage, live]
  IsSafe: !Or [!Condition IsLive, !Equals [!Ref AWS::Region, eu-west-1]]
  IsFar: !Equals [!Ref Place, far]
Resources:
  Safe: {Type: AWS::EC2::Volume, Properties: {Encrypted: !If [IsSafe, true, true]}}
  Mapped: {Type: AWS::EC2::Volume, Properties: {Iops: !FindInMap [Sizes, large, disk]}}
  Computed: {Type: AWS::EC2::Volume, Properties: {Iops: !FindInMap [!Sub '\${Stage}Sizes', large, disk]}}
  Sized: {Type: AWS::EC2::Volume, Properties: {Iops: !Ref Size}}
  Chosen: {Type: AWS::EC2::Volume, Properties: {Iops: !FindInMap [!Ref Which, large, disk]}}
  Far: {Type: AWS::EC2::Volume, Condition: IsFar, Properties: {Iops: 1}}
  Attached: {Type: AWS::EC2::VolumeAttachment, Properties: {VolumeId: !Ref Sized}}
  Roled: {Type: AWS::SNS::Topic, Properties: {TopicName: !Ref FirstRole}}
  Staged: {Type: AWS::SNS::Topic, Properties: {TopicName: !Ref Api.Stage}}
  Uploads: {Type: AWS::S3::Bucket}
  Api: {Type: AWS::Serverless::Api, Properties: {StageName: prod}}
  Other: {Type: AWS::Serverless::Api, Properties: {StageName: test}}
  First:
    Type: AWS::Serverless::Function
    Properties:
      Handler: first.a
      DeploymentPreference: {Type: AllAtOnce}
      AutoPublishAlias: live
      Events:
        Own: {Type: Api, Properties: {Path: /, Method: get, RestApiId: !Ref Api}}
  Second:
    Type: AWS::Serverless::Function
    Condition: IsFar
    Properties:
      Handler: second.a
      DeploymentPreference: {Type: AllAtOnce}
      Events:
        Implicit: {Type: Api, Properties: {Path: /, Method: get}}
        Upload: {Type: S3, Properties: {Bucket: !Ref Uploads, Events: 's3:ObjectCreated:*'}}
  Linked: {Type: AWS::Serverless::Connector, Properties: {Source: {Id: Third}, Destination: {Id: Table}, Permissions: [Read]}}
  Third: {Type: AWS::Serverless::Function, Properties: {Handler: third.a}}
  Table: {Type: AWS::Serverless::SimpleTable, Properties: {TableName: table}}
Outputs:
  Id: {Value: !Ref Far}
Globals:
  Function: {Timeout: 3}
  Api: {TracingEnabled: true}
  HttpApi: {FailOnWarnings: true}
`;

/**
 * The names of what differs: `First*` for a resource with all that is generated from it, else the logical ID; sections.
 */
function changed(from: StackContent, to: StackContent): string {
  if (from.shared !== to.shared) return 'everything';
  const differs = new Set(
    [...to.resources].filter(([name, one]) => !sameContent(one, from.resources.get(name))).map(([name]) => name),
  );
  const addressOf = (name: string): string => name.split(' ')[0]!;
  const isWhole = (address: string): boolean =>
    [...to.resources.keys()].every((name) => addressOf(name) !== address || differs.has(name) || isOnce(name)) &&
    [...differs].some((name) => name.startsWith(`${address} `));
  const names = [...differs].map((name) =>
    isWhole(addressOf(name)) && !isOnce(name) ? `${addressOf(name)}*` : (name.split(' ')[1] ?? name),
  );
  const sections = [...to.sections!].flatMap(([name, one]) => (sameContent(one, from.sections!.get(name)) ? [] : name));
  return [...new Set([...names.sort(), ...sections])].join(', ');
}

/** Whether a resource is generated once for several functions; it has the address of the first one. */
function isOnce(name: string): boolean {
  return / (?:CodeDeployServiceRole|ServerlessDeploymentApplication) /.test(name);
}

const ONCE = 'CodeDeployServiceRole, ServerlessDeploymentApplication';

const EDITS: readonly (readonly [edited: string, as: string, changed: string])[] = [
  ['Description: disks', 'Description: disk', ''],
  ['Owner: a', 'Owner: b', ''],
  // Parameters, conditions and mappings concern what names them, also through others, or by a computed name.
  ['[test, live]', '[test, live, more]', 'Computed, Safe, Staged, parameters'],
  ['Default: 8', 'Default: 9', 'Sized, parameters'],
  ['Default: here', 'Default: far', `${ONCE}, Far, Second*, ServerlessRestApi*, parameters`],
  ['Default: Names', 'Default: Sizes', 'Chosen, parameters'],
  ['{disk: 100}', '{disk: 101}', 'Computed, Chosen, Mapped'],
  ['{disk: a}', '{disk: b}', 'Chosen, Computed'],
  ['  Sizes:', '  Others:', 'Chosen, Computed, Mapped'],
  // A parameter can have the values that it is compared with.
  ['[!Ref Stage, live]', '[!Ref Stage, more]', 'Computed, Safe, Staged, parameters'],
  ['[!Ref Place, far]', '[!Ref Place, near]', `${ONCE}, Far, Second*, ServerlessRestApi*, parameters`],
  ['eu-west-1', 'eu-west-2', 'everything'],
  // A reference depends on whether there is a resource with the name.
  ['  Far: {', '  Near: {', 'Near, outputs'],
  ['  First:', '  Fourth:', `${ONCE}, Fourth*, Roled`],
  ['Id: {Value: !Ref Far}', 'Id: {Value: !Ref Sized}', 'outputs'],
  // What SAM generates depends on the APIs that events name, and events on each other through what they share.
  ['StageName: prod', 'StageName: live', `Api*, ${ONCE}, First*, Staged`],
  ['StageName: test', 'StageName: live', 'Other*'],
  ['Handler: first.a', 'Handler: first.b', `${ONCE}, First*`],
  ['Handler: second.a', 'Handler: second.b', `${ONCE}, Second*`],
  ['Handler: third.a', 'Handler: third.b', 'LinkedPolicy, Third*'],
  ['Implicit: {', 'Again: {', `${ONCE}, Second*, ServerlessRestApi*`],
  ['Upload: {Type: S3', 'Upload: {Type: SQS', `${ONCE}, Second*, Uploads`],
  ['TableName: table', 'TableName: list', 'LinkedPolicy, Table'],
  ['Permissions: [Read]', 'Permissions: [Read, Write]', 'Linked*'],
  // Globals concern the resources of a type, and what depends on these.
  ['Timeout: 3', 'Timeout: 4', `${ONCE}, First*, LinkedPolicy, Second*, Third*`],
  ['TracingEnabled: true', 'TracingEnabled: false', `Api*, ${ONCE}, First*, Other*, Second*, ServerlessRestApi*`],
  ['FailOnWarnings: true', 'FailOnWarnings: false', ''],
  ['Transform: AWS', 'Transform:  AWS', 'everything'],
];

describe('the content of a template', () => {
  for (const [edited, as, expected] of EDITS)
    it(`changes for ${expected === '' ? 'nothing' : expected} where ${edited} becomes ${as}`, () => {
      const before = finished(wholeStackOf(TEMPLATE).content!())!;
      assert.equal(TEMPLATE.split(edited).length, 2, `${edited} is not there once`);
      const after = finished(wholeStackOf(TEMPLATE.replace(edited, as)).content!(before))!;
      const sorted = (names: string): string => names.split(', ').sort().join(', ');
      assert.equal(sorted(changed(before, after)), sorted(expected));
    });

  for (const text of [TEMPLATE.replace('Resources:\n', 'Resources:\n\n  # moved\n\n'), `# moved\n\n${TEMPLATE}`])
    it('is the same for each resource where an edit moves it', () => {
      const before = finished(wholeStackOf(TEMPLATE).content!())!;
      assert.equal(changed(before, finished(wholeStackOf(text).content!(before))!), '');
    });

  it('changes for everything with directives', () => {
    const before = finished(wholeStackOf(TEMPLATE).content!())!;
    assert.equal(
      changed(before, finished(wholeStackOf(`%YAML 1.1\n---\n${TEMPLATE}`).content!(before))!),
      'everything',
    );
  });

  for (const [what, text] of [
    ['an alias', TEMPLATE.replace('{Timeout: 3}', '&all {Timeout: 3}').replace('{FailOnWarnings: true}', '*all')],
    [
      'a merged map of resources',
      TEMPLATE.replace('  Uploads: {', "  '<<': {More: {Type: AWS::SNS::Topic}}\n  Uploads: {"),
    ],
    ['a repeated section', `${TEMPLATE}Outputs: {}\n`],
    ['a repeated name', TEMPLATE.replace('  Far: {', '  Sized: {')],
    [
      'a loop',
      TEMPLATE.replace('  Far: {', "  'Fn::ForEach::Far': [X, [A], {'A${X}': {Type: AWS::SNS::Topic}}]\n  Far: {"),
    ],
  ] as const)
    it(`is not known with ${what}`, () => {
      assert.equal(finished(wholeStackOf(text).content!()), undefined);
    });
});
