/** The data of `schemas/relations/` for the services of a stack. */
import { memoize } from '../../base/memoize.ts';
import { ownEntry } from '../../base/table.ts';
import { unescaped } from '../../base/unescaped.ts';
import type { Tree } from '../../syntax/tree.ts';
import type { DocumentReader } from '../format.ts';
import {
  servicesNamedIn,
  type LinksOf,
  type ServiceLinks,
  type ServiceLinksIndex,
  type TypeLinks,
} from './service-links.ts';

const NO_LINKS: TypeLinks = {};

/** The services with data. */
const servicesOf = memoize(({ services }: ServiceLinksIndex): ReadonlySet<string> => new Set(services));

/** The services of the types that a template names. */
export const servicesOfTemplate = memoize((tree: Tree) => servicesNamedIn(unescaped(tree.text)));

/**
 * Looks up the properties that name resources, by type; undefined until the data of the services is loaded. It also
 * knows the types of other services whose data is loaded, such as those of nested templates.
 */
export function linksFor(documents: DocumentReader, services: Iterable<string>): LinksOf | undefined {
  const index = documents.data<ServiceLinksIndex>('relations/index');
  if (index === undefined) return undefined;
  const known = index ? servicesOf(index) : undefined;
  const dataOf = (service: string | undefined): ServiceLinks | null | undefined =>
    service !== undefined && known?.has(service) ? documents.data<ServiceLinks>(`relations/${service}`) : null;
  // All files are requested at once.
  if ([...services].map(dataOf).includes(undefined)) return undefined;
  // Rules look up the same few types repeatedly.
  const cache = new Map<string, TypeLinks | undefined>();
  return (type) => {
    if (!cache.has(type)) {
      const data = dataOf([...servicesNamedIn(type)][0]);
      cache.set(type, data === undefined ? undefined : (ownEntry(data?.types, type) ?? NO_LINKS));
    }
    return cache.get(type);
  };
}
