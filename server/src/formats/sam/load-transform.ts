import { memoize } from '../../base/memoize.ts';
import type { Tree } from '../../syntax/tree.ts';
import type { Transformation } from '../cloudformation/transformation.ts';
import { readData, type DocumentReader } from '../format.ts';
import { servicesNamedIn } from '../relations/service-links.ts';
import type { SamMapping } from './mapping.ts';
import { samServicesNamedIn } from './named-services.ts';
import { samTransformation, type SamData } from './transform.ts';

/** The SAM transform, once its data is loaded. */
export interface SamTransform {
  of(tree: Tree): Transformation;
  /** The prefixes of the services whose actions its policy templates and connectors may allow in a template. */
  services(tree: Tree): ReadonlySet<string>;
  /** The services of the types that it generates. */
  readonly made: ReadonlySet<string>;
}

/**
 * The services of the types that the transform generates. Memoized by the data, which hosts keep for their lifetime.
 */
const servicesOfTransform = memoize((mapping: SamMapping) => servicesNamedIn(JSON.stringify(mapping)));

/** The SAM transform; undefined until its data is loaded, and 'none' without data. */
export function loadTransform(documents: DocumentReader): SamTransform | 'none' | undefined {
  const data = readData<SamData>(documents, {
    mapping: 'sam/resources',
    policies: 'sam/policies',
    connectors: 'sam/connectors',
  });
  if (!data) return undefined;
  const { mapping, policies, connectors } = data;
  if (!mapping || !policies || !connectors) return 'none';
  const sam = { mapping, policies, connectors };
  return {
    of: (tree) => samTransformation(tree, sam),
    services: (tree) => samServicesNamedIn(tree, sam),
    made: servicesOfTransform(mapping),
  };
}
