import { ownEntry } from '../../base/table.ts';
import { leaves } from '../../model/navigate.ts';
import type { Here } from '../here.ts';

/** `schemas/lambda-runtimes`: the day from which AWS no longer patches a runtime, by its identifier. */
interface LambdaRuntimes {
  readonly deprecated: Readonly<Record<string, string>>;
  /** Runtimes that have no day yet. */
  readonly supported: readonly string[];
}

/** Whether AWS still patches the runtime of a function. */
export function runtime({ resource, today, data }: Here): string | undefined {
  const runtimes = data('lambda-runtimes') as LambdaRuntimes | null | undefined;
  const said = leaves(resource.get('Runtime')).flatMap(({ value }) =>
    value.state === 'known' && runtimes ? [aboutRuntime(value.raw, runtimes, today)] : [],
  );
  return said[0];
}

function aboutRuntime(name: string, { deprecated, supported }: LambdaRuntimes, today: string): string {
  const day = ownEntry(deprecated, name);
  if (day === undefined)
    return supported.includes(name)
      ? `${name} is supported, so AWS patches it`
      : `${name} is not among the runtimes known here`;
  return day <= today
    ? `${name} is deprecated since ${day}, so AWS may no longer patch it`
    : `${name} is supported until ${day}`;
}
