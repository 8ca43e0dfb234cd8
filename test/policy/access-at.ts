/** Who has access to a resource of a document in memory. */
import { readConfiguration } from '../../server/src/config/read-configuration.ts';
import { documentStack, stacksOf } from '../../server/src/engine/analyzed-stacks.ts';
import { ParseCache } from '../../server/src/engine/parse-cache.ts';
import { collect } from '../../server/src/engine/run.ts';
import { listingOf, type AccessListing } from '../../server/src/hover/access/listing.ts';
import { lookupOver } from '../../server/src/policy/access/lookup.ts';
import { whoCan } from '../../server/src/policy/access/who-can.ts';
import { memoryReader } from '../kit/memory-reader.ts';

/**
 * The listing of a resource of a document that is alone; undefined for a type that is not evaluated.
 * @param configuration The text of the configuration.
 * @param onLookup Called for each lookup of the actions of a service.
 */
export function accessIn(
  name: string,
  text: string,
  address: string,
  configuration = '',
  onLookup: () => void = () => undefined,
): AccessListing | undefined {
  const doc = `file:///w/${name}`;
  const reader = memoryReader(new Map([[doc, text]]));
  const cache = new ParseCache();
  const options = { configuration: readConfiguration('file:///w/.stackwarden.yaml', configuration).configuration };
  const { stack } = documentStack(stacksOf(collect(reader, [doc], options, cache), options, cache), doc)!;
  const resource = stack.resources.find((one) => one.address === address);
  if (!resource) throw new Error(`There is no resource ${address}.`);
  const lookup = lookupOver((wanted) => reader.data(wanted), stack)!;
  const access = whoCan(resource, stack, {
    ...lookup,
    actions: (prefix) => {
      onLookup();
      return lookup.actions(prefix);
    },
  });
  return access && listingOf(access);
}
