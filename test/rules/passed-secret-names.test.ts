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

  it('has the name of the member of its variable or attribute', () => {
    assert.deepEqual(namedIn('var.keys.api_key'), ['the secret var.keys.api_key']);
    assert.deepEqual(namedIn('jsondecode(random_password.db["app"].result)["password"]'), [
      'the secret random_password.db.result.password',
    ]);
  });

  it('has its own name in another form', () => {
    assert.deepEqual(namedIn('urlencode(base64encode("${var.key}"))'), ['the secret var.key']);
    assert.deepEqual(namedIn('yamlencode({ app = [trimspace(var.keys.api_key)] })'), ['the secret var.keys.api_key']);
  });

  it('can have no name', () => assert.deepEqual(namedIn('sensitive(file("key.pem"))'), ['a secret']));

  it('is found once in an expression that repeats it many times', () => {
    const locals = Array.from(
      { length: 19 },
      (_, i) => `l${i + 1} = urlencode("\${local.l${i}}\${local.l${i}}\${local.l${i}}")`,
    );
    const configuration = `
variable "key" { sensitive = true }
locals {
  l0 = urlencode(var.key)
  ${locals.join('\n  ')}
}
resource "aws_instance" "web" { user_data = "use \${local.l19}" }`;
    const [finding, ...others] = findingsOf(analysed({ 'main.tf': configuration }, OPTIONS));
    assert.match(finding!.message, /the secret var\.key/);
    assert.deepEqual(others, []);
  });
});
