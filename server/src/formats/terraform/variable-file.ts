/**
 * Variable definition files of a root module: `terraform.tfvars`, `*.auto.tfvars` and those of `-var-file`, as JSON or
 * in Terraform's native syntax.
 * https://developer.hashicorp.com/terraform/language/values/variables#variable-definitions-tfvars-files
 */
import { unknown } from '../../model/navigate.ts';
import type { Value } from '../../model/value.ts';
import { pairShape } from '../../syntax/shape.ts';
import type { Node, Pair, Tree } from '../../syntax/tree.ts';
import { spanOf } from '../located.ts';
import { literalValue } from './literal.ts';

/** The variable values of a file. */
export interface VariableFile {
  /** By the name of the variable. Unreadable values are unknown. */
  readonly values: ReadonlyMap<string, Value>;
  /** Whether the whole file could be read. */
  readonly complete: boolean;
  /** How a value is written, which determines it. */
  written(name: string): string;
}

/** Whether a file is a variable file, by its name. */
export function isVariableFile(name: string): boolean {
  return /\.tfvars(?:\.json)?$/.test(name);
}

/** The values of a file. All references to a variable share its value, so it is not changed for one of them. */
export function variableFileOf(tree: Tree): VariableFile {
  const [root] = tree.roots;
  const pairs = root?.kind === 'map' ? root.pairs : [];
  return {
    values: new Map(pairs.map((pair) => [pair.name, valueOf(tree, pair)])),
    complete: root?.kind === 'map' && tree.problems.length === 0 && pairs.every(({ value }) => !isBlock(value)),
    written: (name) => {
      const pair = pairs.findLast((one) => one.name === name)!;
      const { hash, end } = pairShape(pair) ?? { hash: '', end: tree.text.length };
      return [tree.doc, hash, isBroken(tree, pair), tree.text.slice(pair.start, end)].join(' ');
    },
  };
}

/** An unreadable value, and an invalid block, can have any value. */
function valueOf(tree: Tree, pair: Pair): Value {
  const { key, value } = pair;
  return isBroken(tree, pair) || isBlock(value)
    ? unknown({ use: spanOf(tree, key), steps: [], edit: 'none' }, 'syntax')
    : literalValue(tree, value, 'shared');
}

function isBroken({ language, problems }: Tree, { value }: Pair): boolean {
  return language === 'hcl' && problems.some(({ start, end }) => start <= value.end && value.start <= end);
}

function isBlock(value: Node): boolean {
  return value.kind === 'map' && value.style === 'block';
}
