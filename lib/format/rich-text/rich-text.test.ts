import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRichText, type RichTextNode } from './parse-rich-text';
import { richTextToText } from './rich-text-to-text';

const TAGS = 'p br strong em u s ul ol li a blockquote code pre table tr td'.split(' ');

/** What a node says beyond the promise; empty when it keeps it. */
function faults(nodes: readonly RichTextNode[], parent: string | null = null, depth = 0): string[] {
  return nodes.flatMap((node) => {
    if (typeof node === 'string') return parent === 'table' || parent === 'tr' ? [`text in ${parent}`] : [];
    const own: string[] = [];
    if (!TAGS.includes(node.tag)) own.push(`tag ${node.tag}`);
    if (depth > 60) own.push('too deep');
    for (const key of Object.keys(node)) {
      if (key !== 'tag' && key !== 'children' && !(key === 'href' && node.tag === 'a'))
        own.push(`key ${key}`);
    }
    if (node.tag === 'a' && !/^(?:https?:\/\/|mailto:)/.test(node.href ?? '')) own.push(`href ${node.href}`);
    if (node.tag === 'tr' && parent !== 'table') own.push(`tr in ${parent}`);
    if (node.tag === 'td' && parent !== 'tr') own.push(`td in ${parent}`);
    if (parent === 'table' && node.tag !== 'tr') own.push(`${node.tag} in table`);
    if (parent === 'tr' && node.tag !== 'td') own.push(`${node.tag} in tr`);
    return [...own, ...faults(node.children, node.tag, depth + 1)];
  });
}

const links = (nodes: readonly RichTextNode[]): string[] =>
  nodes.flatMap((node) =>
    typeof node === 'string' ? [] : [...(node.href ? [node.href] : []), ...links(node.children)],
  );

const HOSTILE = [
  '<script>alert(1)</script>',
  '<SCRIPT SRC=//evil.example/x.js></SCRIPT>',
  '<scr<script>ipt>alert(1)</scr</script>ipt>',
  '<script>alert(1)',
  '<img src=x onerror=alert(1)>',
  '<img src="javascript:alert(1)">',
  '<img src=`x` onerror=alert(1)//',
  '<a href="javascript:alert(1)">a</a>',
  '<a href="  jav&#x09;ascript:alert(1)">a</a>',
  '<a href="&#106;&#97;&#118;&#97;&#115;&#99;&#114;&#105;&#112;&#116;&#58;alert(1)">a</a>',
  '<a href="JaVaScRiPt:alert(1)">a</a>',
  '<a href="\u0001javascript:alert(1)">a</a>',
  '<a href="vbscript:msgbox(1)">a</a>',
  '<a href="data:text/html,<script>alert(1)</script>">a</a>',
  '<a href="blob:https://evil.example/1">a</a>',
  '<a href="file:///etc/passwd">a</a>',
  '<a href="//[bad">a</a>',
  '<a href=https://ok.example/ onclick=alert(1) style=position:fixed>a</a>',
  '<svg onload=alert(1)>',
  '<svg><script>alert(1)</script></svg>',
  '<svg><a xlink:href="javascript:alert(1)"><text>a</text></a></svg>',
  '<svg><style><img src=x onerror=alert(1)></style></svg>',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
  '<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  '<template><img src=x onerror=alert(1)></template>',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<iframe><img src=x onerror=alert(1)></iframe>',
  '<object data="javascript:alert(1)"></object><embed src="javascript:alert(1)">',
  '<base href="https://evil.example/"><a href="x">a</a>',
  '<meta http-equiv=refresh content="0;url=javascript:alert(1)">',
  '<link rel=stylesheet href=https://evil.example/x.css>',
  '<style>@import "https://evil.example/x.css"</style>',
  '<form action="https://evil.example"><input name=q autofocus onfocus=alert(1)><button>Go</button></form>',
  '<details open ontoggle=alert(1)>x</details>',
  '<marquee onstart=alert(1)>x</marquee>',
  '<isindex type=image src=1 onerror=alert(1)>',
  '<textarea><img src=x onerror=alert(1)></textarea>',
  '<title><img src=x onerror=alert(1)></title>',
  '<xmp><img src=x onerror=alert(1)></xmp>',
  '<plaintext><img src=x onerror=alert(1)>',
  '<![CDATA[<img src=x onerror=alert(1)>]]>',
  '<!--<img src="--><img src=x onerror=alert(1)//">',
  '<?xml version="1.0"?><x onload=alert(1)>',
  '<p/onclick=alert(1)>x',
  '<a\n\thref\n=\n"javascript:alert(1)">x',
  '<__proto__ href=1><constructor><toString>',
  '<table><table><td><tr>x<b>y<tr><td>z',
  '<li><li><ul><b><li><li></ul>x',
  '<h1><h2><table>x</h1>',
  '<a href="https://a.example"><a href="https://b.example">b</a><img src="https://c.example/x.png"></a>',
  '<p><b><i>x</p></b></i></u></s>',
  '<',
  '<p',
  '</p></table></br>',
];

