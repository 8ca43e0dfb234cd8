import { flatMap } from '../../base/flat-map.ts';
import {
  all,
  among,
  any,
  every,
  exists,
  is,
  isAbsent,
  judgement,
  not,
  YES,
  type Judgement,
} from '../../model/judgement.ts';
import { knownString } from '../../model/leaf.ts';
import { itemsOfProperty, leaves } from '../../model/navigate.ts';
import { isTrue, oneOf, oneOfIgnoringCase } from '../../model/predicate.ts';
import { unlessUnknown } from '../../model/quantified.ts';
import type { Entry, Resource } from '../../model/resource.ts';
import type { Value } from '../../model/value.ts';
import { defineRule } from '../rule.ts';

/** The protocols of listeners that have a security policy. */
const SECURE = oneOfIgnoringCase('HTTPS', 'SSL');

const OUTDATED_POLICIES = oneOf(
  'ELBSecurityPolicy-2016-08',
  'ELBSecurityPolicy-2015-05',
  'ELBSecurityPolicy-2015-03',
  'ELBSecurityPolicy-2015-02',
  'ELBSecurityPolicy-2014-10',
  'ELBSecurityPolicy-2014-01',
  'ELBSecurityPolicy-2011-08',
  'ELBSample-ELBDefaultNegotiationPolicy',
  'ELBSample-OpenSSLDefaultNegotiationPolicy',
  'ELBSecurityPolicy-TLS-1-1-2017-01',
);

/** The attributes of a custom policy that turn on a protocol. */
const OUTDATED_PROTOCOLS = oneOf('Protocol-SSLv2', 'Protocol-SSLv3', 'Protocol-TLSv1', 'Protocol-TLSv1.1');

type LoadBalancer = Resource<'AWS::ElasticLoadBalancing::LoadBalancer'>;

export default defineRule({
  id: 'elb-classic-security-policy',
  on: 'resource',
  reads: {
    'AWS::ElasticLoadBalancing::LoadBalancer': [
      'AppCookieStickinessPolicy',
      'AppCookieStickinessPolicy[].PolicyName',
      'LBCookieStickinessPolicy',
      'LBCookieStickinessPolicy[].PolicyName',
      'Listeners',
      'Listeners[].LoadBalancerPort',
      'Listeners[].PolicyNames',
      'Listeners[].Protocol',
      'Policies',
      'Policies[].Attributes',
      'Policies[].Attributes[].Name',
      'Policies[].Attributes[].Value',
      'Policies[].LoadBalancerPorts',
      'Policies[].PolicyName',
      'Policies[].PolicyType',
    ],
  },
  topic: 'encryption-in-transit',
  severity: 'medium',
  judged: '2026-11-29',
  title: 'Classic Load Balancers should require TLS 1.2',
  keywords: ['CLB', 'ELB', 'SSLNegotiationPolicyType', 'security policy', 'SSLv3', 'TLS 1.0', 'outdated TLS'],
  why: 'SSL 3.0, TLS 1.0 and TLS 1.1 are deprecated and have known weaknesses, so an attacker on the network path has an easier target.',
  remedy: 'Use the predefined policy ELBSecurityPolicy-TLS-1-2-2017-01 for every HTTPS and SSL listener.',
  sources: {
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/elb-security-policy-table.html':
      'The protocols of the predefined policies: only ELBSecurityPolicy-TLS-1-2-2017-01 requires TLS 1.2.',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/elb-ssl-security-policy.html':
      'A load balancer uses a predefined or a custom policy; the default is ELBSecurityPolicy-2016-08.',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/ssl-config-update.html': {
      claim: 'An HTTPS or SSL listener without a security policy gets the default policy ELBSecurityPolicy-2016-08.',
      seen: '2026-11-29',
    },
    'AWS::ElasticLoadBalancing::LoadBalancer.Policies':
      'A policy has a name, a type and attributes. PolicyNames of a listener associates policies with it.',
  },
  accessed: '2026-11-28',
  controls: { securityHub: ['ELB.8'] },
  aliases: ['CKV_AWS_213', 'ELB_PREDEFINED_SECURITY_POLICY_SSL_CHECK'],
  fix: 'none',
  *check(balancer) {
    for (const policy of balancer.each('Policies').items) {
      const used = all(judgement(policy.when), isUsed(balancer, policy));
      for (const attribute of policy.each('Attributes').items) {
        const value = attribute.get('Value');
        yield {
          violations: [{ wrong: all(used, judgement(attribute.when), isOutdated(attribute)), at: value }],
          message: `${balancer.displayName} accepts outdated TLS versions. Use the policy ELBSecurityPolicy-TLS-1-2-2017-01.`,
        };
      }
    }
    for (const listener of balancer.each('Listeners').items)
      yield {
        violations: [
          {
            wrong: all(
              judgement(listener.when),
              is(listener.get('Protocol'), SECURE),
              unlessUnknown(lacksPolicy(balancer, listener)),
            ),
            at: listener.get('PolicyNames'),
            // The check of Checkov reads policies only.
            aliases: { guard: ['ELB_PREDEFINED_SECURITY_POLICY_SSL_CHECK'] },
          },
        ],
        profile: 'strict',
        message: `${balancer.displayName} accepts outdated TLS versions by default. Use the policy ELBSecurityPolicy-TLS-1-2-2017-01.`,
      };
  },
});

