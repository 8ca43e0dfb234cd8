/** IAM data for rules besides service actions: global condition keys, partitions, AWS managed policies, risks. */
import { memoize } from '../../base/memoize.ts';
import { ownText } from '../../base/own-text.ts';
import { ownEntry } from '../../base/table.ts';
import { conditionKeys, type ConditionKeys } from './key-type.ts';

export interface Partition {
  /** The suffix of its host names: `amazonaws.com`. */
  readonly suffix: string;
  readonly regions: ReadonlySet<string>;
  /** The pattern of its Region names, including future ones. */
  readonly pattern: RegExp;
}

/** The permissions that an AWS managed policy allows on all resources without conditions. */
export interface ManagedPolicy {
  /** The path after `policy/`: `service-role/AWSLambdaBasicExecutionRole`. */
  readonly path: string;
  readonly admin: boolean;
  /** Whether it allows all actions except some. */
  readonly most: boolean;
  /** The patterns of the excepted actions, in lower case. */
  readonly except: readonly string[];
  /** The services with all their actions. */
  readonly services: readonly string[];
  /** The actions of `Risks` that it allows. */
  readonly actions: readonly string[];
  /**
   * Further actions that it allows on some resources, under conditions or by name, among those that change something
   * and those of `Risks`. The list is complete for such actions. `sqs:*` represents some actions of a service.
   */
  readonly reaches: readonly string[];
  /** Whether it allows changing the permissions of some type of resource. */
  readonly exposing: boolean;
}

/** Actions that together escalate privileges. */
export interface EscalationPath {
  /** Its usual name: `PassExistingRoleToNewLambdaThenInvoke`. */
  readonly name: string;
  readonly actions: readonly string[];
  /** Set if it uses the role of an existing resource, so that the identity needs access to such a resource. */
  readonly existing: boolean;
  /** Its number in the catalog of pathfinding.cloud. */
  readonly path?: string;
}

export interface Risks {
  readonly escalation: readonly EscalationPath[];
  /** Actions that return credentials, in lower case. */
  readonly credentials: ReadonlySet<string>;
  /** Actions that return the data of a resource, in lower case. */
  readonly exfiltration: ReadonlySet<string>;
  /** Actions of both lists in AWS's spelling, by their name in lower case. */
  readonly written: ReadonlyMap<string, string>;
}

export interface IamData {
  /**
   * The date of the data about services, actions and condition keys, such as 2026-09-26. Later additions are unknown.
   */
  readonly date: string;
  /** The names of services by prefix, in lower case. */
  readonly services: ReadonlyMap<string, string>;
  /** The condition keys that begin with `aws:`. */
  readonly keys: ConditionKeys;
  /** Prefixes of keys that no service defines, such as those of identity providers. */
  readonly keyPrefixes: readonly string[];
  /**
   * Names of service principals without their suffix, such as `ecs-tasks`. Most service principals are named after the
   * prefix of their actions; those are not listed.
   */
  readonly servicePrincipals: ReadonlySet<string>;
  /** The services that support resource control policies. */
  readonly rcpServices: ReadonlySet<string>;
  readonly partitions: ReadonlyMap<string, Partition>;
  readonly risks: Risks;
  /** The paths of all AWS managed policies, with the date of the data; undefined if no document names a policy. */
  readonly managedPolicies: { readonly date: string; readonly paths: readonly string[] } | undefined;
  /**
   * The AWS managed policy with this ARN or this path after `policy/`; undefined if it does not exist or no document
   * names one.
   */
  managed(arnOrPath: string): ManagedPolicy | undefined;
}

/** An AWS managed policy as the file has it, without the fields that have their defaults. */
type ManagedEntry = Partial<Omit<ManagedPolicy, 'path'>>;

/** The content of the files of `schemas/iam/` with these names. */
export interface IamFiles {
  readonly services: { readonly $: { readonly date: string }; readonly services: Readonly<Record<string, string>> };
  readonly globalKeys: {
    readonly keys: Readonly<Record<string, string>>;
    readonly prefixes: Readonly<Record<string, unknown>>;
    readonly rcp: Readonly<Record<string, unknown>>;
  };
  readonly partitions: {
    readonly partitions: Readonly<
      Record<string, { readonly suffix: string; readonly pattern: string; readonly regions: readonly string[] }>
    >;
  };
  readonly risks: {
    readonly escalation: Readonly<
      Record<string, { readonly actions: readonly string[]; readonly existing?: boolean; readonly path?: string }>
    >;
    readonly credentials: readonly string[];
    readonly exfiltration: readonly string[];
  };
  readonly servicePrincipals?: { readonly principals: Readonly<Record<string, unknown>> } | undefined;
  readonly managed?:
    | { readonly $: { readonly date: string }; readonly policies: Readonly<Record<string, ManagedEntry>> }
    | undefined;
}

/** A policy with the defaults for fields that the file omits. */
const NOTHING: Omit<ManagedPolicy, 'path'> = {
  admin: false,
  most: false,
  except: [],
  services: [],
  actions: [],
  reaches: [],
  exposing: false,
};

/** Memoized by the entry of the file, because rules ask for the policies of each identity many times. */
const managedPolicyOf = memoize((known: ManagedEntry, path: string): ManagedPolicy => ({
  ...NOTHING,
  path: ownText(path),
  ...known,
}));

/** Creates the data from the files. */
export function iamData({ services, globalKeys, partitions, risks, servicePrincipals, managed }: IamFiles): IamData {
  return {
    date: services.$.date,
    services: new Map(Object.entries(services.services)),
    keys: conditionKeys(globalKeys.keys),
    keyPrefixes: Object.keys(globalKeys.prefixes),
    servicePrincipals: new Set(Object.keys(servicePrincipals?.principals ?? {})),
    rcpServices: new Set(Object.keys(globalKeys.rcp)),
    partitions: new Map(
      Object.entries(partitions.partitions).map(([id, { suffix, pattern, regions }]) => [
        id,
        { suffix, regions: new Set(regions), pattern: new RegExp(pattern) },
      ]),
    ),
    risks: {
      escalation: Object.entries(risks.escalation).map(([name, { existing = false, ...path }]) => ({
        name,
        existing,
        ...path,
      })),
      credentials: lowerCased(risks.credentials),
      exfiltration: lowerCased(risks.exfiltration),
      written: new Map([...risks.credentials, ...risks.exfiltration].map((action) => [action.toLowerCase(), action])),
    },
    managedPolicies: managed && { date: managed.$.date, paths: Object.keys(managed.policies) },
    managed(arnOrPath) {
      const path = /^arn:[^:]*:iam::aws:policy\/(.+)$/.exec(arnOrPath)?.[1] ?? arnOrPath;
      const known = ownEntry(managed?.policies, path);
      return known && managedPolicyOf(known, path);
    },
  };
}

function lowerCased(actions: readonly string[]): ReadonlySet<string> {
  return new Set(actions.map((action) => action.toLowerCase()));
}
