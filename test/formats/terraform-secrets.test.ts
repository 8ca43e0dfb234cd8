/** Secrets of a configuration are shown nowhere: not in findings and their scenarios, nor in explanations. */
import assert from 'node:assert/strict';
import { explainer, linksIn, distinctOffsets } from '../hover/explained-at.ts';
import { fullMarkdown } from '../../server/src/hover/explanation/markdown.ts';
import { directory } from './terraform-stack.ts';

/** Secrets, and what they are compared with, have `hush` in them, and nothing else has. */
const CONDITIONS: readonly (readonly [name: string, condition: string])[] = [
  ['a sensitive variable', 'var.key == "hush-a"'],
  ['a local made of one', 'local.key == "hush-b"'],
  ['a text made of one', '"${var.key}-${var.name}" == "hush-c"'],
  ['something within one', 'var.pair.password == "hush-d"'],
  ['an item of one', 'contains(var.keys, "hush-e") || var.keys[0] != "hush-f"'],
  ['what a function makes of one', 'startswith(upper(local.key), "hush-g")'],
  ['what is marked as one', 'sensitive(var.name) == "hush-h"'],
  ['an output of a module that is one', 'module.m.key == "hush-i"'],
];

describe('secrets of a configuration', () => {
  for (const [name, condition] of CONDITIONS)
    it(`are not told by what ${name} is compared with`, () => {
      const configuration = {
        variable: {
          key: { sensitive: true },
          name: {},
          pair: { sensitive: true, default: { password: 'hush-1' } },
          keys: { sensitive: true, type: 'list(string)' },
        },
        locals: { key: 'a-${var.key}' },
        module: { m: { source: './m', key: '${var.key}' } },
        resource: {
          aws_ebs_volume: {
            v: { encrypted: `\${${condition} ? true : false}` },
            w: { count: `\${${condition} ? 1 : 0}`, encrypted: false },
          },
          aws_sns_topic: { t: { kms_master_key_id: `%{ if ${condition} }alias/aws/sns%{ endif }` } },
        },
      };
      const module = { variable: { key: {} }, output: { key: { sensitive: true, value: '${var.key}' } } };
      const files = { 'main.tf.json': configuration, 'm/main.tf.json': module };
      const { analysis } = directory(files);
      const [main] = analysis.documents;
      const messages = main!.findings
        .filter(({ rule }) => rule !== 'parameter-secret-default')
        .map(({ message, when, related }) => JSON.stringify([message, when, related.map((one) => one.message)]));
      assert.ok(messages.length > 0);
      assert.doesNotMatch(messages.join('\n'), /hush/);
    });

  it('are not told where such a condition is explained', () => {
    const text = JSON.stringify({
      variable: {
        key: { sensitive: true },
        name: {},
        pair: { sensitive: true, default: { password: 'hush-1' } },
        keys: { sensitive: true, type: 'list(string)' },
      },
      locals: { key: 'a-${var.key}' },
      resource: {
        aws_ebs_volume: Object.fromEntries(
          CONDITIONS.filter(([, condition]) => !condition.includes('module')).map(([, condition], index) => [
            `v${index}`,
            { encrypted: `\${${condition} ? true : false}` },
          ]),
        ),
      },
    });
    const explain = explainer('main.tf.json', text, { profile: 'strict', certainty: 'possible' });
    for (const offset of distinctOffsets(text)) {
      const explained = explain(offset);
      if (explained)
        assert.doesNotMatch(
          fullMarkdown(explained, { profile: 'strict' }, linksIn(text)),
          /hush/,
          text.slice(offset, offset + 30),
        );
    }
  });
});
