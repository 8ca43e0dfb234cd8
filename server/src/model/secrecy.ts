import type { Origin } from './value.ts';

/** Whether a value is secret, and whether because of a name only. */
export type Secrecy = Pick<Origin, 'secret' | 'secretByName'>;

/** The secrecy of a value made from several values: by name only, if none of them is marked. */
export function secrecyOf(parts: readonly Secrecy[]): Secrecy {
  const secret = parts.filter((part) => part.secret);
  if (secret.length === 0) return OPEN;
  return secret.every((part) => part.secretByName) ? BY_NAME : MARKED;
}

const OPEN: Secrecy = {};
const MARKED: Secrecy = { secret: true };
const BY_NAME: Secrecy = { secret: true, secretByName: true };
