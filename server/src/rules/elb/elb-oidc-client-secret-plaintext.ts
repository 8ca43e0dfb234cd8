import { secretRule } from '../forms/secret-rule.ts';

export default secretRule({
  id: 'elb-oidc-client-secret-plaintext',
  severity: 'high',
  judged: '2026-11-29',
  title: 'Load balancer OIDC client secrets should not be hard-coded',
  keywords: ['ELB', 'authenticate-oidc', 'ALB', 'OpenID Connect'],
  why: 'Anyone who can read the repository, a backup of it or a build log can act as the application at its identity provider.',
  sources: {
    'AWS::ElasticLoadBalancingV2::Listener.AuthenticateOidcConfig':
      'ClientSecret is the OAuth 2.0 client secret of a listener action.',
    'AWS::ElasticLoadBalancingV2::ListenerRule.AuthenticateOidcConfig': 'The same for the action of a listener rule.',
  },
  accessed: '2026-11-28',
  secrets: {
    'AWS::ElasticLoadBalancingV2::Listener': 'DefaultActions[].AuthenticateOidcConfig.ClientSecret',
    'AWS::ElasticLoadBalancingV2::ListenerRule': 'Actions[].AuthenticateOidcConfig.ClientSecret',
  },
});
