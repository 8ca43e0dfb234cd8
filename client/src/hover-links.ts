import { MarkdownString, type Hover } from 'vscode';
import { withColoredIcons, withRuleCommands } from './value-page.ts';

const SHOW_RULE = 'stackwarden.showRule';
const SHOW_OWNERSHIP = 'stackwarden.showOwnership';
const SHOW_PATH = 'stackwarden.showPath';

/**
 * A hover with icons whose links to pages of rules show these, and to the pages about responsibilities and paths. It
 * can run no other command.
 */
export function linkRulesOf<Found extends Hover | null | undefined>(hover: Found): Found {
  for (const content of hover?.contents ?? []) {
    if (!(content instanceof MarkdownString)) continue;
    content.value = withColoredIcons(withRuleCommands(content.value, SHOW_RULE));
    content.supportThemeIcons = true;
    // For the colors of icons alone. Text of documents is escaped, and VS Code removes all but a few harmless elements.
    content.supportHtml = true;
    content.isTrusted = { enabledCommands: [SHOW_RULE, SHOW_OWNERSHIP, SHOW_PATH] };
  }
  return hover;
}
