/** A copy of an object with some properties changed. Properties that are computed on demand are not computed by it. */
export function copyWith<T extends object>(object: T, changes: Partial<T>): T {
  const descriptors = { ...Object.getOwnPropertyDescriptors(object), ...Object.getOwnPropertyDescriptors(changes) };
  return Object.defineProperties({}, descriptors) as T;
}
