/** Fixes for a role that can invoke every function, by the calls of its state machines. */
import assert from 'node:assert/strict';
import { RULES } from '../../server/src/rules/index.ts';
import { applyFix } from '../kit/read-back.ts';
import { prepareCase } from '../kit/run-fixture.ts';

const rule = RULES.find(({ id }) => id === 'iam-policy-wildcard-resource')!;

function first(path: string, text: string): { readonly title: string; readonly resource: string } {
  const it = prepareCase(rule, [{ path, text }]);
  const fix = it.analysis.documents[0]!.findings[0]!.fixes[0]!;
  const written = [...applyFix(it.reader, fix).values()][0]!;
  return {
    title: fix.title,
    resource: /lambda:InvokeFunction\W+Resource\W*: *([\s\S]*)\}\]\}\}\]/.exec(written)?.[1]?.trim() ?? '',
  };
}

function template(machine: string, more = ''): string {
  return `Resources:
  One: {Type: AWS::Lambda::Function}
  Two: {Type: AWS::Lambda::Function}
  Live: {Type: AWS::Lambda::Alias, Properties: {FunctionName: !Ref One, Name: live}}
  Flow:
    Type: AWS::StepFunctions::StateMachine
    Properties: {RoleArn: !GetAtt Role.Arn, ${machine}}
${more}  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: states.amazonaws.com}, Action: 'sts:AssumeRole'}]}
      Policies: [{PolicyName: p, PolicyDocument: {Statement: [{Effect: Allow, Action: 'lambda:InvokeFunction', Resource: '*'}]}}]
`;
}

const task = (resource: string, parameters = ''): string =>
  `Definition: {StartAt: A, States: {A: {Type: Task, Resource: ${resource}, ${parameters}End: true}}}`;
const INVOKE = "'arn:aws:states:::lambda:invoke'";

/** What it is about, the state machine, the function in the title, and what is written. */
const ONE: readonly (readonly [string, string, string, string])[] = [
  ['a task whose resource is the function', task('!GetAtt One.Arn'), 'function One (Flow calls it)', '!GetAtt One.Arn'],
  [
    'a task of the integration of Lambda',
    task(INVOKE, 'Parameters: {FunctionName: !Ref Two}, '),
    'function Two (Flow calls it)',
    '!GetAtt Two.Arn',
  ],
  [
    'a task in JSONata',
    task(INVOKE, 'Arguments: {FunctionName: !GetAtt Two.Arn}, '),
    'function Two (Flow calls it)',
    '!GetAtt Two.Arn',
  ],
  [
    'a version behind the ARN',
    task(INVOKE, "Parameters: {FunctionName: !Sub '${Two.Arn}:$LATEST'}, "),
    'function Two (Flow calls it)',
    "!Sub '${Two.Arn}:$LATEST'",
  ],
  ['an alias', task(INVOKE, 'Parameters: {FunctionName: !Ref Live}, '), 'function Live (Flow calls it)', '!Ref Live'],
  [
    'a definition in a string',
    'DefinitionString: !Sub \'{"States": {"A": {"Type": "Task", "Resource": "${Two.Arn}"}}}\'',
    'function Two (Flow calls it)',
    '!GetAtt Two.Arn',
  ],
  [
    'a substitution',
    'DefinitionString: \'{"States": {"A": {"Type": "Task", "Resource": "${Fn}"}}}\', DefinitionSubstitutions: {Fn: !GetAtt Two.Arn, Other: !Ref One}',
    'function Two (Flow calls it)',
    '!GetAtt Two.Arn',
  ],
  [
    'a definition in a file',
    'DefinitionS3Location: {Bucket: b, Key: k}, DefinitionSubstitutions: {Fn: !GetAtt Two.Arn, Table: orders/1}',
    'function Two (Flow calls it)',
    '!GetAtt Two.Arn',
  ],
  [
    'a name that is written out',
    task(INVOKE, 'Parameters: {FunctionName: billing}, '),
    'one function (Flow calls it)',
    "!Sub 'arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:billing'",
  ],
  [
    'tasks within others',
    'Definition: {States: {M: {Type: Map, ItemProcessor: {States: {P: {Type: Parallel, Branches: [{States: {A: {Type: Task, Resource: !GetAtt Two.Arn}}}]}}}}}}',
    'function Two (Flow calls it)',
    '!GetAtt Two.Arn',
  ],
  [
    'tasks of other services beside it',
    "Definition: {States: {A: {Type: Task, Resource: !GetAtt Two.Arn}, B: {Type: Task, Resource: 'arn:aws:states:::sqs:sendMessage', Parameters: {FunctionName: !Ref One}}}}",
    'function Two (Flow calls it)',
    '!GetAtt Two.Arn',
  ],
  [
    'several functions',
    'Definition: {States: {A: {Type: Task, Resource: !GetAtt One.Arn}, B: {Type: Task, Resource: !GetAtt Two.Arn}, C: {Type: Task, Resource: !GetAtt Two.Arn}}}',
    '2 functions (Flow calls them)',
    '[!GetAtt One.Arn, !GetAtt Two.Arn]',
  ],
];

