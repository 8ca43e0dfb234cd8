/**
 * An edit costs nothing for rules that are about other things: what all rules decide follows once from a configuration,
 * and rules are called by what a document has.
 */
import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { once } from '../../server/src/base/once.ts';
import { RULES } from '../../server/src/rules/index.ts';
import { defineRule } from '../../server/src/rules/rule.ts';
import { countsWith, typesIn, type Stated } from './more-rules/counts.ts';
import { makeRules } from './more-rules/sources.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const DOCUMENTS = ['cloudformation-yaml-6k', 'cloudformation-json-35k', 'sam-yaml-6k', 'terraform-hcl-6k'] as const;

/** Levels by name, pattern and path, accepted findings, and names that no rule has. */
const SETTINGS = `  s3-*: high
  s3-bucket-versioning: off
  CKV_AWS_20: low
overrides:
  - paths: ['*.yaml', '*.tf']
    profile: recommended
    rules: {'sqs-*': low}
suppressions:
  - {rules: ['kms-*', kms-key-rotatoin], reason: Accepted.}
`;
const COMMENT = '# stackwarden-disable lambda-*, lambda-tracign -- Accepted.\n';

describe('500 more rules', () => {
  const rules = once(() => makeRules(500, ROOT));
  /** Rules about policies that need what no policy here has. */
  const policyRules = Array.from({ length: 100 }, (_, index) =>
    defineRule({
      ...RULES.find(({ on }) => on === 'policy')!,
      id: `policy-${String(index)}`,
      on: 'policy',
      needs: index % 2 === 0 ? { services: [`service${String(index)}`] } : { keys: [`aws:key${String(index)}`] },
      check: () => {
        assert.fail('It is called.');
      },
    }),
  );
  const parted = (name: string) => {
    const types = typesIn(name);
    const isOwn = (type: string): boolean => types.has(type);
    return {
      own: rules().flatMap(({ rule, type }) => (isOwn(type) ? [rule] : [])),
      others: rules().flatMap(({ rule, type }) => (isOwn(type) ? [] : [rule])),
    };
  };

  const costNothing = (name: string, stated: Stated): void => {
    const others = [...parted(name).others, ...policyRules];
    assert.ok(others.length > 500, String(others.length));
    const [now, then] = [countsWith([], name, stated), countsWith(others, name, stated)];
    // Otherwise the rules would not be seen at all.
    assert.ok(then.first.readsOfAdded > others.length, String(then.first.readsOfAdded));
    assert.equal(then.first.textsOfAdded, 0);
    assert.equal(then.first.ruleCalls, now.first.ruleCalls);
    assert.deepEqual(then.edits, now.edits);
  };

  for (const name of DOCUMENTS) {
    it(`cost an edit of ${name} nothing where it has no type of theirs`, () => costNothing(name, {}));

    it(`cost an edit of ${name} nothing with settings and suppressions of rules`, () =>
      costNothing(name, { settings: SETTINGS, comment: name.includes('json') ? '' : COMMENT }));
  }

  it('cost an edit of cloudformation-yaml-6k the calls about what it changes', () => {
    const name = 'cloudformation-yaml-6k';
    const { own } = parted(name);
    const [now, then] = [countsWith([], name), countsWith(own, name)];
    const more = (kind: keyof typeof now.edits): number => then.edits[kind] - now.edits[kind];
    assert.ok(then.first.ruleCalls > now.first.ruleCalls);
    assert.ok(more('ruleCalls') > 0);
    // Each reads its property, and some find something.
    for (const kind of ['lookups', 'visits', 'readsOfAdded'] as const)
      assert.ok(
        more(kind) <= 60 * more('ruleCalls'),
        `${kind}: ${String(more(kind))} for ${String(more('ruleCalls'))}`,
      );
  });
});
