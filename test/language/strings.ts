/** The texts of source files that people read: string literals with words in them, and comments. */
import ts from 'typescript-6';

export interface Found {
  readonly line: number;
  readonly text: string;
  readonly kind: 'string' | 'comment';
}

/** The strings of at least two words of a source file, and its comments. */
export function textsOf(name: string, source: string): readonly Found[] {
  const file = ts.createSourceFile(name, source, ts.ScriptTarget.ES2023, true);
  const found: Found[] = [];
  const add = (at: number, text: string, kind: Found['kind']): void => {
    if (/\w \w/.test(text)) found.push({ line: file.getLineAndCharacterOfPosition(at).line + 1, text, kind });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) {
      if (!ts.isImportDeclaration(node.parent)) add(node.getStart(), node.text, 'string');
    } else if (ts.isTemplateExpression(node)) {
      add(
        node.getStart(),
        [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('…'),
        'string',
      );
      for (const { expression } of node.templateSpans) visit(expression);
      return;
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  const seen = new Set<number>();
  const comments = (node: ts.Node): void => {
    for (const { pos, end } of [
      ...(ts.getLeadingCommentRanges(source, node.getFullStart()) ?? []),
      ...(ts.getTrailingCommentRanges(source, node.getEnd()) ?? []),
    ]) {
      if (seen.has(pos)) continue;
      seen.add(pos);
      add(
        pos,
        source
          .slice(pos, end)
          .replace(/^\s*(?:\/\*+|\*\/|\*|\/\/)/gm, ' ')
          .replace(/\s+/g, ' '),
        'comment',
      );
    }
    ts.forEachChild(node, comments);
  };
  comments(file);
  return found;
}
