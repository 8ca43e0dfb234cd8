/** CloudFormation templates: components of a shop with resources of many types that refer to each other. */
import { assemble, type Syntax, type TemplateOptions } from './assemble.ts';
import * as access from './blocks/access.ts';
import * as compute from './blocks/compute.ts';
import * as data from './blocks/data.ts';
import * as files from './blocks/files.ts';
import * as messaging from './blocks/messaging.ts';
import * as network from './blocks/network.ts';
import * as servers from './blocks/servers.ts';
import * as storage from './blocks/storage.ts';
import type { Block } from './component.ts';

const BLOCKS: readonly Block[] = [
  compute.func, storage.bucket, network.loadBalancer, access.identities, messaging.queue, data.database,
  servers.containers, storage.table, messaging.topic, network.vpc, access.restApi, servers.instances,
  messaging.workflow, data.cache, compute.func, network.distribution, messaging.stream, files.fileSystem,
  access.users, messaging.monitoring, servers.builds, data.cluster, messaging.schedule, data.search,
  files.backups, access.trail, data.analytics, network.endpoints, data.registry, compute.func,
]; // oxfmt-ignore

const HEAD = { Description: 'Workloads of a shop: interfaces, data, work in the background, and who may use them.' };

/** A template of at most so many characters, and not much less. */
export function cloudFormation(size: number, syntax: Syntax, options: TemplateOptions = {}): string {
  return assemble({ head: HEAD, blocks: BLOCKS }, size, syntax, options);
}

/** The topics of short templates, which need nothing of others. */
const SHORT: readonly Block[] = [
  storage.bucket,
  messaging.queue,
  messaging.topic,
  storage.table,
  messaging.schedule,
  data.registry,
  messaging.stream,
];

/** A template of about 6,000 characters. */
export function smallTemplate(syntax: Syntax, seed = 1): string {
  const start = seed % SHORT.length;
  return assemble(
    { head: HEAD, blocks: [...SHORT.slice(start), ...SHORT.slice(0, start)], isSmall: true },
    syntax === 'yaml' ? 7_500 : 11_000,
    syntax,
    { seed },
  );
}
