/**
 * The fixes of a literal secret, as choices: AWS manages it, the stack reads it from Secrets Manager, or a deployment
 * provides it.
 */
import { fitting } from '../../base/fix-title.ts';
import type { Fix } from '../../model/edit.ts';
import { parameterOf } from '../../model/input.ts';
import type { Resource, Stack } from '../../model/resource.ts';
import type { Leaf, Value } from '../../model/value.ts';
import type { SecretPlace } from './secret-rule.ts';
import { formFix, settingName, type FormFix } from './words.ts';

/** The longest name of a property in a title. */
export const LONGEST_NAME = 30;

/** The fixes for one place; none if the rule offers none. All need a decision, so none is safe. */
export function secretFixes(
  resource: Resource,
  place: SecretPlace,
  secret: Value,
  leaf: Leaf,
  fix: FormFix | undefined,
): readonly Fix[] {
  if (fix === 'none') return [];
  const name = secretName(resource, place.path);
  // Editors cut long titles.
  const what = name.length > LONGEST_NAME ? 'the secret' : name;
  return [
    ...managing(resource, place, secret, fix),
    ...(resource.nativeType.includes('::') && !place.stores ? [reading(resource, what, place, leaf)] : []),
    parameterFix(resource, what, place, leaf),
  ];
}

/** The name of a secret in a sentence: that of its property, with a word for one of several values. */
export function secretName(resource: Resource, path: string): string {
  const setting = settingName(resource, path);
  return path.endsWith('[]') ? `${setting} value` : setting;
}

/** The fix that lets AWS manage the secret. */
function managing(
  resource: Resource,
  { managedBy }: SecretPlace,
  secret: Value,
  fix: FormFix | undefined,
): readonly Fix[] {
  if (managedBy === undefined) return [];
  return formFix(fix, `Set ${settingName(resource, managedBy)} to true`, [
    { op: 'remove', resource, target: secret },
    { op: 'set', resource, path: managedBy, value: true },
  ]);
}

/**
 * The fix that reads the secret with a dynamic reference, which all properties of resources can contain.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/cfn-example_reference-secret.html
 */
function reading(resource: Resource, what: string, { path, replaces }: SecretPlace, target: Leaf): Fix {
  const secret = `${secretNameBase(resource)}/${lastName(path)}`;
  return {
    title: `Read ${what} from Secrets Manager (create ${secret} first${replaces ? '; replaces the resource' : ''})`,
    safe: false,
    ...(replaces ? { impact: 'replace' } : {}),
    edits: [
      { op: 'replace', resource, target, value: `{{resolve:secretsmanager:${secret}:SecretString:${keyOf(path)}}}` },
    ],
  };
}

/** The fix that takes the secret from a new parameter or variable. */
function parameterFix(resource: Resource, what: string, { path, replaces }: SecretPlace, target: Leaf): Fix {
  const title = resource.nativeType.includes('::')
    ? `Pass ${what} as a NoEcho parameter (deployments must provide it${replaces ? '; a new value replaces the resource' : ''})`
    : `Pass ${what} as a variable (sensitive; deployments must provide it)`;
  return {
    title,
    safe: false,
    // The parameter can have the value that the resource has.
    edits: [{ op: 'giveSecret', resource, target, name: `${secretNameBase(resource)}${lastName(path)}` }],
  };
}

/** The fix that hides the parameter of a template from which a secret comes. */
export function hidingFixes(stack: Stack, leaf: Leaf): readonly Fix[] {
  const input = parameterOf(stack, leaf);
  return input
    ? [
        {
          title: fitting([input.name, 'the parameter'].map((what) => `Set NoEcho to true for ${what}`)),
          safe: false,
          edits: [{ op: 'changeInput', input, secret: true }],
        },
      ]
    : [];
}

/** The name of a resource in the names of its secret: the logical ID, or the type and the name. */
export function secretNameBase({ family }: Resource): string {
  return family
    .slice(family.lastIndexOf('/') + 1)
    .replaceAll(/[^\w.-]/g, '')
    .split('.')
    .at(-1)!;
}

/** The name of a secret: that of its property, in the singular for the items of a list. */
function lastName(path: string): string {
  return path
    .replace(/s?\[\]$/, '')
    .split('.')
    .at(-1)!;
}

/** The key in the JSON of the secret: `password` for `MasterUserPassword`. */
function keyOf(path: string): string {
  return /([A-Z][a-z]+)$/.exec(lastName(path))?.[1]?.toLowerCase() ?? 'value';
}
