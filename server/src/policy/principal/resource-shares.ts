/**
 * AWS RAM resource shares, which give other accounts access to resources.
 * https://docs.aws.amazon.com/ram/latest/userguide/what-is.html
 */
import { itemsOfProperty, leaves } from '../../model/navigate.ts';
import type { Resource, Stack } from '../../model/resource.ts';
import { resourcesOfTypes } from '../../model/resources-of-type.ts';
import type { Value } from '../../model/value.ts';

/** The canonical type of a share. */
export const RESOURCE_SHARE = 'AWS::RAM::ResourceShare';

/** The shares of a stack that contain a resource. */
export function sharesOf(resource: Resource, stack: Stack): readonly Resource[] {
  return resourcesOfTypes(stack, [RESOURCE_SHARE]).filter((share) => names(share.get('ResourceArns'), resource));
}

/** Whether an item of a list refers to a resource. */
function names(list: Value, resource: Resource): boolean {
  return itemsOfProperty(list).items.some(({ value }) =>
    leaves(value).some(({ value: leaf }) => leaf.state === 'reference' && leaf.to === resource.address),
  );
}
