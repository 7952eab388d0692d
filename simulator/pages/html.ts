import { text } from '@/simulator/http/respond';
import type { SimResponse } from '@/simulator/types';

/** Markup that is safe to put into a page. */
export interface Html {
  readonly markup: string;
}

type Value = string | number | null | Html | readonly Html[];

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A template whose values are escaped unless they are `Html` themselves. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Html {
  const markup = parts.reduce((text, part, index) => text + render(values[index - 1] ?? null) + part);
  return { markup };
}

function render(value: Value): string {
  if (value === null) return '';
  if (Array.isArray(value)) return value.map((item: Html) => item.markup).join('');
  if (typeof value === 'object') return (value as Html).markup;
  return String(value).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/** A page as an answer. No `form-action`: Allow ends with a redirect to the app's own origin. */
export function htmlResponse(
  status: number,
  page: Html,
  headers: Record<string, string | readonly string[]> = {},
): SimResponse {
  return text(status, page.markup, 'text/html;charset=UTF-8', {
    'Content-Security-Policy':
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
    'Referrer-Policy': 'origin-when-cross-origin',
    ...headers,
  });
}
