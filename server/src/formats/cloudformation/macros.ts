import { valueOf, type Node, type Tree } from '../../syntax/tree.ts';
import { matchesIn } from '../../syntax/tree-matches.ts';
import { isLoop } from './loop.ts';

/**
 * Transforms that keep names: they add no section, condition or resource that other parts of a template could refer to.
 */
const KNOWN_TRANSFORMS: ReadonlySet<string> = new Set([
  'AWS::LanguageExtensions',
  'AWS::Serverless-2016-10-31',
  'AWS::SecretsManager-2020-07-23',
  'AWS::SecretsManager-2024-09-16',
  'AWS::CodeDeployBlueGreen',
]);

export const LANGUAGE_EXTENSIONS = 'AWS::LanguageExtensions';
export const SAM = 'AWS::Serverless-2016-10-31';

/** Whether macros can change the template in unknown ways. */
export function hasMacros(template: Node | undefined): boolean {
  return (
    transformsOf(template).some((name) => name === undefined || !KNOWN_TRANSFORMS.has(name)) ||
    [template, valueOf(template, 'Conditions')].some(
      (node) => node?.kind === 'map' && node.pairs.some((pair) => pair.name.startsWith('Fn::') && !isLoop(pair.name)),
    )
  );
}

/** The names of the transforms of a template; undefined if a name is not a plain string. */
export function transformsOf(template: Node | undefined): readonly (string | undefined)[] {
  const transform = valueOf(template, 'Transform');
  const names = transform?.kind === 'list' ? transform.items.map((item) => item.value) : transform ? [transform] : [];
  return names.map((name) => (name.kind === 'scalar' ? name.value : undefined));
}

const LOOP = /Fn::ForEach::/g;
const INCLUDE = /Fn::Transform|!Transform/g;

/** Whether the template contains loops, so that it has more entries than its source. */
export function hasLoops(tree: Tree): boolean {
  return matchesIn(tree).of(LOOP).length > 0;
}

/** Whether the template contains includes, so that it has more entries than its source. */
export function hasIncludes(tree: Tree): boolean {
  return matchesIn(tree).of(INCLUDE).length > 0;
}
