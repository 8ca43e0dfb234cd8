/**
 * Modules, which CloudFormation replaces with other resources before it deploys a template. These resources are
 * unknown. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/modules.html
 */
import type { ExpandedPair } from './loop.ts';
import { mergedPair } from './call.ts';

/**
 * The maximum length of a logical ID:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
 */
const LONGEST_ID = 255;

/** The names of the modules among the resources. A module type has a fourth part. */
export function modulesAmong(resources: readonly ExpandedPair[]): ReadonlySet<string> {
  return new Set(
    resources
      .filter(({ pair, template }) => template.text(mergedPair(pair.value, 'Type')?.pair.value)?.endsWith('::MODULE'))
      .map(({ name }) => name),
  );
}

/**
 * The name of a resource in one of the modules, `Module.Name`, for a reference: `Module.Name` or `ModuleName`.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/module-ref-resources.html
 */
export function nameInModule(modules: ReadonlySet<string>, name: string): string | undefined {
  if (modules.size === 0) return undefined;
  for (let end = Math.min(name.length - 1, LONGEST_ID); end > 0; end--) {
    const inside = name.slice(name[end] === '.' ? end + 1 : end);
    if (inside !== '' && modules.has(name.slice(0, end)) && (name[end] === '.' || !inside.includes('.')))
      return `${name.slice(0, end)}.${inside}`;
  }
  return undefined;
}
