/** Terraform configurations of any size, in HCL and in JSON. */
import { blocks, ref, type Body, type TopBlock } from './terraform/configuration.ts';
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

/** A configuration of at most so many characters, and not much less. */
export function terraform(size: number, syntax: keyof typeof WRITERS, seed = 1): string {
  const write = WRITERS[syntax];
  const file: TopBlock[] = [...HEAD];
  let length = write(file).length;
  const lengthOf = (part: readonly TopBlock[]): number => write(part).length;
  for (let index = 0; index === 0 || length < size - 4_000; index++) {
    const workload = new Workload(index, seed);
    const first = [...workload.variables(), ...base(workload)];
    file.push(...first);
    length += lengthOf(first);
    for (const make of index === 0 ? TOPICS : workload.random.shuffled(TOPICS)) {
      const part = make(workload);
      if (length + lengthOf(part) > size) continue;
      file.push(...part);
      length += lengthOf(part);
    }
  }
  return write(file);
}
