import type { Parameter, Stack } from './resource.ts';
import type { Leaf } from './value.ts';

/** The parameter of a template that provides the whole value, if there is one. */
export function parameterOf({ parameters }: Stack, leaf: Leaf): Parameter | undefined {
  const id = leaf.state === 'unknown' ? leaf.input : undefined;
  return parameters.find(({ address, declaration }) => `${declaration.origin.use.doc}#${address}` === id);
}
