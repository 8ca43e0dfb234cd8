/**
 * The kinds of relations between resources that rules can query. Each pair has the name of the relation at either end,
 * and a sentence in which {a} is the resource at the first end and {b} the one at the second.
 * `role.related('role-policies')` returns the policies of a role, and `policy.related('policy-roles')` the roles of a
 * policy. The properties that create a relation are data of `formats/relations/`.
 */
export const CONNECTIONS = {
  // Networks
  'security-groups': ['security-group-users', '{a} uses the security group {b}'],
  'security-group': ['security-group-rules', '{a} is a rule of the security group {b}'],
  'peer-security-groups': ['security-group-peers', '{a} has a rule for traffic with the security group {b}'],
  'prefix-lists': ['prefix-list-users', '{a} has a rule for the addresses of the prefix list {b}'],
  subnets: ['subnet-users', '{a} is in the subnet {b}'],
  vpc: ['vpc-members', '{a} is part of the VPC {b}'],
  'association-subnet': ['subnet-route-table-associations', '{a} associates a route table with the subnet {b}'],
  'association-route-table': ['route-table-associations', '{a} uses the route table {b}'],
  'association-gateway': ['gateway-route-table-associations', '{a} associates a route table with the gateway {b}'],
  'route-table': ['routes', '{a} is a route of the route table {b}'],
  'route-target': ['routes-to', '{a} routes traffic to {b}'],
  'attached-gateway': ['gateway-attachments', '{a} attaches the gateway {b}'],
  'acl-association-subnet': ['subnet-acl-associations', '{a} associates a network ACL with the subnet {b}'],
  'association-acl': ['acl-associations', '{a} uses the network ACL {b}'],
  'network-acl': ['network-acl-entries', '{a} is an entry of the network ACL {b}'],
  'endpoint-route-tables': ['route-table-endpoints', '{a} adds a route to the route table {b}'],
  'subnet-group': ['subnet-group-users', '{a} is in the subnet group {b}'],
  'elastic-ip-targets': ['elastic-ips', '{a} assigns a public IP address to {b}'],
  'elastic-ip': ['elastic-ip-users', '{a} uses the Elastic IP address {b}'],
  'launch-template': ['launch-template-users', '{a} launches instances from {b}'],
  volumes: ['volume-users', '{a} attaches the volume {b}'],
  'attachment-instance': ['instance-attachments', '{a} is an attachment to the instance {b}'],
  'network-interfaces': ['network-interface-users', '{a} uses the network interface {b}'],
  'flow-log-source': ['flow-logs', '{a} logs the traffic of {b}'],
  // Load balancing
  'load-balancer': ['listeners', '{a} is a listener of the load balancer {b}'],
  listener: ['listener-rules', '{a} is part of the listener {b}'],
  'forward-targets': ['forwarding-listeners', '{a} forwards requests to the target group {b}'],
  targets: ['target-groups', '{a} has the target {b}'],
  'balanced-targets': ['balancers', '{a} distributes requests to {b}'],
  'web-acl': ['web-acl-users', '{a} uses the web ACL {b}'],
  'protected-resource': ['web-acl-associations', '{a} associates a web ACL with {b}'],
  // Identities
  'role-policies': ['policy-roles', '{a} has the policy {b}'],
  'user-policies': ['policy-users', '{a} has the policy {b}'],
  'group-policies': ['policy-groups', '{a} has the policy {b}'],
  'permission-set-policies': ['policy-permission-sets', '{a} has the policy {b}'],
  'user-groups': ['group-users', '{a} is in the group {b}'],
  'addition-group': ['group-additions', '{a} adds users to the group {b}'],
  'addition-users': ['user-additions', '{a} adds the user {b} to a group'],
  'permissions-boundary': ['boundary-of', '{a} has the permissions boundary {b}'],
  roles: ['role-users', '{a} uses the role {b}'],
  'instance-profile': ['instance-profile-users', '{a} uses the instance profile {b}'],
  // Functions
  'function-log-groups': ['log-group-functions', '{a} logs to {b}'],
  'permission-function': ['function-permissions', '{a} allows its principal to invoke {b}'],
  'permission-alias': ['alias-permissions', '{a} allows its principal to invoke {b}'],
  'permission-url': ['url-permissions', '{a} allows its principal to invoke {b}'],
  'function-of-url': ['function-urls', '{a} is a URL of {b}'],
  'alias-of-url': ['alias-urls', '{a} is a URL of {b}'],
  'function-of-alias': ['function-aliases', '{a} is an alias of {b}'],
  'function-of-version': ['function-versions', '{a} is a version of {b}'],
  'alias-versions': ['version-aliases', '{a} points to the version {b}'],
  'event-source-function': ['function-event-sources', '{a} sends events to {b}'],
  'event-source': ['event-source-mappings', '{a} reads events from {b}'],
  'invoke-config-function': ['function-invoke-configs', '{a} configures invocations of {b}'],
  layers: ['layer-users', '{a} uses the layer {b}'],
  'invocation-source': ['invocation-permissions', '{a} allows {b} to invoke a function'],
  'outcome-destinations': ['outcome-sources', '{a} sends invocation results to {b}'],
  // Messages
  'dead-letter-target': ['dead-letter-sources', '{a} sends undelivered messages to {b}'],
  'policy-topics': ['topic-policies', '{a} is a policy of the topic {b}'],
  'policy-queues': ['queue-policies', '{a} is a policy of the queue {b}'],
  'subscribed-topic': ['topic-subscriptions', '{a} subscribes to the topic {b}'],
  'subscription-endpoint': ['endpoint-subscriptions', '{a} delivers messages to {b}'],
  'event-targets': ['event-target-of', '{a} sends events to {b}'],
  'event-bus': ['event-bus-users', '{a} is part of the event bus {b}'],
  'notification-targets': ['notification-sources', '{a} notifies {b}'],
  // Keys
  'granted-key': ['key-grants', '{a} grants access to the key {b}'],
  'aliased-key': ['key-aliases', '{a} is an alias of the key {b}'],
  keys: ['key-users', '{a} uses the key {b}'],
  'primary-key': ['replica-keys', '{a} is a replica of the key {b}'],
  // APIs
  api: ['api-members', '{a} is part of the API {b}'],
  'user-pool': ['user-pool-members', '{a} is part of the user pool {b}'],
  'stage-deployment': ['deployment-stages', '{a} serves the deployment {b}'],
  authorizer: ['authorized-methods', '{a} uses the authorizer {b}'],
  'api-resource': ['api-methods', '{a} is at or below the path {b}'],
  'integration-targets': ['integrations', '{a} forwards requests to {b}'],
  'service-integration-targets': ['service-integrations', '{a} forwards requests to {b}'],
  'mapped-domain': ['domain-mappings', '{a} maps the domain name {b} to an API'],
  'accelerator-listener': ['accelerator-groups', '{a} gets the traffic of the listener {b}'],
  'listener-accelerator': ['accelerator-listeners', '{a} is a listener of the accelerator {b}'],
  'accelerator-endpoints': ['accelerators', '{a} forwards traffic to {b}'],
  'vpc-link': ['vpc-link-users', '{a} uses the VPC link {b}'],
  'vpc-link-targets': ['vpc-links', '{a} leads to {b}'],
  'service-registries': ['registered-services', '{a} is registered in {b}'],
  // Logs
  'log-groups': ['log-group-writers', '{a} logs to {b}'],
  'log-group': ['log-group-parts', '{a} applies to the log group {b}'],
  'log-buckets': ['log-bucket-writers', '{a} logs to the bucket {b}'],
  'log-source': ['log-deliveries', '{a} delivers logs of {b}'],
  'access-log-bucket': ['access-log-sources', '{a} delivers its access logs to the bucket {b}'],
  // Storage
  bucket: ['bucket-policy', '{a} is the policy of the bucket {b}'],
  'replica-buckets': ['replica-sources', '{a} is replicated to the bucket {b}'],
  'object-bucket': ['bucket-objects', '{a} is an object in the bucket {b}'],
  'multi-region-access-point': [
    'multi-region-access-point-policies',
    '{a} is the policy of the multi-Region access point {b}',
  ],
  'accessed-bucket': ['access-points', '{a} is an access point of the bucket {b}'],
  origins: ['origin-of', '{a} serves content from {b}'],
  'vpc-origin': ['vpc-origin-users', '{a} uses the VPC origin {b}'],
  'vpc-origin-target': ['vpc-origins', '{a} leads to {b}'],
  'origin-access': ['origin-access-users', '{a} uses {b} to reach its origin'],
  'file-system': ['file-system-members', '{a} is part of the file system {b}'],
  mounts: ['mounted-by', '{a} mounts {b}'],
  // Databases and containers
  'db-cluster': ['db-cluster-instances', '{a} is an instance of the cluster {b}'],
  'parameter-group': ['parameter-group-users', '{a} uses the parameter group {b}'],
  secret: ['secret-members', '{a} applies to the secret {b}'],
  'secret-target': ['target-secrets', '{a} manages the credentials of {b}'],
  'task-definition': ['task-definition-users', '{a} runs tasks of {b}'],
  'ecs-cluster': ['ecs-cluster-members', '{a} runs in the cluster {b}'],
} as const satisfies Readonly<Record<string, readonly [string, string]>>;

