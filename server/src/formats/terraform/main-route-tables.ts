/**
 * A subnet without a route table association uses the main route table of its VPC. CloudFormation templates cannot
 * define the main route table, but Terraform configurations can, so the implicit association is created here:
 * https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html
 */
import { bothTruths, MAYBE, TRUE, type Truth } from '../../base/guard.ts';
import type { Element, Member, Reference, Value } from '../../model/value.ts';
import { nativeAt } from './native-at.ts';
import { valuesEqual } from './joins.ts';
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
 * The implicit associations of subnets. `associations` returns the scenarios in which an explicit one names a subnet.
 * If some resources may be unread (`open`), it is unknown whether a subnet has none.
 */
export function implicitAssociations(
  byType: ReadonlyMap<string, readonly NativeResource[]>,
  associations: (subnet: NativeResource) => readonly Truth[],
  open: (subnet: NativeResource) => boolean,
): readonly ImplicitAssociation[] {
  const main = MAIN.flatMap((kind) => (byType.get(kind.type) ?? []).map((native) => ({ ...kind, native }))).slice(
    0,
    MOST_MAIN,
  );
  if (main.length === 0) return [];
  return (byType.get('aws_subnet') ?? []).flatMap((subnet) => {
    const inVpc = main.flatMap(({ vpc, table, native }) => {
      const same = valuesEqual(nativeAt(native.body, vpc), nativeAt(subnet.body, 'vpc_id'));
      return same.yes.satisfiable() ? [{ native, same, table: table(native) }] : [];
    });
    if (inVpc.length === 0) return [];
    const alone = associations(subnet).reduce<Truth>(
      (sum, { yes, no }) => bothTruths(sum, { yes: no, no: yes }),
      open(subnet) ? MAYBE : TRUE,
    );
    return inVpc.flatMap(({ native, same, table }) => {
      const when = [native.when, same, alone].reduce(bothTruths, subnet.when);
      return when.no.isAlways() ? [] : [{ native, item: { when, value: association(native, subnet, table) } }];
    });
  });
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
