/** Nested templates below the root. */
import { flatMap } from '../../base/flat-map.ts';
import type { Uri } from '../../base/span.ts';
import { nameOf } from '../../base/uri.ts';
import { nestedTemplates, type NestedTemplate } from './nested.ts';
import type { TemplateSource } from './reading.ts';
import type { Problem } from '../../model/finding.ts';
import { isTemplate } from '../../model/format.ts';
import type { Tree } from '../../syntax/tree.ts';
import type { Detection, DocumentReader, Incomplete } from '../format.ts';

/** The maximum nesting depth of templates, and the maximum number of nested stacks of one template. */
const MOST_DEEP = 10;
const MOST_STACKS = 100;

/** A parsed template, and its source once its nested templates are known. */
export interface ReadTemplate {
  readonly tree: Tree;
  /** The prefixes of the services whose actions it may allow without naming them. */
  services(): ReadonlySet<string>;
  source(nested: ReadonlyMap<string, TemplateSource>): TemplateSource;
}

/** Reads a template; undefined until it is read. */
export type ReadTemplateAt = (doc: Uri, detection: Detection) => ReadTemplate | 'unreadable' | undefined;

export interface LoadedNested {
  /** The documents of all nested templates, at all levels. */
  readonly documents: readonly Uri[];
  /** Includes documents that do not exist. */
  readonly dependencies: readonly Uri[];
  readonly incomplete: readonly Incomplete[];
  readonly problems: readonly Problem[];
  /** The `services` of all of them. */
  services(): ReadonlySet<string>;
  /** The sources by logical ID of the stack. */
  sources(): ReadonlyMap<string, TemplateSource>;
}

/** The nested templates of a template; undefined until all are read. */
export function loadNested(documents: DocumentReader, tree: Tree, readAt: ReadTemplateAt): LoadedNested | undefined {
  return new Loading(documents, readAt).within(tree, [tree.doc]);
}

class Loading {
  readonly #documents: DocumentReader;
  readonly #readAt: ReadTemplateAt;
  #stacks = 0;

  constructor(documents: DocumentReader, readAt: ReadTemplateAt) {
    this.#documents = documents;
    this.#readAt = readAt;
  }

  /** @param above The documents of the parent templates, the outermost first. */
  within(tree: Tree, above: readonly Uri[]): LoadedNested | undefined {
    const all: Uri[] = [];
    const requested: Uri[] = [];
    const incomplete: Incomplete[] = [];
    const problems: Problem[] = [];
    const sources = new Map<string, () => TemplateSource>();
    const services: (() => ReadonlySet<string>)[] = [];
    let lacking = false;
    for (const one of nestedTemplates(tree)) {
      if (above.includes(one.doc)) {
        problems.push(
          problemAt(tree, one, `The nested stack ${one.stack} is part of a cycle of templates. Remove the cycle.`),
        );
        continue;
      }
      if (above.length > MOST_DEEP || ++this.#stacks > MOST_STACKS) {
        incomplete.push({
          doc: tree.doc,
          reason: `exceeds the limit of nested stacks, so findings may be missing in ${nameOf(one.doc)}`,
        });
        continue;
      }
      requested.push(one.doc);
      const read = this.#read(tree, one);
      if (read === undefined) lacking = true;
      else if ('message' in read) problems.push(read);
      else if ('reason' in read) incomplete.push(read);
      else {
        const inner = this.within(read.tree, [...above, one.doc]);
        if (!inner) {
          lacking = true;
          continue;
        }
        all.push(one.doc, ...inner.documents);
        requested.push(...inner.dependencies);
        incomplete.push(...inner.incomplete);
        problems.push(...inner.problems);
        services.push(
          () => read.services(),
          () => inner.services(),
        );
        sources.set(one.stack, () => read.source(inner.sources()));
      }
    }
    return lacking
      ? undefined
      : {
          documents: [...new Set(all)],
          dependencies: [...new Set(requested)],
          incomplete,
          problems,
          services: () => new Set(flatMap(services, (named) => [...named()])),
          sources: () => new Map([...sources].map(([stack, source]) => [stack, source()])),
        };
  }

  #read(tree: Tree, one: NestedTemplate): ReadTemplate | Problem | Incomplete | undefined {
    const detection = this.#documents.detection(one.doc);
    if (!detection) return undefined;
    if (isTemplate(detection.format)) {
      const read = this.#readAt(one.doc, detection);
      return read === 'unreadable'
        ? { doc: tree.doc, reason: `has a nested stack whose template cannot be read: ${nameOf(one.doc)}` }
        : read;
    }
    const answer = this.#documents.snapshot.head(one.doc);
    // A template that is outside the root or too large for an editor can be valid.
    if (answer?.kind === 'refused')
      return {
        doc: tree.doc,
        reason: `has a nested stack whose template ${answer.reason}, so it is not read: ${nameOf(one.doc)}`,
      };
    return {
      doc: tree.doc,
      reason:
        answer?.kind === 'missing'
          ? `has a nested stack whose template does not exist: ${nameOf(one.doc)}`
          : `has a nested stack whose template is not a CloudFormation template: ${nameOf(one.doc)}, ${detection.reason}`,
    };
  }
}

function problemAt({ doc }: Tree, { at: { start, end } }: NestedTemplate, message: string): Problem {
  return { at: { doc, start, end }, message, kind: 'document' };
}
