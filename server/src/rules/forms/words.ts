/** The sentences and titles that forms make of their data. */
import type { Resource } from '../../model/resource.ts';
import type { Scalar } from './test.ts';

/** What a form says of a finding. `{setting}` in the advice stands for the name that the format has for the setting. */
export interface Words {
  /** Completes the name of the resource: `is not encrypted at rest`. */
  readonly problem: string;
  /** A sentence that says what follows, where the problem does not. */
  readonly consequence?: string;
  /** What to do, when it is not to set the setting. */
  readonly advice?: string;
  /** The title of the fix, when it is not `Set {setting} to VALUE`. */
  readonly fixTitle?: string;
  /** What the fix costs, for its title: `replaces the file system`. */
  readonly fixCost?: string;
}

/** The name of a setting in the words of the format: the last name of its path. */
export function settingName(resource: Resource, path: string): string {
  const native = resource.nativePath(path).replace(/\[\]$/, '');
  return native.slice(native.lastIndexOf('.') + 1);
}

/** A message: the name and the problem, the consequence, and what to do. */
export function messageOf(name: string, { problem, consequence, advice }: Words, setting: string): string {
  return [`${name} ${problem}.`, consequence, advice?.replaceAll('{setting}', setting)]
    .filter((sentence) => sentence !== undefined)
    .join(' ');
}

/** The title of a fix, with what it costs. */
export function titleOf(title: string, cost: string | undefined): string {
  return cost === undefined ? title : `${title} (${cost})`;
}

/** Values as a sentence lists them: `audit`, `api and audit`, `api, audit and authenticator`. */
export function listed(values: readonly Scalar[], word: 'and' | 'or' = 'and'): string {
  const texts = values.map(String);
  return texts.length < 2 ? texts.join('') : `${texts.slice(0, -1).join(', ')} ${word} ${texts.at(-1)!}`;
}
