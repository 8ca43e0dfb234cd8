import { bothTruths, eitherTruth, FALSE, Guard, MAYBE, TRUE, type Truth } from '../base/guard.ts';
import { itemsOf, leaves } from '../model/navigate.ts';
import type { RelationKind } from '../model/relation.ts';
import type { Edge, Related, Resource } from '../model/resource.ts';
import type { Leaf, Value } from '../model/value.ts';
import { configuredReferences } from './located.ts';

/** How two types are connected: the resource of type `from` names the one of type `to` at `path`. */
interface Link {
  readonly from: readonly string[];
  readonly path: string;
  readonly to: readonly string[];
  /** The property of the named resource whose literal value may stand for it. */
  readonly name?: string;
}

const BUCKET_OF_POLICY: Link = { from: ['AWS::S3::BucketPolicy'], path: 'Bucket', to: ['AWS::S3::Bucket'], name: 'BucketName' };
const LOAD_BALANCER_OF_LISTENER: Link = {
  from: ['AWS::ElasticLoadBalancingV2::Listener'], path: 'LoadBalancerArn', to: ['AWS::ElasticLoadBalancingV2::LoadBalancer'],
};
const GROUP_OF_RULE: Link = { from: ['AWS::EC2::SecurityGroupIngress'], path: 'GroupId', to: ['AWS::EC2::SecurityGroup'], name: 'GroupName' };
const BOUNDARY: Link = { from: ['AWS::IAM::Role', 'AWS::IAM::User'], path: 'PermissionsBoundary', to: ['AWS::IAM::ManagedPolicy'], name: 'ManagedPolicyName' };
const ROLES_OF_POLICY: Link = { from: ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::RolePolicy'], path: 'Roles', to: ['AWS::IAM::Role'], name: 'RoleName' };
const LOG_BUCKET_OF_BUCKET: Link = { from: ['AWS::S3::Bucket'], path: 'LoggingConfiguration.DestinationBucketName', to: ['AWS::S3::Bucket'], name: 'BucketName' };
const FUNCTION_OF_URL: Link = { from: ['AWS::Lambda::Url'], path: 'TargetFunctionArn', to: ['AWS::Lambda::Function'], name: 'FunctionName' };
const FUNCTION_OF_PERMISSION: Link = { from: ['AWS::Lambda::Permission'], path: 'FunctionName', to: ['AWS::Lambda::Function'], name: 'FunctionName' };
const FUNCTION_OF_ALIAS: Link = { from: ['AWS::Lambda::Alias'], path: 'FunctionName', to: ['AWS::Lambda::Function'], name: 'FunctionName' };
const ALIAS_OF_PERMISSION: Link = { from: ['AWS::Lambda::Permission'], path: 'FunctionName', to: ['AWS::Lambda::Alias'] };
const URL_OF_PERMISSION: Link = { from: ['AWS::Lambda::Permission'], path: 'FunctionName', to: ['AWS::Lambda::Url'] };

/** Each kind of relation as a link, seen from its end: `along` from the naming resource, `against` from the named one. */
const RELATIONS: Readonly<Record<RelationKind, { readonly link: Link; readonly direction: 'along' | 'against' }>> = {
  'bucket': { link: BUCKET_OF_POLICY, direction: 'along' },
  'bucket-policy': { link: BUCKET_OF_POLICY, direction: 'against' },
  'load-balancer': { link: LOAD_BALANCER_OF_LISTENER, direction: 'along' },
  'security-group': { link: GROUP_OF_RULE, direction: 'along' },
  'security-group-rules': { link: GROUP_OF_RULE, direction: 'against' },
  'boundary-of': { link: BOUNDARY, direction: 'against' },
  'role-policies': { link: ROLES_OF_POLICY, direction: 'against' },
  'access-log-sources': { link: LOG_BUCKET_OF_BUCKET, direction: 'against' },
  'function-of-url': { link: FUNCTION_OF_URL, direction: 'along' },
  'function-permissions': { link: FUNCTION_OF_PERMISSION, direction: 'against' },
  'function-aliases': { link: FUNCTION_OF_ALIAS, direction: 'against' },
  'alias-permissions': { link: ALIAS_OF_PERMISSION, direction: 'against' },
  'url-permissions': { link: URL_OF_PERMISSION, direction: 'against' },
};

/** Finds connections among the resources of a stack. */
export class Relations {
  readonly #byType = new Map<string, Resource[]>();
  readonly #closed: boolean;
  readonly #namers = new Map<Link, { readonly byAddress: Map<string, Resource[]>; readonly others: Resource[] }>();

  /** `closed` says whether these are all resources that there can be. */
  constructor(resources: readonly Resource[], closed: boolean) {
    this.#closed = closed;
    for (const resource of resources) {
      const list = this.#byType.get(resource.type);
      if (list) list.push(resource);
      else this.#byType.set(resource.type, [resource]);
    }
  }

  related(resource: Resource, kind: RelationKind): Related {
    const { link, direction } = RELATIONS[kind];
    if (direction === 'along') return this.#named(resource, link);
    const edges: Edge[] = [];
    let complete: Truth = this.#closed ? TRUE : MAYBE;
    for (const other of this.#naming(link, resource)) {
      const via = other.get(link.path);
      const said = refersTo(via, resource, link.name);
      const when = bothTruths(other.exists, said);
      if (said.yes.satisfiable()) edges.push({ resource: other, when, via });
      // Where it is not known whom the other resource names, it may be this one.
      complete = bothTruths(complete, { yes: said.yes.or(said.no).or(other.exists.no), no: Guard.never });
    }
    return { edges, complete };
  }

  #named(resource: Resource, link: Link): Related {
    const via = resource.get(link.path);
    const edges: Edge[] = [];
    let found: Truth = FALSE;
    const only = referredTo(via);
    const others = only ? this.#of(link.to).filter((other) => only.includes(other.address) || only.includes(other.family)) : this.#of(link.to);
    for (const other of others) {
      const said = refersTo(via, other, link.name);
      if (!said.yes.satisfiable()) continue;
      edges.push({ resource: other, when: bothTruths(said, other.exists), via });
      found = eitherTruth(found, said);
    }
    return { edges, complete: { yes: found.yes, no: Guard.never } };
  }

  /** The resources that may name another one by a link: those that refer to it, and those of which it is not seen whom they name. */
  #naming(link: Link, resource: Resource): readonly Resource[] {
    let named = this.#namers.get(link);
    if (!named) {
      named = { byAddress: new Map(), others: [] };
      for (const one of this.#of(link.from)) {
        const addresses = referredTo(one.get(link.path));
        if (!addresses) named.others.push(one);
        for (const address of addresses ?? []) {
          const list = named.byAddress.get(address);
          if (list) list.push(one);
          else named.byAddress.set(address, [one]);
        }
      }
      this.#namers.set(link, named);
    }
    const own = new Set([...named.byAddress.get(resource.address) ?? [], ...named.byAddress.get(resource.family) ?? []]);
    return [...own, ...named.others];
  }

  #of(types: readonly string[]): readonly Resource[] {
    return types.flatMap((type) => this.#byType.get(type) ?? []);
  }
}

