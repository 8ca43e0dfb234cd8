/** The HTML page of an explanation. */

/** A Markdown escape, code span or link, whichever comes first. Links contain no spaces and parentheses. */
const INLINE = /\\[^]|(`+)(?!`)[^]*?(?<!`)\1(?!`)|\]\(([^()\s<>]+)\)/g;

/** Replaces the links of Markdown by links that run a command with the original target. */
export function withCommands(markdown: string, command: string): string {
  return withLinks(markdown, (href) => commandLink(command, href));
}

/**
 * Replaces the links of Markdown to pages of rules by links that run a command with the rule. Editors remove links with
 * our scheme from hovers.
 */
export function withRuleCommands(markdown: string, command: string): string {
  return withLinks(markdown, (href) => {
    const rule = ruleOf(href);
    return rule === undefined ? href : commandLink(command, rule);
  });
}

/** The colors of the icons with which the server begins the lines of a hover. */
const ICON_COLORS: Readonly<Record<string, string>> = {
  error: 'problemsErrorIcon-foreground',
  pass: 'testing-iconPassed',
  question: 'problemsWarningIcon-foreground',
};

/** Colors the icons at the beginnings of lines. Text of documents has no icons: those in it are escaped. */
export function withColoredIcons(markdown: string): string {
  return markdown.replaceAll(
    /^\$\((error|pass|question)\)(?= )/gm,
    (icon: string, name: string) => `<span style="color:var(--vscode-${ICON_COLORS[name]});">${icon}</span>`,
  );
}

function withLinks(markdown: string, replaced: (href: string) => string): string {
  return markdown.replaceAll(INLINE, (whole: string, _fence: string | undefined, href: string | undefined) =>
    href === undefined ? whole : `](${replaced(href)})`,
  );
}

/** A link that runs a command with an argument. */
export function commandLink(command: string, argument: string): string {
  return `command:${command}?${encodeURIComponent(JSON.stringify([argument]))}`;
}

/** The rule of a link to a rule page. */
export function ruleOf(href: string): string | undefined {
  return /\/docs\/rules\/([\w-]+)\.md$/.exec(href)?.[1];
}

/** The document of a link, its zero-based line, and the character in the line. */
export function linkTarget(href: string): {
  readonly document: string;
  readonly line?: number;
  readonly character?: number;
} {
  const [, document = href, line, column] = /^(.*?)#L(\d+)(?:,(\d+))?$/.exec(href) ?? [];
  return {
    document,
    ...(line === undefined ? {} : { line: Number(line) - 1 }),
    ...(column === undefined ? {} : { character: Number(column) - 1 }),
  };
}

/** What a page has besides its body. All of it is ours. */
export interface PageParts {
  readonly style?: string;
  /** The only script, which the nonce allows. */
  readonly script?: { readonly text: string; readonly nonce: string };
}

/**
 * A page without external resources, in the theme of the editor, and without scripts unless it is given one. The title
 * is one of ours.
 */
export function pageHtml(body: string, title: string, { style = '', script }: PageParts = {}): string {
  const policy = `default-src 'none'; style-src 'unsafe-inline'${script ? `; script-src 'nonce-${script.nonce}'` : ''}`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${title}</title>
<style>
body { line-height: 1.5; padding: 0 1.5em 1em; overflow-wrap: break-word; }
h1 { font-size: 1.35em; font-weight: 600; }
h2 { font-size: 1.1em; font-weight: 600; margin-top: 1.6em; }
ul { padding-left: 1.4em; }
ul ul { margin: 0; }
li { margin: 0.25em 0; }
code { font-size: 0.95em; }
a { text-decoration: none; }
a:hover { text-decoration: underline; }
pre { white-space: pre-wrap; }
${style.trimStart()}</style>
</head>
<body>
${body}
${script ? `<script nonce="${script.nonce}">${script.text}</script>\n` : ''}</body>
</html>
`;
}

/** A plain text as HTML. */
export function plainHtml(text: string): string {
  return `<pre>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</pre>`;
}
