/**
 * The first step of a fix: from canonical terms to the document's format. Each format lowers the edits of its resources
 * to edits of located trees; changes that cannot be made exactly are refused with an actionable reason.
 */
import { capital } from '../base/words.ts';
import type { ResourceEdit, SetEdit } from '../model/edit.ts';
import { leaves } from '../model/navigate.ts';
import type { Resource } from '../model/resource.ts';
import type { Leaf, Value } from '../model/value.ts';
import type { TreeEdit } from '../syntax/tree-edit.ts';
import { locate, type Located } from './located.ts';

export interface Refusal {
  readonly refused: string;
}

/** A resource that lowers its own edits. `leaf` is the marked value of a finding. */
export interface Lowerable extends Resource {
  readonly lowers: true;
  lower(edit: ResourceEdit, leaf: Leaf): readonly TreeEdit[] | Refusal;
}

/** Whether the format of a resource can write edits of it. */
export function isLowerable(resource: Resource): resource is Lowerable {
  return resource.lowers === true;
}

/** Whether a result is the reason why there is none. */
export function isRefusal<T extends object>(result: T | Refusal): result is Refusal {
  return 'refused' in result;
}

/**
 * A refusal with its reason: a clause without period, such as "the value is computed". `reasonSentence` makes it a
 * sentence.
 */
export function refusal(refused: string): Refusal {
  return { refused };
}

/** The reason of a refusal as a sentence. A name at its beginning, such as `var.size`, keeps its case. */
export function reasonSentence(reason: string): string {
  const sentence = /^[a-z]+[ ,;]/.test(reason) ? capital(reason) : reason;
  return sentence.endsWith('.') ? sentence : `${sentence}.`;
}

/** The resource that an edit changes or adds to. */
export function subjectOf(edit: ResourceEdit): Resource {
  return edit.op === 'addResource' ? edit.beside : edit.resource;
}

/** Converts an item for an absent list to the list with this item; other edits are unchanged. */
export function withList<E extends ResourceEdit>(edit: E): E | SetEdit {
  if (edit.op !== 'insertItem' || edit.path === undefined || edit.list.state !== 'absent' || edit.list.open)
    return edit;
  return { op: 'set', resource: edit.resource, path: edit.path, value: [edit.value] };
}

/** The names below the item of the last list in a path, which does not end with the items of a list. */
export function stepsInItem({ path }: Pick<SetEdit, 'path'>): readonly string[] {
  const own = path.replace(/\[\]$/, '');
  return own.slice(own.lastIndexOf('[]') + 3).split('.');
}

/** The node of a value that can be changed in place, or the reason why it cannot. */
export function editable(value: Value): Located | Refusal {
  switch (value.origin.edit) {
    case 'generated':
      return refusal('the document is generated; change its source');
    case 'none':
      return refusal('the value is computed, not a literal');
    case 'shared':
      return refusal(sharedReason(value));
    case 'here': {
      const located = locate(value);
      return located ?? refusal('the value is not a literal');
    }
  }
}

function sharedReason(value: Value): string {
  const step = value.origin.steps[0];
  return step
    ? `the value comes from ${step.name}, which other places can use`
    : 'the value is shared with other places';
}

/** Whether a value belongs to a parent of a path, and not to the path itself. */
export function isOfParent(resource: Resource, path: string, value: Value): boolean {
  const parent = path.slice(0, Math.max(0, path.lastIndexOf('.')));
  return (
    (value.state === 'unknown' && value.part === true) ||
    (parent !== '' && leaves(resource.get(parent)).some((leaf) => leaf.value === value))
  );
}