/** Whether an attribute of a policy names an outdated predefined policy, or turns on an outdated protocol. */
function isOutdated(attribute: Entry): Judgement {
  const [name, value] = [attribute.get('Name'), attribute.get('Value')];
  return any(
    all(is(name, oneOf('Reference-Security-Policy')), is(value, OUTDATED_POLICIES)),
    all(is(name, OUTDATED_PROTOCOLS), is(value, isTrue)),
  );
}

/** Whether a listener uses a policy: by its name, or because the policy names ports. */
function isUsed(balancer: LoadBalancer, policy: Entry): Judgement {
  const name = policy.get('PolicyName');
  return any(
    exists(itemsOfProperty(policy.get('LoadBalancerPorts')), () => YES),
    someListener(balancer, (listener) =>
      exists(itemsOfProperty(listener.get('PolicyNames')), ({ value }) => isSame(name, value)),
    ),
  );
}

/** Whether no security policy is associated with the port of a listener. */
function lacksPolicy(balancer: LoadBalancer, listener: Entry): Judgement {
  const port = listener.get('LoadBalancerPort');
  const others = otherNames(balancer);
  const hasNone = (one: Entry): Judgement => {
    const names = one.get('PolicyNames');
    const areOthers = every(itemsOfProperty(names), ({ value }) =>
      any(...others.map((name) => all(name.when, isSame(name.value, value)))),
    );
    return any(isAbsent(names), areOthers);
  };
  return all(
    hasNone(listener),
    // In Terraform, the policies of a port are a resource of their own.
    not(someListener(balancer, (other) => all(isSame(port, other.get('LoadBalancerPort')), not(hasNone(other))))),
    not(
      some(balancer, 'Policies', (policy) =>
        all(
          isForSecurity(policy),
          exists(itemsOfProperty(policy.get('LoadBalancerPorts')), ({ value }) => isSame(port, value)),
        ),
      ),
    ),
  );
}

/** The names of policies that are not about TLS: session stickiness, proxy protocol. */
function otherNames(balancer: LoadBalancer): readonly { readonly value: Value; readonly when: Judgement }[] {
  return flatMap(['AppCookieStickinessPolicy', 'LBCookieStickinessPolicy', 'Policies'] as const, (list) =>
    balancer
      .each(list)
      .items.map((policy) => ({
        value: policy.get('PolicyName'),
        when: all(judgement(policy.when), list === 'Policies' ? not(isForSecurity(policy)) : YES),
      })),
  );
}

function isForSecurity(policy: Entry): Judgement {
  return is(policy.get('PolicyType'), oneOf('SSLNegotiationPolicyType'));
}

function someListener(balancer: LoadBalancer, statement: (listener: Entry) => Judgement): Judgement {
  return some(balancer, 'Listeners', statement);
}

/** Whether some item of a list meets a statement. */
function some(
  balancer: LoadBalancer,
  list: 'Listeners' | 'Policies',
  statement: (item: Entry) => Judgement,
): Judgement {
  const { items, complete } = balancer.each(list);
  return among(any(...items.map((item) => all(judgement(item.when), statement(item)))), complete);
}

/** Whether two values are the same string. Strings that are not known can be. */
function isSame(one: Value, other: Value): Judgement {
  const texts = new Set(flatMap(leaves(one), ({ value }) => knownString(value) ?? []));
  return any(
    is(one, { known: () => false }),
    ...[...texts].map((each) => all(is(one, oneOf(each)), is(other, oneOf(each)))),
  );
}
