/** The kinds of connection between resources that rules can ask for. */
export type RelationKind = 'bucket-policy' | 'bucket' | 'load-balancer' | 'security-group' | 'security-group-rules' | 'boundary-of' | 'role-policies' | 'access-log-sources'
  | 'function-of-url' | 'function-permissions' | 'function-aliases' | 'alias-permissions' | 'url-permissions';
