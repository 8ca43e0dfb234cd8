import assert from 'node:assert/strict';
import {
  pageHtml,
  linkTarget,
  plainHtml,
  ruleOf,
  withColoredIcons,
  withCommands,
  withRuleCommands,
} from '../../client/src/value-page.ts';

describe('the page of a value', () => {
  for (const [what, markdown, expected] of [
    [
      'a link',
      'see [line 4](file:///w/a.yaml#L4)',
      'see [line 4](command:c?%5B%22file%3A%2F%2F%2Fw%2Fa.yaml%23L4%22%5D)',
    ],
    ['two links', '[a](x:1), [b](x:2)', '[a](command:c?%5B%22x%3A1%22%5D), [b](command:c?%5B%22x%3A2%22%5D)'],
    ['what looks like a link in code', '`[a](x:1)` and ``b`[c](x:2)``', '`[a](x:1)` and ``b`[c](x:2)``'],
    ['a link after backticks that are words', '\\`[a](x:1)\\`', '\\`[a](command:c?%5B%22x%3A1%22%5D)\\`'],
    ['brackets that are words', '\\[a\\](x:1)', '\\[a\\](x:1)'],
  ] as const) {
    it(`runs a command for links alone: ${what}`, () => assert.equal(withCommands(markdown, 'c'), expected));
  }

  it('runs a command for links to rules alone in a hover', () =>
    assert.equal(
      withRuleCommands(
        '[a](x-docs:/docs/rules/a-b.md), `[c](x:/docs/rules/c.md)` and [line 4](file:///w/a.yaml#L4)',
        'c',
      ),
      '[a](command:c?%5B%22a-b%22%5D), `[c](x:/docs/rules/c.md)` and [line 4](file:///w/a.yaml#L4)',
    ));

  it('colors the icons at the beginnings of lines alone', () => {
    const colored = (icon: string, color: string): string =>
      `<span style="color:var(--vscode-${color});">${icon}</span>`;
    assert.equal(
      withColoredIcons('T $(error) x  \n$(error) a: $(pass) b  \n$(question) c  \n$(pass) d\n\\$(error) e\n$(zap) f'),
      `T $(error) x  \n${colored('$(error)', 'problemsErrorIcon-foreground')} a: $(pass) b  \n${colored('$(question)', 'problemsWarningIcon-foreground')} c  \n${colored('$(pass)', 'testing-iconPassed')} d\n\\$(error) e\n$(zap) f`,
    );
  });

  it('tells pages of rules and lines of documents apart', () => {
    assert.equal(ruleOf('file:///x/docs/rules/ebs-volume-encryption.md'), 'ebs-volume-encryption');
    assert.equal(ruleOf('file:///x/docs/rules/a.yaml#L3'), undefined);
    assert.deepEqual(linkTarget('file:///w/a%23L1.yaml#L4'), { document: 'file:///w/a%23L1.yaml', line: 3 });
    assert.deepEqual(linkTarget('untitled:Untitled-1#L12'), { document: 'untitled:Untitled-1', line: 11 });
    assert.deepEqual(linkTarget('file:///w/a.yaml'), { document: 'file:///w/a.yaml' });
  });

  it('runs no script and loads nothing, and shows a text as it is', () => {
    assert.match(
      pageHtml('<p>x</p>', 'Ownership'),
      /default-src 'none'; style-src 'unsafe-inline'"[^]*<title>Ownership<\/title>[^]*<p>x<\/p>/,
    );
    assert.equal(plainHtml('a<b&c'), '<pre>a&lt;b&amp;c</pre>');
  });
});
