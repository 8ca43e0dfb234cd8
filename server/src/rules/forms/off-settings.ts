/** Settings of Block Public Access that are off, in findings about what they allow. */
import { all, is, type Judgement } from '../../model/judgement.ts';
import { isFalse } from '../../model/predicate.ts';
import { BLOCK, BLOCK_SETTINGS, type Blocked } from '../../policy/principal/bucket-block.ts';
import type { Violation } from '../rule.ts';

/** The settings that are off, as violations of one cause together with the ACL or policy that they allow. */
export function offSettings(blocked: Blocked, open: Judgement): readonly Violation[] {
  return BLOCK_SETTINGS.map((setting) => {
    const at = blocked.get(`${BLOCK}.${setting}`);
    return { wrong: all(open, is(at, isFalse)), at };
  });
}
