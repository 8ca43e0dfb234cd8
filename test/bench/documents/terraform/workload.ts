/** A part of a Terraform configuration that belongs together, with its names and variables. */
import { moreSettings, moreTags, purposeOf } from '../detail.ts';
import { Random } from '../random.ts';
import { blocks, ref, type Argument, type Body, type Expression, type TopBlock } from './configuration.ts';

const NAMES = [
  'orders',
  'billing',
  'catalog',
  'search',
  'shipping',
  'returns',
  'accounts',
  'loyalty',
  'pricing',
  'stock',
];

export class Workload {
  readonly name: string;
  readonly random: Random;
  /** How much its resources say: 1 as usual, 4 for large configurations, whose resources are few and long. */
  readonly detail: number;
  readonly #names = new Map<string, number>();

  constructor(index: number, seed: number, detail: number) {
    this.detail = detail;
    const round = Math.floor(index / NAMES.length);
    this.name = `${NAMES[index % NAMES.length]!}${round === 0 ? '' : String(round + 1)}`;
    this.random = new Random(seed * 7919 + index);
  }

  /** A name that is unique for the type in the file. */
  id(suffix: string): string {
    const count = (this.#names.get(suffix) ?? 0) + 1;
    this.#names.set(suffix, count);
    return `${this.name}_${suffix}${count === 1 ? '' : String(count)}`;
  }

  /** A name of a physical resource, with the stage. */
  physical(suffix: string): string {
    return `${this.name}-\${var.stage}-${suffix}`;
  }

  variable(suffix: string): Expression {
    return ref(`var.${this.name}_${suffix}`);
  }

  tags(name: string): Argument {
    const more = moreTags(this.detail).map(([key, before]) => `, ${key} = "${before} ${this.name}"`);
    return ref(
      `merge(local.tags, { Name = "${this.name}-\${var.stage}-${name}", Owner = "team-${this.name}"${more.join('')} })`,
    );
  }

  prod(yes: string, no: string): Expression {
    return ref(`local.is_prod ? ${yes} : ${no}`);
  }

  /** Settings that a workload is given, by name; only detailed configurations have many. */
  settings(): Readonly<Record<string, Argument>> {
    return Object.fromEntries(
      moreSettings(this.detail).map((name, index): readonly [string, Argument] => {
        const path = `${this.name}-${name.toLowerCase().replaceAll('_', '-')}`;
        const values: readonly Argument[] = [
          `https://${path}.\${data.aws_region.current.name}.example.com/\${var.stage}`,
          `arn:\${data.aws_partition.current.partition}:sqs:\${data.aws_region.current.name}:\${data.aws_caller_identity.current.account_id}:${path}`,
          this.prod(`"${path}-live"`, `"${path}-test"`),
          ref(`join("/", [local.artifacts[data.aws_region.current.name], "${path}"])`),
          `${path}.json`,
        ];
        return [name, values[index % values.length]!];
      }),
    );
  }

  /** Blocks of a topic; in detailed configurations each resource with what it is for, and an output of its ID. */
  described(topic: readonly TopBlock[]): readonly TopBlock[] {
    if (this.detail === 1) return topic;
    return topic.flatMap((block) => {
      if (block.kind !== 'resource') return [block];
      const [type, name] = block.labels as [type: string, name: string];
      const comment = purposeOf(`${type}.${name}`, this.name, this.detail, this.random);
      return [{ ...block, comment }, outputOf(type, name, this.name)];
    });
  }

  /** The variables of the part. */
  variables(): readonly TopBlock[] {
    const variable = (suffix: string, body: Body): TopBlock => ({
      kind: 'variable',
      labels: [`${this.name}_${suffix}`],
      body,
    });
    return [
      variable('vpc_id', { type: ref('string'), description: `The VPC of ${this.name}.` }),
      variable('subnet_ids', { type: ref('list(string)'), description: `Private subnets of ${this.name}.` }),
      variable('office_cidrs', {
        type: ref('list(string)'),
        description: 'Networks from which operators connect.',
        default: [`192.0.2.${String(this.random.int(0, 15) * 16)}/28`, '198.51.100.0/24'],
      }),
      variable('retention', {
        type: ref('number'),
        default: this.random.pick([14, 30, 90]),
        validation: blocks({
          condition: ref(`var.${this.name}_retention >= 7`),
          error_message: 'Logs are kept for at least a week.',
        }),
      }),
    ];
  }
}

function outputOf(type: string, name: string, part: string): TopBlock {
  return {
    kind: 'output',
    labels: [`${type.replace('aws_', '')}_${name}_id`],
    body: {
      description: `The ID of ${name}, which other configurations of ${part} read from its state.`,
      value: ref(`${type}.${name}.id`),
    },
  };
}

/** The blocks of a topic. */
export type Topic = (workload: Workload) => readonly TopBlock[];

export const resource = (type: string, name: string, body: Body, comment?: string): TopBlock => ({
  kind: 'resource',
  labels: [type, name],
  body,
  ...(comment === undefined ? {} : { comment }),
});

export const data = (type: string, name: string, body: Body): TopBlock => ({
  kind: 'data',
  labels: [type, name],
  body,
});

export interface TfStatement {
  readonly sid?: string;
  readonly effect?: 'Allow' | 'Deny';
  readonly actions: readonly string[];
  readonly resources?: readonly Argument[];
  readonly principals?: { readonly type: string; readonly identifiers: readonly Argument[] };
  readonly condition?: readonly [test: string, variable: string, values: readonly Argument[]];
}

/** A data source of a policy document. */
export const document = (name: string, ...statements: readonly TfStatement[]): TopBlock =>
  data('aws_iam_policy_document', name, {
    statement: blocks(
      ...statements.map(({ sid, effect, actions, resources, principals, condition }) => ({
        ...(sid === undefined ? {} : { sid }),
        ...(effect === undefined ? {} : { effect }),
        actions,
        ...(resources === undefined ? {} : { resources }),
        ...(principals === undefined ? {} : { principals: blocks({ ...principals }) }),
        ...(condition === undefined
          ? {}
          : { condition: blocks({ test: condition[0], variable: condition[1], values: condition[2] }) }),
      })),
    ),
  });

/** The trust policy of an AWS service. */
export const trust = (name: string, service: string): TopBlock =>
  document(name, { actions: ['sts:AssumeRole'], principals: { type: 'Service', identifiers: [service] } });

export const jsonOf = (name: string): Expression => ref(`data.aws_iam_policy_document.${name}.json`);
