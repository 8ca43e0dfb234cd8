/** The page of paths: boxes, order of focus, text, and nothing of documents that is markup. */
import assert from 'node:assert/strict';
import { drawnGraph } from '../../../client/src/path/drawn-boxes.ts';
import type { PathGraph } from '../../../client/src/path/graph.ts';
import { neighborsOf } from '../../../client/src/path/keyboard.ts';
import { layoutOf } from '../../../client/src/path/layout.ts';
import { pathPage } from '../../../client/src/path/path-page.ts';
import { linesOf, textWidth } from '../../../client/src/path/text-lines.ts';
import { edge, graphOf, node, path, WEB } from './examples.ts';

const pageOf = (graph: PathGraph): string =>
  pathPage(graph, ({ uri, range }) => `command:open?${uri}#L${range.start.line + 1}`, 'once');

describe('lines of text', () => {
  for (const [text, most, expected] of [
    ['one two three', 9, ['one two', 'three']],
    ['AWS::EC2::InternetGateway', 9, ['AWS::', 'EC2::', 'InternetG', 'ateway']],
    ['', 9, ['']],
    ['one two three four five', 2, ['one two', 'three fo…']],
    ['𝄞𝄞𝄞𝄞𝄞𝄞𝄞𝄞𝄞', 9, ['𝄞𝄞𝄞𝄞', '𝄞𝄞𝄞𝄞', '𝄞']],
  ] as const)
    it(`break ${JSON.stringify(text)}`, () => {
      const lines = linesOf(text, 55, 10, most);
      assert.deepEqual(lines, expected);
      for (const line of lines) assert.ok(textWidth(line, 10) <= 55);
    });
});

describe('the boxes of a graph', () => {
  it('are nodes, and requirements that edges share, in the order of the paths', () => {
    const { boxes, links } = drawnGraph(WEB);
    assert.deepEqual(
      boxes.map(({ parts }) => parts.map(({ text }) => text).join('; ')),
      [
        'internet',
        'SubnetA routes 0.0.0.0/0 to Gateway, open',
        'Gateway, AWS::Toy::Gateway, reached',
        'Web is in the subnet SubnetA, open',
        'SubnetA, AWS::Toy::SubnetA, reached',
        'WebGroup allows TCP port 22 from 0.0.0.0/0, open',
        'WebGroup, AWS::Toy::WebGroup, reached',
        'Web has a public IP address (MapPublicIpOnLaunch is true), open',
        'Web, AWS::Toy::Web, reached',
        'SubnetB routes 0.0.0.0/0 to Gateway, unknown',
        'Web is in the subnet SubnetB, open',
        'SubnetB, AWS::Toy::SubnetB, unknown if reached',
        'WebGroup allows TCP port 443 from 0.0.0.0/0, open',
      ],
    );
    assert.equal(links.length, 16);
    assert.ok(links.every(({ from, to }) => boxes.some(({ id }) => id === from) && boxes.some(({ id }) => id === to)));
  });

  it('are large enough for their text', () => {
    for (const { width, height, parts } of drawnGraph(WEB).boxes)
      for (const { top, height: own, lines } of parts) {
        assert.ok(top + own <= height);
        for (const { text, y } of lines) assert.ok(textWidth(text, 11) < width && y < own);
      }
  });

  it('have many requirements of which one is sufficient in one box', () => {
    const ports = ['1', '2', '3', '4'].map((port) =>
      edge('internet', 'Web', [`Web allows port ${port}`], port === '3' ? 'open' : 'closed'),
    );
    const of = (count: number) =>
      drawnGraph(
        graphOf(
          [node('internet', 'outside'), node('Web', 'target')],
          ports.slice(0, count).map((one) => [one]),
        ),
      );
    assert.equal(of(3).boxes.length, 5);
    const { boxes, links } = of(4);
    assert.deepEqual(
      boxes.map(({ parts, heading = [] }) => [...heading, ...parts].map(({ text }) => text)),
      [
        ['internet'],
        [
          'One of 4:',
          'Web allows port 1, closed',
          'Web allows port 2, closed',
          'Web allows port 3, open',
          'Web allows port 4, closed',
        ],
        ['Web, AWS::Toy::Web, reached'],
      ],
    );
    assert.deepEqual(
      links.map(({ state }) => state),
      ['open', 'open'],
    );
    assert.match(
      pageOf(
        graphOf(
          [node('internet', 'outside'), node('Web', 'target')],
          ports.map((one) => [one]),
        ),
      ),
      /<text class="type" [^>]*>One of 4:<\/text>/,
    );
  });

  it('have a link without requirements', () => {
    const { boxes, links } = drawnGraph(
      graphOf([node('internet', 'outside'), node('Web', 'target')], [[edge('internet', 'Web', [])]]),
    );
    assert.deepEqual(
      boxes.map(({ id }) => id),
      ['node-0', 'node-1'],
    );
    assert.deepEqual(links, [{ from: 'node-0', to: 'node-1', state: 'open', isLast: true }]);
  });
});

