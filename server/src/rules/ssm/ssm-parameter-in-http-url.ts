import { all, any, is, judgement, not, readsAttribute, UNKNOWABLE, type Judgement } from '../../model/judgement.ts';
import { member } from '../../model/navigate.ts';
import { isFalse, oneOf } from '../../model/predicate.ts';
import type { Stack } from '../../model/resource.ts';
import type { Address, Value } from '../../model/value.ts';
import { defineRule, OF_TERRAFORM_CONFIGURATIONS } from '../rule.ts';

export default defineRule({
  id: 'ssm-parameter-in-http-url',
  on: 'stack',
  // Terraform usually sends the request while it plans, so a finding in the plan is too late.
  formats: OF_TERRAFORM_CONFIGURATIONS,
  topic: 'secrets',
  severity: 'high',
  judged: '2026-11-29',
  title: 'URLs of http data sources should not contain SSM parameters',
  keywords: ['aws_ssm_parameter', 'SecureString', 'secret leak', 'data exfiltration', 'query string'],
  why: 'Terraform requests the URL when it plans or applies. The host receives the secret, and web servers save URLs in their logs.',
  remedy:
    'Remove the parameter from the URL and change the secret. If the host must have it, send it over HTTPS in request_headers.',
  sources: {
    'https://registry.terraform.io/providers/hashicorp/http/latest/docs/data-sources/http':
      'The http data source sends a request to url, with optional request_headers, and exports the response.',
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/ssm_parameter':
      'The value of a SecureString parameter is returned decrypted unless with_decryption is false.',
    'https://wiki.owasp.org/index.php/Category:WASS_Sensitive_Get_Requests':
      'Parameters of GET requests are saved in the log files of web servers, so they should not contain sensitive information.',
  },
  aliases: ['CKV2_AWS_36', 'AWS-0134'],
  fix: 'none',
  *check(stack) {
    const sendsSecret = secretIn(stack);
    for (const source of stack.sources ?? []) {
      // Users cannot change third-party modules.
      const { address, nativeType, shownAt, when } = source;
      if (nativeType !== 'http' || shownAt || !source.arguments) continue;
      const url = member(source.arguments(), 'url');
      yield {
        violations: [{ wrong: all(judgement(when), sendsSecret(url)), at: url }],
        message: `${address} sends an SSM parameter in its URL. Remove it, or use request_headers with a trusted host.`,
      };
    }
  },
});

/** The parameters that a configuration creates or looks up, by the addresses of their instances. */
const PARAMETER = /(?:^|\.)aws_ssm_parameter\./;

/**
 * Whether a value is or interpolates the value of a SecureString parameter. The type of a parameter that the stack only
 * reads is unknown.
 */
function secretIn(stack: Stack): (value: Value) => Judgement {
  const isSecure = (address: Address): Judgement => {
    const parameter = stack.byAddress(address);
    if (parameter) return is(parameter.get('Type'), oneOf('SecureString'));
    const lookup = stack.sources?.find((source) => source.address === address)?.arguments?.();
    return lookup ? all(UNKNOWABLE, not(is(member(lookup, 'with_decryption'), isFalse))) : UNKNOWABLE;
  };
  return (value) => {
    const named = new Set<Address>();
    readsAttribute(value, ({ to, attribute }) => {
      if (attribute === 'value' && PARAMETER.test(to)) named.add(to);
      return false;
    });
    return any(
      ...[...named].map((address) =>
        all(
          readsAttribute(value, ({ to, attribute }) => to === address && attribute === 'value'),
          isSecure(address),
        ),
      ),
    );
  };
}
