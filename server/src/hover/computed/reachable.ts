import { all, any, is, isPresent, judgement } from '../../model/judgement.ts';
import { leaves } from '../../model/navigate.ts';
import { oneOfIgnoringCase, text } from '../../model/predicate.ts';
import type { Properties, Resource } from '../../model/resource.ts';
import { shown } from '../../model/shown.ts';
import type { Value } from '../../model/value.ts';
import type { Here } from '../here.ts';
import { valuesAt } from '../values-at.ts';

/** Where an instance or an interface of it names its security groups. */
const GROUPS = ['SecurityGroupIds[]', 'SecurityGroups[]', 'NetworkInterfaces[].GroupSet[]', 'LaunchTemplateData.SecurityGroupIds[]', 'LaunchTemplateData.NetworkInterfaces[].Groups[]',
  'VPCSecurityGroups[]', 'VpcSecurityGroupIds[]', 'VpcConfig.SecurityGroupIds[]'];

const ANYWHERE = text((cidr) => /^(0\.0\.0\.0|[0:]*::?0*)\/0+$/.test(cidr.trim()));

/** What the security groups of a resource let in from anywhere. Whether subnet and address allow it too is not said. */
export function reachable({ stack, resource }: Here): string | undefined {
  const groups = groupsOf(resource, stack.resources);
  if (groups.named === 0) return undefined;
  const found = groups.found.map(openingsOf);
  const open = found.flatMap((one) => one.open);
  if (open.length > 0) return `${someOf(open)}, as far as subnet and public address allow`;
  return groups.found.length === groups.named && stack.closed && found.every(({ shut }) => shut) ? `${groups.found.map(({ address }) => address).join(', ')} lets nobody in from anywhere` : undefined;
}

/** What the rules of a security group let in from anywhere, those beside it included. */
export function openings({ stack, resource }: Here): string | undefined {
  const { open, shut } = openingsOf(resource);
  if (open.length > 0) return someOf(open);
  return stack.closed && shut ? 'no rule here lets anybody in from anywhere' : undefined;
}

function someOf(open: readonly string[]): string {
  return `${open.slice(0, 2).join(', ')}${open.length > 2 ? ` and ${open.length - 2} more` : ''}`;
}

function groupsOf(resource: Resource, resources: readonly Resource[]): { readonly named: number; readonly found: readonly Resource[] } {
  const values = GROUPS.flatMap((path) => valuesAt(resource, path)).flatMap((value) => leaves(value).map((leaf) => leaf.value)).filter(({ state }) => state !== 'absent' && state !== 'list');
  const found = values.flatMap((value) => value.state === 'reference' ? resources.filter((other) => other.type === 'AWS::EC2::SecurityGroup' && (other.address === value.to || other.family === value.to)) : []);
  return { named: values.length, found: [...new Set(found)] };
}

interface Openings {
  /** The rules that let everybody in: `WebGroup 0.0.0.0/0:22`. */
  readonly open: readonly string[];
  /** Whether it is known that no rule does, in any scenario. */
  readonly shut: boolean;
}

function openingsOf(group: Resource): Openings {
  const own = group.each('SecurityGroupIngress');
  const beside = group.related('security-group-rules');
  const rules = [
    ...own.items.map((rule) => ({ rule: rule as Properties, when: judgement(rule.when) })),
    ...beside.edges.map((edge) => ({ rule: edge.resource as Properties, when: judgement(edge.when) })),
  ];
  const open = rules.flatMap(({ rule, when }) => ['CidrIp', 'CidrIpv6'].flatMap((path) => {
    const source = rule.get(path);
    return all(when, is(source, ANYWHERE)).yes.holdsByDefault() ? [`${group.displayName} ${shownByDefault(source)}:${portsOf(rule)}`] : [];
  }));
  const shut = rules.every(({ rule, when }) => all(when, any(is(rule.get('CidrIp'), ANYWHERE), is(rule.get('CidrIpv6'), ANYWHERE), isPresent(rule.get('SourcePrefixListId')))).no.isAlways());
  return { open, shut: shut && own.complete.yes.isAlways() };
}

/** What a value is when no choice is made. */
function shownByDefault(value: Value): string {
  return shown(leaves(value).find(({ guard }) => guard.holdsByDefault())?.value ?? value);
}

function portsOf(rule: Properties): string {
  if (is(rule.get('IpProtocol'), oneOfIgnoringCase('-1', 'all')).yes.holdsByDefault()) return 'all';
  const [from, to] = [shownByDefault(rule.get('FromPort')), shownByDefault(rule.get('ToPort'))];
  return from === to ? from : `${from}-${to}`;
}
