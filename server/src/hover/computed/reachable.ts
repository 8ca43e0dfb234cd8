import { some } from '../../base/words.ts';
import { all, any, is, isPresent, judgement } from '../../model/judgement.ts';
import { leaves } from '../../model/navigate.ts';
import { oneOfIgnoringCase } from '../../model/predicate.ts';
import { isEverywhere, lastStepOf, waysToInternet } from '../../model/internet.ts';
import type { Properties, Resource } from '../../model/resource.ts';
import { shown } from '../../model/shown.ts';
import type { Value } from '../../model/value.ts';
import type { Here } from '../here.ts';

/** The inbound rules from any address of a resource's security groups, and the route to the internet if there is one. Public addresses are not considered. */
export function reachable({ stack, resource }: Here): string | undefined {
  const { edges, complete } = resource.related('security-groups');
  if (edges.length === 0) return undefined;
  const groups = edges.map((edge) => openingsOf(edge.resource));
  const open = groups.flatMap((one) => one.open);
  const isThere = resource.exists.yes.holdsByDefault();
  if (open.length > 0) {
    const way = waysToInternet(resource).find(({ when }) => when.yes.holdsByDefault() || !isThere);
    return `${some(open, 2)}, ${way ? `and ${lastStepOf(way)} (requires a public IP address)` : 'if the subnet and a public IP address allow it'}`;
  }
  return complete.yes.isAlways() && stack.closed && groups.every(({ shut }) => shut)
    ? `${edges.map(({ resource: group }) => group.displayName).join(', ')} allows no inbound traffic from any address`
    : undefined;
}

/** The inbound rules from any address of a security group, including separate rule resources. */
export function openings({ stack, resource }: Here): string | undefined {
  const { open, shut } = openingsOf(resource);
  if (open.length > 0) return some(open, 2);
  return stack.closed && shut ? 'no rule here allows any address' : undefined;
}

interface Openings {
  /** The rules that allow any address: `WebGroup 0.0.0.0/0:22`. */
  readonly open: readonly string[];
  /** Whether no rule is known to allow any address, in every scenario. */
  readonly shut: boolean;
}

function openingsOf(group: Resource): Openings {
  const own = group.each('SecurityGroupIngress');
  const beside = group.related('security-group-rules');
  const rules = [
    ...own.items.map((rule) => ({ rule: rule, when: judgement(rule.when) })),
    ...beside.edges
      .filter(({ resource: { type } }) => type === 'AWS::EC2::SecurityGroupIngress')
      .map((edge) => ({ rule: edge.resource, when: judgement(edge.when) })),
  ];
  const open = rules.flatMap(({ rule, when }) =>
    ['CidrIp', 'CidrIpv6'].flatMap((path) => {
      const source = rule.get(path);
      return all(when, isEverywhere(source)).yes.holdsByDefault()
        ? [`${group.displayName} ${shownByDefault(source)}:${portsOf(rule)}`]
        : [];
    }),
  );
  const shut = rules.every(({ rule, when }) =>
    all(
      when,
      any(
        isEverywhere(rule.get('CidrIp')),
        isEverywhere(rule.get('CidrIpv6')),
        isPresent(rule.get('SourcePrefixListId')),
      ),
    ).no.isAlways(),
  );
  return { open, shut: shut && own.complete.yes.isAlways() && beside.complete.yes.isAlways() };
}

/** The value in the default scenario. */
function shownByDefault(value: Value): string {
  return shown(leaves(value).find(({ guard }) => guard.holdsByDefault())?.value ?? value);
}

function portsOf(rule: Properties): string {
  if (is(rule.get('IpProtocol'), oneOfIgnoringCase('-1', 'all')).yes.holdsByDefault()) return 'all';
  const [from, to] = [shownByDefault(rule.get('FromPort')), shownByDefault(rule.get('ToPort'))];
  return from === to ? from : `${from}-${to}`;
}
