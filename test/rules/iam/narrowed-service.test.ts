/** The remaining permissions of a whole service after narrowing fixes. */
import assert from 'node:assert/strict';
import { RULES } from '../../../server/src/rules/index.ts';
import { applyFix } from '../../kit/read-back.ts';
import { prepareCase } from '../../kit/run-fixture.ts';

const RULE = RULES.find(({ id }) => id === 'iam-policy-service-wildcard-action')!;

/** The titles of the fixes for the first finding in a template with these resources, and what each writes. */
function fixesOf(resources: string): readonly { readonly title: string; readonly text: string }[] {
  const { reader, analysis } = prepareCase(RULE, [{ path: 'a.yaml', text: `Resources:\n${resources}` }]);
  return analysis.documents[0]!.findings[0]!.fixes.map((fix) => ({
    title: fix.title,
    text: [...applyFix(reader, fix).values()].join(),
  }));
}

const group = (service: string, others = ''): string => `  Group: {Type: AWS::IAM::Group}
  Policy:
    Type: AWS::IAM::Policy
    Properties: {PolicyName: p, Groups: [!Ref Group], PolicyDocument: {Statement: [{Effect: Allow, Action: '${service}:*', Resource: '*'}]}}
${others}`;

describe('a whole service, narrowed', () => {
  it('to what writes gives nobody permissions', () => {
    const { text } = fixesOf(group('iam')).find(({ title }) => title.includes('read and write'))!;
    assert.match(text, /iam:CreateUser/);
    assert.doesNotMatch(
      text,
      /iam:(?:Pass|CreateAccessKey|CreateLoginProfile|AddUserToGroup|UpdateLoginProfile|Create\*|Update\*)/,
    );
  });

  it('is not written where the identity that has the policy has no room for it', () => {
    assert.ok(!fixesOf(group('ec2')).some(({ title }) => title.includes('read and write')));
    const long = `  Other:
    Type: AWS::IAM::GroupPolicy
    Properties: {PolicyName: o, GroupName: !Ref Group, PolicyDocument: {Statement: [{Effect: Allow, Action: 'a:B', Resource: '${'x'.repeat(4700)}'}]}}
`;
    assert.ok(fixesOf(group('sqs')).some(({ title }) => title.startsWith('List')));
    assert.ok(!fixesOf(group('sqs', long)).some(({ title }) => title.startsWith('List')));
  });

  it('keeps what functions need as they are configured, each of several', () => {
    const shared = `  Policy:
    Type: AWS::IAM::Policy
    Properties: {PolicyName: p, Roles: [!Ref Role], PolicyDocument: {Statement: [{Effect: Allow, Action: 'sqs:*', Resource: '*'}]}}
  Role:
    Type: AWS::IAM::Role
    Properties: {AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]}}
  Jobs: {Type: AWS::SQS::Queue}
  Failed: {Type: AWS::SQS::Queue}
  Reader: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt Role.Arn, Code: {ZipFile: x}}}
  Source: {Type: AWS::Lambda::EventSourceMapping, Properties: {FunctionName: !Ref Reader, EventSourceArn: !GetAtt Jobs.Arn}}
  Writer: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt Role.Arn, Code: {ZipFile: x}, DeadLetterConfig: {TargetArn: !GetAtt Failed.Arn}}}
`;
    const [needed, reading] = fixesOf(shared);
    assert.match(needed!.title, /^Allow only 4 sqs actions that 2 functions need \(removes /);
    assert.match(
      needed!.text,
      /\['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage', 'sqs:SendMessage'\]/,
    );
    assert.match(reading!.title, /^Allow only \d+ sqs read actions and 2 that 2 functions need/);
    assert.match(reading!.text, /'sqs:DeleteMessage', .*'sqs:SendMessage'\]/);
  });
});
