/** The `variable` blocks of a directory. https://developer.hashicorp.com/terraform/language/block/variable */
import { memoize } from '../../base/memoize.ts';
import type { Uri } from '../../base/span.ts';
import { memoizeSteps } from '../../base/steps.ts';
import { isSecretName } from '../../model/credential.ts';
import type { Value } from '../../model/value.ts';
import { type Node, resolved, textOf, type Tree, valueOf } from '../../syntax/tree.ts';
import type { Span } from '../../base/span.ts';
import { domainOf, type Domain } from '../domain.ts';
import { spanOf } from '../located.ts';
import { namedBlocks } from './bodies.ts';
import { comparingTexts } from './comparisons.ts';
import { literalValue } from './literal.ts';
import type { DirectoryFiles } from './module-source.ts';
import { lastWith, type PlacedBody } from './overrides.ts';
import { typeConstraint, typeText, type TypeConstraint } from './type-constraint.ts';

/** The declaration of a variable. */
export interface VariableBlock {
  /** The possible values of a variable that is set only when the configuration is applied. */
  readonly domain: Domain;
  /** Whether it is marked as sensitive. */
  readonly secret: boolean;
  /** Whether its values must not be shown, because it is marked as sensitive or by its name. */
  readonly hidden: boolean;
  /** Its default as written; undefined without a default. */
  readonly fallback: Value | undefined;
  /** Whether it accepts null, instead of using the default for it. */
  readonly nullable: boolean;
  readonly type: TypeConstraint | undefined;
  /** The order of its items, if its type is a collection. */
  readonly order: 'sequence' | 'set' | undefined;
}

/** For each variable of a directory, the strings that it is compared with. */
export const comparedIn = memoizeSteps(({ configuration }: DirectoryFiles) =>
  comparingTexts(configuration.map(({ roots }) => roots[0])),
);

/**
 * The variables of a directory by name, with the values from variable files. Memoized, because a directory has as many
 * modules as there are calls of it.
 */
export const readVariables = memoize((files: DirectoryFiles): ReadonlyMap<string, VariableBlock> => {
  const { folder, configuration, values } = files;
  const compared = comparedIn(files);
  const pinned = new Map<string, Value>();
  let anything = false;
  for (const file of values) {
    if (file === 'unread') {
      anything = true;
      pinned.clear();
    } else for (const [name, value] of file.values) pinned.set(name, value);
  }
  const blocks = new Map<string, { readonly key: Span; readonly bodies: PlacedBody[] }>();
  for (const tree of configuration)
    for (const { name, pair, body } of namedBlocks(tree.roots[0], 'variable')) {
      const before = blocks.get(name);
      if (before) before.bodies.push({ tree, body });
      else blocks.set(name, { key: spanOf(tree, pair.key), bodies: [{ tree, body }] });
    }
  return new Map(
    [...blocks].map(
      ([name, { key, bodies }]) =>
        [
          name,
          variableBlock(name, {
            folder,
            key,
            bodies,
            given: pinned.get(name),
            anything,
            compared: compared.get(name) ?? [],
          }),
        ] as const,
    ),
  );
});

interface Read {
  readonly folder: Uri;
  readonly key: Span;
  readonly bodies: readonly PlacedBody[];
  readonly given: Value | undefined;
  /** Whether an unread file can set it to a value other than its default. */
  readonly anything: boolean;
  readonly compared: readonly string[];
}

function variableBlock(name: string, { folder, key, bodies, given, anything, compared }: Read): VariableBlock {
  const argument = (argument: string): { readonly tree: Tree; readonly node: Node } | undefined => {
    const placed = lastWith(bodies, argument);
    const node = placed && resolved(valueOf(placed.body, argument));
    return placed && node && { tree: placed.tree, node };
  };
  const literal = (raw: string, value: string | boolean): { text: string; value: Value } => ({
    text: raw,
    value: {
      state: 'known',
      origin: { use: key, steps: [], edit: 'none' },
      raw,
      quoted: typeof value === 'string',
      value,
    },
  });
  const written = argument('default');
  const fallback = written && literalValue(written.tree, written.node, 'shared');
  const writtenType = textOf(argument('type')?.node);
  const type = writtenType === undefined ? undefined : typeText(writtenType);
  const secret = textOf(argument('sensitive')?.node) === 'true';
  const hidden = secret || isSecretName(name);
  return {
    secret,
    hidden,
    fallback,
    nullable: textOf(argument('nullable')?.node) !== 'false',
    type: type === undefined ? undefined : typeConstraint(type),
    order: /^set\s*\(/.test(type ?? '') ? 'set' : /^(?:list|tuple)\s*\(/.test(type ?? '') ? 'sequence' : undefined,
    domain: domainOf({
      id: `${folder}#var.${name}`,
      kind: 'parameter',
      name: `var.${name}`,
      secret: hidden,
      ...(type === 'string' || type === 'number' || type === 'bool' ? { single: true } : {}),
      ...(given ? { pinned: { text: 'its given value', value: given } } : {}),
      ...(fallback && !anything
        ? { fallback: { text: written.node.kind === 'scalar' ? written.node.value : 'its default', value: fallback } }
        : {}),
      ...(type === 'bool' ? { allowed: [literal('true', true), literal('false', false)] } : {}),
      compared: compared.map((text) => literal(text, text)),
    }),
  };
}
