/**
 * Checks that no name that is only known at run time is looked up in a plain object, because `constructor` and
 * `__proto__` would return what it inherits. The name is looked up in a `Map`, in a `Table`, or by `ownEntry` of
 * `server/src/base/table.ts`. `npm run lint` runs it over `server/src`: oxlint has no types for custom rules, so this
 * uses the compiler itself, by an interface of TypeScript 7 that may change with its next version.
 */
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as ast from 'typescript/unstable/ast';
import { API, TypeFlags, type Checker, type Project, type Type } from 'typescript/unstable/sync';

/** A lookup of a name in a plain object, or a comment that exempts none. The line and the column begin with 1. */
export interface NameLookup {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The name as it is written; undefined for such a comment. */
  readonly key: string | undefined;
}

/** An object, and the expression whose value is looked up in it. */
interface ComputedLookup {
  readonly at: ast.Node;
  readonly holder: ast.Expression;
  readonly key: ast.Expression;
}

/** A comment at the end of the line of a lookup that is known to be safe. */
const EXEMPT = /\/\/ own-names: \w/;

/** The lookups in plain objects in the source files of a project that are in a folder. */
export function lookupsIn(config: string, folder: string): readonly NameLookup[] {
  // The compiler has slashes in paths on all systems.
  const [configFile, base] = [config, folder].map((path) => path.replaceAll('\\', '/')) as [string, string];
  const api = new API({ cwd: base });
  try {
    const project = api.updateSnapshot({ openProjects: [configFile] }).getProjects()[0];
    const files = project?.rootFiles.filter((file) => file.startsWith(base)) ?? [];
    if (!project || files.length === 0) throw new Error(`${config} has no source files in ${folder}`);
    return files.flatMap((file) => lookupsOf(project, file));
  } finally {
    api.close();
  }
}

function lookupsOf(project: Project, file: string): readonly NameLookup[] {
  const source = project.program.getSourceFile(file);
  if (!source) throw new Error(`${file} is not in the project`);
  const lookups = openLookups(source, project.checker).map(({ at, key }): NameLookup => {
    const { line, character } = source.getLineAndCharacterOfPosition(at.getStart(source));
    return { file, line: line + 1, column: character + 1, key: key.getText(source) };
  });
  const exempt = source.text
    .split('\n')
    .map((text, index) => ({ line: index + 1, column: text.search(EXEMPT) + 1 }))
    .filter(({ column }) => column > 0);
  return [
    ...lookups.filter(({ line }) => !exempt.some((one) => one.line === line)),
    ...exempt
      .filter(({ line }) => !lookups.some((one) => one.line === line))
      .map(({ line, column }): NameLookup => ({ file, line, column, key: undefined })),
  ];
}

function openLookups(source: ast.SourceFile, checker: Checker): readonly ComputedLookup[] {
  const computed = computedLookups(source);
  if (computed.length === 0) return [];
  const keys = checker.getTypeAtLocation(computed.map(({ key }) => unasserted(key)));
  const open = computed.filter((_, index) => isOpen(keys[index]));
  if (open.length === 0) return [];
  const holders = checker.getTypeAtLocation(open.map(({ holder }) => holder));
  return open.filter((_, index) => !isTable(checker, holders[index]));
}

/** The lookups of a source file by a computed name, by index or by `in`. */
function computedLookups(source: ast.SourceFile): readonly ComputedLookup[] {
  const computed: ComputedLookup[] = [];
  const visit = (node: ast.Node): void => {
    if (ast.isElementAccessExpression(node))
      computed.push({ at: node, holder: node.expression, key: node.argumentExpression });
    else if (
      ast.isBinaryExpression(node) &&
      node.operatorToken.kind === ast.SyntaxKind.InKeyword &&
      !ast.isPrivateIdentifier(node.left)
    )
      computed.push({ at: node, holder: node.right, key: node.left });
    node.forEachChild(visit);
  };
  visit(source);
  return computed;
}

/** A key without type assertions, which do not make its name known. */
function unasserted(key: ast.Expression): ast.Expression {
  return ast.isAsExpression(key) || ast.isNonNullExpression(key) || ast.isParenthesizedExpression(key)
    ? unasserted(key.expression)
    : key;
}

/** Whether a key can be any string. */
function isOpen(type: Type | undefined): boolean {
  if (type?.isUnionType()) return type.getTypes().some(isOpen);
  const flags = type?.flags ?? TypeFlags.Any;
  return (
    (flags & TypeFlags.AnyOrUnknown) !== 0 ||
    ((flags & TypeFlags.StringLike) !== 0 && (flags & TypeFlags.StringLiteral) === 0)
  );
}

function isTable(checker: Checker, type: Type | undefined): boolean {
  const holder = type && checker.getNonNullableType(type);
  return holder !== undefined && checker.getPropertiesOfType(holder).some(({ name }) => name.includes('@NO_PROTOTYPE'));
}

function messageOf(key: string | undefined): string {
  return key === undefined
    ? 'Unused comment: nothing is looked up in a plain object'
    : `A plain object also has what it inherits: look up ${key} in a Map, in a Table, or by ownEntry or putEntry (server/src/base/table.ts)`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const lookups = lookupsIn(`${root}tsconfig.json`, `${root}server/src/`);
  // As oxlint writes it with --format stylish.
  for (const { file, line, column, key } of lookups)
    console.error(`${relative(root, file)}\n  ${line}:${column}  error  ${messageOf(key)}  own-names`);
  process.exitCode = lookups.length > 0 ? 1 : 0;
}
