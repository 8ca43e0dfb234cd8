import { resolved, type Node } from '../../syntax/tree.ts';
import { constantText, type Expression } from './expression/ast.ts';
import { parseTemplate } from './expression/parser.ts';
import { expressionsIn } from './expression/references.ts';

/** For each variable the texts that expressions compare it with, in the order of the documents. */
export function comparedTexts(roots: readonly (Node | undefined)[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const text of roots.flatMap((root) => [...templatesBelow(root)])) {
    for (const expression of expressionsIn(parseTemplate(text).expression)) {
      if (expression.kind !== 'binary' || (expression.operator !== '==' && expression.operator !== '!=')) continue;
      for (const [one, other] of [[expression.left, expression.right], [expression.right, expression.left]] as const) {
        const name = variableName(one);
        const literal = constantText(other);
        if (name !== undefined && literal !== undefined) found.set(name, [...found.get(name) ?? [], literal]);
      }
    }
  }
  return found;
}

function variableName(expression: Expression): string | undefined {
  return expression.kind === 'attribute' && expression.of.kind === 'variable' && expression.of.name === 'var' ? expression.name : undefined;
}

/** The texts that compare something with a variable, as far as a quick look tells. */
function* templatesBelow(root: Node | undefined): Iterable<string> {
  const open: Node[] = root ? [root] : [];
  for (let node = resolved(open.pop()); node; node = resolved(open.pop())) {
    if (node.kind === 'map') for (let i = node.pairs.length - 1; i >= 0; i--) open.push(node.pairs[i]!.value);
    else if (node.kind === 'list') for (let i = node.items.length - 1; i >= 0; i--) open.push(node.items[i]!.value);
    else if (node.kind === 'scalar' && node.style === 'double' && node.value.includes('var.') && /[=!]=/.test(node.value)) yield node.value;
  }
}
