/**
 * What follows from the blocks of a configuration, for its next version. The number of a block (`content-graph.ts`)
 * stands for its text and for all that this depends on, so what follows from it is the same as long as the number is.
 */
import type { ScenarioVariable } from '../../base/guard.ts';
import { numbering } from '../../base/memoize.ts';
import { ownText } from '../../base/own-text.ts';
import type { Address } from '../../model/value.ts';
import type { ContentGraph } from './content-graph.ts';
import type { EvaluationBudget } from './expression/scope.ts';
import type { ModuleSource } from './module-source.ts';

/** What follows from a block, for one of its instances. */
export interface InstanceFacts {
  /** The number of the block. */
  readonly number: number;
  of<T extends object>(what: string, compute: () => T): T;
}

const numberOf = numbering<ReadonlyMap<string, ScenarioVariable>>();

/** The maximum number of variables, beyond which nothing is known in the next version. */
const MOST_VARIABLES = 20_000;

function isSame(one: ScenarioVariable, other: ScenarioVariable): boolean {
  return (
    one.kind === other.kind &&
    one.name === other.name &&
    one.preferred === other.preferred &&
    one.domain.length === other.domain.length &&
    one.domain.every((value, index) => value === other.domain[index])
  );
}

/** The variable without the text of the document, which the next version must not keep. */
function withOwnTexts(made: ScenarioVariable): ScenarioVariable {
  return { ...made, id: ownText(made.id), name: ownText(made.name), domain: made.domain.map(ownText) };
}

type Evaluation = Pick<EvaluationBudget, 'dependsOnOrder'>;

/** One version of a configuration, and facts about it, which must not have places: these differ between versions. */
export class BlockFacts {
  readonly graph: ContentGraph;
  /** The files that the graph is made of. */
  readonly root: ModuleSource;
  /** What all blocks depend on. */
  readonly #shared: string;
  readonly #evaluation: Evaluation;
  readonly #facts = new Map<number, Map<string, unknown>>();
  #variables = new Map<string, ScenarioVariable>();

  /**
   * @param configuration The version, with the graph of its blocks.
   * @param before The last version.
   * @param evaluation The evaluation that the facts come from. They are not used again if they depend on its order.
   */
  constructor(
    { graph, root }: { readonly graph: ContentGraph; readonly root: ModuleSource },
    shared: string,
    before: BlockFacts | undefined,
    evaluation: Evaluation,
  ) {
    this.graph = graph;
    this.root = root;
    this.#shared = shared;
    this.#evaluation = evaluation;
    if (!before || before.#shared !== shared || before.#evaluation.dependsOnOrder) return;
    // Those of the edited text come with each key that is typed.
    if (before.#variables.size > MOST_VARIABLES) return;
    this.#variables = before.#variables;
    for (const { number } of graph.nodes.values()) {
      const known = before.#facts.get(number);
      if (known) this.#facts.set(number, known);
    }
  }

  /** Equal for versions that share their variable objects. */
  get variables(): number {
    return numberOf(this.#variables);
  }

  /**
   * The variable of the last version if it is equal, because truths are about the same scenarios only if they have the
   * same variable objects.
   */
  variable(made: ScenarioVariable): ScenarioVariable {
    const known = this.#variables.get(made.id);
    if (known && isSame(known, made)) return known;
    const lasting = withOwnTexts(made);
    this.#variables.set(lasting.id, lasting);
    return lasting;
  }

  /**
   * What follows from a block, computed if it is not known from an earlier version.
   * @param key The key of the block in the graph.
   * @param what Identifies what is computed.
   */
  of<T extends object>(key: string, what: string, compute: () => T): T {
    const number = this.graph.nodes.get(key)?.number;
    return number === undefined ? compute() : this.#ofNumber(number, what, compute);
  }

  /** What follows from a block for one of its instances; undefined if nothing is known of the block. */
  instance(key: string, address: Address): InstanceFacts | undefined {
    const number = this.graph.nodes.get(key)?.number;
    return number === undefined
      ? undefined
      : { number, of: (what, compute) => this.#ofNumber(number, `${address} ${what}`, compute) };
  }

  #ofNumber<T extends object>(number: number, what: string, compute: () => T): T {
    const known = this.#facts.get(number)?.get(what);
    if (known !== undefined) return known as T;
    const made = compute();
    const facts = this.#facts.get(number) ?? new Map<string, unknown>();
    this.#facts.set(number, facts.set(ownText(what), made));
    return made;
  }

  /** What is known of a block; undefined if that is nothing. */
  get<T extends object>(key: string, what: string): T | undefined {
    const number = this.graph.nodes.get(key)?.number;
    return number === undefined ? undefined : (this.#facts.get(number)?.get(what) as T | undefined);
  }
}
