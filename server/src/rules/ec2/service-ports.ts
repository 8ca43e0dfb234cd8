/** Ports of administration, file sharing, databases and other services that are not meant to be public. */
import type { Sources } from '../sources.ts';

/** A port with the name of its service in a message. */
export interface ServicePort {
  readonly port: number;
  readonly service: string;
  /** TCP when left out. */
  readonly protocol?: 'udp';
  /** Set for ports that web applications use too. */
  readonly web?: true;
  readonly source: keyof typeof PAGES | 'configuration';
}

const PAGES = {
  securityHub: 'https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html',
  iana: 'https://www.iana.org/assignments/service-names-port-numbers',
  rds: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_CommonTasks.Connect.EndpointAndPort.html',
  documentdb: 'https://docs.aws.amazon.com/documentdb/latest/developerguide/endpoints-connecting.html',
  neptune: 'https://docs.aws.amazon.com/neptune/latest/apiref/API_CreateDBCluster.html',
  redshift: 'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/redshift_cluster',
  influxdb: 'https://docs.aws.amazon.com/ts-influxdb/latest/ts-influxdb-api/API_CreateDbInstance.html',
  mq: 'https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/amazon-mq-basic-elements.html',
  msk: 'https://docs.aws.amazon.com/msk/latest/developerguide/port-info.html',
  kubernetes: 'https://kubernetes.io/docs/reference/networking/ports-and-protocols/',
} as const;

/** What the pages say about the ports. */
export const PORT_SOURCES: Sources = {
  [PAGES.securityHub]:
    'EC2.19: no security group should allow unrestricted access to ports with high risk: 20, 21, 22, 23, 25, 110, 135, 143, 445, 1433, 1434, 3000, 3306, 3389, 4333, 5000, 5432, 5500, 5601, 8080, 8088, 8888, 9200 and 9300.',
  [PAGES.iana]:
    'The registered services of ports, such as 2049 (NFS), 2375 (Docker), 5900 (RFB), 5985 (WS-Management) and 6379 (Redis).',
  [PAGES.rds]: { claim: 'The usual ports of databases: 1433, 1521, 3306, 5432 and 50000.', seen: '2026-11-29' },
  [PAGES.documentdb]: 'Clients of a cluster connect to port 27017, the port of MongoDB.',
  [PAGES.neptune]: 'The default port of a cluster is 8182.',
  [PAGES.redshift]: 'The default port of a cluster is 5439.',
  [PAGES.influxdb]: 'The default port of InfluxDB is 8086.',
  [PAGES.mq]: 'ActiveMQ brokers have a web console at port 8162, and endpoints for protocols at ports 5671 and 61617.',
  [PAGES.msk]:
    'Brokers use ports 9092, 9094, 9096 and 9098, for public access 9194, 9196 and 9198, and ZooKeeper uses 2181.',
  [PAGES.kubernetes]: 'The API server uses port 6443, etcd 2379 and 2380, and the kubelet 10250.',
};

/** The controls about SSH and RDP from all addresses of a family. */
export const REMOTE_ADMINISTRATION = {
  IPv4: { securityHub: ['EC2.53'], cis: ['v3.0.0 5.2', 'v6.0.0 6.3'] },
  IPv6: { securityHub: ['EC2.54'], cis: ['v3.0.0 5.3'] },
} as const;

/** SSH and RDP, which have their own rules. */
export const REMOTE_LOGIN: readonly ServicePort[] = [
  { port: 22, service: 'SSH', source: 'securityHub' },
  { port: 3389, service: 'RDP', source: 'securityHub' },
];