describe('parseRichText', () => {
  it.each(HOSTILE)('lets nothing through but its own tags: %s', (html) => {
    expect(faults(parseRichText(html))).toEqual([]);
    expect(faults(parseRichText(html, 'https://acme.my.salesforce.com'))).toEqual([]);
  });

  it('lets nothing through whatever goes in', { timeout: 30_000 }, () => {
    const names = 'p div a b li ul table tr td th tbody h1 img svg math script style noscript x'.split(' ');
    const piece = fc.oneof(
      fc.constantFrom(...HOSTILE),
      fc.constantFrom(...names).map((name) => `<${name}>`),
      fc.constantFrom(...names).map((name) => `</${name}>`),
      fc.tuple(fc.constantFrom(...names), fc.string(), fc.string()).map(([n, k, v]) => `<${n} ${k}="${v}">`),
      fc.webUrl().map((url) => `<a href="${url}">`),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        expect(faults(parseRichText(pieces.join(''), 'https://acme.my.salesforce.com'))).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it('keeps what people write', () => {
    expect(
      parseRichText(
        '<p style="color:red">Hi <b class="x">Ada</b> &amp; <i>Bo</i><br></p><h2>Plan</h2><ul><li>one<li>two</ul>',
      ),
    ).toEqual([
      {
        tag: 'p',
        children: [
          'Hi ',
          { tag: 'strong', children: ['Ada'] },
          ' & ',
          { tag: 'em', children: ['Bo'] },
          { tag: 'br', children: [] },
        ],
      },
      { tag: 'p', children: [{ tag: 'strong', children: ['Plan'] }] },
      {
        tag: 'ul',
        children: [
          { tag: 'li', children: ['one'] },
          { tag: 'li', children: ['two'] },
        ],
      },
    ]);
  });

  it('keeps a table, and puts what does not belong there before it', () => {
    const cell = (text: string) => ({ tag: 'td', children: [text] });
    expect(parseRichText('<table><tbody> lost <tr><th>A</th><td>B</td></tr></tbody></table>')).toEqual([
      ' lost ',
      { tag: 'table', children: [{ tag: 'tr', children: [cell('A'), cell('B')] }] },
    ]);
  });

  it('makes a link of an image, and loads none', () => {
    const image = '<img alt="The plan" src="/servlet/rtaImage?eid=1">';
    expect(parseRichText(image, 'https://acme.my.salesforce.com')).toEqual([
      {
        tag: 'a',
        href: 'https://acme.my.salesforce.com/servlet/rtaImage?eid=1',
        children: ['Image: The plan'],
      },
    ]);
    expect(parseRichText(image)).toEqual(['[Image: The plan]']);
    expect(parseRichText('<img src="data:image/png;base64,AA">')).toEqual(['[Image]']);
    expect(parseRichText('<img src="mailto:ada@acme.example">')).toEqual(['[Image]']);
  });

  it.each([
    ['https://acme.example/x?a=1&amp;b=2', ['https://acme.example/x?a=1&b=2']],
    ['http://acme.example', ['http://acme.example/']],
    ['mailto:ada@acme.example', ['mailto:ada@acme.example']],
    ['tel:+49', []],
    ['javascript:alert(1)', []],
    ['/001', []],
    ['', []],
  ])('makes of the address %s the links %j', (href, expected) =>
    expect(links(parseRichText(`<a href="${href}">x</a>`))).toEqual(expected),
  );

  it('drops what scripts and styles say, and keeps the words of unknown tags', () => {
    expect(parseRichText('a<script>b</script><style>c</style><blink>d</blink><!--e-->f')).toEqual(['adf']);
  });

  it('is quick and shallow with tags nested without end', { timeout: 30_000 }, () => {
    const started = performance.now();
    expect(faults(parseRichText('<b>'.repeat(60_000)))).toEqual([]);
    expect(faults(parseRichText(`<table><tr><td>${'<table><tr><td>'.repeat(10_000)}x`))).toEqual([]);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

describe('richTextToText', () => {
  it.each([
    ['<p>Hi <b>Ada</b></p><p>Bye</p>', 'Hi Ada\nBye'],
    ['one<br>two', 'one\ntwo'],
    ['<ul><li>a</li><li>b <i>c</i></li></ul>end', '• a\n• b c\nend'],
    ['<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>', 'a\tb\nc\td'],
    ['<p>a\n   b</p><pre>x\n  y</pre>', 'a b\nx\n  y'],
    ['<script>alert(1)</script>', ''],
    ['&lt;b&gt; stays text', '<b> stays text'],
    ['', ''],
  ])('writes %j as %j', (html, text) => expect(richTextToText(html)).toBe(text));
});