/** A relation, by its name at the first end. */
export type Connection = keyof typeof CONNECTIONS;

/** A relation, by its name at either end. */
export type ConnectionKind = Connection | (typeof CONNECTIONS)[Connection][0];

/**
 * `companions` depend on the resource that they belong to, their `owner`: bucket policies, security group rules, key
 * aliases.
 */
export type RelationKind = ConnectionKind | 'owner' | 'companions';

/** The relations of companions, seen from the owner. */
export const OWNING: readonly Connection[] = [
  'bucket',
  'security-group',
  'route-table',
  'network-acl',
  'policy-topics',
  'policy-queues',
  'permission-function',
  'function-of-url',
  'alias-of-url',
  'function-of-alias',
  'function-of-version',
  'invoke-config-function',
  'aliased-key',
  'listener',
  'secret',
];

const ENDS = new Map<string, { readonly connection: Connection; readonly first: boolean }>();
for (const connection of Object.keys(CONNECTIONS) as Connection[]) {
  ENDS.set(connection, { connection, first: true });
  ENDS.set(CONNECTIONS[connection][0], { connection, first: false });
}

/** The relation of a kind, and whether the kind is its first end. */
export function connectionOf(kind: ConnectionKind): { readonly connection: Connection; readonly first: boolean } {
  return ENDS.get(kind)!;
}

/** The name of a relation at its other end. */
export function inverseOf(kind: ConnectionKind): ConnectionKind {
  const { connection, first } = connectionOf(kind);
  return first ? CONNECTIONS[connection][0] : connection;
}

/** All kinds of relations, at both ends. */
export const CONNECTION_KINDS: readonly ConnectionKind[] = [...ENDS.keys()] as ConnectionKind[];

/** A relation as a sentence without its period: `Web uses the security group WebGroup`. */
export function connectionText(
  kind: ConnectionKind,
  from: { readonly displayName: string },
  to: { readonly displayName: string },
): string {
  const { connection, first } = connectionOf(kind);
  const [a, b] = first ? [from, to] : [to, from];
  return CONNECTIONS[connection][1].replace('{a}', () => a.displayName).replace('{b}', () => b.displayName);
}
