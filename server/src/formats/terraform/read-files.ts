import type { Uri } from '../../base/span.ts';
import type { DocumentReader } from '../format.ts';
import { uriBeside } from '../uri-beside.ts';
import { pathsReadIn, type ReadFile } from './file-functions.ts';
import type { ModuleSource } from './module-source.ts';

/** The maximum number of files that the expressions of a configuration read. */
const MOST_FILES = 200;

/** The files that the expressions of a configuration read. */
export class ReadFiles {
  readonly #documents: DocumentReader;
  readonly #root: Uri;
  /** How often each file is named. */
  readonly #named = new Map<Uri, number>();
  /** Whether a file is not read yet. */
  readonly lacking: boolean;

  constructor(documents: DocumentReader, root: Uri, sources: readonly ModuleSource[]) {
    this.#documents = documents;
    this.#root = root;
    for (const { files } of sources)
      for (const tree of files.configuration)
        for (const path of pathsReadIn(tree, { root, module: files.folder })) {
          const doc = this.#docAt(path);
          if (doc !== undefined && (this.#named.has(doc) || this.#named.size < MOST_FILES))
            this.#named.set(doc, (this.#named.get(doc) ?? 0) + 1);
        }
    const unread = this.requested.filter((doc) => !documents.snapshot.file(doc));
    for (const doc of unread) documents.want({ file: doc });
    this.lacking = unread.length > 0;
  }

  get requested(): readonly Uri[] {
    return [...this.#named.keys()];
  }

  /**
   * Whether a file can have findings: it is a JSON file of this analysis in a supported format. A file with syntax
   * errors is checked alone. Findings in other files, such as settings that are decoded, are in the expression.
   */
  isDocument(doc: Uri): boolean {
    const answer = this.#documents.snapshot.file(doc);
    if (answer?.kind !== 'text' || !this.#documents.snapshot.named.includes(doc) || !/^\s*\{/.test(answer.text))
      return false;
    const format = this.#documents.detection(doc)?.format ?? 'none';
    return format !== 'none' && this.#documents.tree(doc, 'json')?.problems.length === 0;
  }

  /** A file by its path from the root. */
  readonly read: ReadFile = (path) => {
    const doc = this.#docAt(path);
    const answer = doc !== undefined && this.#named.has(doc) ? this.#documents.snapshot.file(doc) : undefined;
    if (doc === undefined || answer?.kind !== 'text') return answer?.kind === 'missing' ? 'missing' : undefined;
    const tree = this.isDocument(doc) ? this.#documents.tree(doc, 'json') : undefined;
    return {
      text: answer.text,
      ...(tree ? { document: { tree, edit: this.#named.get(doc) === 1 ? 'here' : 'shared' } } : {}),
    };
  };

  /** What determines the results of `read`. */
  readonly contents = (): readonly string[] =>
    [...this.#named].map(([doc, times]) => {
      const answer = this.#documents.snapshot.file(doc);
      const text = answer?.kind === 'text' ? answer.text : '';
      return [doc, Math.min(times, 2), answer?.kind, this.isDocument(doc), text].join(' ');
    });

  #docAt(path: string): Uri | undefined {
    return uriBeside(`${this.#root}/`, path);
  }
}
