/**
 * The time since the start of the process, in milliseconds. Node.js loads `performance` on its first use, which takes
 * some milliseconds of a short run.
 */
export function processTime(): number {
  return process.uptime() * 1000;
}
