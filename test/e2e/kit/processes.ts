import type { ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * Ends a process that was started detached, with all that it started: extension hosts outlive the editor for a moment.
 */
export async function endGroup(child: ChildProcess): Promise<void> {
  const signal = (name: NodeJS.Signals | 0): boolean => {
    try {
      return process.kill(-child.pid!, name);
    } catch {
      return false;
    }
  };
  signal('SIGTERM');
  for (let tries = 0; tries < 50 && signal(0); tries++) await pause(100);
  signal('SIGKILL');
}

/** The processes whose command line has all of these words. Only Linux tells. */
export function processesWith(...words: readonly string[]): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      const line = commandLine(pid);
      return words.every((word) => line.includes(word));
    });
}

/** How many sockets a process has by which it could reach another machine: TCP and UDP, connected or not. */
export function networkSockets(pid: number): number {
  const network = new Set(
    ['tcp', 'tcp6', 'udp', 'udp6'].flatMap((protocol) =>
      readFileSync(`/proc/${pid}/net/${protocol}`, 'utf8')
        .split('\n')
        .map((line) => line.trim().split(/\s+/)[9]),
    ),
  );
  return readdirSync(`/proc/${pid}/fd`).filter((descriptor) => network.has(socketOf(pid, descriptor))).length;
}

/** The number of the socket behind a descriptor. */
function socketOf(pid: number, descriptor: string): string {
  try {
    return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${descriptor}`))?.[1] ?? 'none';
  } catch {
    return 'none';
  }
}

/** The variables with which a process was started, as `NAME=VALUE`. */
export function variablesOf(pid: number): readonly string[] {
  return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
}

/** The words with which a process was started, with spaces between them. */
export function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}
