/** IAM reference data for lookups in the editor: all services, even if no document names them. */
import { memoize } from '../../base/memoize.ts';
import { ownEntry } from '../../base/table.ts';
import type { Action, ServiceActions } from './action.ts';
import { iamData, type IamData, type IamFiles } from './iam-data.ts';
import { fullDescription } from './action-description.ts';
import type { ConditionKey } from './key-type.ts';
import { serviceActions, type ServiceData } from './service-actions.ts';

/** AWS's descriptions of the actions and condition keys of a service. */
export interface Descriptions {
  /** In the short form of `action-description.ts`. */
  readonly actions: Readonly<Record<string, string>>;
  readonly keys: Readonly<Record<string, string>>;
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
    descriptions: (prefix) =>
      Object.hasOwn(services.services, prefix) ? file<Descriptions>(`descriptions/${prefix}`) : undefined,
  };
}

/** AWS's description of an action of a service; undefined if it has none. */
export function actionDescription(reference: IamReference, prefix: string, name: string): string | undefined {
  const short = ownEntry(reference.descriptions(prefix)?.actions, name);
  return short === undefined ? undefined : fullDescription(name, short);
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
