/** Hovers in configuration files. */
import type { Hover } from 'vscode-languageserver';
import { MarkupKind } from './protocol.ts';
import type { LineIndex } from '../base/line-index.ts';
import { inert } from '../base/inert.ts';
import type { CardRule, SettingCard } from '../engine/setting-card.ts';
import { markdownCode, markdownText } from '../hover/markdown-text.ts';

/** The hover for a setting. `page` has the address of the page of a rule. */
export function settingHover(
  card: SettingCard,
  lines: LineIndex,
  asMarkdown: boolean,
  page: (rule: string) => string | undefined,
): Hover {
  const value = asMarkdown ? markdownOf(card, page) : plainOf(card);
  return {
    contents: { kind: asMarkdown ? MarkupKind.Markdown : MarkupKind.PlainText, value },
    range: lines.range(card.range),
  };
}

function markdownOf(
  { name, lines, written, rules, more }: SettingCard,
  page: (rule: string) => string | undefined,
): string {
  const ruleLine = ({ id, title, severity, profile }: CardRule): string => {
    const href = page(id);
    const shown = href === undefined ? `**${markdownText(title)}**` : `[${markdownText(title)}](${href})`;
    return `${shown} \\\n${id === name ? '' : `${markdownCode(id)}, `}${severity}, profile ${profile}`;
  };
  return [
    `**${markdownText(name)}**`,
    ...lines.map(markdownText),
    ...(written.length > 0
      ? [written.map(({ label, texts }) => `${label}: ${texts.map(markdownCode).join(', ')}`).join(' \\\n')]
      : []),
    ...rules.map(ruleLine),
    ...others(more),
  ].join('\n\n');
}

function plainOf({ name, lines, written, rules, more }: SettingCard): string {
  return [
    inert(name),
    ...lines,
    ...written.map(({ label, texts }) => `${label}: ${texts.join(', ')}`),
    ...rules.map(({ id, title, severity, profile }) => `${title} (${id}, ${severity}, profile ${profile})`),
    ...others(more),
  ].join('\n');
}

function others(more: number): readonly string[] {
  return more === 0 ? [] : [`and ${more} more ${more === 1 ? 'rule' : 'rules'}`];
}
