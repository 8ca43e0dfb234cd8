/** Places of settings that several rules about load balancers check. */

/** The attributes of an Application Load Balancer, the type of load balancer by default. */
export const APPLICATION_ATTRIBUTES = {
  list: 'LoadBalancerAttributes',
  name: 'Key',
  value: 'Value',
  onlyIf: { Type: { absentOr: ['application'] } },
} as const;

/** The security policy of HTTPS and TLS listeners. */
export const LISTENER_POLICY = { path: 'SslPolicy', onlyIf: { Protocol: { ignoringCase: ['HTTPS', 'TLS'] } } } as const;

/** The page with the protocols and ciphers of each policy, and the day on which it was read. */
export const POLICY_PAGE = {
  source: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html',
  date: '2026-11-28',
} as const;

/** The default of the console. */
export const RECOMMENDED_POLICY = 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09';
