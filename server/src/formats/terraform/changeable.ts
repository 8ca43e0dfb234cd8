/** Where a value of a resource can be changed: in its own block, or at a definition that no other block uses. */
import type { Value } from '../../model/value.ts';
import { inFile, locate, spanOf, type Located } from '../located.ts';
import { editable, isRefusal, refusal, type Refusal } from '../lowering.ts';
import { definitionAt, shownName, type Definition } from './definition.ts';
import { constantText } from './expression/ast.ts';
import { needsEvaluation, parseScalar } from './expression/template.ts';
import type { NativeResource } from './native.ts';
import type { TerraformResource } from './resource.ts';

/** The node to change for a value. */
export interface Changeable extends Located {
  /** The place in the block of the resource that reads the value, if it is written elsewhere. */
  readonly user?: Located;
}

/**
 * The node of a value that can be changed, or the reason why it cannot: in the block of the resource, or where it is
 * written if only that block uses it.
 * @param item Whether the value is a list item that is removed or followed by a new one, so that its list changes.
 */
export function changeable(resource: TerraformResource, value: Value, item = false): Changeable | Refusal {
  const located = locate(value);
  const { edit } = value.origin;
  if (!located) return byCaller(value) ?? editable(value);
  if (edit !== 'here' && edit !== 'shared') return editable(value);
  // A value for an instance or a nested block is used in the same block only. If nothing else is known,
  // the place is that of the use.
  if (nativeHolderOf(resource, inFile(located)) && (edit === 'here' || !isUse(located, value))) return located;
  const definition = definitionAt(located);
  if (definition) return definedIn(resource, definition, located, item);
  return edit === 'shared' ? editable(value) : located;
}

/** A value of a variable that no file sets. */
function byCaller(value: Value): Refusal | undefined {
  const [from] = value.origin.steps;
  const input = value.state === 'unknown' ? (value.input?.split('#').at(-1) ?? '') : '';
  const name = input.startsWith('var.') ? input : from?.what === 'allowed' ? from.name : undefined;
  return name === undefined ? undefined : refusal(`the caller sets ${name}`);
}

/** A literal that is written in a local, a variable or a module call, if only the resource uses it. */
function definedIn(
  resource: TerraformResource,
  definition: Definition,
  located: Located,
  item: boolean,
): Changeable | Refusal {
  if (!isLiteral(located)) return refusal('the value is computed, not a literal');
  const { path, exact, name } = definition;
  const inList = item && exact && located.node.parent?.kind === 'list';
  const user = resource.made.readings?.of(definition, inList ? path.slice(0, -1) : path, located);
  if (!user) return refusal(`the value comes from ${name}, which other places can use`);
  if (isRefusal(user)) return user;
  return nativeHolderOf(resource, user)
    ? { ...located, user }
    : refusal(`another resource uses ${shownName(name, path)}`);
}

/**
 * Whether a node is a literal, list or object. Within an expression or a document in a string, only these are nodes.
 */
function isLiteral({ tree, node }: Located): boolean {
  if (tree.layer || node.kind !== 'scalar' || !needsEvaluation(node)) return node.kind !== 'alias';
  const { expression } = parseScalar(node);
  return (
    expression.kind === 'literal' ||
    (expression.kind === 'unary' && expression.operator === '-' && expression.operand.kind === 'literal') ||
    constantText(expression) !== undefined
  );
}

/**
 * The node of a value that can be removed. An item can be removed from its own list, but not from a value that is
 * referenced elsewhere.
 */
export function removable(resource: TerraformResource, value: Value): Located | Refusal {
  const located = changeable(resource, value, true);
  if (isRefusal(located)) return located;
  const isItem = located.node.parent?.kind === 'list';
  const isOwn = value.origin.edit === 'here' || (isItem && located.user !== undefined);
  if (!isOwn) return refusal('an expression refers to it');
  // Items are removed from lists in expressions, but not entries from objects.
  if (located.tree.language === 'expression' && !isItem) return refusal('it is part of an expression');
  return located;
}

function isUse({ tree, node }: Located, { origin: { use } }: Value): boolean {
  const { start, end } = spanOf(tree, node);
  return start <= use.start && end >= use.end;
}

/** The native resource that contains a place: the resource itself, or one of its companions. */
export function nativeHolderOf(
  { made: { native, joined } }: TerraformResource,
  { tree, node }: Located,
): NativeResource | undefined {
  return [native, ...joined.map((join) => join.native)].find(
    ({ place }) => place?.tree === tree && node.start >= place.body.start && node.end <= place.body.end,
  );
}
