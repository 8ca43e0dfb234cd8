/** Credentials among named values: environment variables, options, arguments. */
import { flatMap } from '../base/flat-map.ts';
import { memoize } from '../base/memoize.ts';
import { isSecretName } from './credential.ts';
import { isLiteralSecret, isPlaceholder } from './script-secrets.ts';
import { AWS_KEY_ID, KEY_ID_AND_TOKENS, tokensIn } from './token.ts';
import { leaves } from './navigate.ts';
import type { Stack } from './resource.ts';
import type { Leaf } from './value.ts';

/** A credential within a value. */
export interface NamedSecret {
  /** The credential itself, as written in the value. */
  readonly text: string;
  readonly example: boolean;
  /** Whether it is an AWS access key. */
  readonly aws: boolean;
}

/** The placeholder for an interpolated part of a string. No format and no name contains it. */
const UNKNOWN_TEXT = '${}';

/** The literal text of a string, with a mark for each part that is not known; undefined for other values. */
export function literalText(leaf: Leaf): string | undefined {
  if (leaf.state === 'known')
    return typeof leaf.value === 'string' || typeof leaf.value === 'number' ? leaf.raw : undefined;
  if (leaf.state !== 'template') return undefined;
  return leaf.pieces.map((piece) => (typeof piece === 'string' ? piece : UNKNOWN_TEXT)).join('');
}

/** The name of a variable for a secret access key. */
const AWS_SECRET_KEY = /aws_?secret_?(?:access_?)?key$/i;

/**
 * The credential that a value has, by its format or by the name of the value. The default of a parameter with the name
 * of a credential is reported at the parameter.
 */
export function secretUnder(name: string, leaf: Leaf): NamedSecret | undefined {
  const text = literalText(leaf);
  if (text === undefined || isFromSecretInput(leaf)) return undefined;
  for (const { format, start, end, example } of tokensIn(text, KEY_ID_AND_TOKENS))
    return { text: text.slice(start, end), example, aws: format === AWS_KEY_ID };
  if (leaf.state === 'template' || !isSecretName(name.replaceAll('-', '_')) || !isLiteralSecret(name, text))
    return undefined;
  return { text, example: isPlaceholder(text), aws: AWS_SECRET_KEY.test(name) };
}

/** Whether a value is the default of a parameter with the name of a credential, which is reported at the parameter. */
function isFromSecretInput({ origin }: Leaf): boolean {
  return origin.steps.some((step) => isInput(step.what) && isSecretName(step.name));
}

/**
 * The values of the parameters that hold credentials: a script that interpolates one gets the credential from the
 * parameter.
 */
export const secretsOfParameters = memoize((stack: Stack): ReadonlySet<string> => {
  const values = flatMap(
    stack.parameters.filter(({ name, secret }) => secret || isSecretName(name)),
    ({ fallback, others }) => [fallback, ...(others ?? [])],
  );
  return new Set(flatMap(values, (value) => flatMap(leaves(value), ({ value: leaf }) => literalText(leaf) ?? [])));
});

function isInput(what: string): boolean {
  return what === 'default' || what === 'variable' || what === 'allowed' || what === 'given';
}
