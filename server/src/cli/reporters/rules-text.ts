import pico from 'picocolors';
import type { AnyRule } from '../../rules/rule.ts';
import type { Writer } from './reporter.ts';

/** Rules as a table, one per line; nothing without rules. */
export const rulesText: Writer<readonly AnyRule[]> = {
  report: (rules, { rules: all, display }) => {
    if (rules.length === 0) return '';
    const colors = pico.createColors(display.color);
    const ids = Math.max(...all.map((rule) => rule.id.length), 2);
    const line = (id: string, severity: string, profile: string, title: string): string =>
      `${id.padEnd(ids)}  ${severity.padEnd(8)}  ${profile.padEnd(11)}  ${title}`;
    const head = colors.dim(line('id', 'severity', 'profile', 'title'));
    return `${[head, ...rules.map((rule) => line(rule.id, rule.severity, rule.profile, rule.title))].join('\n')}\n`;
  },
};
