import { attributeRule } from '../forms/attribute-rule.ts';

export default attributeRule({
  id: 'rds-encryption-in-transit',
  topic: 'encryption-in-transit',
  severity: 'medium',
  judged: '2026-11-29',
  title: 'RDS parameter groups should require encryption in transit',
  keywords: ['rds.force_ssl', 'require_secure_transport', 'TLS', 'SSL', 'PostgreSQL', 'MySQL', 'MariaDB', 'Aurora'],
  why: 'Clients can connect without TLS, so anyone on the network path can read queries and results.',
  remedy: 'Set rds.force_ssl (PostgreSQL, SQL Server) or require_secure_transport (MySQL, MariaDB) to 1.',
  sources: {
    'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/mysql-ssl-connections.require-ssl.html':
      'require_secure_transport is off by default in MySQL 8.4 and lower, and on in 9.7; it can be changed without a reboot.',
    'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/mariadb-ssl-connections.require-ssl.html':
      'require_secure_transport is off by default in MariaDB 11.4 and earlier, and on since 11.8.',
    'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/PostgreSQL.Concepts.General.SSL.html':
      'RDS for PostgreSQL can require TLS from all clients; otherwise a client that cannot use it connects without.',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-44':
      'RDS.44: require_secure_transport of an instance with MariaDB 10.5 or later should be on.',
  },
  accessed: '2026-11-28',
  aliases: ['CKV2_AWS_69'],
  attributes: {
    'AWS::RDS::DBParameterGroup': [
      { map: 'Parameters' },
      {
        map: 'Parameters',
        attribute: 'require_secure_transport',
        // Most groups are for other parameters, and clients can use TLS without being forced to.
        absent: {
          profile: 'strict',
          onlyKnown: true,
          onlyIf: { Family: { matches: /^(?:mysql[58]\.|mariadb(?:10\.(?:[5-9]|11)|11\.4)$)/ } },
        },
      },
    ],
    'AWS::RDS::DBClusterParameterGroup': [
      { map: 'Parameters' },
      { map: 'Parameters', attribute: 'require_secure_transport', write: 'ON' },
    ],
  },
  attribute: 'rds.force_ssl',
  users: 'parameter-group-users',
  forbidden: { ignoringCase: ['0', 'off', 'false'] },
  write: '1',
  // The default depends on the engine and its version.
  absent: 'safe',
  problem: 'accepts connections without TLS',
  fix: { cost: 'stops clients without TLS' },
});
