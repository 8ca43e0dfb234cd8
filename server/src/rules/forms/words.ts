/** The messages and fix titles of rule forms. */
import { lowerFirst } from '../../base/words.ts';
import type { Resource } from '../../model/resource.ts';
import type { Scalar } from './test.ts';

/** The words of a finding. `{setting}` in the advice is replaced by the native name of the setting. */
export interface Words {
  /** Completes the name of the resource: `is not encrypted at rest`. */
  readonly problem: string;
  /** The consequence as a sentence, where it is not obvious. */
  readonly consequence?: string;
  /** What to do as a sentence that begins with a verb, where it is not to set the setting. */
  readonly advice?: string;
  /** The title of the fix, where it is not `Set {setting} to VALUE`. */
  readonly fixTitle?: string;
  /** The cost of the fix, for its title: `replaces the file system`. */
  readonly fixCost?: string;
}

/** The native name of a setting: the last name of its path. */
export function settingName(resource: Resource, path: string): string {
  const native = resource.nativePath(path).replace(/\[\]$/, '');
  return native.slice(native.lastIndexOf('.') + 1);
}

/** A message of two sentences: the resource and the problem; the consequence and what to do. */
export function messageOf(name: string, { problem, consequence, advice }: Words, setting: string): string {
  const todo = advice?.replaceAll('{setting}', setting);
  const rest =
    consequence !== undefined && todo !== undefined
      ? `${consequence.replace(/\.$/, '')}; ${lowerFirst(todo)}`
      : (consequence ?? todo);
  return [`${name} ${problem}.`, ...(rest === undefined ? [] : [rest])].join(' ');
}

/** The title of a fix, with its cost in brackets. */
export function titleOf(title: string, cost: string | undefined): string {
  return cost === undefined ? title : `${title} (${cost})`;
}

/** A list of values in a sentence: `audit`, `api and audit`, `api, audit and authenticator`. */
export function listed(values: readonly Scalar[], word: 'and' | 'or' = 'and'): string {
  const texts = values.map(String);
  return texts.length < 2 ? texts.join('') : `${texts.slice(0, -1).join(', ')} ${word} ${texts.at(-1)!}`;
}
