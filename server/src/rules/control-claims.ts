/**
 * What controls of Security Hub require, in our own words. A rule that covers one is based on its page without stating
 * it (`sources.ts`). Builds leave this table out: what they show of rules was made with it.
 */
import { flatMap } from '../base/flat-map.ts';

interface ControlClaim {
  readonly claim: string;
  /** The day the page of the control was read. */
  readonly seen: string;
}

/** The controls by the day their pages were read. */
const CLAIMS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '2026-11-24': {
    'AutoScaling.3': 'launch configurations should require IMDSv2.',
    'EC2.3': 'attached EBS volumes should be encrypted at rest.',
    'EC2.8': 'instances should use IMDSv2.',
    'EC2.13': 'security groups should not allow ingress from 0.0.0.0/0 or ::/0 to port 22.',
    'EC2.53': 'security groups should not allow ingress from 0.0.0.0/0 to remote administration ports, 22 and 3389.',
    'EC2.54': 'security groups should not allow ingress from ::/0 to remote administration ports, 22 and 3389.',
    'EC2.170': 'launch templates should use IMDSv2.',
    'EFS.1': 'a file system should be configured to encrypt file data at rest; it fails when Encrypted is false.',
    'ELB.1': 'an Application Load Balancer should redirect all HTTP requests to HTTPS.',
    'KMS.4': 'rotation of KMS keys should be enabled.',
    'RDS.3':
      'DB instances should have encryption at rest enabled; encryption can be enabled only when the instance is created.',
    'RDS.27': 'DB clusters should be encrypted at rest; encryption cannot be changed after a cluster is created.',
    'S3.5': 'bucket policies should require that all requests use TLS, by the condition key aws:SecureTransport.',
    'S3.8': 'buckets should block public access; it fails when one of the four is false.',
    'S3.9': 'buckets should have server access logging enabled.',
  },
  '2026-11-28': {
    'AutoScaling.5': 'instances launched with launch configurations should not have public IP addresses.',
    'CloudFront.15': 'a distribution should use the recommended TLS security policy.',
    'CloudTrail.2': 'a trail should use server-side encryption with a KMS key.',
    'CodeBuild.3': 'S3 logs of a project should be encrypted.',
    'CodeBuild.7': 'exports of a report group to S3 should be encrypted at rest.',
    'DataFirehose.1': 'a delivery stream should be encrypted at rest with server-side encryption.',
    'DMS.1': 'replication instances should not be public.',
    'DynamoDB.3': 'a DAX cluster should be encrypted at rest.',
    'DynamoDB.7': 'a DAX cluster should be encrypted in transit, with the endpoint encryption type TLS.',
    'EC2.2': 'VPC default security groups should not allow inbound or outbound traffic.',
    'EC2.6': 'VPC flow logging should be enabled in all VPCs.',
    'EC2.9': 'instances should not have a public IPv4 address.',
    'EC2.14': 'security groups should not allow ingress from 0.0.0.0/0 or ::/0 to port 3389.',
    'EC2.15': 'subnets should not automatically assign public IP addresses.',
    'EC2.18': 'security groups should only allow unrestricted incoming traffic for authorized ports.',
    'EC2.21': 'network ACLs should not allow ingress from 0.0.0.0/0 to port 22 or port 3389.',
    'EC2.25': 'launch templates should not assign public IPs to network interfaces.',
    'EC2.173': 'a Spot Fleet request with launch parameters should enable encryption for EBS volumes.',
    'EC2.181': 'a launch template should enable encryption for all EBS volumes; it fails if Encrypted is false.',
    'ECS.2': 'services should not have public IP addresses assigned to them automatically.',
    'EKS.1': 'cluster endpoints should not be publicly accessible.',
    'ElastiCache.4': 'a replication group should be encrypted at rest.',
    'ElastiCache.5': 'a replication group should be encrypted in transit.',
    'ElastiCache.6':
      'a replication group with Redis before 6.0 should use an AUTH token; role-based access control is recommended for later versions.',
    'ELB.3': 'listeners of a Classic Load Balancer should use HTTPS or TLS for connections from clients.',
    'ELB.4': 'an Application Load Balancer should drop invalid HTTP headers.',
    'ELB.12': 'an Application Load Balancer should use defensive or strictest mode.',
    'ELB.17': 'HTTPS and TLS listeners should use recommended policies, which all require TLS 1.2 or later.',
    'ES.1': 'a domain of Elasticsearch should have encryption at rest enabled.',
    'ES.2': 'domains of Elasticsearch should not be publicly accessible; it checks whether they are in a VPC.',
    'ES.3': 'a domain of Elasticsearch should encrypt data that is sent between nodes.',
    'Kinesis.1': 'a data stream should be encrypted at rest with server-side encryption.',
    'MSK.1': 'traffic between brokers should be encrypted; it fails for plaintext between broker nodes.',
    'MSK.3': 'a connector should be encrypted in transit.',
    'MSK.4': 'clusters should have public access disabled.',
    'Neptune.1': 'a DB cluster should be encrypted at rest; encryption cannot be changed after a cluster is created.',
    'Opensearch.1': 'a domain should have encryption at rest enabled.',
    'Opensearch.2': 'domains should not be publicly accessible; it checks whether they are in a VPC.',
    'Opensearch.3': 'a domain should encrypt data that is sent between nodes.',
    'RDS.43': 'a DB proxy should require TLS for all connections.',
    'Redshift.1': 'clusters should prohibit public access; the control evaluates PubliclyAccessible.',
    'Redshift.2': 'connections to a cluster should be encrypted in transit, with the parameter require_SSL.',
    'Redshift.10': 'a cluster should be encrypted at rest.',
    'RedshiftServerless.2': 'it fails if require_ssl of the workgroup is false.',
    'RedshiftServerless.3': 'workgroups should prohibit public access.',
    'S3.1': 'general purpose buckets should have block public access settings enabled for the account.',
    'S3.12': 'ACLs should not be used to manage access to buckets.',
    'S3.19': 'access points should have block public access settings enabled.',
    'SageMaker.1': 'notebook instances should not have direct internet access.',
    'Transfer.2': 'a server should not use FTP for endpoint connections.',
    'WorkSpaces.1': 'the user volume should be encrypted at rest.',
    'WorkSpaces.2': 'the root volume should be encrypted at rest.',
  },
  '2026-11-29': {
    'APIGateway.9': 'stages of HTTP and WebSocket APIs should have access logging configured.',
    'CloudFront.5': 'distributions should have logging enabled.',
    'CloudTrail.3': 'at least one trail should be enabled in the account.',
    'CloudWatch.15': 'alarms should have an action for the ALARM state.',
    'CloudWatch.17': 'alarm actions should be activated.',
    'CodeBuild.1':
      'it fails if the URL of a primary or secondary source contains a personal access token, or a user name and password.',
    'CodeBuild.2':
      'it fails if a project has AWS_ACCESS_KEY_ID or AWS_SECRET_ACCESS_KEY as an environment variable in clear text.',
    'CodeBuild.4': 'a project should have logs in CloudWatch Logs or in S3.',
    'Config.1': 'AWS Config should be enabled and use the service-linked role to record resources.',
    'DocumentDB.1': 'clusters should be encrypted at rest.',
    'DocumentDB.6': 'clusters should be encrypted in transit.',
    'DynamoDB.2': 'tables should have point-in-time recovery enabled.',
    'EC2.182': 'block public access should be enabled for EBS snapshots.',
    'ECR.1': 'private repositories should have image scanning configured, with scan on push for each repository.',
    'ECR.2': 'private repositories should have tag immutability configured.',
    'ECS.3': 'it fails if a task definition shares the process namespace of the host with its containers.',
    'ECS.4': 'it fails if the parameter privileged of a container definition is true.',
    'ECS.8': 'it fails if a container definition has an environment variable for an AWS key or registry credentials.',
    'ECS.12': 'clusters should use Container Insights.',
    'ECS.18': 'task definitions should use encryption in transit for EFS volumes.',
    'EKS.8': 'EKS clusters should have audit logging enabled. It does not require the other log types.',
    'ELB.5': 'Application and Classic Load Balancers should have logging enabled.',
    'ELB.8': 'a Classic Load Balancer with SSL listeners should use a predefined policy with a strong configuration.',
    'EMR.3': 'it fails if a security configuration does not enable encryption at rest.',
    'EMR.4': 'it fails if a security configuration does not enable encryption in transit.',
    'GuardDuty.1': 'GuardDuty should be enabled in the account and Region.',
    'KMS.5': 'keys should not be publicly accessible.',
    'Lambda.2': 'functions should use a runtime that is supported.',
    'RDS.1': 'snapshots of instances and clusters should be private.',
    'RDS.2': 'DB instances should prohibit public access, as PubliclyAccessible determines.',
    'RDS.7': 'clusters should have deletion protection enabled.',
    'RDS.8': 'instances should have deletion protection enabled.',
    'RDS.9': 'databases should export the logs of their engine to CloudWatch Logs.',
    'RDS.11': 'automated backups should be enabled and be kept for at least seven days.',
    'RDS.13':
      'automatic minor version upgrades should be enabled, because minor versions can contain security patches.',
    'RDS.35': 'automatic minor version upgrades of clusters should be enabled.',
    'Redshift.8': 'clusters should not use the default admin username; the control fails for awsuser.',
    'SecretsManager.1': 'secrets should have automatic rotation enabled.',
    'SSM.4': 'documents should not be public.',
    'StepFunctions.1': 'state machines should have logging turned on.',
  },
  '2026-11-30': {
    'DocumentDB.4': 'clusters should publish audit logs to CloudWatch Logs.',
    'EC2.51': 'Client VPN endpoints should have client connection logging enabled.',
    'ELB.6': 'Application, Gateway and Network Load Balancers should have deletion protection enabled.',
    'Neptune.2': 'clusters should publish audit logs to CloudWatch Logs.',
  },
  '2026-12-02': {
    'DocumentDB.2': 'clusters should keep automated backups for at least seven days.',
    'DocumentDB.5': 'clusters should have deletion protection enabled.',
    'ECS.16': 'task sets should not automatically assign public IP addresses; it fails if AssignPublicIp is ENABLED.',
    'ES.8':
      'a domain of Elasticsearch should require HTTPS, with the latest TLS security policy, Policy-Min-TLS-1-2-PFS-2023-10.',
    'Neptune.4': 'clusters should have deletion protection enabled.',
    'Neptune.5': 'clusters should have automated backups enabled, kept for at least seven days.',
    'Opensearch.8':
      'a domain should require HTTPS, with the latest TLS security policy, Policy-Min-TLS-1-2-PFS-2023-10.',
    'S3.2': 'buckets should block public read access; it evaluates Block Public Access, the bucket policy and the ACL.',
    'S3.3':
      'buckets should block public write access; it evaluates Block Public Access, the bucket policy and the ACL.',
    'SNS.4': 'topic access policies should not allow public access.',
    'SQS.3': 'queue access policies should not allow public access.',
  },
};

export const CONTROL_CLAIMS: ReadonlyMap<string, ControlClaim> = new Map(
  flatMap(Object.entries(CLAIMS), ([seen, claims]) =>
    Object.entries(claims).map(([control, claim]) => [control, { claim, seen }] as const),
  ),
);
