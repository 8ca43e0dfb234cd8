import { bothTruths, TRUE } from '../../base/guard.ts';
import { absentFrom } from '../../model/navigate.ts';
import type { Output } from '../../model/resource.ts';
import { keySpan } from '../located.ts';
import { plainValue } from '../plain.ts';
import { mergedPair, type MergedPair } from './call.ts';
import type { Template } from './evaluate.ts';

/**
 * The outputs of a template, each in the scenarios of its condition. An output without a value is included, because it
 * can be incomplete. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/outputs-section-structure.html
 */
export function outputsOf(whole: Template, isGenerated = false): readonly Output[] {
  return whole.section('Outputs').pairs.map(({ pair, name, template, when, merged }): Output => {
    const { tree } = template;
    const nameAt = keySpan(tree, pair);
    const edit = merged || pair.value.kind === 'alias' ? 'shared' : 'here';
    const condition = template.text(mergedPair(pair.value, 'Condition')?.pair.value);
    const written = mergedPair(pair.value, 'Value');
    const exported = mergedPair(mergedPair(pair.value, 'Export')?.pair.value, 'Name');
    const missing = absentFrom({
      state: 'object',
      open: false,
      entries: [],
      origin: { use: nameAt, key: nameAt, steps: [], edit: 'none' },
    });
    const valueOf = (found: MergedPair | undefined) =>
      found ? template.evaluate(found.pair.value, keySpan(tree, found.pair), found.merged ? 'shared' : edit) : missing;
    return {
      name,
      nameAt,
      when: bothTruths(when, condition === undefined ? TRUE : template.conditions.named(condition)),
      get value() {
        return valueOf(written);
      },
      get exportName() {
        return valueOf(exported);
      },
      get declaration() {
        return plainValue(tree, pair.value, nameAt, isGenerated ? 'generated' : merged ? 'shared' : 'here');
      },
    };
  });
}
