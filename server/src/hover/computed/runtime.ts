import { flatMap } from '../../base/flat-map.ts';
import { ownEntry } from '../../base/table.ts';
import { leaves } from '../../model/navigate.ts';
import type { CardContext } from '../card-context.ts';

/** `schemas/lambda-runtimes`: the deprecation date of each runtime, by its identifier. */
interface LambdaRuntimes {
  readonly deprecated: Readonly<Record<string, string>>;
  /** Runtimes without a deprecation date. */
  readonly supported: readonly string[];
}

/** Whether AWS supports and patches the runtime of a function. */
export function runtime({ resource, today, data }: CardContext): string | undefined {
  const runtimes = data('lambda-runtimes') as LambdaRuntimes | null | undefined;
  const texts = flatMap(leaves(resource.get('Runtime')), ({ value }) =>
    value.state === 'known' && value.raw !== '' && runtimes ? [aboutRuntime(value.raw, runtimes, today)] : [],
  );
  return texts[0];
}

function aboutRuntime(name: string, { deprecated, supported }: LambdaRuntimes, today: string): string {
  const day = ownEntry(deprecated, name);
  if (day === undefined)
    return supported.includes(name) ? `${name} is supported: AWS patches it` : `${name} is not a known runtime`;
  return day <= today
    ? `${name} has been deprecated since ${day}, so AWS no longer guarantees patches`
    : `${name} is supported until ${day}`;
}
