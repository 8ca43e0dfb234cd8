import type { ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/** Ends a process that was started detached, with all that it started: extension hosts outlive the editor for a moment. */
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
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number).filter((pid) => {
    const line = commandLine(pid);
    return words.every((word) => line.includes(word));
  });
}

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}
