/**
 * Changes at the definition of a value, outside the block of its resource: the supported ones, and the titles of their
 * fixes.
 */
import { LONGEST_TITLE, titleParts } from '../../base/fix-title.ts';
import { flatMap } from '../../base/flat-map.ts';
import type { Uri } from '../../base/span.ts';
import { folderOf, nameOf } from '../../base/uri.ts';
import type { TreeEdit } from '../../syntax/tree-edit.ts';
import type { Node } from '../../syntax/tree.ts';
import { isRefusal, refusal, type Refusal } from '../lowering.ts';
import { definitionAt, shownName, type Definition } from './definition.ts';
import type { SoleReadings } from './sole-reading.ts';

/** A fix in the words of its edits. */
export interface PlacedFix {
  readonly title: string;
  /** Whether all changed values are the configuration's own. Callers choose the others. */
  readonly own: boolean;
}

/** The title of a fix that changes values where they are written; undefined for a fix that changes none of these. */
export function placedFix(title: string, edits: readonly TreeEdit[]): PlacedFix | undefined {
  const definitions = flatMap(edits, (edit) => definitionOf(edit) ?? []);
  const [first] = definitions;
  if (!first) return undefined;
  const own = definitions.every(({ kind }) => kind === 'local');
  const [text, cost] = titleParts(title);
  const [edit] = edits;
  if (edits.length === 1 && edit?.op === 'replace' && first.exact && isScalar(edit.value)) {
    const set = `Set ${shownPlace(first, edit)} to ${String(edit.value)}`;
    if (title.startsWith('Set ') && set.length <= LONGEST_TITLE) return { title: set + cost, own };
  }
  const names = [...new Set(flatMap(edits, (one) => nameOfPlace(one) ?? []))].join(' and ');
  const whole = `${text} in ${names}`;
  return {
    title: whole.length <= LONGEST_TITLE ? whole + cost : `${text} (in ${names}${cost ? `; ${cost.slice(2)}` : ')'}`,
    own,
  };
}

/**
 * Why a change cannot refer to resources at its definition: a variable cannot, a local cannot refer to another module
 * or to the instance of a resource, and the resource that it refers to must not use it.
 */
export function whyNotReferable(edit: TreeEdit, from: Uri, readings: SoleReadings | undefined): Refusal | undefined {
  const definition = 'value' in edit ? definitionOf(edit) : undefined;
  if (!definition || !('value' in edit)) return undefined;
  const text = JSON.stringify(edit.value);
  if (!text.includes('${')) return undefined;
  const { kind, name } = definition;
  if (
    kind !== 'local' ||
    folderOf(edit.tree.doc) !== folderOf(from) ||
    /\[(?:each|count)\.|\$\{(?:each|count|self)\./.test(text)
  )
    return refusal(`${name} cannot refer to the resource`);
  const found = readings?.of(definition, 'any', { tree: edit.tree, node: nodeOf(edit) });
  return found && !isRefusal(found)
    ? undefined
    : refusal(`${name} has other uses, so the reference can create a cycle`);
}

function definitionOf(edit: TreeEdit): Definition | undefined {
  return definitionAt({ tree: edit.tree, node: nodeOf(edit) });
}

function nodeOf(edit: TreeEdit): Node {
  switch (edit.op) {
    case 'removePair':
    case 'addBlock':
      return edit.map;
    case 'renameKey':
      return edit.pair.value;
    case 'insertItem':
    case 'removeItem':
      return edit.list;
    default:
      return edit.at;
  }
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** The name of the changed value. */
function shownPlace({ kind, name, call, path }: Definition, { tree }: TreeEdit): string {
  const shown = shownName(name, path);
  switch (kind) {
    case 'local':
      return shown;
    case 'default':
      return `the default of ${shown}`;
    case 'file':
      return `${shown.replace(/^var\./, '')} in ${nameOf(tree.doc)}`;
    case 'argument':
      return `${shown.replace(/^var\./, '')} of module.${call}`;
  }
}

/** The name of the place of a change. */
function nameOfPlace(edit: TreeEdit): string | undefined {
  const definition = definitionOf(edit);
  switch (definition?.kind) {
    case 'local':
      return definition.name;
    case 'default':
      return `the default of ${definition.name}`;
    case 'file':
      return nameOf(edit.tree.doc);
    case 'argument':
      return `module.${definition.call}`;
    default:
      return undefined;
  }
}
