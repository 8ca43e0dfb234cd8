/**
 * The time since the start of the process, in milliseconds, for processes that run shortly: `performance` takes a
 * twentieth of the time of a small template, because Node.js loads it with the first use.
 */
export function processTime(): number {
  return process.uptime() * 1000;
}
