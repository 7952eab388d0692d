import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { RichText } from './rich-text';

describe('rich text on the page', () => {
  it('opens links apart, tells them nothing, and runs nothing', () => {
    const html = renderToStaticMarkup(
      <RichText
        html={
          '<a href="https://acme.example/" onclick="x()">go</a><img src="https://t.example/p.gif" onerror="y()">'
        }
      />,
    );
    expect(html).toContain('href="https://acme.example/" target="_blank" rel="noopener noreferrer"');
    expect(html).toContain('>Image</a>');
    expect(html).not.toMatch(/<img|onclick|onerror/);
  });

  it('shows escaped markup as the text that it is', () => {
    const html = renderToStaticMarkup(<RichText html={'&lt;script&gt;alert(1)&lt;/script&gt;'} />);
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(html).not.toContain('<script');
  });

  it('draws tables and paragraphs in paragraphs as browsers take them', () => {
    const html = renderToStaticMarkup(<RichText html="<p>a<p>b</p></p><table><tr><td><ul><li>c</table>" />);
    expect(html).toContain('<tbody><tr><td');
    expect(html).not.toContain('<p>');
  });
});
