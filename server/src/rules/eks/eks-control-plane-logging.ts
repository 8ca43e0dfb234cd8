import { listRule } from '../forms/list-rule.ts';

export default listRule({
  id: 'eks-control-plane-logging',
  topic: 'logging',
  severity: 'medium',
  judged: '2026-11-29',
  title: 'EKS clusters should have control plane logging enabled',
  keywords: ['audit logs', 'Kubernetes API', 'authenticator', 'CloudWatch Logs'],
  why: 'Without these logs, you cannot tell who called the Kubernetes API, what they changed, and how they authenticated.',
  remedy:
    'Add api, audit and authenticator to EnabledTypes. EKS.8 of Security Hub requires audit logs only; the others show failed requests and how callers authenticated.',
  sources: {
    'https://docs.aws.amazon.com/eks/latest/APIReference/API_LogSetup.html':
      'The log types are api, audit, authenticator, controllerManager and scheduler; a type that is not enabled is not exported.',
    'https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html':
      'Logs are sent to CloudWatch Logs only if enabled, and ingestion and storage are charged. api has the requests to the API server, audit who changed the cluster, authenticator the IAM authentication.',
  },
  aliases: ['CKV_AWS_37', 'AWS-0038'],
  lists: { 'AWS::EKS::Cluster': { path: 'Logging.ClusterLogging.EnabledTypes', item: 'Type' } },
  mustContain: ['api', 'audit', 'authenticator'],
  ofValue: { audit: { controls: { securityHub: ['EKS.8'] } } },
  absent: 'unsafe',
  problem: 'does not log {missing} events',
  fix: { title: 'Enable {missing} logs', cost: 'log ingestion and storage are charged' },
});
