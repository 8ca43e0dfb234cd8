/** IAM reference data for lookups in the editor: all services, even if no document names them. */
import { flatMap } from '../../base/flat-map.ts';
import { memoize } from '../../base/memoize.ts';
import type { Action, ServiceActions } from './action.ts';
import { iamData, type IamData, type IamFiles } from './iam-data.ts';
import { fullDescription } from './action-description.ts';
import type { ConditionKey } from './key-type.ts';
import { serviceActions, type ServiceData } from './service-actions.ts';

/**
 * The content of a file of `schemas/iam/descriptions/`: AWS's descriptions of the actions and condition keys of a
 * service, in the order of their names in its file of `schemas/iam/services/`. One that AWS does not describe is empty.
 */
export interface DescriptionsData {
  /** In the short form of `action-description.ts`. */
  readonly actions: readonly string[];
  readonly keys: readonly string[];
}

/** AWS's descriptions of the actions and condition keys of a service, by name. */
interface Descriptions {
  readonly actions: ReadonlyMap<string, string>;
  readonly keys: ReadonlyMap<string, string>;
}

export interface IamReference {
  readonly iam: IamData;
  /** The actions of a service by its prefix, in lower case; undefined for an unknown service. */
  service(prefix: string): ServiceActions | undefined;
  /** The descriptions of actions and keys of a service, loaded on demand. */
  descriptions(prefix: string): Descriptions | undefined;
}

/** The reference over data of `schemas/` by name; undefined if there is none. */
export function referenceOver(data: (name: string) => unknown): IamReference | undefined {
  const file = <T>(name: string): T | undefined => (data(`iam/${name}`) ?? undefined) as T | undefined;
  const services = file<IamFiles['services']>('services');
  if (!services) return undefined;
  const [globalKeys, partitions, risks] = [
    file<IamFiles['globalKeys']>('global-keys'),
    file<IamFiles['partitions']>('partitions'),
    file<IamFiles['risks']>('risks'),
  ];
  if (!globalKeys || !partitions || !risks) return undefined;
  return {
    iam: iamOf(services, () => ({
      services,
      globalKeys,
      partitions,
      risks,
      servicePrincipals: file<NonNullable<IamFiles['servicePrincipals']>>('service-principals'),
      managed: file<NonNullable<IamFiles['managed']>>('managed-policies'),
    })),
    service: (prefix) =>
      Object.hasOwn(services.services, prefix) ? actionsOf(prefix, file<ServiceData>(`services/${prefix}`)) : undefined,
    descriptions: (prefix) => {
      if (!Object.hasOwn(services.services, prefix)) return undefined;
      const service = file<ServiceData>(`services/${prefix}`);
      const texts = file<DescriptionsData>(`descriptions/${prefix}`);
      return service && texts && descriptionsOf(texts, service);
    },
  };
}

/** AWS's description of an action of a service; undefined if it has none. */
export function actionDescription(reference: IamReference, prefix: string, name: string): string | undefined {
  const short = reference.descriptions(prefix)?.actions.get(name);
  return short === undefined ? undefined : fullDescription(name, short);
}

/** AWS's description of a condition key of a service; undefined if it has none. */
export function keyDescription(reference: IamReference, prefix: string, name: string): string | undefined {
  return reference.descriptions(prefix)?.keys.get(name);
}

const descriptionsOf = memoize(({ actions, keys }: DescriptionsData, service: ServiceData): Descriptions => ({
  actions: named(service.actions, actions),
  keys: named(service.keys, keys),
}));

function named(names: Readonly<Record<string, unknown>>, texts: readonly string[]): ReadonlyMap<string, string> {
  return new Map(flatMap(Object.keys(names), (name, index) => (texts[index] ? [[name, texts[index]]] : [])));
}

/** Hosts keep loaded data for their lifetime, so results are kept too. */
const iamOf = memoize((_: IamFiles['services'], files: () => IamFiles): IamData => iamData(files()));

function actionsOf(prefix: string, data: ServiceData | undefined): ServiceActions | undefined {
  return data && serviceActions(prefix, data);
}

/**
 * The condition key with a name, global or of the service of its prefix. If a service defines a global key, the global
 * type applies.
 */
export function conditionKey({ iam, service }: IamReference, name: string): ConditionKey | undefined {
  return (
    iam.keys.named(name) ??
    iam.keys.named(name.replace(/^(aws:\w+tag\/).+$/i, '$1tag-key')) ??
    service(name.split(':')[0]!.toLowerCase())?.keys.named(name)
  );
}

/**
 * Whether a request for an action can have a condition key according to the data: the action supports it, or a resource
 * type of the action does.
 */
export function takesKey(service: ServiceActions, action: Action, name: string): boolean {
  const lower = name.toLowerCase();
  const isIt = (key: string): boolean =>
    key.toLowerCase() === lower || (/[$<]/.test(key) && lower.startsWith(key.split(/[$<]/)[0]!.toLowerCase()));
  return (
    action.keys.some(isIt) ||
    action.resources.some(({ type, keys }) => keys.some(isIt) || (service.resourceType(type)?.keys.some(isIt) ?? false))
  );
}

/** The page of a service in the Service Authorization Reference, at one of its actions or keys. */
export function authorizationPage(serviceName: string, at?: string): string {
  const slug = serviceName.toLowerCase().replace(/[^a-z0-9]/g, '');
  return `https://docs.aws.amazon.com/service-authorization/latest/reference/list_${slug}.html${at === undefined ? '' : `#${slug}-${at}`}`;
}
