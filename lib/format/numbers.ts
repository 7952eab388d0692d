import { memoFormatter, plainSpaces } from './intl';

const decimal = memoFormatter((key) => {
  const [locale, scale] = key.split('|');
  return new Intl.NumberFormat(locale, { maximumFractionDigits: Number(scale) });
});

const percent = memoFormatter((key) => {
  const [locale, scale] = key.split('|');
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: Number(scale) });
});

/** A number with at most `scale` digits after the decimal point. `locale` is BCP 47. */
export function formatNumber(value: number, options: { locale: string; scale: number }): string {
  return plainSpaces(decimal(`${options.locale}|${clampScale(options.scale)}`).format(value));
}

/** A Salesforce percent value: 75 is 75 %. */
export function formatPercent(value: number, options: { locale: string; scale: number }): string {
  return plainSpaces(percent(`${options.locale}|${clampScale(options.scale)}`).format(value / 100));
}

/** `Intl` takes 0 to 20 digits. */
export function clampScale(scale: number): number {
  return Number.isFinite(scale) ? Math.min(Math.max(Math.trunc(scale), 0), 20) : 0;
}