/** The ports, databases first: where a rule opens many of them, a message names the first. */
export const HIGH_RISK_PORTS: readonly ServicePort[] = [
  { port: 3306, service: 'MySQL', source: 'securityHub' },
  { port: 5432, service: 'PostgreSQL', source: 'securityHub' },
  { port: 1433, service: 'SQL Server', source: 'securityHub' },
  { port: 1434, service: 'SQL Server', source: 'securityHub' },
  { port: 1521, service: 'Oracle', source: 'rds' },
  { port: 27017, service: 'MongoDB', source: 'documentdb' },
  { port: 6379, service: 'Redis', source: 'iana' },
  { port: 11211, service: 'Memcached', source: 'iana' },
  { port: 11211, service: 'Memcached', protocol: 'udp', source: 'iana' },
  { port: 9200, service: 'OpenSearch', source: 'securityHub' },
  { port: 9300, service: 'OpenSearch', source: 'securityHub' },
  { port: 5601, service: 'OpenSearch Dashboards', source: 'securityHub' },
  { port: 50000, service: 'Db2', source: 'rds' },
  { port: 4333, service: 'mSQL', source: 'securityHub' },
  { port: 8086, service: 'InfluxDB', source: 'influxdb' },
  { port: 5439, service: 'Redshift', source: 'redshift' },
  { port: 8182, service: 'Neptune', source: 'neptune' },
  { port: 9092, service: 'Kafka', source: 'msk' },
  { port: 9094, service: 'Kafka', source: 'msk' },
  { port: 9096, service: 'Kafka', source: 'msk' },
  { port: 9098, service: 'Kafka', source: 'msk' },
  { port: 9194, service: 'Kafka', source: 'msk' },
  { port: 9196, service: 'Kafka', source: 'msk' },
  { port: 9198, service: 'Kafka', source: 'msk' },
  { port: 2181, service: 'ZooKeeper', source: 'msk' },
  { port: 5671, service: 'AMQP', source: 'mq' },
  { port: 5672, service: 'AMQP', source: 'iana' },
  { port: 61617, service: 'ActiveMQ', source: 'mq' },
  { port: 8162, service: 'ActiveMQ console', source: 'mq' },
  { port: 23, service: 'Telnet', source: 'securityHub' },
  { port: 5900, service: 'VNC', source: 'iana' },
  { port: 5500, service: 'VNC', source: 'securityHub' },
  { port: 5985, service: 'WinRM', source: 'iana' },
  { port: 5986, service: 'WinRM', source: 'iana' },
  { port: 2375, service: 'Docker', source: 'iana' },
  { port: 2376, service: 'Docker', source: 'iana' },
  { port: 6443, service: 'Kubernetes API', source: 'kubernetes' },
  { port: 10250, service: 'kubelet', source: 'kubernetes' },
  { port: 2379, service: 'etcd', source: 'kubernetes' },
  { port: 2380, service: 'etcd', source: 'kubernetes' },
  { port: 445, service: 'SMB', source: 'securityHub' },
  { port: 139, service: 'NetBIOS', source: 'iana' },
  { port: 137, service: 'NetBIOS', protocol: 'udp', source: 'iana' },
  { port: 135, service: 'RPC', source: 'securityHub' },
  { port: 111, service: 'rpcbind', source: 'iana' },
  { port: 111, service: 'rpcbind', protocol: 'udp', source: 'iana' },
  { port: 2049, service: 'NFS', source: 'iana' },
  { port: 873, service: 'rsync', source: 'iana' },
  { port: 3260, service: 'iSCSI', source: 'iana' },
  { port: 512, service: 'rexec', source: 'iana' },
  { port: 513, service: 'rlogin', source: 'iana' },
  { port: 514, service: 'rsh', source: 'iana' },
  { port: 20, service: 'FTP data', source: 'securityHub' },
  { port: 21, service: 'FTP', source: 'securityHub' },
  { port: 69, service: 'TFTP', protocol: 'udp', source: 'iana' },
  { port: 161, service: 'SNMP', protocol: 'udp', source: 'iana' },
  { port: 389, service: 'LDAP', source: 'iana' },
  { port: 389, service: 'LDAP', protocol: 'udp', source: 'iana' },
  { port: 25, service: 'SMTP', source: 'securityHub' },
  { port: 110, service: 'POP3', source: 'securityHub' },
  { port: 143, service: 'IMAP', source: 'securityHub' },
  { port: 3000, service: 'development server', web: true, source: 'securityHub' },
  { port: 5000, service: 'development server', web: true, source: 'securityHub' },
  { port: 8080, service: 'HTTP proxy', web: true, source: 'securityHub' },
  { port: 8088, service: 'legacy HTTP', web: true, source: 'securityHub' },
  { port: 8888, service: 'alternative HTTP', web: true, source: 'securityHub' },
];

/** Ports with their services in a message; of many, the first. */
export function portsText(ports: readonly ServicePort[]): string {
  const [first, second] = ports;
  const texts = [...new Set(ports.map(({ port, service }) => `${port} (${service})`))];
  if (texts.length === 1) return `port ${texts[0]!}`;
  if (texts.length === 2 && first!.service === second!.service)
    return `ports ${first!.port} and ${second!.port} (${first!.service})`;
  if (texts.length === 2) return `ports ${texts.join(' and ')}`;
  return `${texts.length} high-risk ports including ${texts[0]!}`;
}
