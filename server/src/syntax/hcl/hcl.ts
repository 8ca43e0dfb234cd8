/**
 * Reads the structure of HCL's native syntax: bodies of arguments and blocks. `resource "t" "n" { … }` becomes what it is in Terraform JSON: a pair
 * `resource` with a map `t` with a map `n` with the body; blocks that repeat are pairs that repeat. An argument is a scalar: a quoted literal, a number
 * or keyword, or an expression as it is written. https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md
 */
import type { Uri } from '../../base/span.ts';
import { MAX_PROBLEMS, type Comment, type DocumentTree, type SyntaxProblem } from '../tree.ts';
import { HclBuilder } from './hcl-builder.ts';

/** Parses HCL. There is a tree for every text, whose only root is the body of the file. */
export function parseHcl(doc: Uri, text: string): DocumentTree {
  let built = new HclBuilder(text, false).build();
  if (built.unbalanced) {
    // Something is not closed. Where text is indented as usual, the indentation tells where that is.
    const guided = new HclBuilder(text, true).build();
    if (guided.problems.length <= built.problems.length + 2) built = guided;
  }
  const { root, comments, problems } = built;
  return { doc, text, language: 'hcl', roots: [root], comments: sorted(comments), problems: firstOf(problems) };
}

function sorted(comments: readonly Comment[]): readonly Comment[] {
  return comments.toSorted((a, b) => a.start - b.start);
}

function firstOf(problems: readonly SyntaxProblem[]): readonly SyntaxProblem[] {
  return problems.toSorted((a, b) => a.start - b.start).slice(0, MAX_PROBLEMS);
}
