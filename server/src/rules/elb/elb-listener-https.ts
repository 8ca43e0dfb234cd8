import { all, among, any, exists, is, isAbsent, judgement, not, type Judgement } from '../../model/judgement.ts';
import { itemsOfProperty } from '../../model/navigate.ts';
import { oneOf, oneOfIgnoringCase, text } from '../../model/predicate.ts';
import { never, sometimes } from '../../model/quantified.ts';
import type { Edge, Entries, Related, Resource } from '../../model/resource.ts';
import type { Value } from '../../model/value.ts';
import { defineRule, type RelatedValue } from '../rule.ts';

export default defineRule({
  id: 'elb-listener-https',
  on: 'resource',
  reads: {
    'AWS::ElasticLoadBalancingV2::Listener': [
      'Protocol',
      'LoadBalancerArn',
      'DefaultActions',
      'DefaultActions[].Type',
      'DefaultActions[].RedirectConfig.Protocol',
    ],
  },
  topic: 'encryption-in-transit',
  severity: 'medium',
  judged: '2026-11-24',
  title: 'ELB listeners should redirect HTTP requests to HTTPS',
  keywords: ['Application Load Balancer', 'ALB', 'TLS', 'SSL', 'encryption in transit'],
  why: 'With plain HTTP, anyone on the network path can read and change requests, including session cookies and passwords.',
  remedy: 'Redirect the HTTP listener to an HTTPS listener with a certificate, or use only HTTPS.',
  sources: {
    'AWS::ElasticLoadBalancingV2::Listener':
      'Application Load Balancers support the protocols HTTP and HTTPS; other load balancers support others.',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RedirectActionConfig.html':
      'A redirect keeps the components that it does not change, so it must set the protocol HTTPS and the port.',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-rules.html': {
      claim: 'Rules are evaluated in the order of their priority, the default rule last.',
      seen: '2026-11-28',
    },
    aws_lb_listener: 'The default protocol of an Application Load Balancer is HTTP.',
  },
  aliases: ['CKV_AWS_2', 'CKV_AWS_103', 'AWS-0054', 'W56', 'ELBV2_LISTENER_PROTOCOL_RULE'],
  controls: { securityHub: ['ELB.1'] },
  fix: 'suggestion',
  judgesElsewhere: true,
  *check(listener) {
    const protocol = listener.get('Protocol');
    const actions = listener.get('DefaultActions');
    const http = any(
      is(protocol, oneOfIgnoringCase('HTTP')),
      // Only an Application Load Balancer has a default protocol.
      all(isAbsent(protocol), application(listener.related('load-balancer'))),
    );
    const rules = listener
      .related('listener-rules')
      .edges.filter(({ resource }) => resource.type === 'AWS::ElasticLoadBalancingV2::ListenerRule');
    const redirected = redirects(listener.each('DefaultActions'));
    const wrong = all(http, not(redirected), not(any(...rules.map(redirectsAll))));
    const common = {
      related: [{ value: actions, message: 'The default action does not redirect to HTTPS.' }],
      // An author who redirects in some scenarios has no HTTPS listener in the others.
      fixes: () =>
        sometimes(redirected)
          ? []
          : [
              {
                title: 'Redirect to HTTPS on port 443 (needs an HTTPS listener there)',
                safe: false,
                edits: [
                  {
                    op: 'set' as const,
                    resource: listener,
                    path: 'DefaultActions',
                    value: [
                      { Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS', Port: '443', StatusCode: 'HTTP_301' } },
                    ],
                  },
                ],
              },
            ],
    };
    // Of two findings at one place the first is kept: for an internal load balancer, the one with the lower severity.
    yield {
      ...common,
      violations: [{ wrong: all(wrong, internal(listener.related('load-balancer'))), at: protocol }],
      related: [...common.related, ...internalBalancers(listener.related('load-balancer'))],
      severity: 'low',
      profile: 'strict',
      message: `${listener.displayName} serves plain HTTP in the internal network. Redirect it to an HTTPS listener.`,
    };
    // Rules take precedence over the default action.
    for (const { resource: rule, when } of rules)
      for (const action of rule.each('Actions').items) {
        const forwards = all(
          http,
          redirected,
          judgement(when),
          judgement(action.when),
          is(action.get('Type'), oneOf('forward')),
          not(isForCertificates(rule)),
        );
        // Other checks accept a listener whose default action redirects.
        const place = { at: action.get('Type'), dependsOn: protocol, aliases: {}, controls: {} };
        const report = {
          subjects: [rule],
          message: `${rule.displayName} forwards plain HTTP requests of ${listener.displayName}. Redirect them to HTTPS, or move the rule to an HTTPS listener.`,
        };
        yield {
          ...report,
          violations: [{ ...place, wrong: all(forwards, internal(listener.related('load-balancer'))) }],
          severity: 'low',
          profile: 'strict',
        };
        yield { ...report, violations: [{ ...place, wrong: forwards }] };
      }
    yield {
      ...common,
      violations: [{ wrong, at: protocol }],
      message: `${listener.displayName} does not redirect HTTP requests to HTTPS. Add a redirect to an HTTPS listener.`,
    };
  },
});

