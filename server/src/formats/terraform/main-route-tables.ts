/**
 * A subnet without a route table association uses the main route table of its VPC. CloudFormation templates cannot
 * define the main route table, but Terraform configurations can, so the implicit association is created here:
 * https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html
 */
import { flatMap } from '../../base/flat-map.ts';
import { bothTruths, MAYBE, TRUE, type Truth } from '../../base/guard.ts';
import { once } from '../../base/once.ts';
import type { Element, Member, Reference, Value } from '../../model/value.ts';
import { nativeAt } from './native-at.ts';
import { valuesEqual, type Joined } from './joins.ts';
import type { Companion } from './mapping.ts';
import type { NativeResource } from './native.ts';

/** The canonical type of an association. */
export const ASSOCIATION = 'AWS::EC2::SubnetRouteTableAssociation';

/** The properties with which an association names its subnet. */
export const OF_SUBNET: Companion = {
  type: 'aws_route_table_association',
  join: { by: 'subnet_id', refersTo: ['id'] },
  properties: {},
};

/** The maximum number of main route tables considered per subnet. A stack has one per VPC. */
const MOST_MAIN = 16;

/** An implicit association: the native resource that makes a table the main one, and the properties. */
export interface ImplicitAssociation {
  readonly native: NativeResource;
  readonly item: Element;
}

/** The types that define the main route table of a VPC, with the properties that name the VPC and the table. */
const MAIN: readonly {
  readonly type: string;
  readonly vpc: string;
  readonly table: (native: NativeResource) => Value;
}[] = [
  {
    type: 'aws_main_route_table_association',
    vpc: 'vpc_id',
    table: (native) => nativeAt(native.body, 'route_table_id'),
  },
  // The default route table of a VPC is its main route table, unless another association replaces it. Its ID is an
  // attribute of the VPC.
  {
    type: 'aws_default_route_table',
    vpc: 'default_route_table_id',
    table: (native) => referenceTo(native, native.address),
  },
];

/** The types that determine them. */
export const ASSOCIATING: ReadonlySet<string> = new Set([
  'aws_subnet',
  OF_SUBNET.type,
  ...MAIN.map(({ type }) => type),
]);

/**
 * Finds the implicit associations of subnets in steps. `associations` returns the explicit ones that can name a subnet,
 * with the scenarios in which they do. If some resources may be unread (`open`), it is unknown whether a subnet has
 * none.
 */
export function* implicitAssociations(
  byType: ReadonlyMap<string, readonly NativeResource[]>,
  associations: (subnet: NativeResource) => readonly Joined[],
  open: (subnet: NativeResource) => boolean,
): Generator<void, readonly ImplicitAssociation[], undefined> {
  const main = flatMap(MAIN, (kind) => (byType.get(kind.type) ?? []).map((native) => ({ ...kind, native }))).slice(
    0,
    MOST_MAIN,
  );
  const found: ImplicitAssociation[] = [];
  if (main.length === 0) return found;
  for (const subnet of byType.get('aws_subnet') ?? []) {
    const explicit = associations(subnet);
    const isOpen = open(subnet);
    const alone = once(() =>
      explicit.reduce<Truth>(
        (sum, { when: { yes, no } }) => bothTruths(sum, { yes: no, no: yes }),
        isOpen ? MAYBE : TRUE,
      ),
    );
    for (const { vpc, table, native } of main) {
      const associated = (): { readonly when: Truth | undefined } => {
        const same = valuesEqual(nativeAt(native.body, vpc), nativeAt(subnet.body, 'vpc_id'));
        return {
          when: same.yes.satisfiable() ? [native.when, same, alone()].reduce(bothTruths, subnet.when) : undefined,
        };
      };
      const all = contentsOf([native, ...explicit.map((one) => one.native)]);
      const what = `${isOpen ? 'open' : 'only'} main table by ${vpc} ${all}`;
      const { when } = (all === undefined ? undefined : subnet.facts?.of(what, associated)) ?? associated();
      if (when && !when.no.isAlways())
        found.push({ native, item: { when, value: association(native, subnet, table(native)) } });
    }
    yield;
  }
  return found;
}

/** Identifies the content of resources in all versions; undefined if it is not known of one. */
function contentsOf(natives: readonly NativeResource[]): string | undefined {
  const all = natives.map(({ address, facts }) => facts && `${address} ${facts.number}`);
  return all.includes(undefined) ? undefined : all.join(' ');
}

function association(native: NativeResource, subnet: NativeResource, table: Value): Value {
  const properties: Readonly<Record<string, Value>> = {
    SubnetId: referenceTo(native, subnet.address),
    RouteTableId: table,
  };
  const { nameAt } = native.part;
  const entries = Object.entries(properties).map(([key, value]): Member => ({ key, keyAt: nameAt, value, when: TRUE }));
  return { state: 'object', origin: { use: nameAt, steps: [], edit: 'none' }, entries, open: false };
}

function referenceTo(native: NativeResource, to: string): Reference {
  return { state: 'reference', origin: { use: native.part.nameAt, steps: [], edit: 'none' }, to, attribute: 'id' };
}
