/** One wrong character costs one resource and not the file. */
import assert from 'node:assert/strict';
import { parse } from '../../server/src/syntax/parse.ts';
import type { DocumentTree } from '../../server/src/syntax/tree.ts';
import { TEMPLATES } from './documents.ts';
import { isSectionName, mutations, survival } from './mutations.ts';
import { plain } from './plain.ts';
import { assertWellFormed } from './well-formed.ts';

function surviving(templates: readonly DocumentTree[], step: number): { rate: number; worst: readonly string[] } {
  let others = 0;
  const worst: string[] = [];
  for (const template of templates)
    for (const mutation of mutations(template.text, step)) {
      if (isSectionName(template, mutation.at)) continue;
      const result = survival(template, mutation);
      assertWellFormed(result.tree);
      others += result.others;
      for (const name of result.lost) worst.push(`${name}, ${mutation.what}`);
    }
  return { rate: 1 - worst.length / others, worst };
}

describe('one-character changes', function () {
  this.timeout(120_000);

  const yaml = Object.values(TEMPLATES).map((text) => parse('file:///a.yaml', text));

  it('of YAML templates leave the other resources as they were', () => {
    const { rate, worst } = surviving(yaml, 5);
    assert.ok(rate >= 0.996, `${rate} are left; lost: ${worst.join('; ')}`);
  });

  it('of JSON templates leave the other resources as they were', () => {
    const json = yaml.map((tree) => parse('file:///a.json', JSON.stringify(plain(tree.roots[0]), null, 2)));
    const { rate, worst } = surviving(json, 5);
    assert.ok(rate >= 0.998, `${rate} are left; lost: ${worst.join('; ')}`);
  });
});
