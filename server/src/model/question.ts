/**
 * Questions about a stack. Rules reach other resources and facts of a stack through a few gates, each of which notes a
 * question (`base/reads.ts`). A result is the same for a later version of the stack if its questions have the same
 * answers there.
 */
import type { Truth } from '../base/guard.ts';
import { note, unnoted } from '../base/reads.ts';
import type { RelationKind } from './relation.ts';
import type { Related, Resource, Stack } from './resource.ts';
import type { Address } from './value.ts';

/** A stack in one version, as far as questions need it. */
export interface Version {
  readonly stack: Stack;
  /** The number of the content of a resource: equal numbers mean equal content. Undefined if there is no such resource. */
  contentOf(address: Address): number | undefined;
  /** Where the text of a resource starts, from which its ranges are counted. */
  startOf(address: Address): number;
}

export interface Question {
  /** Equal for questions that always have the same answer. */
  readonly key: string;
  /** Undefined if the answer can differ from the last one although nothing else does. */
  answer(version: Version): string | undefined;
  /** A question that is answered with less work. As long as its answer is the same, so is that of this one. */
  readonly sufficient?: Question | undefined;
}

/** Notes a question, and returns what answers it. */
export function asking<T>(question: Question, answer: T): T {
  note(question);
  return answer;
}

/** The content of one resource. */
export function contentQuestion(address: Address): Question {
  return { key: `content ${address}`, answer: (version) => String(version.contentOf(address)) };
}

/** The resource at an address, with its content. */
export function addressQuestion(asked: Address): Question {
  return {
    key: `address ${asked}`,
    answer: (version) => {
      const address = version.stack.byAddress(asked)?.address;
      return address === undefined ? '' : `${address} ${version.contentOf(address)}`;
    },
  };
}

/** All resources, with their content and in their order. */
export const RESOURCES_QUESTION: Question = {
  key: 'resources',
  answer: ({ stack, contentOf }) => contents(stack.resources, contentOf),
};

/** All policies, as the resources that have any, with their content. */
export const POLICIES_QUESTION: Question = {
  key: 'policies',
  answer: ({ stack, contentOf }) =>
    contents(
      stack.resources.filter((resource) => resource.policies().documents.length > 0),
      contentOf,
    ),
};

/** A set of types. */
export interface Types {
  has(type: string): boolean;
}

/** The resources of some types, with their content and in their order. `name` identifies the set. */
export function typesQuestion(name: string, types: Types): Question {
  return {
    key: `types ${name}`,
    answer: ({ stack, contentOf }) =>
      contents(
        stack.resources.filter(({ type }) => types.has(type)),
        contentOf,
      ),
  };
}

/** The types of all resources. */
export const ALL_TYPES_QUESTION: Question = {
  key: 'all types',
  answer: ({ stack }) => [...new Set(stack.resources.map(({ type }) => type))].join(),
};

/** Data that was not read, and can be read in a later analysis. */
export const MISSING_DATA_QUESTION: Question = { key: 'data', answer: () => undefined };

/** The parameters. Their declarations are the same for all resources; which ones hold credentials depends on their uses. */
export const PARAMETERS_QUESTION: Question = {
  key: 'parameters',
  answer: ({ stack }) => stack.parameters.flatMap(({ name, inSecret }) => (inSecret ? name : [])).join(),
};

/**
 * The resources in a relation with one, with their content.
 * @param types The types of the resources that determine the relation, if known.
 */
export function relationQuestion(address: Address, kind: RelationKind, types: Types | undefined): Question {
  return {
    sufficient: types && typesQuestion(`of ${kind}`, types),
    key: `related ${address} ${kind}`,
    answer: (version) => {
      const resource = version.stack.byAddress(address);
      return resource ? relatedKey(resource, resource.related(kind), version) : '';
    },
  };
}

function relatedKey(asked: Resource, { edges, complete }: Related, { contentOf, startOf }: Version): string {
  return [
    truthKey(complete),
    ...edges.map(({ resource, when, via }) => {
      // The value that makes the relation is in the text of one of the two.
      const { start } = via.origin.use;
      const [own, other] = [start - startOf(asked.address), start - startOf(resource.address)];
      return `${resource.address} ${contentOf(resource.address)} ${truthKey(when)} ${own >= 0 && (other < 0 || own < other) ? own : `+${other}`}`;
    }),
  ].join('\n');
}

function contents(resources: readonly Resource[], contentOf: Version['contentOf']): string {
  return resources.map(({ address }) => `${address} ${contentOf(address)}`).join('\n');
}

function truthKey({ yes, no }: Truth): string {
  return `${yes.key()}/${no.key()}`;
}

/** The answers of the questions for a version, each computed once and without noting what it reads. */
export class Answers {
  readonly #version: Version;
  readonly #known = new Map<string, string | undefined>();

  constructor(version: Version) {
    this.#version = version;
  }

  of(question: Question): string | undefined {
    let answer = this.#known.get(question.key);
    if (answer === undefined && !this.#known.has(question.key)) {
      answer = unnoted(() => question.answer(this.#version));
      this.#known.set(question.key, answer);
    }
    return answer;
  }
}
