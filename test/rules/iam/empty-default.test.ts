/** What an ARN is said to depend on, in the words of its format. */
import assert from 'node:assert/strict';
import { analysed, findingsOf } from '../../engine/analysis.ts';

const OPTIONS = { rules: new Set(['iam-policy-invalid-arn']) };

function messagesOf(name: string, text: string): readonly string[] {
  return findingsOf(analysed({ [name]: text }, OPTIONS)).map(({ message }) => message);
}

describe('an ARN that is incomplete with an empty default', () => {
  it('depends on a parameter in CloudFormation', () => {
    const Statement = [{ Effect: 'Allow', Action: 's3:GetObject', Resource: { 'Fn::Sub': 'arn:aws:s3:::${Name}/*' } }];
    const Policy = { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: { Statement } } };
    const template = { Parameters: { Name: { Type: 'String', Default: '' } }, Resources: { Policy } };
    assert.deepEqual(messagesOf('a.json', JSON.stringify(template)), [
      'Policy has an incomplete ARN where a parameter keeps its empty default. Set the parameter in every deployment, or remove the default.',
    ]);
  });

  it('depends on a variable in Terraform', () => {
    const configuration = `
variable "name" { default = "" }
resource "aws_iam_policy" "p" {
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::\${var.name}/*" }] })
}`;
    assert.deepEqual(messagesOf('main.tf', configuration), [
      'aws_iam_policy.p has an incomplete ARN where a variable keeps its empty default. Set the variable in every deployment, or remove the default.',
    ]);
  });
});
