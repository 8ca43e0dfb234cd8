/** Writes suppressions whose reason is known, such as those that are migrated from other tools. */
import { inert } from '../base/inert.ts';
import { beginsLine, indentation, lineEndOf, lineStart } from '../fixes/lines.ts';
import { writeEdits } from '../fixes/write.ts';
import { isTemplate, isTerraform, isToolOutput, type Format } from '../model/format.ts';
import type { Suppression, SuppressionScope } from '../model/suppression.ts';
import type { Node, Pair, Tree } from '../syntax/tree.ts';
import type { NewNode } from '../syntax/tree-edit.ts';
import type { Directive } from './comment-suppressions.ts';
import { rangeIn } from './places.ts';
import { resourceWith } from './resources.ts';
import { scopesOf } from './scopes.ts';
import { joinedEdit, type RefusedSuppression } from './suppression-edit.ts';
import { topOf } from './write-comment.ts';
import { bodyOf, entryBelow, isOnOwnLines } from './write-suppression.ts';

/** What a suppression states. */
export interface StatedSuppression {
  readonly rules: readonly string[];
  readonly reason: string;
  readonly until?: string;
}

/** The edit that writes a suppression. */
type StatedEdit = ReturnType<NonNullable<Suppression['removal']>> & object;

/** Where a suppression for a scope is written, and what it covers there. */
export type StatedPlace = { readonly covers: SuppressionScope } & (
  | { readonly kind: 'comment'; readonly start: number; readonly directive: Directive }
  | { readonly kind: 'metadata'; readonly body: Node | undefined }
);

/** The place for a scope in a document; what it covers is at least as wide. */
export function statedPlace(tree: Tree, format: Format, scope: SuppressionScope): StatedPlace | RefusedSuppression {
  if (scope.kind === 'selected' || isToolOutput(format)) return { refused: 'It cannot be written in the document.' };
  const hasComments = tree.language === 'yaml' || tree.language === 'hcl';
  const hasMetadata = isTemplate(format) || (isTerraform(format) && tree.language === 'json');
  if (scope.kind === 'file') {
    if (hasComments) return { kind: 'comment', start: topOf(tree), directive: 'stackwarden-disable', covers: scope };
    return hasMetadata
      ? { kind: 'metadata', body: tree.roots.length === 1 ? tree.roots[0] : undefined, covers: scope }
      : NO_PLACE;
  }
  const start = contentFrom(tree, scope.in.start);
  const resource = resourceWith(tree, format, { start, end: start });
  const isResource = resource?.start === start;
  if (hasComments && beginsLine(tree.text, start) && (!isResource || isOnOwnLines(tree, resource))) {
    const scopes = scopesOf(tree);
    const covers = rangeIn(tree, scopes.statement(scopes.lineOf(start)));
    return { kind: 'comment', start, directive: 'stackwarden-disable-next-line', covers };
  }
  return isResource && hasMetadata ? inResource(tree, resource, start) : NO_PLACE;
}

const NO_PLACE: RefusedSuppression = { refused: 'Neither a comment nor metadata can be written there.' };

function inResource(tree: Tree, resource: Pair, start: number): StatedPlace {
  return { kind: 'metadata', body: bodyOf(resource, { start, end: start }), covers: rangeIn(tree, resource) };
}

/** The first character from an offset on that is not white space. */
function contentFrom({ text }: Tree, from: number): number {
  let at = from;
  while (at < text.length && ' \t\r\n'.includes(text[at]!)) at++;
  return at;
}

/** The edit that writes a suppression in a place of the same tree. */
export function writeStated(
  tree: Tree,
  format: Format,
  place: StatedPlace,
  { rules, reason, until }: StatedSuppression,
): StatedEdit | RefusedSuppression {
  const text = inert(reason).trim();
  if (place.kind === 'comment') {
    const { start, directive } = place;
    const at = lineStart(tree.text, start);
    const date = until === undefined ? '' : ` until ${until}`;
    const indent = directive === 'stackwarden-disable' ? '' : indentation(tree.text, start);
    return {
      range: { start: at, end: at },
      newText: `${indent}# ${directive} ${rules.join(', ')}${date} -- ${text}${lineEndOf(tree.text)}`,
    };
  }
  const edit = entryBelow(tree, format, place.body, entryOf(format, rules, text, until));
  if ('refused' in edit) return edit;
  const result = writeEdits([edit]);
  return 'refused' in result ? result : joinedEdit(tree, result.edits);
}

/** An entry of metadata: in templates its keys begin with capital letters. */
function entryOf(
  format: Format,
  rules: readonly string[],
  reason: string,
  until: string | undefined,
): Readonly<Record<string, NewNode>> {
  const named: Readonly<Record<string, NewNode>> = rules.length === 1 ? { rule: rules[0]! } : { rules };
  const entry = { ...named, reason, ...(until === undefined ? {} : { until }) };
  if (!isTemplate(format)) return entry;
  return Object.fromEntries(Object.entries(entry).map(([key, value]) => [key[0]!.toUpperCase() + key.slice(1), value]));
}
