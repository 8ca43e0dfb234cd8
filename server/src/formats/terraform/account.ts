import { flatMap } from '../../base/flat-map.ts';
import type { Truth } from '../../base/guard.ts';
import { all, any, is, isAbsent, judgement, UNKNOWABLE, type Judgement } from '../../model/judgement.ts';
import { isTrue, oneOf } from '../../model/predicate.ts';
import type { Value } from '../../model/value.ts';
import { pairOf } from '../../syntax/tree.ts';
import { nativeAt } from './native-at.ts';
import type { NativeResource } from './native.ts';

interface Setting {
  /** The name of the equivalent setting in `.stackwarden.yaml`. */
  readonly name: string;
  readonly type: string;
  /** Whether its attributes enable it. */
  readonly when: (at: (attribute: string) => Value) => Judgement;
}

/**
 * Account settings for which Terraform has resources and CloudFormation does not. Settings that
 * aws_s3_account_public_access_block omits are false; aws_ebs_encryption_by_default is enabled unless it is set to
 * false.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/s3_account_public_access_block
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/ebs_encryption_by_default
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/ec2_instance_metadata_defaults
 */
const SETTINGS: readonly Setting[] = [
  {
    name: 's3.accountBlock',
    type: 'aws_s3_account_public_access_block',
    when: (at) => {
      const flags = ['block_public_acls', 'ignore_public_acls', 'block_public_policy', 'restrict_public_buckets'].map(
        (flag) => is(at(flag), isTrue),
      );
      // Some, but not all, of the block settings are enabled.
      return any(all(...flags), all(any(...flags), UNKNOWABLE));
    },
  },
  {
    name: 'ebs.defaultEncryption',
    type: 'aws_ebs_encryption_by_default',
    when: (at) => any(isAbsent(at('enabled')), is(at('enabled'), isTrue)),
  },
  {
    name: 'ec2.imdsv2Default',
    type: 'aws_ec2_instance_metadata_defaults',
    when: (at) => is(at('http_tokens'), oneOf('required')),
  },
];

/** Attributes that can select another account or Region than the other resources have. */
const ELSEWHERE = ['account_id', 'region'];

/** The account settings that the resources of a stack configure. */
export function accountSettings(resources: readonly NativeResource[]): ReadonlyMap<string, Truth> {
  const found = flatMap(SETTINGS, ({ name, type, when }): readonly (readonly [string, Truth])[] => {
    const own = resources.filter((resource) => resource.type === type);
    return own.length === 0
      ? []
      : [
          [
            name,
            any(
              ...own.map(({ body, when: exists, place }) => {
                const here =
                  place && pairOf(place.body, 'provider')
                    ? UNKNOWABLE
                    : all(...ELSEWHERE.map((attribute) => isAbsent(nativeAt(body, attribute))));
                return all(
                  judgement(exists),
                  when((attribute) => nativeAt(body, attribute)),
                  any(here, UNKNOWABLE),
                );
              }),
            ),
          ],
        ];
  });
  return new Map(found);
}
