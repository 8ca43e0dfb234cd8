/**
 * Files with values for the parameters of a template, in the formats that are in use:
 *
 * - `list`: `[{"ParameterKey": …, "ParameterValue": …}]`, what `aws cloudformation create-stack --parameters file://…`
 * takes.
 *   https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_Parameter.html
 * - `assignments`: `["Key=Value"]`, which `aws cloudformation deploy --parameter-overrides file://…` takes beside
 * `list` and `sections`.
 *   https://docs.aws.amazon.com/cli/latest/reference/cloudformation/deploy.html
 * - `sections`: `{"Parameters": {…}, "Tags": {…}, "StackPolicy": {…}}`, the template configuration of CodePipeline.
 *   https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/continuous-delivery-codepipeline-cfn-artifacts.html
 * - `deployment`: `template-file-path`, `parameters` and `tags`, the stack deployment file of Git sync.
 *   https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/git-sync-concepts-terms.html
 * - `map`: names with their values and nothing else, which scripts turn into one of the others.
 */
import type { Range } from '../../base/span.ts';
import type { Problem } from '../../model/finding.ts';
import { isPlain, textOfScalar } from '../../syntax/scalar.ts';
import {
  isBroken,
  pairOf,
  resolved,
  valueOf,
  type ListNode,
  type MapNode,
  type Node,
  type ScalarNode,
  type Tree,
} from '../../syntax/tree.ts';
import { spanOf } from '../located.ts';
import type { GivenText } from './inputs.ts';

export type ParameterFileShape = 'list' | 'assignments' | 'sections' | 'deployment' | 'map';

/** The content of a parameter file. */
export interface ParameterFile {
  readonly shape: ParameterFileShape;
  readonly parameters: ReadonlyMap<string, GivenText>;
  /** Parameters without a value, or with an unreadable one. */
  readonly open: ReadonlySet<string>;
  /** The path of its template from the root of the repository; only in stack deployment files. */
  readonly template?: string;
  /** Problems with their ranges. Messages contain no values, which can be secrets. */
  readonly problems: readonly Problem[];
}

/**
 * Names of parameters are alphanumeric:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
 */
const ASSIGNMENT = /^([A-Za-z0-9]+)=([^]*)$/;

/**
 * Placeholders that are filled in before a file is used, `${STAGE}`, `{{ stage }}`, `<%= stage %>`, and dynamic
 * references.
 */
