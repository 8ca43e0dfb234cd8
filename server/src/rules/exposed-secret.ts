/** Secrets that CloudFormation shows in plain text. */
import { memoize } from '../base/memoize.ts';
import { isSecretName } from '../model/credential.ts';
import {
  all,
  any,
  isOfParameter,
  readsAttribute,
  showsSecret,
  UNKNOWABLE,
  type Judgement,
} from '../model/judgement.ts';
import type { Stack } from '../model/resource.ts';
import type { Value } from '../model/value.ts';
import { isSecretAttribute } from './secret-attributes.ts';

/**
 * Whether a value is or interpolates a secret of a stack: a NoEcho parameter, a parameter that a property for a
 * credential takes, or an attribute that is a secret. A parameter with only the name of a secret makes it possible.
 */
export const exposesSecret = memoize((stack: Stack): ((value: Value) => Judgement) => {
  const inSecrets = new Set(stack.parameters.filter(({ inSecret }) => inSecret).map(({ name }) => name));
  const harmless = new Set(stack.parameters.filter((parameter) => parameter.harmless).map(({ name }) => name));
  const maybeSecret = (name: string): boolean => isSecretName(name) && !harmless.has(name);
  return (value) => {
    const isKey = readsAttribute(value, (reference) => isSecretAttribute(reference, stack));
    return any(
      showsSecret(value),
      isKey,
      inSecrets.size > 0 ? isOfParameter(value, (name) => inSecrets.has(name)) : any(),
      all(isOfParameter(value, maybeSecret), UNKNOWABLE),
    );
  };
});
