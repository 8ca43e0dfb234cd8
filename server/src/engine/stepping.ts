/** Work about documents or a stack that is done in steps before its result is needed. */
import { isolated } from '../base/isolation.ts';
import type { Progress, Steps } from '../base/steps.ts';
import type { Stack } from '../model/resource.ts';

/** Does work in steps whose result is known afterwards. If it fails, it fails again where the result is needed. */
export function* stepping(
  { documents }: Pick<Stack, 'documents'>,
  work: Generator<void, unknown, undefined> | undefined,
  progress: () => Progress,
): Steps<void> {
  const next = (): boolean =>
    isolated(
      () => ({ doc: documents[0]!, start: 0, end: 0 }),
      () => work?.next().done === false,
      () => false,
    );
  while (next()) yield progress();
}
