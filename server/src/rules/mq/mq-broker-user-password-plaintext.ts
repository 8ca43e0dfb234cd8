import { secretRule } from '../forms/secret-rule.ts';

export default secretRule({
  id: 'mq-broker-user-password-plaintext',
  severity: 'critical',
  judged: '2026-11-29',
  title: 'Amazon MQ broker user passwords should not be hard-coded',
  keywords: ['ActiveMQ', 'RabbitMQ', 'LDAP'],
  why: 'Anyone who can read the repository, a backup of it or a build log can read and send messages as the user, and users with console access can administer the broker.',
  sources: {
    'AWS::AmazonMQ::Broker.User': 'Password is the password of a broker user.',
    'https://docs.aws.amazon.com/amazon-mq/latest/api-reference/brokers.html':
      'serviceAccountPassword is the password of the account that connects to the LDAP server.',
  },
  accessed: '2026-11-28',
  secrets: {
    'AWS::AmazonMQ::Broker': [
      { path: 'Users[].Password', aliases: ['F52', 'AMAZON_MQ_BROKER_USERS_NO_PLAINTEXT_PASSWORD'] },
      'LdapServerMetadata.ServiceAccountPassword',
    ],
  },
});
