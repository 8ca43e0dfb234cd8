/** The messages and fix titles of rule forms. */
import { lowerFirst } from '../../base/words.ts';
import type { Edit, Fix, Impact } from '../../model/edit.ts';
import type { Resource } from '../../model/resource.ts';
import type { Scalar } from './test.ts';

/** The words of a finding. `{setting}` is replaced by the native name of the setting. */
export interface Words {
  /** Completes the name of the resource: `is not encrypted at rest`. */
  readonly problem: string;
  /** The consequence as a sentence, where it is not obvious. */
  readonly consequence?: string;
  /** What to do as a sentence that begins with a verb, where it is not to set the setting. */
  readonly advice?: string;
}

/** The words of a rule. The problem is the opposite of its title, if it states no other. */
export type TitledWords = Omit<Words, 'problem'> & Partial<Pick<Words, 'problem'>>;

/** The data with the problem: `is not encrypted at rest` for `Disks should be encrypted at rest`. */
export function withProblem<D extends TitledWords & { readonly title: string }>(data: D): D & Words {
  return { ...data, problem: data.problem ?? problemOf(data.title) };
}

/** The opposite of a title, of one resource. */
function problemOf(title: string): string {
  const [, statement = ''] = title.split(' should ', 2);
  const negation = 'not ';
  const isNegative = statement.startsWith(negation);
  const [verb = '', ...others] = (isNegative ? statement.slice(negation.length) : statement).split(' ');
  const rest = others.map((word) => ` ${word}`).join('');
  if (isNegative) return thirdPerson(verb) + rest;
  return verb === 'be' ? `is not${rest}` : `does not ${verb}${rest}`;
}

function thirdPerson(verb: string): string {
  if (verb === 'be') return 'is';
  return verb === 'have' ? 'has' : `${verb}${/(?:s|x|z|ch|sh)$/.test(verb) ? 'es' : 's'}`;
}

/** What a fix costs. */
export interface FixCost {
  /** Its cost, for the title: `replaces the file system`. */
  readonly cost?: string;
  /** Set if the cost is that a resource is replaced or interrupted. */
  readonly impact?: Impact;
}

/** How the fix of a rule differs from a suggestion to write the correct value; `none` where there is no fix. */
export type FormFix =
  | 'none'
  | (FixCost & {
      /** The cost in Terraform, where it is another one; in a `settingRule`. */
      readonly terraform?: FixCost;
      /** Its title, where it is not `Set {setting} to VALUE`. */
      readonly title?: string;
      /** Set when the change cannot break anything, so that `--fix` applies it. */
      readonly safe?: true;
      /** Set if it removes the setting instead of writing a value, where the form is one of settings. */
      readonly remove?: true;
      /**
       * Set if another rule checks a related setting once this one is on, such as authentication in addition to
       * encryption.
       */
      readonly uncovers?: 'effect';
    });

/** Names that are too generic without the object that contains them. */
const GENERIC: ReadonlySet<string> = new Set([
  'enabled',
  'enable',
  'level',
  'mode',
  'name',
  'state',
  'status',
  'type',
  'value',
]);

/**
 * The native name of a setting: the last name of its path, after that of its object if it is generic:
 * `EncryptionAtRestOptions.Enabled`.
 */
export function settingName(resource: Resource, path: string): string {
  const names = resource.nativePath(path).replaceAll('[]', '').split('.');
  return names.slice(GENERIC.has(names.at(-1)!.toLowerCase()) ? -2 : -1).join('.');
}

/** The remedy, if a rule does not define it: to write the correct value, if there is only one. */
export function adviceOf({ advice }: Partial<Words>, good: Scalar | undefined): string {
  return advice ?? (good === undefined ? 'Set {setting}.' : `Set {setting} to ${String(good)}.`);
}

/** A message of two sentences: the resource and the problem; the consequence and what to do. */
export function sentences(name: string, { problem, consequence, advice }: Words, setting: string): string {
  const rest =
    consequence !== undefined && advice !== undefined
      ? `${consequence.replace(/\.$/, '')}; ${lowerFirst(advice)}`
      : (consequence ?? advice);
  // The name of the resource can contain anything.
  return `${name} ${[`${problem}.`, ...(rest === undefined ? [] : [rest])].join(' ').replaceAll('{setting}', setting)}`;
}

/** The fix of a rule, by its usual title and its edits; none if the rule has none. `cost` replaces that of the rule. */
export function formFix(
  fix: FormFix | undefined,
  title: string,
  edits: readonly Edit[],
  cost?: FixCost,
): readonly Fix[] {
  if (fix === 'none') return [];
  const { safe = false, uncovers } = fix ?? {};
  const { impact } = cost ?? fix ?? {};
  return [
    {
      title: fixTitleOf(fix, title, cost?.cost),
      safe,
      ...(uncovers ? { uncovers } : {}),
      ...(impact ? { impact } : {}),
      edits,
    },
  ];
}

/** The title of a fix with its cost in parentheses. */
export function fixTitleOf(fix: Exclude<FormFix, 'none'> | undefined, title: string, cost = fix?.cost): string {
  return `${fix?.title ?? title}${cost === undefined ? '' : ` (${cost})`}`;
}

/** A list of values in a sentence: `audit`, `api and audit`, `api, audit and authenticator`. */
export function listed(values: readonly Scalar[], word: 'and' | 'or' = 'and'): string {
  const texts = values.map(String);
  return texts.length < 2 ? texts.join('') : `${texts.slice(0, -1).join(', ')} ${word} ${texts.at(-1)!}`;
}
