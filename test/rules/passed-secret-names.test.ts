/** How messages name a secret that a script receives when it is deployed. */
import assert from 'node:assert/strict';
import { analysed, findingsOf } from '../engine/analysis.ts';

const OPTIONS = { rules: new Set(['ec2-user-data-secrets']) };

function namedIn(piece: string): readonly string[] {
  const configuration = `
variable "key" { sensitive = true }
variable "keys" {
  sensitive = true
  type      = object({ app = string })
}
resource "random_password" "db" {
  for_each = toset(["app", "web"])
  length   = 20
}
resource "aws_instance" "web" { user_data = "use \${${piece}}" }`;
  return findingsOf(analysed({ 'main.tf': configuration }, OPTIONS)).map(
    ({ message }) => /^aws_instance\.web has (.+) in its user data\./.exec(message)?.[1] ?? message,
  );
}

describe('a secret that user data receives', () => {
  it('has the name of its variable', () => assert.deepEqual(namedIn('var.key'), ['the secret var.key']));

  it('has the name of its attribute, without the key of the resource', () =>
    assert.deepEqual(namedIn('random_password.db["app"].result'), ['the secret random_password.db.result']));

  it('can have no name', () => assert.deepEqual(namedIn('var.keys.app'), ['a secret']));
});
