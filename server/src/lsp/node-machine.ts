/** The files and the data of the machine on Node.js. It is loaded after the server has started. */
import { compactVersion } from '../host/compact-version.ts';
import { discover } from '../host/discover.ts';
import { nodeReader } from '../host/node.ts';
import { rootOf } from '../host/root.ts';
import { schemaData } from '../host/schema-data.ts';
import { pathOf, uriOf } from '../host/uri.ts';
import { CANDIDATE_FILES } from '../model/format.ts';
import type { Machine } from './engine.ts';
import { MAX_EDITOR_BYTES } from './reading.ts';

/** The machine of a server; `schemas` is the folder with the data of the program. */
export function nodeMachine(schemas: string): Machine {
  return {
    reader: (root) => {
      const path = root === undefined ? undefined : pathOf(root);
      if (path !== undefined)
        return nodeReader({ root: path, schemas, largest: MAX_EDITOR_BYTES, versionOf: compactVersion });
      return {
        file: () => ({ kind: 'missing' }),
        head: () => ({ kind: 'missing' }),
        folder: () => 'missing',
        data: (name) => schemaData(schemas, name),
      };
    },
    rootOf: (file) => {
      const path = pathOf(file);
      return path === undefined ? file : uriOf(rootOf(path));
    },
    candidates: (folder) => {
      const path = pathOf(folder);
      return path === undefined ? [] : discover([path], path, CANDIDATE_FILES).files.map((file) => uriOf(file.path));
    },
  };
}