/** The only resources that a value can name; undefined when it may name others too. */
function referredTo(value: Value): readonly string[] | undefined {
  const addresses: string[] = [];
  for (const { value: leaf } of leaves(value)) {
    if (leaf.state !== 'reference' || configuredReferences(leaf).length > 0) return undefined;
    addresses.push(leaf.to);
  }
  return addresses;
}

/** In which scenarios a value names a resource: by a reference, or by the same name. */
export function refersTo(value: Value, resource: Resource, nameProperty: string | undefined): Truth {
  let yes: Guard = Guard.never;
  let no: Guard = Guard.never;
  const say = (guard: Guard, answer: boolean | undefined): void => {
    if (answer === true) yes = yes.or(guard);
    if (answer === false) no = no.or(guard);
  };
  for (const { guard, value: leaf } of leaves(value)) {
    if (configuredReferences(leaf).includes(resource.family)) {
      say(guard, true);
      continue;
    }
    const names = nameProperty && (leaf.state === 'text' || leaf.state === 'unknown') ? leaves(resource.get(nameProperty)) : [];
    for (const own of names) if (isSame(leaf, own.value)) say(guard.and(own.guard), true);
    switch (leaf.state) {
      case 'reference': say(guard, leaf.to === resource.address || leaf.to === resource.family); break;
      case 'absent': say(guard, leaf.open ? undefined : false); break;
      case 'unknown': say(guard, leaf.refs.includes(resource.address) || leaf.refs.includes(resource.family) ? undefined : leaf.refs.length > 0 ? false : undefined); break;
      case 'known': {
        const name = nameProperty ? resource.get(nameProperty) : undefined;
        if (!name || name.state === 'absent') say(guard, false);
        else for (const own of leaves(name)) {
          const both = guard.and(own.guard);
          if (own.value.state === 'known') say(both, own.value.raw === leaf.raw);
          else if (own.value.state === 'absent') say(both, false);
        }
        break;
      }
      case 'list': {
        const each = itemsOf(leaf).items.map((item) => bothTruths(item.when, refersTo(item.value, resource, nameProperty)));
        const some = each.reduce(eitherTruth, FALSE);
        yes = yes.or(guard.and(some.yes));
        if (!leaf.open) no = no.or(guard.and(some.no));
        break;
      }
      default: break;
    }
  }
  return { yes, no };
}

/** Whether two values that are not known, or not wholly, are the same all the same: texts with the same parameters in the same places. */
function isSame(one: Leaf, other: Leaf): boolean {
  if (one.state === 'unknown') return other.state === 'unknown' && one.input !== undefined && one.input === other.input;
  if (one.state === 'reference') return other.state === 'reference' && one.to === other.to && one.attribute === other.attribute;
  if (one.state !== 'text' || other.state !== 'text' || one.pieces.length !== other.pieces.length) return false;
  return one.pieces.every((piece, index) => {
    const beside = other.pieces[index]!;
    return typeof piece === 'string' || typeof beside === 'string' ? piece === beside : isSame(piece, beside);
  });
}
