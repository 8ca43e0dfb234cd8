/**
 * Parses the structure of HCL's native syntax: bodies with arguments and blocks. `resource "t" "n" { … }` becomes the
 * structure that it has in Terraform JSON: a pair `resource` with a map `t` with a map `n` with the body. Repeated
 * blocks become repeated pairs. `hcl-value.ts` describes the values of arguments.
 * https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md
 */
import type { Uri } from '../base/span.ts';
import { finished } from '../base/steps.ts';
import { MAX_PROBLEMS, type Comment, type DocumentTree, type SyntaxProblem } from './tree.ts';
import { HclBuilder } from './hcl-builder.ts';

/** Parses HCL. Every text has a tree; its only root is the body of the file. */
export function parseHcl(doc: Uri, text: string): DocumentTree {
  return finished(parsingHcl(doc, text));
}

/** Does `parseHcl` in steps. */
export function* parsingHcl(doc: Uri, text: string): Generator<void, DocumentTree, undefined> {
  let built = yield* new HclBuilder(text, false).building();
  if (built.unbalanced) {
    // A bracket, string or heredoc is unclosed. The indentation of the document shows which one.
    const guided = yield* new HclBuilder(text, true).building();
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
