/**
 * The documentation that the extension has, as a file system: the package has its pages in one archive, those of rules
 * without the texts that the program has. `tools/package/packed-pages.ts` writes it. Without an archive, as in the
 * repository, the pages are files.
 */
import {
  Disposable,
  EventEmitter,
  FileSystemError,
  FileType,
  Uri,
  workspace,
  type FileStat,
  type FileSystemProvider,
} from 'vscode';
import { pagesIn, SCHEME, type Pages } from './page-archive.ts';

/** The folder of the pages of rules. */
export const RULE_PAGES = Uri.from({ scheme: SCHEME, path: '/docs/rules' });

const ARCHIVE = 'docs.pack';
/** The texts of rules, which the program has. */
const RULE_TEXTS = 'dist/parts/rules-texts.pack';

export class DocumentationPages implements FileSystemProvider {
  readonly onDidChangeFile = new EventEmitter<never>().event;
  readonly #extension: Uri;
  #pages: Promise<Pages | undefined> | undefined;

  constructor(extension: Uri) {
    this.#extension = extension;
  }

  /** Makes the pages readable for editors. */
  register(): Disposable {
    return workspace.registerFileSystemProvider(SCHEME, this, { isReadonly: true });
  }

  async stat({ path }: Uri): Promise<FileStat> {
    const pages = await this.#loaded();
    const page = await pages?.page(path);
    if (page !== undefined) return { type: FileType.File, ctime: 0, mtime: 0, size: page.length };
    if (pages && pages.names(path).length > 0) return { type: FileType.Directory, ctime: 0, mtime: 0, size: 0 };
    return workspace.fs.stat(this.#file(path));
  }

  async readFile({ path }: Uri): Promise<Uint8Array> {
    return (await (await this.#loaded())?.page(path)) ?? workspace.fs.readFile(this.#file(path));
  }

  async readDirectory({ path }: Uri): Promise<[string, FileType][]> {
    const pages = await this.#loaded();
    if (!pages) return workspace.fs.readDirectory(this.#file(path));
    return pages.names(path).map((name) => [name, FileType.File]);
  }

  // The pages never change.
  watch(): Disposable {
    return new Disposable(() => undefined);
  }

  createDirectory(uri: Uri): never {
    throw FileSystemError.NoPermissions(uri);
  }

  writeFile(uri: Uri): never {
    throw FileSystemError.NoPermissions(uri);
  }

  delete(uri: Uri): never {
    throw FileSystemError.NoPermissions(uri);
  }

  rename(uri: Uri): never {
    throw FileSystemError.NoPermissions(uri);
  }

  #file(path: string): Uri {
    return Uri.joinPath(this.#extension, path);
  }

  async #loaded(): Promise<Pages | undefined> {
    this.#pages ??= this.#load();
    return this.#pages;
  }

  async #load(): Promise<Pages | undefined> {
    const archive = this.#file(ARCHIVE);
    try {
      return await pagesIn(await workspace.fs.readFile(archive), async () =>
        workspace.fs.readFile(this.#file(RULE_TEXTS)),
      );
    } catch (error) {
      if (error instanceof FileSystemError && error.code === 'FileNotFound') return undefined;
      throw error;
    }
  }
}
