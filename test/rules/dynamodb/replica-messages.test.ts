/** Findings about replicas of a table name the Region. */
import assert from 'node:assert/strict';
import { analysed, findingsOf } from '../../engine/analysis.ts';

const TEMPLATE = `Parameters:
  Second: {Type: String, Default: eu-north-1}
Resources:
  Orders:
    Type: AWS::DynamoDB::GlobalTable
    Properties:
      Replicas:
        - {Region: eu-west-1}
        - {Region: !Ref Second, DeletionProtectionEnabled: false}
        - {Region: !Ref AWS::Region}
`;

const CONFIGURATION = `resource "aws_dynamodb_table" "orders" {
  name                        = "orders"
  deletion_protection_enabled = true
  point_in_time_recovery { enabled = true }
  replica {
    region_name            = "eu-north-1"
    point_in_time_recovery = true
  }
  replica {
    region_name            = "eu-central-1"
    point_in_time_recovery = true
  }
}
`;

function messagesOf(name: string, text: string): readonly string[] {
  return findingsOf(analysed({ [name]: text }))
    .filter(({ rule }) => rule.startsWith('dynamodb-'))
    .map(({ message }) => message.split('. ')[0]!);
}

describe('the messages about replicas', () => {
  it('name the Region, if it is known', () => {
    assert.deepEqual(messagesOf('template.yaml', TEMPLATE), [
      'Orders in eu-west-1 does not have deletion protection enabled',
      'Orders in eu-west-1 does not have point-in-time recovery enabled',
      'Orders in eu-north-1 does not have point-in-time recovery enabled',
      'Orders in eu-north-1 does not have deletion protection enabled',
      'Orders does not have deletion protection enabled',
      'Orders does not have point-in-time recovery enabled',
    ]);
  });

  it('name the Region of replicas in Terraform', () => {
    assert.deepEqual(messagesOf('main.tf', CONFIGURATION), [
      'aws_dynamodb_table.orders in eu-north-1 does not have deletion protection enabled',
      'aws_dynamodb_table.orders in eu-central-1 does not have deletion protection enabled',
    ]);
  });
});
