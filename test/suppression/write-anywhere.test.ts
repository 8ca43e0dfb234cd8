/** Suppressions written anywhere in the examples: each is read again, covers its place and changes nothing else. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Format } from '../../server/src/model/format.ts';
import { writeSuppression, type SuppressionTarget } from '../../server/src/suppression/write-suppression.ts';
import { parse } from '../../server/src/syntax/parse.ts';
import { childrenOf, type Node } from '../../server/src/syntax/tree.ts';
import { DOC, KINDS } from './cases.ts';
import { checkRoundTrip, RULE } from './round-trip.ts';

const EXAMPLES = fileURLToPath(new URL('../../examples', import.meta.url));
const TARGETS: readonly SuppressionTarget[] = ['line', 'resource', 'file'];

/** The places that are tried in a document, evenly spread. */
const PLACES = 40;

describe('suppressions: writing anywhere', () => {
  for (const file of readdirSync(EXAMPLES, { recursive: true, encoding: 'utf8' }).sort()) {
    const kind = kindOf(file);
    if (!kind) continue;
    it(file, () => {
      const text = readFileSync(join(EXAMPLES, file), 'utf8');
      const tree = parse(DOC, text, kind.language);
      const nodes = tree.roots.flatMap(below);
      const step = Math.max(1, Math.floor(nodes.length / PLACES));
      for (let index = 0; index < nodes.length; index += step)
        for (const target of TARGETS) {
          const at = { start: nodes[index]!.start, end: nodes[index]!.end };
          const written = writeSuppression(tree, kind.format, at, RULE, target);
          if (!('refused' in written)) checkRoundTrip({ ...kind, honored: [] }, text, at, written);
        }
    });
  }
});

function kindOf(file: string): (typeof KINDS extends ReadonlyMap<string, infer K> ? K : never) | undefined {
  const format: Format | undefined = /\.tf(?:\.json)?$/.test(file) ? 'terraform' : undefined;
  const name = format
    ? file.endsWith('.json')
      ? 'tf.json'
      : 'hcl'
    : /\.ya?ml$/.test(file)
      ? 'yaml'
      : /\.json$/.test(file)
        ? 'json'
        : '';
  return KINDS.get(name);
}

function below(node: Node): readonly Node[] {
  return [node, ...childrenOf(node).flatMap(below)];
}
