/**
 * Variable definition files of a root module: `terraform.tfvars`, `*.auto.tfvars` and those of `-var-file`, as JSON or
 * in Terraform's native syntax.
 * https://developer.hashicorp.com/terraform/language/values/variables#variable-definitions-tfvars-files
 */
import type { Uri } from '../../base/span.ts';
import { unknown } from '../../model/navigate.ts';
import type { Origin, Value } from '../../model/value.ts';
import type { Tree } from '../../syntax/tree.ts';
import { plainValue } from '../plain.ts';
import { constantText } from './expression/ast.ts';
import { evaluate } from './expression/evaluate.ts';
import { parseExpression } from './expression/parser.ts';
import type { Scope } from './expression/scope.ts';

/** The maximum number of evaluated expressions per file. */
const MAX_WORK = 100_000;

/** The variable values of a file. */
export interface VariableFile {
  /** By the name of the variable. Unreadable values are unknown. */
  readonly values: ReadonlyMap<string, Value>;
  /** Whether the whole file could be read. */
  readonly complete: boolean;
}

/** Whether a file is a variable file, by its name. */
export function isVariableFile(name: string): boolean {
  return /\.tfvars(?:\.json)?$/.test(name);
}

/** The values of a JSON file. All references to a variable share its value, so it cannot be changed for one of them. */
export function variablesInJson(tree: Tree): VariableFile {
  const [root] = tree.roots;
  const pairs = root?.kind === 'map' ? root.pairs : [];
  return {
    values: new Map(pairs.map((pair) => [pair.name, plainValue(tree, pair.value, undefined, 'shared')])),
    complete: root?.kind === 'map' && tree.problems.length === 0,
  };
}

/** The values in Terraform's native syntax, which has the syntax of an object's contents. */
export function variablesInText(doc: Uri, text: string): VariableFile {
  const around = `{\n${text}\n}`;
  const span: Scope['span'] = ({ start, end }) => ({
    doc,
    start: Math.max(0, start - 2),
    end: Math.min(text.length, end - 2),
  });
  const { expression, problems } = parseExpression(around);
  if (problems.length > 0 || expression.kind !== 'object') return { values: namesIn(doc, text), complete: false };
  const scope: Scope = { ...NOTHING, text: around, span, nesting: { level: 0, left: MAX_WORK } };
  const values = new Map<string, Value>();
  for (const { key, value } of expression.items) {
    const name = constantText(key);
    if (name !== undefined) values.set(name, evaluate(value, scope, { edit: 'shared' }));
  }
  return { values, complete: true };
}

/** The names that an unreadable file may set. */
function namesIn(doc: Uri, text: string): ReadonlyMap<string, Value> {
  return new Map(
    [...text.matchAll(/^[ \t]*"?([\p{L}_][\p{L}\p{N}_-]*)"?[ \t]*=(?!=)/gmu)].map((found): [string, Value] => [
      found[1]!,
      unknown(
        { use: { doc, start: found.index, end: found.index + found[0].length }, steps: [], edit: 'none' },
        'syntax',
      ),
    ]),
  );
}

/** Values of variables cannot contain references. */
const NOTHING: Omit<Scope, 'text' | 'span' | 'nesting'> = {
  within: '',
  variable: notKnown,
  local: notKnown,
  bound: () => undefined,
  resolve: () => undefined,
  reference: notKnown,
  domain: () => undefined,
  condition: () => undefined,
  call: () => undefined,
};

function notKnown(_: unknown, origin: Origin): Value {
  return unknown(origin, 'syntax');
}
