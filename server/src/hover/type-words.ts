/** The service in the name of a type: `Cognito` for `AWS::Cognito::UserPool`, `Glacier` for `aws_glacier_vault`. */
export function serviceWord(type: string): string {
  const word = TERRAFORM.exec(type)?.[1];
  if (word !== undefined) return `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
  return type.split('::')[1] ?? type;
}

/** The name of a type that only Terraform has: its service, and what is in it. */
const TERRAFORM = /^aws_([a-z0-9]+)_(\w+)$/;

/**
 * The noun for a resource type: `log group` for `AWS::Logs::LogGroup`, `resource policy` for
 * `aws_glue_resource_policy`, `NFS location` for `LocationNFS`.
 */
export function typeWord(type: string): string {
  return (TERRAFORM.exec(type)?.[2]!.replaceAll('_', ' ') ?? type.split('::').at(-1) ?? type)
    .replace(
      /(?:OAuth|GraphQL|GitHub|FSx|IPv|InfluxDB|OpenZFS|OpsItem|OTel)/g,
      (name) => `${name.charAt(0)}${name.slice(1).toLowerCase()}`,
    )
    .replace(/^(VPC)(DHCP)/, '$1 $2 ')
    .replace(/[a-z0-9](?=[A-Z])|[A-Z](?=[A-Z][a-z])/g, '$& ')
    .replace(/\b([A-Z])(?=[a-z])/g, (letter) => letter.toLowerCase())
    .replace(ACRONYMS, (acronym) => acronym.toUpperCase())
    .replace(NAMES, (word) => PROPER.get(word)!)
    .replace(PHRASE, (words) => PHRASES.get(words)!)
    .replace(/^location ([A-Z].*)$/, '$1 location')
    .replace(/ config$/, ' configuration')
    .replaceAll('  ', ' ');
}

/** Names of several words, and names of types whose words are in another order or have one too many. */
const PHRASES: ReadonlyMap<string, string> = new Map([
  ['Microsoft teams', 'Microsoft Teams'],
  ['QEV2', 'query editor v2'],
  ['addon', 'add-on'],
  ['air gapped', 'air-gapped'],
  ['auto scaling group', 'Auto Scaling group'],
  ['batch SCRAM secret', 'SCRAM secret'],
  ['browser custom', 'custom browser'],
  ['budgets action', 'budget action'],
  ['cloud formation', 'CloudFormation'],
  ['cloud front', 'CloudFront'],
  ['cloud watch', 'CloudWatch'],
  ['code interpreter custom', 'custom code interpreter'],
  ['cross account', 'cross-account'],
  ['dev endpoint', 'development endpoint'],
  ['direct connect', 'Direct Connect'],
  ['egress only', 'egress-only'],
  ['event bridge', 'EventBridge'],
  ['fargate profile', 'Fargate profile'],
  ['function configuration', 'function'],
  ['idc', 'IAM Identity Center'],
  ['in app', 'in-app'],
  ['multi region', 'Multi-Region'],
  ['multiplexprogram', 'multiplex program'],
  ['nodegroup', 'node group'],
  ['opt out', 'opt-out'],
  ['perf reports', 'performance reports'],
  ['rate based', 'rate-based'],
  ['realtime', 'real-time'],
  ['risk configuration attachment', 'risk configuration'],
  ['service linked', 'service-linked'],
  ['site to site', 'Site-to-Site'],
  ['threat intel', 'threat intelligence'],
  ['user defined', 'user-defined'],
  ['user to group attachment', 'group membership'],
  ['verified access', 'Verified Access'],
  ['workspaces pool', 'WorkSpaces pool'],
]);
const PHRASE = new RegExp(`\\b(?:${[...PHRASES.keys()].join('|')})\\b`, 'g');

/** Acronyms that the names of types write as words: `DnsView`. */
const ACRONYMS =
  /\b(?:acl|acme|api|aws|ca|cidr|cis|dkim|dms|dns|faq|fpga|fuota|ha|http|iam|id|ip|kms|lag|nat|odb|rest(?= api)|scram|sdi|sip|sms|sql|tls|ui|url|vdm|vm|vod|vpc|vpn|xss)\b/g;

/** Names that are not spelled as words. */
const PROPER: ReadonlyMap<string, string> = new Map([
  ['azure', 'Azure'],
  ['baidu', 'Baidu'],
  ['exadata', 'Exadata'],
  ['fsx', 'FSx'],
  ['github', 'GitHub'],
  ['graphql', 'GraphQL'],
  ['influxdb', 'InfluxDB'],
  ['ipam', 'IPAM'],
  ['ipv4', 'IPv4'],
  ['kinesis', 'Kinesis'],
  ['lambda', 'Lambda'],
  ['lustre', 'Lustre'],
  ['microsoft', 'Microsoft'],
  ['microvm', 'MicroVM'],
  ['mlflow', 'MLflow'],
  ['oauth', 'OAuth'],
  ['oauth2', 'OAuth 2.0'],
  ['openzfs', 'OpenZFS'],
  ['opsitem', 'OpsItem'],
  ['otel', 'OTel'],
  ['slack', 'Slack'],
  ['voip', 'VoIP'],
  ['windows', 'Windows'],
]);
const NAMES = new RegExp(`\\b(?:${[...PROPER.keys()].join('|')})\\b`, 'g');
