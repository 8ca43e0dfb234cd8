/**
 * A part of a template that belongs together: its names, parameters, conditions and mapping, which its resources use.
 */
import { moreSettings, moreTags } from './detail.ts';
import { Random } from './random.ts';
import {
  FindInMap,
  If,
  Join,
  Ref,
  REGION,
  Sub,
  Equals,
  Condition,
  And,
  Or,
  Not,
  type Body,
  type Value,
} from './template-value.ts';

const NAMES = [
  'Orders', 'Billing', 'Catalog', 'Search', 'Shipping', 'Returns', 'Accounts', 'Loyalty', 'Pricing', 'Stock',
  'Reviews', 'Reports', 'Partners', 'Payments', 'Media', 'Mailing',
] as const; // oxfmt-ignore

const REGIONS = ['us-east-1', 'us-east-2', 'us-west-2', 'ca-central-1', 'eu-west-1', 'eu-central-1', 'ap-southeast-2'];
const VERBS = ['Get', 'List', 'Update', 'Import', 'Export', 'Archive', 'Notify', 'Resize', 'Expire', 'Audit'] as const;

export class Component {
  readonly name: string;
  readonly random: Random;
  readonly isProd: string;
  /** How much its resources say: 1 as usual, 3 for large templates, whose resources are few and long. */
  readonly detail: number;
  readonly #regions: readonly string[];
  readonly #ids = new Map<string, number>();

  constructor(index: number, seed: number, { detail, regions }: { readonly detail: number; readonly regions: number }) {
    this.detail = detail;
    this.#regions = REGIONS.slice(0, regions);
    const round = Math.floor(index / NAMES.length);
    this.name = `${NAMES[index % NAMES.length]!}${round === 0 ? '' : String(round + 1)}`;
    this.random = new Random(seed * 1009 + index);
    this.isProd = `${this.name}IsProd`;
  }

  /** A logical ID that is unique in the template. */
  id(suffix: string): string {
    const count = (this.#ids.get(suffix) ?? 0) + 1;
    this.#ids.set(suffix, count);
    return `${this.name}${suffix}${count === 1 ? '' : String(count)}`;
  }

  /** The component's name as in names of resources. */
  get kebab(): string {
    return this.name.toLowerCase();
  }

  verb(): string {
    return this.random.pick(VERBS);
  }

  /** A name of a physical resource, with the stage. */
  physical(suffix: string): Value {
    return Sub(`${this.kebab}-\${${this.param('Stage')}}-${suffix}`);
  }

  param(suffix: string): string {
    return this.name + suffix;
  }

  ref(parameter: string): Value {
    return Ref(this.param(parameter));
  }

  /** One value in production and another elsewhere. */
  prod(yes: Value, no: Value): Value {
    return If(this.isProd, yes, no);
  }

  perRegion(key: string): Value {
    return FindInMap(this.param('Regional'), REGION, key);
  }

  tags(name: string): Value {
    return [
      { Key: 'Name', Value: Sub(`${this.kebab}-\${${this.param('Stage')}}-${name}`) },
      { Key: 'Stage', Value: this.ref('Stage') },
      { Key: 'Owner', Value: `team-${this.kebab}` },
      { Key: 'CostCenter', Value: this.perRegion('CostCenter') },
      ...moreTags(this.detail).map(([Key, text]) => ({ Key, Value: `${text} ${this.kebab}` })),
    ];
  }

  /** Settings that a workload is given, by name; only detailed templates have many. */
  settings(): readonly (readonly [string, Value])[] {
    return moreSettings(this.detail).map((name, index) => {
      const path = `${this.kebab}-${name.toLowerCase().replaceAll('_', '-')}`;
      const values: readonly Value[] = [
        Sub(`https://${path}.\${AWS::Region}.\${AWS::URLSuffix}/\${${this.param('Stage')}}`),
        Join('', ['arn:', Ref('AWS::Partition'), ':sqs:', REGION, ':', Ref('AWS::AccountId'), `:${path}`]),
        this.prod(`${path}-live`, `${path}-test`),
        Join('/', [this.perRegion('Bucket'), path]),
        `${path}.json`,
      ];
      return [name, values[index % values.length]!];
    });
  }

  parameters(): Body {
    const { random } = this;
    const text = (Description: string, more: Body): Value => ({ Type: 'String', Description, ...more });
    return {
      [this.param('Stage')]: text(`The stage of ${this.kebab}, which decides sizes and retention.`, {
        AllowedValues: ['dev', 'test', 'prod'],
        Default: 'dev',
      }),
      [this.param('VpcId')]: { Type: 'AWS::EC2::VPC::Id', Description: 'The VPC of the workload.' },
      [this.param('SubnetIds')]: {
        Type: 'List<AWS::EC2::Subnet::Id>',
        Description: 'Private subnets, one in each zone.',
      },
      [this.param('OfficeCidr')]: text('The network from which operators connect.', {
        Default: `192.0.2.${String(random.int(0, 15) * 16)}/28`,
        AllowedPattern: String.raw`^(\d{1,3}\.){3}\d{1,3}/\d{1,2}$`,
        ConstraintDescription: 'must be a range in CIDR notation',
      }),
      [this.param('Retention')]: {
        Type: 'Number',
        Description: 'Days for which logs are kept.',
        Default: random.pick([14, 30, 90]),
        AllowedValues: [7, 14, 30, 90, 365],
      },
      [this.param('LogAccess')]: text('Whether access logs are written.', {
        AllowedValues: ['yes', 'no'],
        Default: 'yes',
      }),
      [this.param('AlarmEmail')]: text('Who is told of alarms; nobody if it is empty.', { Default: '' }),
    };
  }

  conditions(): Body {
    return {
      [this.isProd]: Equals(this.ref('Stage'), 'prod'),
      [`${this.name}Logs`]: Or(Condition(this.isProd), Equals(this.ref('LogAccess'), 'yes')),
      [`${this.name}HasAlarms`]: Not(Equals(this.ref('AlarmEmail'), '')),
      [`${this.name}Replicates`]: And(Condition(this.isProd), Not(Equals(REGION, 'eu-central-1'))),
    };
  }

  mapping(): Body {
    const { random } = this;
    const digits = (count: number): string => Array.from({ length: count }, () => String(random.int(0, 9))).join('');
    return {
      [this.param('Regional')]: Object.fromEntries(
        this.#regions.map((region, index) => [
          region,
          {
            Image: `ami-0${(0x1000000 + random.int(0, 0xefffff)).toString(16)}${digits(9)}`,
            Backup: REGIONS[(index + 1) % REGIONS.length]!,
            Bucket: `${this.kebab}-artifacts-${region}`,
            CostCenter: `cc-${digits(4)}`,
            ElbAccount: digits(12).replace(/^0/, '1'),
          },
        ]),
      ),
    };
  }
}

/** The resources of a topic, by logical ID. */
export type Block = (component: Component) => Body;
