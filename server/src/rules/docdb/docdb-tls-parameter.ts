import { attributeRule } from '../forms/attribute-rule.ts';

export default attributeRule({
  id: 'docdb-tls-parameter',
  topic: 'encryption-in-transit',
  severity: 'medium',
  judged: '2026-11-29',
  title: 'DocumentDB parameter groups should not turn off TLS',
  keywords: ['DocDB', 'MongoDB', 'SSL', 'encryption in transit', 'disabled'],
  why: 'Clients connect without TLS, so anyone on the network path can read and change queries and results. TLS is on unless the parameter turns it off.',
  remedy: 'Set the parameter tls to enabled, and reboot the instances of the cluster.',
  sources: {
    'https://docs.aws.amazon.com/documentdb/latest/developerguide/security.encryption.ssl.html':
      'The parameter tls of the cluster parameter group turns encryption in transit on or off.',
    'AWS::DocDB::DBClusterParameterGroup': 'Parameters is the list of parameters of the group.',
  },
  accessed: '2026-11-28',
  aliases: ['CKV_AWS_90'],
  controls: { securityHub: ['DocumentDB.6'] },
  attributes: { 'AWS::DocDB::DBClusterParameterGroup': { map: 'Parameters' } },
  attribute: 'tls',
  forbidden: ['disabled'],
  write: 'enabled',
  absent: 'safe',
  problem: 'turns off encryption in transit',
  fix: { cost: 'stops clients without TLS; needs a reboot' },
});
