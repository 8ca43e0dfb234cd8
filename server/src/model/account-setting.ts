/** Settings of the account of a stack, such as Block Public Access of Amazon S3. */
import { ownEntry } from '../base/table.ts';
import { any, judgement, NO, UNKNOWABLE, YES, type Judgement } from './judgement.ts';
import type { Stack } from './resource.ts';

/**
 * Whether an account setting is on: by the configuration, else by the stack.
 * @param name `s3.accountBlock`.
 * @param otherwise The answer if neither states it; unknown without it.
 */
export function accountSetting({ account, stated }: Stack, name: string, otherwise?: boolean): Judgement {
  const configured = ownEntry(stated?.settings, name);
  if (configured !== undefined) return answer(configured);
  const own = account?.get(name);
  return own ? any(judgement(own), answer(otherwise)) : answer(otherwise);
}

function answer(value: boolean | undefined): Judgement {
  return value === undefined ? UNKNOWABLE : value ? YES : NO;
}
