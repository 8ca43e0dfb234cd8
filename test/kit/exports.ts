/** What source files export, from TypeScript's syntax trees. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import ts from 'typescript-6';

const ROOT = new URL('../../', import.meta.url);

/** The folders whose sources are checked. Tests export to each other only. */
const CHECKED = ['server/src', 'client/src', 'tools'];

/** A declaration that a file exports. Overloads of a function are one. */
export interface Exported {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** `default` for a default export. */
  readonly name: string;
  readonly isFunction: boolean;
  /** The text of its doc comment, without marks; undefined if it has none. */
  readonly doc: string | undefined;
}

/** The exported declarations of all sources. */
export function exportsOfSources(): readonly Exported[] {
  return execFileSync('git', ['ls-files', '--', ...CHECKED], { cwd: ROOT, encoding: 'utf8' })
    .split('\n')
    .filter((file) => /\.m?[jt]s$/.test(file) && !/\.d\.m?ts$/.test(file))
    .flatMap((file) => exportsOf(file, readFileSync(new URL(file, ROOT), 'utf8')));
}

/** The exported declarations of a source in its order. Exports of names that are declared elsewhere are none. */
export function exportsOf(file: string, text: string): readonly Exported[] {
  const source = ts.createSourceFile(
    file,
    text,
    { languageVersion: ts.ScriptTarget.ES2023, jsDocParsingMode: ts.JSDocParsingMode.ParseNone },
    false,
  );
  const found = new Map<string, Exported>();
  for (const statement of source.statements) {
    const declared = isExported(statement) ? declaredIn(statement) : [];
    if (declared.length === 0) continue;
    const line = source.getLineAndCharacterOfPosition(statement.getStart(source)).line + 1;
    const doc = docBefore(source, statement);
    // The first overload has the comment.
    for (const { name, isFunction } of declared)
      if (!isFunction || !found.has(name)) found.set(name, { file, line, name, isFunction, doc });
  }
  return [...found.values()];
}

function isExported(statement: ts.Statement): boolean {
  return (
    ts.canHaveModifiers(statement) &&
    ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true
  );
}

function declaredIn(statement: ts.Statement): readonly Pick<Exported, 'name' | 'isFunction'>[] {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.flatMap(({ name, initializer }) =>
      ts.isIdentifier(name)
        ? [{ name: name.text, isFunction: initializer !== undefined && makesFunction(initializer) }]
        : [],
    );
  if (ts.isFunctionDeclaration(statement)) return [{ name: statement.name?.text ?? 'default', isFunction: true }];
  if (
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isEnumDeclaration(statement)
  )
    return [{ name: statement.name?.text ?? 'default', isFunction: false }];
  return [];
}

/** Whether an expression is a function, or a call such as `memoize` that is given one and returns one. */
function makesFunction(value: ts.Expression): boolean {
  if (ts.isArrowFunction(value) || ts.isFunctionExpression(value)) return true;
  return ts.isCallExpression(value) && ts.isIdentifier(value.expression) && value.arguments.some(makesFunction);
}

/** The doc comment of a statement. Directives can be below it; one with an empty line below is that of the file. */
function docBefore(source: ts.SourceFile, statement: ts.Statement): string | undefined {
  const comments = ts.getLeadingCommentRanges(source.text, statement.pos) ?? [];
  const own = comments.findLast(({ kind }) => kind === ts.SyntaxKind.MultiLineCommentTrivia);
  if (!own) return undefined;
  const comment = source.text.slice(own.pos, own.end);
  const below = source.text.slice(own.end, statement.getStart(source));
  if (!comment.startsWith('/**') || /\n\s*\n/.test(below)) return undefined;
  return comment
    .replace(/^\/\*\*|\*\/$/g, '')
    .replace(/^\s*\*/gm, '')
    .trim();
}