function redirects(actions: Entries): Judgement {
  return exists({ items: actions.items, complete: actions.complete }, (item) => {
    const action = actions.items.find((entry) => entry.value === item.value)!;
    return all(is(action.get('Type'), oneOf('redirect')), is(action.get('RedirectConfig.Protocol'), oneOf('HTTPS')));
  });
}

/** Whether a rule redirects all requests to HTTPS, regardless of their path. */
function redirectsAll({ resource: rule, when }: Edge): Judgement {
  const redirected = all(judgement(when), redirects(rule.each('Actions')));
  if (never(redirected)) return redirected;
  const { items, complete } = rule.each('Conditions');
  // All conditions of a rule must be met.
  const others = items.map((condition) =>
    any(
      not(judgement(condition.when)),
      allows(condition, (path) => is(path, oneOf('*', '/*'))),
    ),
  );
  return all(redirected, among(all(...others), complete));
}

/** Whether a rule is for ACME challenges, which a certificate authority requests over HTTP. */
function isForCertificates(rule: Resource): Judgement {
  return any(
    ...rule.each('Conditions').items.map((condition) =>
      all(
        judgement(condition.when),
        allows(condition, (path) => is(path, CHALLENGE)),
      ),
    ),
  );
}

/** RFC 8555, section 8.3 */
const CHALLENGE = text((path) => path.startsWith('/.well-known/acme-challenge/'));

/** Whether a condition is about paths, and one of its paths meets a test. */
function allows(condition: Entries['items'][number], meets: (path: Value) => Judgement): Judgement {
  const isPath = is(condition.get('Field'), oneOf('path-pattern'));
  return all(
    isPath,
    any(
      ...['Values', 'PathPatternConfig.Values'].map((list) =>
        exists(itemsOfProperty(condition.get(list)), ({ value }) => meets(value)),
      ),
    ),
  );
}

function application({ edges, complete }: Related): Judgement {
  const each = edges.map(({ resource, when }) => {
    const type = resource.get('Type');
    return all(judgement(when), any(isAbsent(type), is(type, oneOf('application'))));
  });
  return among(any(...each), complete);
}

/** The places where load balancers are configured as internal. */
function internalBalancers({ edges }: Related): readonly RelatedValue[] {
  return edges.map(({ resource, when }) => {
    const scheme = resource.get('Scheme');
    return {
      value: scheme,
      when: all(judgement(when), is(scheme, oneOf('internal'))),
      message: `The load balancer ${resource.displayName} is internal.`,
    };
  });
}

function internal({ edges }: Related): Judgement {
  return any(...edges.map(({ resource, when }) => all(judgement(when), is(resource.get('Scheme'), oneOf('internal')))));
}
