/** Ranges and scopes in a document. */
import type { Range, Span } from '../base/span.ts';
import type { SuppressionScope } from '../model/suppression.ts';
import type { Tree } from '../syntax/tree.ts';

/** A range of a document. */
export function spanIn({ doc }: Tree, { start, end }: Range): Span {
  return { doc, start, end };
}

/** What a suppression covers: the range of a resource or a statement. */
export function rangeIn(tree: Tree, range: Range): SuppressionScope {
  return { kind: 'range', in: spanIn(tree, range) };
}

/** A scope that is about one value only. */
export function limitedTo(value: string, whole: SuppressionScope, tree: Tree): SuppressionScope {
  return {
    kind: 'range',
    in: whole.kind === 'range' ? whole.in : { doc: tree.doc, start: 0, end: tree.text.length },
    value,
  };
}
