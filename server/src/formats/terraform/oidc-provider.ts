/** The URL of an OIDC provider, and its ARN, which ends with it. */
import { leaves, unknown } from '../../model/navigate.ts';
import type { Address, Origin, Value } from '../../model/value.ts';
import { concatenated } from '../text.ts';
import { TEXT_FUNCTIONS } from './expression/functions/text.ts';
import { scalar } from './expression/origin.ts';

/**
 * A URL as IAM returns it, and Terraform after it: without its scheme, as condition keys have it. Undefined if unknown.
 * https://docs.aws.amazon.com/cli/latest/reference/iam/get-open-id-connect-provider.html;
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
 */
export function issuerOfUrl(url: Value): Value | undefined {
  return leaves(url).every(({ value }) => value.state === 'known' || value.state === 'template')
    ? without(url, 'https://')
    : undefined;
}

/** The URL in the ARN of a provider. Undefined if unknown. */
export function issuerInArn(arn: Value): Value | undefined {
  const { origin } = arn;
  const parts = TEXT_FUNCTIONS.split!([scalar(origin, ':oidc-provider/'), arn], origin);
  const [list, ...others] = parts ? leaves(parts) : [];
  return list?.value.state === 'list' && others.length === 0 && !list.value.open && list.value.items.length === 2
    ? list.value.items[1]!.value
    : undefined;
}

/** The ARN of a provider with this issuer; `provider` is the address for its unknown partition and account. */
export function oidcProviderArn(issuer: Value, provider: Address, origin: Origin): Value {
  const piece = unknown(origin, 'computed', [provider]);
  return concatenated({ ...issuer.origin, edit: 'none' }, ['arn:', piece, ':iam::', piece, ':oidc-provider/', issuer]);
}

function without(text: Value, prefix: string): Value | undefined {
  const origin: Origin = { ...text.origin, edit: 'none' };
  return TEXT_FUNCTIONS.trimprefix!([text, scalar(origin, prefix)], origin);
}
