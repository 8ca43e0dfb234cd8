/** The state shared by the modules of a configuration. */
import type { Uri, Span } from '../../base/span.ts';
import type { ScenarioVariable } from '../../base/guard.ts';
import type { Problem } from '../../model/finding.ts';
import type { Node } from '../../syntax/tree.ts';
import {
  fileFunctions,
  templateRenderer,
  type FileFunction,
  type ReadFile,
  type RenderTemplate,
} from './file-functions.ts';
import type { BlockFacts } from './block-facts.ts';
import type { EvaluationBudget, Scope } from './expression/scope.ts';

/**
 * The evaluation limit of a configuration: a base, and an allowance for each character of a module. Only nested loops
 * come near it.
 */
const LEAST_WORK = 200_000;
const WORK_FOR_EACH = 10;

/** The maximum number of instances for which the evaluation of a template is kept. */
const MAX_SCOPES = 20;

/** The maximum number of evaluated modules. Further modules count as unread. */
export const MAX_MODULES = 500;

export class ConfigurationContext {
  readonly folder: Uri;
  readonly nesting: EvaluationBudget = { level: 0, left: LEAST_WORK };
  /** The functions that read files. */
  readonly files: FileFunction;
  readonly render: RenderTemplate;
  readonly problems: Problem[] = [];
  /** The evaluations of each template, once per distinguished instance, used for explanations. */
  readonly scopes = new Map<Node, Scope[]>();
  /** The number of evaluated templates. */
  evaluations = 0;
  /** The number of evaluated modules. */
  modules = 0;
  /** Whether modules were omitted because of the limit. */
  exhausted = false;
  /** What is known of its blocks; undefined if it is analyzed once. */
  readonly facts: BlockFacts | undefined;
  readonly #conditions = new Map<string, ScenarioVariable>();
  readonly #reported = new Set<string>();

  /** @param known Returns what is known of blocks, given the limits of the evaluation. */
  constructor(
    folder: Uri,
    read: ReadFile,
    known: (nesting: EvaluationBudget) => BlockFacts | undefined = () => undefined,
  ) {
    this.folder = folder;
    this.facts = known(this.nesting);
    this.files = fileFunctions(read, this.nesting);
    this.render = templateRenderer(this.nesting);
  }

  /** Counts an evaluated module by the number of characters in its files. */
  addModule(characters: number): void {
    this.modules++;
    this.nesting.left += WORK_FOR_EACH * characters;
  }

  /** Notes that a value depends on itself. What is evaluated first is then unknown in the other. */
  readonly cycle = (): void => {
    this.nesting.dependsOnOrder = true;
  };

  /** Notes that modules were omitted because of the limit. */
  exhaust(): void {
    this.exhausted = true;
    this.nesting.dependsOnOrder = true;
  }

  /** Whether something was omitted because of a limit. */
  get isExhausted(): boolean {
    return this.exhausted || this.nesting.left <= 0;
  }

  /** A variable as an object that the last version has too, if it is equal. */
  asBefore(variable: ScenarioVariable): ScenarioVariable {
    return this.facts?.variable(variable) ?? variable;
  }

  /** Records the scope of a template. */
  recordScope(node: Node, scope: Scope): void {
    const before = this.scopes.get(node);
    if (!before) this.scopes.set(node, [scope]);
    else if (before.length < MAX_SCOPES) before.push(scope);
  }

  /** Records a problem, once per place, regardless of the number of module instances. */
  report(problem: Problem): void {
    const key = `${problem.at.doc} ${problem.at.start} ${problem.at.end} ${problem.message}`;
    if (this.#reported.has(key)) return;
    this.#reported.add(key);
    this.problems.push(problem);
  }

  /**
   * The scenario variable of an expression in a module. Instances of different blocks have different variables. `shown`
   * is the text with secrets redacted.
   */
  condition(
    kind: ScenarioVariable['kind'],
    text: string,
    module: string,
    instances: () => string,
    shown = text,
  ): ScenarioVariable {
    const key = `${kind}:${module}${/\b(?:each|count|self)\b/.test(text) ? `${instances()}:` : ''}${text}`;
    let variable = this.#conditions.get(key);
    if (!variable) {
      variable = this.asBefore({ id: `${this.folder}#${key}`, kind, name: shown, domain: ['true', 'false'] });
      this.#conditions.set(key, variable);
    }
    return variable;
  }
}

/** A block that Terraform rejects. */
export function rejectedBlock(at: Span, message: string): Problem {
  return { at, message, kind: 'document' };
}
