import type { Column } from '@/simulator/data/table';
import type { World } from '@/simulator/data/world';

/** What people write with the editor's buttons. */
const HARMLESS = [
  '<p>Kick-off went <b>well</b>.</p><ul><li>Scope is agreed</li><li>Budget is <i>open</i></li></ul>',
  '<p>See the <a href="https://projects.acme.example/wiki?page=1&amp;lang=en" target="_blank">project wiki</a>.</p>',
  '<p><u>Risks</u><br>Two people are on leave in August &amp; September.</p>',
  '<p style="text-align: center;"><span style="color: rgb(194, 57, 52);">Delayed</span> until the audit is done.</p>',
] as const;

/**
 * What must never run in a page that shows it. Salesforce's editor removes most of this when a record is saved; what
 * an integration or an old release stored comes out as it is.
 */
const HOSTILE = [
  '<p>Before<script>window.hacked = 1</script>after</p>',
  '<img src="x" onerror="window.hacked = 2">Picture',
  '<a href="javascript:window.hacked=3">Open the plan</a>',
  '<svg onload="window.hacked = 4"><circle r="9"/></svg><iframe srcdoc="<script>parent.hacked=5</script>"></iframe>',
  '<a href="java&#10;script:window.hacked=6" style="position:fixed;inset:0">Anywhere</a><style>body{display:none}</style>',
] as const;

/** The rich text of a project. Every sixth row is hostile, so that any page of a grid has some. */
export function summaryOf(world: World): Column {
  const text = world.draw('project.summary');
  return (row) => {
    if (row % 6 === 2) return HOSTILE[Math.floor(row / 6) % HOSTILE.length] ?? null;
    return text.chance(row, 20) ? null : text.pick(row, HARMLESS);
  };
}