describe('the arrow keys in a drawing', () => {
  const drawn = drawnGraph(WEB);
  const neighbors = neighborsOf(drawn, layoutOf(drawn.boxes, drawn.links).rows);

  it('lead down the first path and up again', () => {
    const walk = (from: string, direction: 'down' | 'up'): readonly string[] => {
      const next = neighbors.get(from)?.[direction];
      return next === undefined ? [from] : [from, ...walk(next, direction)];
    };
    const down = walk('node-0-0', 'down');
    assert.deepEqual(
      down,
      drawn.boxes.slice(0, 9).flatMap(({ parts }) => parts.map(({ id }) => id)),
    );
    assert.deepEqual(walk(down.at(-1)!, 'up'), down.toReversed());
  });

  it('lead to the box beside', () => {
    assert.equal(neighbors.get('node-2-0')?.right, 'node-3-0');
    assert.equal(neighbors.get('node-3-0')?.left, 'node-2-0');
    assert.equal(neighbors.get('node-3-0')?.right, undefined);
  });

  it('lead to each requirement of a box', () => {
    const two = drawnGraph(
      graphOf([node('internet', 'outside'), node('Web', 'target')], [[edge('internet', 'Web', ['a', 'b'])]]),
    );
    const found = neighborsOf(two, layoutOf(two.boxes, two.links).rows);
    assert.deepEqual([found.get('step-0-0')?.down, found.get('step-0-1')?.down], ['step-0-1', 'node-1-0']);
    assert.deepEqual([found.get('node-1-0')?.up, found.get('step-0-1')?.up], ['step-0-1', 'step-0-0']);
  });
});

describe('the page of paths', () => {
  it('has a drawing whose parts follow the paths, and the paths as a list', () => {
    const page = pageOf(WEB);
    assert.match(
      page,
      /<h1>Paths to Web<\/h1>\n<p>AWS::Toy::Web<\/p>\n<div class="drawing"><svg role="group" aria-label="Paths to Web\. /,
    );
    const parts = [...page.matchAll(/class="part" id="[^"]+" aria-label="([^"]+)"/g)].map(([, label]) => label);
    assert.deepEqual(
      parts,
      drawnGraph(WEB).boxes.flatMap((box) => box.parts.map(({ text }) => text)),
    );
    assert.match(page, /<a class="part" id="node-5-0"[^>]* href="command:open\?file:\/\/\/w\/a\.yaml#L5">/);
    assert.match(page, /<g class="part" id="node-0-0"[^>]* role="img" tabindex="0">/);
    assert.match(
      page,
      /<strong>internet, TCP port 22<\/strong>: open\n<ul>\n<li>SubnetA routes 0\.0\.0\.0\/0 to Gateway: open \(<a href="[^"]+">line 5<\/a>\)<\/li>/,
    );
  });

  it('has limits, missing facts and scenarios, and the targets of paths through a resource', () => {
    const web = edge('internet', 'Web', ['x']);
    const graph = graphOf([node('internet', 'outside'), node('Web', 'target')], [[web]]);
    const whole = {
      ...graph,
      leads: 'through' as const,
      incomplete: true,
      missing: ['what is there'],
      paths: [
        path([web], { state: 'open', when: 'when A is true', limits: ['a token', 'a key'] }),
        path([web], { state: 'unknown', missing: ['whether b', 'whether c'] }),
      ],
    };
    const page = pageOf(whole);
    for (const part of [
      '<h1>Paths through Web</h1>',
      '<strong>internet to Web, TCP port 22</strong>: open when A is true',
      '<p>Requires a token, a key.</p>',
      '<p>Not known: whether b; whether c.</p>',
      '<h2>Not known</h2>\n<ul>\n<li>what is there</li>',
      'Incomplete: there are more paths',
    ])
      assert.ok(page.includes(part), part);
  });

  it('says that nothing known leads to a resource', () => {
    const page = pageOf({ ...WEB, paths: [], edges: [], missing: ['which security groups Web has'] });
    assert.doesNotMatch(page, /<svg|<ol>/);
    assert.match(page, /No known path from the internet or other AWS accounts leads to Web\.<\/p>/);
    assert.match(page, /<li>which security groups Web has<\/li>/);
  });

  it('has a text instead of a drawing that is too large', () => {
    const nodes = Array.from({ length: 201 }, (_, index) => node(`n${index}`));
    const page = pageOf({ ...WEB, nodes: [...WEB.nodes, ...nodes] });
    assert.doesNotMatch(page, /<svg/);
    assert.match(
      page,
      /<p>Too many resources to draw \(214 boxes; the maximum is 200\)\. The list has all paths\.<\/p>/,
    );
    assert.match(page, /<ol>/);
  });

  it('runs one script of ours and loads nothing', () => {
    const page = pageOf(WEB);
    assert.match(page, /content="default-src 'none'; style-src 'unsafe-inline'; script-src 'nonce-once'"/);
    assert.deepEqual(page.match(/<script\b[^>]*>/g), ['<script nonce="once">']);
  });

  it('escapes all text of documents', () => {
    const evil = `"><script>alert('&')</script>`;
    const web = edge('internet', evil, [evil]);
    const steps = web.steps.map((step) => ({ ...step, when: evil, place: { ...step.place, uri: evil } }));
    const graph = graphOf([node('internet', 'outside'), node(evil, 'target')], [[{ ...web, steps }]]);
    const page = pageOf({
      ...graph,
      subject: { label: evil, detail: evil },
      missing: [evil],
      paths: [path([web], { traffic: evil, when: evil, limits: [evil], missing: [evil] })],
    });
    assert.doesNotMatch(page, /"><script>|alert\('/);
    assert.ok(page.split('alert').length > 12);
  });
});