/** What leaves it open which functions are called. */
const OPEN: readonly (readonly [string, string, string?])[] = [
  ['a function of the input', task(INVOKE, "Parameters: {'FunctionName.$': $.name}, ")],
  ['a function of an expression', task(INVOKE, "Arguments: {FunctionName: '{% $states.input.name %}'}, ")],
  ['a parameter', task('!Ref Given'), 'Parameters: {Given: {Type: String}}\n'],
  ['a definition that is no JSON', "DefinitionString: '{'"],
  ['a definition from elsewhere', 'DefinitionString: !ImportValue flow'],
  ['nothing at all', 'StateMachineName: flow'],
];

describe('a role of state machines that is allowed to invoke every function', () => {
  for (const [what, machine, called, written] of ONE)
    it(`is restricted to the invoked functions: ${what}`, () => {
      assert.deepEqual(first('template.yaml', template(machine)), {
        title: `Restrict lambda:InvokeFunction to ${called}`,
        resource: written,
      });
    });

  for (const [what, machine, parameters = ''] of OPEN)
    it(`has a fix for each function if the invoked functions are unknown: ${what}`, () => {
      assert.equal(
        first('template.yaml', parameters + template(machine)).title,
        'Restrict lambda:InvokeFunction to function One',
      );
    });

  it('has a fix for each function if a function has the role too', () => {
    const text = template(
      task('!GetAtt Two.Arn'),
      '  Three: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt Role.Arn}}\n',
    );
    assert.equal(first('template.yaml', text).title, 'Restrict lambda:InvokeFunction to function One');
  });

  it('is restricted to the functions that any of the state machines invokes', () => {
    const text = template(
      task('!GetAtt Two.Arn'),
      `  Other: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: !GetAtt Role.Arn, ${task('!GetAtt One.Arn')}}}\n`,
    );
    assert.equal(
      first('template.yaml', text).title,
      'Restrict lambda:InvokeFunction to 2 functions (2 state machines call them)',
    );
  });

  it('is restricted in SAM', () => {
    const text = `Transform: AWS::Serverless-2016-10-31
Resources:
  One: {Type: AWS::Serverless::Function}
  Two: {Type: AWS::Serverless::Function}
  Flow:
    Type: AWS::Serverless::StateMachine
    Properties:
      ${task('!GetAtt Two.Arn')}
      Policies: [{Statement: [{Effect: Allow, Action: 'lambda:InvokeFunction', Resource: '*'}]}]
`;
    assert.equal(first('template.yaml', text).title, 'Restrict lambda:InvokeFunction to function Two (Flow calls it)');
    assert.equal(
      first(
        'template.yaml',
        text.replace(
          task('!GetAtt Two.Arn'),
          'DefinitionUri: flow.asl.json\n      DefinitionSubstitutions: {Fn: !GetAtt Two.Arn}',
        ),
      ).title,
      'Restrict lambda:InvokeFunction to function Two (Flow calls it)',
    );
  });

  it('is restricted in Terraform', () => {
    for (const definition of [
      '${jsonencode({States = {A = {Type = \\"Task\\", Resource = aws_lambda_function.two.arn}}})}',
      '{\\"States\\": {\\"A\\": {\\"Type\\": \\"Task\\", \\"Resource\\": \\"arn:aws:states:::lambda:invoke\\", \\"Parameters\\": {\\"FunctionName\\": \\"${aws_lambda_function.two.arn}:$LATEST\\"}}}}',
    ]) {
      const text = `{"resource": {
        "aws_lambda_function": {"one": {}, "two": {}},
        "aws_sfn_state_machine": {"flow": {"role_arn": "\${aws_iam_role.r.arn}", "definition": "${definition}"}},
        "aws_iam_role": {"r": {"assume_role_policy": "{}"}},
        "aws_iam_role_policy": {"p": {"role": "\${aws_iam_role.r.id}", "policy": "{\\"Statement\\": [{\\"Effect\\": \\"Allow\\", \\"Action\\": \\"lambda:InvokeFunction\\", \\"Resource\\": \\"*\\"}]}"}}
      }}`;
      assert.equal(
        first('main.tf.json', text).title,
        'Restrict this action to function aws_lambda_function.two (aws_sfn_state_machine.flow calls it)',
      );
    }
  });
});
