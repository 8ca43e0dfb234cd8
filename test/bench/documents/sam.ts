/** SAM templates: functions with their events, policies and what they use. */
import { assemble, type Syntax, type TemplateOptions } from './assemble.ts';
import { users } from './blocks/access.ts';
import { monitoring, queue, schedule, topic } from './blocks/messaging.ts';
import { foundation, functions, GLOBALS, layer, machine } from './blocks/serverless.ts';
import { bucket, table } from './blocks/storage.ts';
import type { Block } from './component.ts';

const BLOCKS: readonly Block[] = [
  functions, functions, bucket, functions, queue, functions, machine, topic, functions, layer, functions,
  table, functions, users, functions, monitoring, functions, schedule, functions,
]; // oxfmt-ignore

const HEAD = {
  Transform: 'AWS::Serverless-2016-10-31',
  Description: 'Services of a shop: interfaces, workers and nightly work.',
  Globals: GLOBALS,
};

/** The functions refer to the foundation of their component, so it comes first in each. */
export function sam(size: number, syntax: Syntax, options: TemplateOptions = {}): string {
  return assemble({ head: HEAD, blocks: BLOCKS, first: foundation }, size, syntax, options);
}

/** A template of about 6,000 characters. */
export function smallSam(syntax: Syntax, seed = 1): string {
  return assemble(
    { head: HEAD, blocks: [machine, layer, topic, queue, schedule], first: foundation, isSmall: true },
    syntax === 'yaml' ? 7_500 : 12_000,
    syntax,
    { seed },
  );
}
