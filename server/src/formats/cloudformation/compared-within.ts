/** The literals that a template and its nested stacks compare with the parameters. */
import { memoize } from '../../base/memoize.ts';
import { resolved, valueOf } from '../../syntax/tree.ts';
import { mergedPair } from './call.ts';
import { comparedLiterals, referredParameter, type Compared, type ComparedLiterals } from './compared-literals.ts';
import { SHARED_PSEUDO_PARAMETERS } from './parameters.ts';
import type { TemplateSource } from './reading.ts';

/**
 * The literals for the parameters of a template: its own, and those of nested stacks for the parameters passed to them.
 * A value must be the same on both sides, because mutually exclusive conditions would otherwise seem to be true
 * together.
 */
export const comparedWithin = memoize((source: TemplateSource): ComparedLiterals => {
  const own = comparedLiterals(source.tree);
  return source.nested?.size ? withNested(own, source) : own;
});

function withNested(own: ComparedLiterals, { tree, nested = new Map() }: TemplateSource): ComparedLiterals {
  const found = new Map(
    [...own].map(([name, literals]) => [name, new Map(literals.map((literal) => [literal.text, literal]))]),
  );
  const add = (name: string, literals: readonly Compared[] = []): void => {
    const known = found.get(name) ?? new Map<string, Compared>();
    if (literals.length > 0) found.set(name, known);
    for (const literal of literals) if (!known.has(literal.text)) known.set(literal.text, literal);
  };
  const resources = valueOf(resolved(tree.roots[0]), 'Resources');
  for (const [stack, inner] of nested) {
    const compared = comparedWithin(inner);
    for (const name of SHARED_PSEUDO_PARAMETERS) add(name, compared.get(name));
    const properties = mergedPair(valueOf(resources, stack), 'Properties')?.pair.value;
    const passed = resolved(mergedPair(properties, 'Parameters')?.pair.value);
    for (const { name, value } of passed?.kind === 'map' ? passed.pairs : []) {
      const node = resolved(value);
      const parameter = node && referredParameter(node);
      if (parameter !== undefined) add(parameter, compared.get(name));
    }
  }
  return new Map([...found].map(([name, literals]) => [name, [...literals.values()]]));
}
