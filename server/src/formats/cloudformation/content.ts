/** The content of a template by its resources, with which a later version of the template is compared. */
import type { ResourceContent, StackContent } from '../../model/content.ts';
import type { Address } from '../../model/value.ts';
import { shapeOf } from '../../syntax/shape.ts';
import type { Pair, Tree } from '../../syntax/tree.ts';
import { comparedWithin } from './compared-within.ts';
import { NO_INPUTS, type TemplateInputs } from './inputs.ts';
import { hasIncludes, hasLoops } from './macros.ts';
import type { TemplateReading } from './reading.ts';

/**
 * The content of a template. A value depends on the text of its resource, on how that is parsed, on which of the names
 * in it are resources, and on all other sections. Undefined if it can depend on the text of other resources: with nested
 * stacks, loops, includes, transforms, aliases or repeated names.
 * @param before The content of an earlier version, which saves work.
 */
export function templateContent(
  { source, closed, within, isMadeByCdk }: TemplateReading,
  before?: StackContent,
): StackContent | undefined {
  const { tree, nested, transformation, inputs, generated } = source;
  if (transformation || nested?.size || hasLoops(tree) || hasIncludes(tree)) return undefined;
  const parts = partsOf(tree);
  const names = new Set(parts?.entries.map(({ name }) => name));
  if (!parts || names.size !== parts.entries.length) return undefined;
  // Names that are not words are counted as named by every text.
  const odd = [...names].filter((name) => !/^\w+$/.test(name));
  const read = (pair: Pair, old?: ResourceContent): ResourceContent | undefined => {
    const shape = shapeOf(pair);
    if (!shape) return undefined;
    const text = tree.text.slice(pair.start, shape.end);
    const words = old?.text === text ? old.words : wordsIn(text);
    const named = words ? [...odd, ...words.filter((word) => names.has(word))] : [...names];
    return { text, words, start: pair.start, meaning: `${shape.hash} ${named.join()}` };
  };
  const sections = parts.sections.map((pair) => read(pair));
  const resources = new Map<Address, ResourceContent>();
  for (const pair of parts.entries) {
    const content = read(pair, before?.resources.get(pair.name));
    if (!content) return undefined;
    resources.set(pair.name, content);
  }
  if (sections.includes(undefined)) return undefined;
  const shared = [
    tree.doc,
    tree.language,
    // Directives.
    tree.text.slice(0, tree.roots[0]!.start),
    [generated, closed, isMadeByCdk],
    [within.yes.key(), within.no.key()],
    keyOfInputs(inputs ?? NO_INPUTS),
    [...comparedWithin(source)].map(([name, literals]) => [name, literals.map(({ text }) => text)]),
    sections.map((section) => [section?.text, section?.meaning]),
  ];
  return { shared: JSON.stringify(shared), resources };
}

/** The sections other than the resources, and the resources. Undefined if the text is not one template. */
function partsOf({
  roots,
}: Tree): { readonly sections: readonly Pair[]; readonly entries: readonly Pair[] } | undefined {
  const [root] = roots;
  if (root?.kind !== 'map' || roots.length > 1) return undefined;
  const [section, ...repeated] = root.pairs.filter(({ name }) => name === 'Resources');
  if (section?.value.kind !== 'map' || repeated.length > 0) return undefined;
  return { sections: root.pairs.filter((pair) => pair !== section), entries: section.value.pairs };
}

/** The words of a text, each once. Undefined if an escape sequence can hide some. */
function wordsIn(text: string): readonly string[] | undefined {
  return /\\[uUx\r\n]/.test(text) ? undefined : [...new Set(text.match(/\w+/g))];
}

function keyOfInputs({ deployments, scenario }: TemplateInputs): unknown {
  return [
    deployments.map(({ name, parameters, open = [] }) => [
      name,
      [...parameters].map(([parameter, { text }]) => [parameter, text]),
      [...open],
    ]),
    scenario && [[...scenario.conditions], [...scenario.parameters]],
  ];
}
