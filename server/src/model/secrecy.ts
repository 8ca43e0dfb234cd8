import type { Origin } from './value.ts';

/** Whether a value is secret, and whether only because of a name. */
export type Secrecy = Pick<Origin, 'secret' | 'secretByName'>;

/** The secrecy of a value that is made from several values: only by name if none of them is marked. */
export function secrecyOf(parts: readonly Secrecy[]): Secrecy {
  const secret = parts.filter((part) => part.secret);
  if (secret.length === 0) return OPEN;
  return secret.every((part) => part.secretByName) ? BY_NAME : MARKED;
}

const OPEN: Secrecy = {};
const MARKED: Secrecy = { secret: true };
const BY_NAME: Secrecy = { secret: true, secretByName: true };
