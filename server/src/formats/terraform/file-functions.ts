/**
 * Functions that read files. Paths are relative to the root of the configuration, where Terraform runs.
 * https://developer.hashicorp.com/terraform/language/functions/file, filebase64, templatefile, fileexists;
 * https://developer.hashicorp.com/terraform/language/expressions/references#filesystem-and-workspace-info
 */
import { flatMap } from '../../base/flat-map.ts';
import type { Uri } from '../../base/span.ts';
import { memoize } from '../../base/memoize.ts';
import { ownEntry } from '../../base/table.ts';
import { decoded } from '../../base/uri.ts';
import { unknown } from '../../model/navigate.ts';
import type { EditPlace, Leaf, Origin, Value } from '../../model/value.ts';
import { resolved, type Node, type ScalarNode, type Tree } from '../../syntax/tree.ts';
import { jsonOf } from '../located.ts';
import { plainValue } from '../plain.ts';
import type { Call, Expression } from './expression/ast.ts';
import { refsOf } from './expression/combine.ts';
import { terraformText } from './expression/conversions.ts';
import { evaluate } from './evaluate.ts';
import { base64encode } from './expression/functions/encoding.ts';
import { ofLeaves } from './expression/functions/function.ts';
import { scalar } from './expression/origin.ts';
import { parseTemplate } from './expression/parser.ts';
import { needsEvaluation, parseScalar } from './expression/template.ts';
import { expressionsIn, traversalOf, type Traversal } from './expression/references.ts';
import type { EvaluationBudget, Scope } from './expression/scope.ts';

/** A file that an expression reads. */
export interface FileText {
  readonly text: string;
  /** Its content as JSON, if it is a JSON document. */
  readonly document?: { readonly tree: Tree; readonly edit: EditPlace };
}

/** Returns a file by path; undefined if it was not read. */
export type ReadFile = (path: string) => FileText | 'missing' | undefined;

/** The value of a call of a function that reads files, at the place that the origin describes; undefined if unknown. */
export type FileFunction = (name: string, args: readonly Value[], origin: Origin) => Value | undefined;

/** The result of a template with variables, at the place that the origin describes; undefined if unknown. */
export type RenderTemplate = (text: string, variables: ObjectLeaf, origin: Origin) => Value | undefined;

type ObjectLeaf = Leaf & { readonly state: 'object' };

/** The maximum length of a file that is evaluated as a template, in characters. */
const LONGEST_TEMPLATE = 200_000;

/**
 * Evaluates calls of functions that read files or render templates. `read` returns the files; `nesting` is that of the
 * calling expression, whose depth and budget templates share.
 */
export function fileFunctions(read: ReadFile, nesting: EvaluationBudget): FileFunction {
  const functions: Readonly<Record<string, ReturnType<typeof ofLeaves>>> = {
    file: ofLeaves(([path], origin) => {
      const file = fileAt(path, read);
      return typeof file === 'object' ? textOfFile(file, origin) : unknown(origin, 'file', refsOf(path ? [path] : []));
    }),
    filebase64: ofLeaves(([path], origin) => {
      const file = fileAt(path, read);
      return typeof file === 'object'
        ? base64encode([scalar(origin, file.text)], origin)
        : unknown(origin, 'file', refsOf(path ? [path] : []));
    }),
    fileexists: ofLeaves(([path], origin) => {
      const file = fileAt(path, read);
      return file === undefined ? undefined : scalar(origin, file !== 'missing');
    }),
    templatefile: ofLeaves(([path, variables], origin) => {
      const file = fileAt(path, read);
      if (typeof file !== 'object')
        return unknown(origin, 'file', refsOf([path, variables].filter((leaf) => leaf !== undefined)));
      return variables?.state === 'object' ? rendered(file.text, variables, { origin, read, nesting }) : undefined;
    }),
    templatestring: ofLeaves(([template, variables], origin) => {
      const text = terraformText(template);
      if (text === undefined || text.length > LONGEST_TEMPLATE) return undefined;
      return variables?.state === 'object' ? rendered(text, variables, { origin, read, nesting }) : undefined;
    }),
  };
  return (name, args, origin) =>
    Object.hasOwn(functions, name) ? ownEntry(functions, name)!(args, origin) : undefined;
}

function fileAt(path: Leaf | undefined, read: ReadFile): FileText | 'missing' | undefined {
  const text = terraformText(path);
  return text === undefined ? undefined : read(text);
}

/** The content of a file. If the file is a document, its values keep their locations. */
function textOfFile({ text, document }: FileText, origin: Origin): Value {
  const value = scalar(origin, text);
  const root = document?.tree.roots[0];
  return root ? jsonOf(value, () => plainValue(document.tree, root, undefined, document.edit)) : value;
}

