/** What rules know of IAM beside the actions of services: the condition keys of all services, partitions, AWS's own policies, risks. */
import { ownEntry } from '../base/table.ts';
import { conditionKeys, type ConditionKeys } from './key-type.ts';

export interface Partition {
  /** The ending of its host names: `amazonaws.com`. */
  readonly suffix: string;
  readonly regions: ReadonlySet<string>;
  /** What the names of its Regions look like, also of those that come later. */
  readonly pattern: RegExp;
}

/** What a policy of AWS allows on every resource without a condition. */
export interface ManagedPolicy {
  /** Below `policy/`: `service-role/AWSLambdaBasicExecutionRole`. */
  readonly path: string;
  readonly admin: boolean;
  /** Whether it allows all actions but some. */
  readonly most: boolean;
  /** The services of which it allows all actions. */
  readonly services: readonly string[];
  /** The actions of `Risks` among those that it allows. */
  readonly actions: readonly string[];
  /** Whether it allows to change who may use some kind of resource. */
  readonly exposing: boolean;
}

/** Actions that together give somebody more than it has. */
export interface EscalationPath {
  /** By which it is known: `PassExistingRoleToNewLambdaThenInvoke`. */
  readonly name: string;
  readonly actions: readonly string[];
  /** It works through a role that something has already, so only where any such thing is within reach. */
  readonly existing: boolean;
  /** Its number in the catalogue of pathfinding.cloud. */
  readonly path?: string;
}

export interface Risks {
  readonly escalation: readonly EscalationPath[];
  /** Actions whose answer is a credential, in lower case. */
  readonly credentials: ReadonlySet<string>;
  /** Actions that give away what a resource holds, in lower case. */
  readonly exfiltration: ReadonlySet<string>;
  /** Actions of both as AWS writes them, by how they are written in lower case. */
  readonly written: ReadonlyMap<string, string>;
}

export interface IamData {
  /** The day of the data about services, actions and condition keys, as 2026-09-26. What came later is not known. */
  readonly date: string;
  /** The names of services by prefix, in lower case. */
  readonly services: ReadonlyMap<string, string>;
  /** The condition keys that begin with `aws:`. */
  readonly keys: ConditionKeys;
  /** What stands before the colon of keys that no service describes, such as those of identity providers. */
  readonly keyPrefixes: readonly string[];
  /** Names by which services ask, without their ending: `ecs-tasks`. Most services ask by the prefix of their actions, which is not among these. */
  readonly servicePrincipals: ReadonlySet<string>;
  /** The services that resource control policies are about. */
  readonly rcpServices: ReadonlySet<string>;
  readonly partitions: ReadonlyMap<string, Partition>;
  readonly risks: Risks;
  /** The paths of all policies of AWS, and the day of that data; undefined where no document names one. */
  readonly managedPolicies: { readonly date: string; readonly paths: readonly string[] } | undefined;
  /** The policy of AWS with this ARN or this path below `policy/`; undefined when there is none, or nothing named one. */
  managed(arnOrPath: string): ManagedPolicy | undefined;
}

/** The content of the files of `schemas/iam/` of these names. */
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
    | {
        readonly $: { readonly date: string };
        readonly policies: Readonly<Record<string, Partial<Omit<ManagedPolicy, 'path'>>>>;
      }
    | undefined;
}

/** Puts together what was read. */
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
      return known && { path, admin: false, most: false, services: [], actions: [], exposing: false, ...known };
    },
  };
}

function lowerCased(actions: readonly string[]): ReadonlySet<string> {
  return new Set(actions.map((action) => action.toLowerCase()));
}
