/** Credentials in lists of names and values: tags, environment variables, options. */
import { flatMap } from '../base/flat-map.ts';
import { isSecretName, isSecretText } from '../model/credential.ts';

/** The pairs of keys with which lists write names and values: tags, environment variables, parameter files, options. */
export const NAME_KEYS: ReadonlySet<string> = new Set([
  'Name',
  'name',
  'Key',
  'key',
  'ParameterKey',
  'OptionName',
  'ParameterName',
]);
export const VALUE_KEYS: ReadonlySet<string> = new Set([
  'Value',
  'value',
  'value_wo',
  'insecure_value',
  'ParameterValue',
  'DefaultValue',
]);

/** The values of credentials that an expression lists by name: `[{ name = "DB_PASSWORD", value = "…" }]`. */
export function namedInExpression(expression: string): readonly string[] {
  return flatMap([...expression.matchAll(OBJECT)], ([object]) => {
    const members = [...object.matchAll(MEMBER)].map(([, key, text]) => [key!, text!] as const);
    return members.some(([key, text]) => NAME_KEYS.has(key) && isSecretName(text))
      ? flatMap(members, ([key, text]) => (VALUE_KEYS.has(key) && isSecretText(text) ? [text] : []))
      : [];
  });
}

/** An object without others in an expression, as Terraform encodes them as JSON, and its names and values. */
const OBJECT = /\{[^{}]*\}/g;
const MEMBER = /([A-Za-z_]{1,32})"?[ \t]{0,20}[=:][ \t]{0,20}"([^"\\]{0,1000})"/g;
