/**
 * Questions about a stack. Rules reach other resources and facts of a stack through a few gates, each of which notes a
 * question (`base/reads.ts`). A result is the same for a later version of the stack if its questions have the same
 * answers there.
 */
import { flatMap } from '../base/flat-map.ts';
import type { Truth } from '../base/guard.ts';
import { memoize } from '../base/memoize.ts';
import { ownText } from '../base/own-text.ts';
import { isNoting, note, unnoted } from '../base/reads.ts';
import type { StackSection } from './content.ts';
import type { RelationKind } from './relation.ts';
import { stableNameOf, type Related, type Resource, type Stack } from './resource.ts';
import type { Address } from './value.ts';

/** A stack in one version, as far as questions need it. */
export interface Version {
  readonly stack: Stack;
  /**
   * The number of the content of a resource by its name: equal numbers mean equal content, and different resources have
   * different numbers. Undefined if there is no such resource.
   */
  contentOf(name: string): number | undefined;
  /** The number of the content of a section; undefined if all resources depend on it. */
  sectionOf(section: StackSection): number | undefined;
  /** The resource with a name. */
  named(name: string): Resource | undefined;
  /** Whether the data of a service was read. */
  hasData(service: string): boolean;
}

export interface Question {
  /** Equal for questions that always have the same answer. */
  readonly key: string;
  answer(version: Version): string;
  /** A question that is answered with less work. As long as its answer is the same, so is that of this one. */
  readonly sufficient?: Question | undefined;
}

/** Notes a question, and returns what answers it. */
export function asking<T>(question: Question, answer: T): T {
  note(question);
  return answer;
}

/** Does `asking` with a question that is made only if it is noted. */
export function askingIfNoted<T>(question: () => Question, answer: T): T {
  if (isNoting()) note(question());
  return answer;
}

/** The content of one resource. Questions outlive the text of their version, so they copy the names (`ownText`). */
export function contentQuestion(resource: Resource): Question {
  const name = ownText(stableNameOf(resource));
  return { key: `content ${name}`, answer: (version) => String(version.contentOf(name)) };
}

/** The resource at an address, with its content. */
export function addressQuestion(target: Address): Question {
  const address = ownText(target);
  return {
    key: `address ${address}`,
    answer: (version) => {
      const found = version.stack.byAddress(address);
      return found ? `${stableNameOf(found)} ${version.contentOf(stableNameOf(found))}` : '';
    },
  };
}

/** All resources, with their content and in their order. */
export const RESOURCES_QUESTION: Question = {
  key: 'resources',
  answer: (version) => contentsOfTypes(version, { has: () => true }),
};

/** All policies, as the resources that have any, with their content. */
export const POLICIES_QUESTION: Question = {
  key: 'policies',
  answer: (version) =>
    [...new Set(version.stack.policies.map(({ host }) => host))].map((host) => contentOf(host, version)).join(),
};

/** A set of types. */
export interface Types {
  has(type: string): boolean;
  /** Whether an answer about these types also depends on which types the other resources have. */
  readonly amongAll?: true;
}

/** The resources of some types, with their content and in their order. `name` identifies the set. */
export function typesQuestion(name: string, types: Types): Question {
  return { key: `types ${name}`, answer: (version) => contentsOfTypes(version, types) };
}

/** The types of all resources. */
export const ALL_TYPES_QUESTION: Question = {
  key: 'all types',
  answer: ({ stack }) => [...new Set(stack.resources.map(({ type }) => type))].join(),
};

/** Whether the data of a service was read, which another template can require. */
export function dataQuestion(service: string): Question {
  return { key: `data ${service}`, answer: (version) => String(version.hasData(service)) };
}

/** The parameters: their declarations, and which ones hold credentials, which depends on their uses. */
export const PARAMETERS_QUESTION: Question = {
  key: 'parameters',
  answer: ({ stack, sectionOf }) =>
    `${sectionOf('parameters')} ${flatMap(stack.parameters, ({ name, inSecret }) => (inSecret ? name : [])).join()}`,
};

/** The outputs, with what their values depend on. */
export const OUTPUTS_QUESTION: Question = { key: 'outputs', answer: ({ sectionOf }) => String(sectionOf('outputs')) };

/** The objects that the stack only reads, with what they depend on. */
export const SOURCES_QUESTION: Question = {
  key: 'sources',
  answer: ({ stack, contentOf }) =>
    (stack.sources ?? []).map(({ address }) => `${address} ${String(contentOf(address))}`).join('\n'),
};

/**
 * The resources in a relation with one, with their content.
 * @param types The types of the resources that determine the relation, if known.
 */
export function relationQuestion(one: Resource, kind: RelationKind, types: Types | undefined): Question {
  const name = ownText(stableNameOf(one));
  return {
    sufficient: types && relatedTypesQuestion(kind, types),
    key: `related ${name} ${kind}`,
    answer: (version) => {
      const resource = version.named(name);
      return resource ? relatedKey(resource, resource.related(kind), version) : '';
    },
  };
}

/** The resources that determine a relation. */
function relatedTypesQuestion(kind: RelationKind, types: Types): Question {
  const own = typesQuestion(`of ${kind}`, types);
  if (!types.amongAll) return own;
  return { key: own.key, answer: (version) => `${ALL_TYPES_QUESTION.answer(version)}\n${own.answer(version)}` };
}

/**
 * The value that makes a relation is in the text of one of the two, so its place is the same if both have the same
 * content.
 */
function relatedKey(resource: Resource, { edges, complete }: Related, { contentOf }: Version): string {
  return [
    `${truthKey(complete)} ${edges.length > 0 ? contentOf(stableNameOf(resource)) : ''}`,
    ...edges.map(
      ({ resource, when }) => `${stableNameOf(resource)} ${contentOf(stableNameOf(resource))} ${truthKey(when)}`,
    ),
  ].join('\n');
}

function contentOf(resource: Resource, { contentOf }: Pick<Version, 'contentOf'>): number | string {
  const name = stableNameOf(resource);
  return contentOf(name) ?? name;
}

/** The resources of a version with what identifies their content, and their types. Dozens of questions need them. */
const numbered = memoize((version: Version) => {
  const resources = version.stack.resources.map((resource) => ({
    type: resource.type,
    content: contentOf(resource, version),
  }));
  return { resources, types: [...new Set(resources.map(({ type }) => type))] };
});

/** The contents of the resources of some types, in their order. */
function contentsOfTypes(version: Version, asked: Pick<Types, 'has'>): string {
  const { resources, types } = numbered(version);
  const meant = new Set(types.filter((type) => asked.has(type)));
  if (meant.size === 0) return '';
  const contents: (number | string)[] = [];
  for (const { type, content } of resources) if (meant.has(type)) contents.push(content);
  return contents.join();
}

function truthKey({ yes, no }: Truth): string {
  return `${yes.key()}/${no.key()}`;
}

/** The answers of the questions for a version, each computed once and without noting what it reads. */
export class Answers {
  readonly #version: Version;
  readonly #known = new Map<string, string>();

  constructor(version: Version) {
    this.#version = version;
  }

  of(question: Question): string {
    let answer = this.#known.get(question.key);
    if (answer === undefined) {
      answer = unnoted(() => question.answer(this.#version));
      this.#known.set(question.key, answer);
    }
    return answer;
  }
}
