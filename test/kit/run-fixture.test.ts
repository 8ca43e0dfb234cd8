import assert from 'node:assert/strict';
import rule from '../../server/src/rules/ec2/ebs-volume-encryption.ts';
import { parseFixture } from './fixture.ts';
import { checkCase } from './run-fixture.ts';

/** A fix at a local that is used twice would change both volumes, so it is refused. */
const REFUSED = `Volumes should be encrypted.

-- bad.tf --
locals {
  on = false
}
resource "aws_ebs_volume" "a" {
  encrypted = local.on
#             ^^^^^^^^ ebs-volume-encryption suggestion
}
resource "aws_ebs_volume" "b" {
  encrypted = local.on
#             ^^^^^^^^ ebs-volume-encryption suggestion
}
`;

describe('a case of a fixture', () => {
  it('prints why a fix that it expects is refused', () => {
    const [bad] = parseFixture(REFUSED).cases;
    assert.throws(
      () => checkCase(rule, bad!),
      /Refused fix of ebs-volume-encryption: .+: .*local\.on is used in 2 places\./,
    );
  });
});
