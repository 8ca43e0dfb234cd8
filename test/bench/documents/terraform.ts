/** Terraform configurations of any size, in HCL and in JSON. */
import { blocks, ref, type Body, type TopBlock } from './terraform/configuration.ts';
import { dashboard } from './terraform/dashboard.ts';
import {
  alarms,
  cache,
  containers,
  database,
  distribution,
  loadBalancer,
  network,
  servers,
} from './terraform/platform.ts';
import { base, bucket, func, identities, lookups, queue, table, topic } from './terraform/topics.ts';
import { Workload, type Topic } from './terraform/workload.ts';
import { writeHcl } from './terraform/write-hcl.ts';
import { writeTfJson } from './terraform/write-tf-json.ts';

const TOPICS: readonly Topic[] = [
  func, bucket, loadBalancer, identities, queue, database, containers, table, topic, network, func, cache, servers,
  distribution, alarms, func, bucket,
]; // oxfmt-ignore

const WRITERS = { hcl: writeHcl, json: writeTfJson } as const;

const variable = (name: string, body: Body): TopBlock => ({ kind: 'variable', labels: [name], body });

const REGIONS = ['us-east-1', 'us-west-2', 'eu-west-1', 'eu-central-1'];

const HEAD: readonly TopBlock[] = [
  {
    kind: 'terraform',
    labels: [],
    body: {
      required_version: '>= 1.9',
      required_providers: blocks({ aws: { source: 'hashicorp/aws', version: '~> 5.80' } }),
    },
  },
  { kind: 'provider', labels: ['aws'], body: { region: 'eu-west-1' } },
  variable('stage', {
    type: ref('string'),
    description: 'The stage, which decides sizes and retention.',
    default: 'dev',
  }),
  variable('release', { type: ref('string'), default: 'latest' }),
  variable('certificate_arn', { type: ref('string') }),
  variable('image_id', { type: ref('string') }),
  variable('flow_log_role_arn', { type: ref('string') }),
  variable('alarm_topic_arn', { type: ref('string') }),
  {
    kind: 'locals',
    labels: [],
    body: {
      is_prod: ref('var.stage == "prod"'),
      tags: { Stage: ref('var.stage'), ManagedBy: 'terraform', Repository: 'shop-infrastructure' },
      accounts: Object.fromEntries(REGIONS.map((region, index) => [region, `11112222${String(3330 + index)}`])),
      artifacts: Object.fromEntries(REGIONS.map((region) => [region, `arn:aws:s3:::shop-artifacts-${region}`])),
    },
  },
  ...lookups,
];

export interface TerraformOptions {
  readonly seed?: number;
  /** How much each resource says; see {@link Workload}. */
  readonly detail?: number;
  /** The most resources. */
  readonly mostResources?: number;
}

/** A configuration of at most so many characters and resources, and not much less of one of them. */
export function terraform(
  size: number,
  syntax: keyof typeof WRITERS,
  { seed = 1, detail = 1, mostResources = Infinity }: TerraformOptions = {},
): string {
  const write = WRITERS[syntax];
  const file: TopBlock[] = [...HEAD];
  let length = write(file).length;
  let count = 0;
  const fits = (part: readonly TopBlock[]): boolean =>
    length + write(part).length <= size && count + resourcesIn(part) <= mostResources;
  const add = (part: readonly TopBlock[]): void => {
    file.push(...part);
    length += write(part).length;
    count += resourcesIn(part);
  };
  for (let index = 0; index === 0 || (length < size - 4_000 && count < mostResources - 8); index++) {
    const workload = new Workload(index, seed, detail);
    add([...workload.variables(), ...workload.described(base(workload))]);
    const topics = detail === 1 ? TOPICS : [...TOPICS, dashboard, dashboard];
    for (const make of index === 0 ? topics : workload.random.shuffled(topics)) {
      const part = workload.described(make(workload));
      if (fits(part)) add(part);
    }
  }
  return write(file);
}

function resourcesIn(part: readonly TopBlock[]): number {
  return part.filter(({ kind }) => kind === 'resource').length;
}
