/** Changes to a part of a string: at its source, within the functions that make the string. */
import { NewText, type NewPseudo, type ReplacePartEdit } from '../../model/edit.ts';
import { leaves } from '../../model/navigate.ts';
import type { Leaf } from '../../model/value.ts';
import { Tagged, type NewNode, type TreeEdit } from '../../syntax/tree-edit.ts';
import type { Node, Tree } from '../../syntax/tree.ts';
import { locate } from '../located.ts';
import { editable, isRefusal, refusal, type Refusal } from '../lowering.ts';
import type { ReferenceWriter } from '../new-node.ts';
import { argumentList, callOf, plainText } from './call.ts';
import { hasMarks, namedPlaceholder } from './join-layer.ts';

/** The range of a part in the string that a node resolves to. */
interface Part {
  readonly start: number;
  readonly end: number;
  readonly word: NewPseudo;
}

const ELSEWHERE = refusal('it is not a literal there');

/** Replaces a part of a string with a pseudo parameter. A string without functions becomes Fn::Sub. */
export function lowerPartEdit(
  { target, start, end, word }: ReplacePartEdit,
  leaf: Leaf,
  writer: ReferenceWriter,
): readonly TreeEdit[] | Refusal {
  const chosen = leaves(target).find(({ value }) => value === leaf)?.value;
  // The result of a function in one scenario has the place of the function.
  const located = editable(chosen && locate(chosen) ? chosen : target);
  return isRefusal(located) ? located : within(located.tree, located.node, { start, end, word }, writer);
}

function within(tree: Tree, node: Node, part: Part, writer: ReferenceWriter): readonly TreeEdit[] | Refusal {
  if (node.anchor) return ELSEWHERE;
  const call = callOf(node);
  if (!call) return node.kind === 'scalar' ? inText(tree, node, node.value, part, writer) : ELSEWHERE;
  if (call.name === 'Fn::Join') return inJoin(tree, argumentList(call), part, writer);
  if (call.name !== 'Fn::Sub') return ELSEWHERE;
  const list = argumentList(call);
  const text = list ? list[0] : call.argument;
  if (text?.kind !== 'scalar' || text.anchor) return ELSEWHERE;
  const changed = substituted(text.value, part);
  // The tag of the short form is on the string itself.
  return changed === undefined
    ? ELSEWHERE
    : [
        {
          op: 'replace',
          tree,
          at: text,
          value: text === node && node.tag ? new Tagged(node.tag.name, changed) : changed,
        },
      ];
}

function inText(
  tree: Tree,
  node: Node,
  text: string,
  part: Part,
  writer: ReferenceWriter,
): readonly TreeEdit[] | Refusal {
  if (text.length < part.end) return ELSEWHERE;
  if (!tree.layer) return [{ op: 'replace', tree, at: node, value: writtenAnew(text, part, writer) }];
  const changed =
    tree.placeholders === 'all'
      ? substituted(text, part)
      : tree.placeholders === 'parts'
        ? named(text, part)
        : undefined;
  return changed === undefined
    ? refusal('it is inside a string that cannot contain references')
    : [{ op: 'replace', tree, at: node, value: changed }];
}

function writtenAnew(text: string, { start, end, word }: Part, writer: ReferenceWriter): NewNode {
  return writer.text(new NewText(...[text.slice(0, start), word, text.slice(end)].filter((piece) => piece !== '')));
}

/** A string of Fn::Sub; undefined if an interpolation before the end of the part makes its offsets unknown. */
function substituted(text: string, { start, end, word }: Part): string | undefined {
  return text.length < end || text.slice(0, end).includes('${')
    ? undefined
    : `${text.slice(0, start)}\${${word.name}}${text.slice(end)}`;
}

/** The same for an item of a concatenated string, which can use Fn::Sub. */
function named(text: string, { start, end, word }: Part): string | undefined {
  return hasMarks(text.slice(0, end))
    ? undefined
    : `${text.slice(0, start)}${namedPlaceholder(word.name)}${text.slice(end)}`;
}

/** The part within the item of Fn::Join that contains all of it. */
function inJoin(
  tree: Tree,
  joined: readonly Node[] | undefined,
  part: Part,
  writer: ReferenceWriter,
): readonly TreeEdit[] | Refusal {
  const [delimiterNode, list] = joined ?? [];
  const delimiter = plainText(delimiterNode);
  if (delimiter === undefined || list?.kind !== 'list' || list.anchor || callOf(list)) return ELSEWHERE;
  let from = 0;
  for (const { value: item } of list.items) {
    const text = plainText(item);
    const isLast = text === undefined || from + text.length >= part.end;
    if (isLast)
      return from > part.start
        ? ELSEWHERE
        : within(tree, item, { ...part, start: part.start - from, end: part.end - from }, writer);
    from += text.length + delimiter.length;
  }
  return ELSEWHERE;
}
