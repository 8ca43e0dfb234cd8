/** Cases of rules that a form makes from data, which differ in names alone from cases of other rules of the form. */
import { readFileSync } from 'node:fs';
import { parse } from '../../server/src/syntax/parse.ts';
import { childrenOf, type Node } from '../../server/src/syntax/tree.ts';
import { ruleId, rulePaths, RULES_FOLDER } from '../../tools/rule-index.ts';
import { diverse } from './diverse.ts';
import type { Case, CaseFile } from './fixture.ts';

/** A case and the id of its rule. */
export interface RuleCase {
  readonly rule: string;
  readonly one: Case;
}

/** How many cases of a form have each feature, if so many have it. */
const TIMES = 2;

/** The cases that are not like others of the form of their rule, and all cases of rules that are code of their own. */
export function distinctCases(all: readonly RuleCase[]): ReadonlySet<Case> {
  const forms = ruleForms();
  const formed = all.filter(({ rule }) => forms.has(rule));
  const others = all.filter(({ rule }) => !forms.has(rule));
  const unlike = diverse(
    formed,
    ({ rule, one }) => featuresOf(one).map((feature) => `${forms.get(rule)!} ${feature}`),
    TIMES,
  );
  return new Set([...others, ...unlike].map(({ one }) => one));
}

/** The form of each rule that is made by one, by the id of the rule. */
function ruleForms(): ReadonlyMap<string, string> {
  return new Map(
    rulePaths().flatMap((path) => {
      const text = readFileSync(RULES_FOLDER + path, 'utf8');
      const form = /^export default (\w+)\(/m.exec(text)?.[1];
      const isForm =
        form !== undefined && new RegExp(String.raw`^import \{ ${form} \} from '(?:\.\./)+forms/`, 'm').test(text);
      return isForm ? [[ruleId(path), form] as const] : [];
    }),
  );
}

/**
 * What a case has besides names and values: its syntax, functions, the structure of its documents, and what is found of
 * which kind.
 */
function featuresOf({ files, fixed, suggestions }: Case): readonly string[] {
  return [
    ...files.flatMap(featuresOfFile),
    ...(fixed.size > 0 ? ['fixed'] : []),
    ...suggestions.map(({ goldens }) => `suggestion in ${goldens.size} files`),
  ];
}

function featuresOfFile({ path, text, marks }: CaseFile): readonly string[] {
  const ending = path.slice(path.lastIndexOf('.'));
  const { roots } = parse(`file:///${path}`, text);
  return [
    ...roots.flatMap((root) => structureOf(root, '')).map((structure) => `${ending} ${structure}`),
    ...[...text.matchAll(/!\w+|\bFn::[\w:]+|\bCondition\b|\bDependsOn\b|\bdynamic\b|\$\{\w+|<<|[&*]\w+/g)].map(
      ([used]) => `${ending} ${used}`,
    ),
    ...marks.map(({ label }) => `${ending} ${kindOf(label)}`),
  ];
}

/** The kinds of the nodes on each path into a document. */
function structureOf(node: Node, above: string): readonly string[] {
  const here = above + node.kind.slice(0, 1);
  return [here, ...childrenOf(node).flatMap((child) => structureOf(child, here))];
}

/** A finding without its rule and the values of its scenario. */
function kindOf(label: string): string {
  return label.replace(/^\S+/, '').replaceAll(/\S+=\S+/g, (pair) => (pair.startsWith('severity=') ? pair : 'when'));
}