/** Renders templates that read no files; `nesting` is that of the configuration. */
export function templateRenderer(nesting: EvaluationBudget): RenderTemplate {
  return (text, variables, origin) => rendered(text, variables, { origin, read: () => undefined, nesting });
}

interface Rendering {
  readonly origin: Origin;
  readonly read: ReadFile;
  readonly nesting: EvaluationBudget;
}

/**
 * The result of a template with these variables. All its values have the range of the call, because they are used
 * there.
 */
function rendered(text: string, variables: ObjectLeaf, { origin, read, nesting }: Rendering): Value | undefined {
  if (text.length > LONGEST_TEMPLATE) return undefined;
  const { expression, problems } = parseTemplate(text);
  if (problems.length > 0) return undefined;
  const files = fileFunctions(read, nesting);
  const scope: Scope = {
    text,
    nesting,
    within: '',
    span: () => origin.use,
    variable: (_, at) => unknown(at, 'syntax'),
    local: (_, at) => unknown(at, 'syntax'),
    bound: (name) => variables.entries.find((entry) => entry.key === name && entry.when.yes.isAlways())?.value,
    resolve: () => undefined,
    reference: (_, at) => unknown(at, 'function'),
    domain: () => undefined,
    // The same text can be another condition in each call.
    condition: () => undefined,
    // A template cannot call the functions that render templates.
    call: (name, args, at) => (/^template(?:file|string)$/.test(name) ? undefined : files(name, args, at)),
  };
  return evaluate(expression, scope, { use: origin.use, ...(origin.key ? { key: origin.key } : {}), edit: 'none' });
}

/** The directories that `path` refers to. */
export interface Folders {
  readonly root: Uri;
  readonly module: Uri;
}

/** The value of `path.module` or `path.root`, relative to the root; undefined for other expressions. */
export function pathValue({ root, steps }: Traversal, folders: Folders, origin: Origin): Value | undefined {
  const [first] = steps;
  if (root !== 'path' || steps.length !== 1 || first?.kind !== 'attribute') return undefined;
  const path = first.name === 'root' ? '.' : first.name === 'module' ? pathOfModule(folders) : undefined;
  return path === undefined ? undefined : scalar(origin, path);
}

/** The path from the root of a configuration to the folder of a module. */
function pathOfModule({ root, module }: Folders): string {
  const [from, to] = [root.split('/'), module.split('/')];
  let same = 0;
  while (same < from.length && from[same] === to[same]) same++;
  const path = [...from.slice(same).map(() => '..'), ...to.slice(same).map(decoded)].join('/');
  return path === '' ? '.' : path;
}

const READING: ReadonlySet<string> = new Set(['file', 'filebase64', 'templatefile', 'fileexists']);

/** The paths of files that the expressions of a document name literally, once per occurrence. */
export function pathsReadIn(tree: Tree, folders: Folders): readonly string[] {
  return flatMap(readingCalls(tree), (call) => writtenPath(call, folders) ?? []);
}

/** The calls of a document that read files. Memoized, because most documents are the same in the next version. */
const readingCalls = memoize((tree: Tree): readonly Call[] => {
  if (!/file(?:exists|base64)?\s*\(/.test(tree.text)) return [];
  return flatMap([...templatesBelow(tree.roots[0])], (scalar) => expressionsIn(parseScalar(scalar).expression)).filter(
    (expression): expression is Call => expression.kind === 'call' && READING.has(expression.name),
  );
});

function writtenPath({ args: [path] }: Call, folders: Folders): string | undefined {
  return path && pathOf(path, folders);
}

/** A string of literals and references to `path`. */
function pathOf(expression: Expression, folders: Folders): string | undefined {
  if (expression.kind === 'template') {
    const pieces = expression.parts.map((part) =>
      part.kind === 'text' ? part.value : part.kind === 'interpolation' ? pathOf(part.expression, folders) : undefined,
    );
    return pieces.includes(undefined) ? undefined : pieces.join('');
  }
  const traversal = traversalOf(expression);
  const value =
    traversal && pathValue(traversal, folders, { use: { doc: '', start: 0, end: 0 }, steps: [], edit: 'none' });
  return value?.state === 'known' ? value.raw : undefined;
}

/** The templates that may read a file. */
function* templatesBelow(root: Node | undefined): Iterable<ScalarNode> {
  const open: Node[] = root ? [root] : [];
  for (let node = resolved(open.pop()); node; node = resolved(open.pop())) {
    if (node.kind === 'map') for (let i = node.pairs.length - 1; i >= 0; i--) open.push(node.pairs[i]!.value);
    else if (node.kind === 'list') for (let i = node.items.length - 1; i >= 0; i--) open.push(node.items[i]!.value);
    else if (node.kind === 'scalar' && needsEvaluation(node) && node.value.includes('file')) yield node;
  }
}
