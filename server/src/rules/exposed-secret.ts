/** What CloudFormation shows in plain text although a stack was given it as a secret. */
import { isSecretName, isUserName } from '../model/credential.ts';
import { all, any, isOfParameter, not, readsAttribute, showsSecret, UNKNOWABLE, YES, type Judgement } from '../model/judgement.ts';
import type { Stack } from '../model/resource.ts';
import type { Value } from '../model/value.ts';

/** The attributes that are secrets themselves, by the type of the resource. */
const SECRET_ATTRIBUTES: ReadonlyMap<string, string> = new Map([['AWS::IAM::AccessKey', 'SecretAccessKey']]);

/** Whether a value is a secret of a stack, or has one interpolated: a NoEcho parameter, or an attribute that is a secret. A parameter that is only named like one is no proof. */
export function exposesSecret(stack: Stack): (value: Value) => Judgement {
  // In a string that a function makes it is not seen any more which parameter is secret, and a user name is none.
  const whole = stack.parameters.some((parameter) => parameter.secret && isUserName(parameter.name)) ? UNKNOWABLE : YES;
  const secrets = new Set(stack.parameters.filter((parameter) => parameter.secret && !isUserName(parameter.name)).map((parameter) => parameter.name));
  return (value) => {
    const isSecret = any(isOfParameter(value, (parameter) => secrets.has(parameter)), all(showsSecret(value), not(isOfParameter(value, isUserName)), whole));
    const isKey = readsAttribute(value, ({ to, attribute }) => {
      const type = stack.byAddress(to)?.type;
      return attribute !== undefined && type !== undefined && SECRET_ATTRIBUTES.get(type) === attribute;
    });
    return any(isSecret, isKey, all(isOfParameter(value, isSecretName), UNKNOWABLE));
  };
}