const PLACEHOLDER = /\$\{|\{\{|<%/;

/** The maximum number of list items per file; aliases can repeat them endlessly. */
const MOST_ITEMS = 100_000;

/** The form of a parameter file; undefined if the contents are something else, such as a template or an empty file. */
function parameterFileShape(root: Node | undefined): ParameterFileShape | undefined {
  const node = resolved(root);
  if (node?.kind === 'list') {
    const items = node.items.map((item) => resolved(item.value));
    if (items.some((item) => pairOf(item, 'ParameterKey'))) return 'list';
    return items.some((item) => item?.kind === 'scalar' && ASSIGNMENT.test(item.value)) ? 'assignments' : undefined;
  }
  if (node?.kind !== 'map' || pairOf(node, 'Resources') || pairOf(node, 'AWSTemplateFormatVersion')) return undefined;
  if (valueOf(node, 'Parameters')?.kind === 'map') return 'sections';
  if (pairOf(node, 'template-file-path') || valueOf(node, 'parameters')?.kind === 'map') return 'deployment';
  return node.pairs.length > 0 ? 'map' : undefined;
}

/**
 * Whether the contents are a parameter file regardless of its name. The plain map form is ambiguous and does not count.
 */
export function isParameterFileByContent(root: Node | undefined): boolean {
  const node = resolved(root);
  switch (parameterFileShape(node)) {
    case 'list':
      return true;
    case 'assignments':
      return (node as ListNode).items.every((item) => isAssignment(resolved(item.value)));
    case 'sections':
      return (
        (node as MapNode).pairs.every(({ name }) => ['Parameters', 'Tags', 'StackPolicy'].includes(name)) &&
        !hasObjects(valueOf(node, 'Parameters'))
      );
    case 'deployment':
      return pairOf(node, 'template-file-path') !== undefined;
    default:
      return false;
  }
}

function isAssignment(node: Node | undefined): boolean {
  return node?.kind === 'scalar' && ASSIGNMENT.test(node.value);
}

/** Parameters of an unfinished template have types; values are not objects. */
function hasObjects(node: Node | undefined): boolean {
  return node?.kind === 'map' && node.pairs.some(({ value }) => resolved(value)?.kind === 'map');
}

/** The parameter values of a file; undefined if it is not a parameter file. */
export function readParameterFile(tree: Tree): ParameterFile | undefined {
  const [root] = tree.roots;
  const shape = parameterFileShape(root);
  if (!root || !shape) return undefined;
  const reading = new Reading(tree);
  const node = resolved(root)!;
  switch (shape) {
    case 'list':
      reading.list(node as ListNode);
      break;
    case 'assignments':
      reading.assignments(node as ListNode);
      break;
    case 'sections':
      reading.map(valueOf(node, 'Parameters') as MapNode);
      break;
    case 'deployment': {
      const section = valueOf(node, 'parameters');
      if (section?.kind === 'map') reading.map(section);
      break;
    }
    case 'map':
      reading.map(node as MapNode);
      break;
  }
  const template = shape === 'deployment' ? valueOf(node, 'template-file-path') : undefined;
  const { parameters, open, problems } = reading;
  return {
    shape,
    parameters,
    open,
    problems,
    ...(template?.kind === 'scalar' && template.value !== '' ? { template: template.value } : {}),
  };
}

/** Collects the values of a file; the last value of a repeated name applies. */
class Reading {
  readonly parameters = new Map<string, GivenText>();
  readonly open = new Set<string>();
  readonly problems: Problem[] = [];
  readonly #tree: Tree;
  #items = 0;

  constructor(tree: Tree) {
    this.#tree = tree;
  }

  list({ items }: ListNode): void {
    for (const item of items) {
      const entry = resolved(item.value);
      const key = valueOf(entry, 'ParameterKey');
      if (key?.kind !== 'scalar' || key.value === '') {
        this.#say(item.value, 'This entry has no ParameterKey, so it sets no parameter.');
        continue;
      }
      const value = pairOf(entry, 'ParameterValue');
      const previous = valueOf(entry, 'UsePreviousValue');
      const keeps = previous?.kind === 'scalar' && textOfScalar(previous).toLowerCase() === 'true';
      if (keeps && value)
        this.#say(
          value.key,
          `${key.value} has both ParameterValue and UsePreviousValue; CloudFormation accepts only one.`,
        );
      if (keeps) this.#give(key, key.value, undefined);
      else if (value) this.#give(key, key.value, value.value);
      else {
        this.#say(item.value, `${key.value} has no ParameterValue, so its value is unknown.`);
        this.#give(key, key.value, undefined);
      }
    }
  }

  assignments({ items }: ListNode): void {
    for (const { value } of items) {
      const node = resolved(value);
      const [, name, text] = node?.kind === 'scalar' ? (ASSIGNMENT.exec(node.value) ?? []) : [];
      if (node?.kind !== 'scalar' || name === undefined || text === undefined)
        this.#say(value, 'This entry is not in the form NAME=VALUE.');
      else
        this.#put(
          value,
          name,
          isBroken(this.#tree, value) || PLACEHOLDER.test(text)
            ? undefined
            : { text, at: spanOf(this.#tree, behindName(this.#tree, node, name)) },
        );
    }
  }

  map({ pairs }: MapNode): void {
    for (const { key, name, value } of pairs) {
      if (key.kind === 'scalar' && name !== '') this.#give(key, name, value);
      else this.#say(key, 'A parameter name must be a string.');
    }
  }

  /** Sets a parameter to the value at a node; without a node, to an unset value. */
  #give(at: Range, name: string, node: Node | undefined): void {
    const text = node && this.#textOf(name, node);
    this.#put(at, name, node && text !== undefined ? { text, at: spanOf(this.#tree, node) } : undefined);
  }

  #put(at: Range, name: string, given: GivenText | undefined): void {
    if (this.parameters.has(name) || this.open.has(name))
      this.#say(at, `${name} is set twice; the last value applies.`);
    this.parameters.delete(name);
    this.open.delete(name);
    if (given) this.parameters.set(name, given);
    else this.open.add(name);
  }

  /** The string that a parameter is set to; undefined if unknown. */
  #textOf(name: string, node: Node): string | undefined {
    const value = resolved(node);
    if (!value || isBroken(this.#tree, node)) return undefined;
    if (value.kind === 'list' && (this.#items += value.items.length) > MOST_ITEMS) {
      this.#say(node, `The list of ${name} exceeds the maximum length, so its value is unknown.`);
      return undefined;
    }
    const parts = value.kind === 'list' ? value.items.map((item) => resolved(item.value)) : [value];
    if (!parts.every(isPlain)) {
      this.#say(node, `${name} is not a string, a number, a boolean or a list of those, so its value is unknown.`);
      return undefined;
    }
    // A parameter of a list type accepts one comma-separated string.
    const text = parts.map(textOfScalar).join(',');
    return PLACEHOLDER.test(text) ? undefined : text;
  }

  #say({ start, end }: Range, message: string): void {
    this.problems.push({ at: spanOf(this.#tree, { start, end }), message, kind: 'document' });
  }
}

/** The range of a value after its name and "=", or of the whole string if escapes move it. */
function behindName({ text }: Tree, node: ScalarNode, name: string): Range {
  const { start, end } = node.content;
  return text.slice(start, end) === node.value ? { start: start + name.length + 1, end } : node;
}
