/** What the members of a security group are: the resources behind network interfaces, templates and clusters. */
import { flatMap } from '../base/flat-map.ts';
import { memoize } from '../base/memoize.ts';
import { sameSpan } from '../base/span.ts';
import { table, type Table } from '../base/table.ts';
import { all, any, isAbsent, judgement, YES, type Judgement } from '../model/judgement.ts';
import { never } from '../model/quantified.ts';
import { connectionText, type ConnectionKind } from '../model/relation.ts';
import type { Edge, Resource } from '../model/resource.ts';
import type { PathStep } from './access-path.ts';
import { placementsOf } from './internet-route.ts';
import { isPrimary, ownInterfacesOf, type OwnInterface } from './network-interface.ts';

/** A resource that a security group protects. */
export interface Attachment {
  /** The resource that accepts the traffic. */
  readonly target: Resource;
  /** The resource whose properties decide on a public address. */
  readonly addressed: Resource;
  /** The resource that names the subnets. */
  readonly placed: Resource;
  /** The scenarios in which the resource with the group is attached to it. */
  readonly when: Judgement;
  /** How the resource with the group leads to the target; none if it is the target. */
  readonly steps: readonly PathStep[];
  /** The network interface with the group, if the resource with the group has several. */
  readonly own?: OwnInterface;
  /** Whether the network interface is the primary one of the target, which has the addresses of the target. */
  readonly isPrimary: Judgement;
}

/**
 * The resources behind those with security groups, by type: whose properties decide on the address, and name the
 * subnets.
 */
const BEHIND: Table<{
  readonly kind: ConnectionKind;
  readonly addressed: 'user' | 'target';
  readonly placed: 'user' | 'target';
}> = table({
  'AWS::AutoScaling::LaunchConfiguration': { kind: 'launch-template-users', addressed: 'user', placed: 'target' },
  'AWS::EC2::LaunchTemplate': { kind: 'launch-template-users', addressed: 'user', placed: 'target' },
  'AWS::Neptune::DBCluster': { kind: 'db-cluster-instances', addressed: 'target', placed: 'target' },
  'AWS::RDS::DBCluster': { kind: 'db-cluster-instances', addressed: 'target', placed: 'target' },
});

/** The properties of an instance with which those of its launch template do not apply. */
const OVERRIDING = ['NetworkInterfaces', 'SecurityGroupIds', 'SecurityGroups'] as const;

/**
 * Whether an instance leaves a property to its launch template.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RunInstances.html
 */
function notOverridden(target: Resource, path: (typeof OVERRIDING)[number]): Judgement {
  return target.type === 'AWS::EC2::Instance' ? isAbsent(target.get(path)) : YES;
}

/**
 * The resources that a resource with security groups represents: itself, what it launches, what it is attached to, or
 * its members.
 */
export const attachmentsOf = memoize((user: Resource): readonly Attachment[] => {
  // To which network interface Terraform attaches a group in this way is not known.
  if (user.nativeType === 'aws_network_interface_sg_attachment') return [];
  const itself = { target: user, addressed: user, placed: user, when: YES, steps: [], isPrimary: YES };
  if (user.type === 'AWS::EC2::NetworkInterface') {
    const users = interfaceUsersOf(user);
    return users.length === 0 ? [itself] : users;
  }
  const behind = BEHIND[user.type];
  const edges = behind ? user.related(behind.kind).edges : [];
  // A Multi-AZ cluster has no instances of its own.
  if (!behind || edges.length === 0) return withInterfaces(user, itself);
  return flatMap(edges, ({ resource: target, when, via }) => {
    const leaves = all(...OVERRIDING.map((path) => notOverridden(target, path)));
    const there = all(judgement(target.when), judgement(when), leaves);
    const text = never(leaves)
      ? `${target.displayName} has network settings that replace those of ${user.displayName}`
      : connectionText(behind.kind, user, target);
    const isPlaced = behind.placed === 'target' && placementsOf(target).length > 0;
    return withInterfaces(user, {
      target,
      addressed: behind.addressed === 'user' ? user : target,
      placed: isPlaced ? target : user,
      when: there,
      steps: [{ resource: target, text, at: via, open: there }],
      isPrimary: YES,
    });
  });
});

/** An attachment for each network interface of a resource, if it has several. */
function withInterfaces(user: Resource, attachment: Attachment): readonly Attachment[] {
  const several = ownInterfacesOf(user);
  if (several.length === 0) return [attachment];
  return several.map((own) => ({ ...attachment, own, isPrimary: isPrimary(own.item) }));
}

/** The instances and launch templates that a network interface is attached to. */
function interfaceUsersOf(user: Resource): readonly Attachment[] {
  return flatMap(user.related('network-interface-users').edges, (edge): readonly Attachment[] => {
    const { resource, via } = edge;
    const attaching = resource.type === 'AWS::EC2::NetworkInterfaceAttachment';
    const targets = attaching ? resource.related('attachment-instance').edges : [edge];
    const primary = attaching ? isPrimary(resource) : isPrimaryItem(resource, via);
    return targets.map(({ resource: target, when }) => {
      const there = all(judgement(target.when), judgement(edge.when), judgement(when));
      const text = connectionText('network-interfaces', target, user);
      const steps = [{ resource: target, text, at: via, open: there }];
      return { target, addressed: user, placed: user, when: there, steps, isPrimary: primary };
    });
  });
}

/** Whether the item that names a network interface makes it the primary one. */
function isPrimaryItem(resource: Resource, via: Edge['via']): Judgement {
  const path =
    resource.type === 'AWS::EC2::LaunchTemplate' ? 'LaunchTemplateData.NetworkInterfaces' : 'NetworkInterfaces';
  const items = resource
    .each(path)
    .items.filter((item) => sameSpan(item.get('NetworkInterfaceId').origin.use, via.origin.use));
  return any(...items.map((item) => all(judgement(item.when), isPrimary(item))));
}
