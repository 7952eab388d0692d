/** A figure and what was asked of it. */
export interface Finding {
  what: string;
  measured: number;
  /** How the figure is written, such as `12 ms`. */
  unit: string;
  /** At most, or at least, so much. */
  limit: { atMost: number } | { atLeast: number };
  /** What the figure is seen beside, in the same run. */
  beside: string;
}

export function isMet({ measured, limit }: Finding): boolean {
  return 'atMost' in limit ? measured <= limit.atMost : measured >= limit.atLeast;
}

/** The cells of a finding: what, measured, target, met or missed, and what it is seen beside. */
export function findingCells(finding: Finding): string[] {
  const { what, measured, unit, limit, beside } = finding;
  const target = 'atMost' in limit ? `≤ ${number(limit.atMost)}${unit}` : `≥ ${number(limit.atLeast)}${unit}`;
  const words = Number.isNaN(measured) ? 'not measured' : isMet(finding) ? 'met' : '**missed**';
  return [what, `${number(measured)}${unit}`, target, words, beside];
}

/** The misses in words; null without any. */
export function missesIn(findings: readonly Finding[]): string | null {
  const missed = findings.filter((finding) => !isMet(finding));
  if (missed.length === 0) return null;
  return `Missed: ${missed
    .map(({ what, measured, unit, limit }) => {
      const bound = 'atMost' in limit ? limit.atMost : limit.atLeast;
      return `${what.replaceAll('**', '')} (${number(measured)}${unit} instead of ${number(bound)}${unit})`;
    })
    .join('; ')}.`;
}

/** Three digits that tell something. */
function number(value: number): string {
  if (Number.isNaN(value)) return '–';
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return String(Number(value.toFixed(digits)));
}
