import { type Html, html } from '@/simulator/pages/html';
import type { SimOrg } from '@/simulator/types';

const STYLE = `
:root { color-scheme: light dark; --page: #f3f3f3; --card: #fff; --text: #181818; --soft: #4a4a4a;
  --line: #c9c9c9; --accent: #0b5cab; --on-accent: #fff; --warn: #8e030f; --note: #fef1d8; --note-text: #4a3103; }
@media (prefers-color-scheme: dark) { :root { --page: #14171c; --card: #20252c; --text: #f2f4f7; --soft: #bcc4cf;
  --line: #56606d; --accent: #8fc3f7; --on-accent: #0c1a29; --warn: #ffa8a0; --note: #3a2f14; --note-text: #f7e3b4; } }
* { box-sizing: border-box }
body { margin: 0; background: var(--page); color: var(--text);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
header { background: var(--note); color: var(--note-text); padding: .6rem 1rem; text-align: center; font-size: .9rem }
main { max-width: 26rem; margin: 3rem auto; padding: 2rem; background: var(--card); border: 1px solid var(--line);
  border-radius: .75rem }
main.wide { max-width: 44rem }
h1 { font-size: 1.4rem; line-height: 1.25; margin: 0 0 .25rem }
.org { color: var(--soft); margin: 0 0 1.5rem }
label { display: block; font-weight: 600; margin: 1rem 0 .25rem }
input { width: 100%; min-height: 2.75rem; padding: .5rem .75rem; font: inherit; color: inherit;
  background: transparent; border: 1px solid var(--soft); border-radius: .4rem }
button { min-height: 2.75rem; padding: .5rem 1.25rem; font: inherit; font-weight: 600; cursor: pointer;
  border-radius: .4rem; border: 1px solid var(--accent); background: transparent; color: var(--accent) }
button.main { background: var(--accent); color: var(--on-accent) }
form > button.main:only-of-type { width: 100%; margin-top: 1.5rem }
.actions { display: flex; gap: .75rem; justify-content: flex-end; margin-top: 1.5rem; flex-wrap: wrap }
.stack button { width: 100%; margin-top: .75rem; text-align: left }
.error { color: var(--warn); font-weight: 600 }
details { margin-top: 1.25rem } a, summary { color: var(--accent) }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
dl { display: grid; grid-template-columns: minmax(8rem, auto) 1fr; gap: .35rem 1rem; margin: 1.5rem 0 0 }
dt { color: var(--soft) } dd { margin: 0; overflow-wrap: anywhere } code { overflow-wrap: anywhere }
@media (max-width: 32rem) { main { margin: 0; border-width: 0; border-radius: 0; padding: 1.5rem 1rem }
  dl { grid-template-columns: 1fr } dd { margin-bottom: .5rem } }`;

interface PageParts {
  readonly title: string;
  readonly org: SimOrg;
  readonly content: Html;
  readonly wide?: boolean;
}

/** The frame of every page. It says what it is, so that nobody types a real password here. */
export function page({ title, org, content, wide = false }: PageParts): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} | ${org.companyName} (Salesforce simulator)</title>
<style>${{ markup: STYLE }}</style>
</head>
<body>
<header><strong>Salesforce simulator.</strong> This is not Salesforce. Never enter a real password.</header>
<main${wide ? html` class="wide"` : null}>
<h1>${title}</h1>
<p class="org">${org.companyName} · ${org.isSandbox ? 'Sandbox' : 'Production'}</p>
${content}
</main>
</body>
</html>
`;
}
