/** The page on which a value is explained, as HTML. */

/** An escape, a run of code, or a link of Markdown, whichever comes first. Links have no spaces and parentheses in them. */
const INLINE = /\\[^]|(`+)(?!`)[^]*?(?<!`)\1(?!`)|\]\(([^()\s<>]+)\)/g;

/** The same Markdown with links that run a command, which gets what the link led to. */
export function withCommands(markdown: string, command: string): string {
  return markdown.replaceAll(INLINE, (whole: string, _fence: string | undefined, href: string | undefined) =>
    href === undefined ? whole : `](command:${command}?${encodeURIComponent(JSON.stringify([href]))})`,
  );
}

/** The rule whose page a link leads to. */
export function ruleOf(href: string): string | undefined {
  return /\/docs\/rules\/([\w-]+)\.md$/.exec(href)?.[1];
}

/** The document and the line, from zero on, that a link leads to. */
export function placeOf(href: string): { readonly document: string; readonly line?: number } {
  const [, document = href, line] = /^(.*?)#L(\d+)$/.exec(href) ?? [];
  return { document, ...(line === undefined ? {} : { line: Number(line) - 1 }) };
}

/** A page that runs no script and loads nothing, in the colours and the font of the editor. */
export function pageHtml(body: string): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Value</title>
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
</style>
</head>
<body>
${body}
</body>
</html>
`;
}

/** A text as it is. */
export function plainHtml(text: string): string {
  return `<pre>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</pre>`;
}
