/** A part of a Terraform configuration that belongs together, with its names and variables. */
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
  readonly #names = new Map<string, number>();

  constructor(index: number, seed: number) {
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
    return ref(`merge(local.tags, { Name = "${this.name}-\${var.stage}-${name}", Owner = "team-${this.name}" })`);
  }

  prod(yes: string, no: string): Expression {
    return ref(`local.is_prod ? ${yes} : ${no}`);
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
