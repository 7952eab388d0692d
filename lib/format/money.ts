import { memoFormatter, plainSpaces } from './intl';
import { clampScale, formatNumber } from './numbers';

const money = memoFormatter((key) => {
  const [locale, currency = 'XXX', scale] = key.split('|');
  const usual = new Intl.NumberFormat(locale, { style: 'currency', currency }).resolvedOptions();
  const digits = Math.min(Number(scale), usual.maximumFractionDigits ?? 0);
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
});

/**
 * An amount in its currency, with the digits that the field keeps, as far as the currency has them. Without a currency
 * it is a plain number: a wrong symbol would be a wrong amount.
 */
export function formatMoney(
  value: number,
  options: { locale: string; scale: number; currency: string | null },
): string {
  const { locale, currency } = options;
  if (currency === null || !/^[A-Z]{3}$/.test(currency)) return formatNumber(value, options);
  return plainSpaces(money(`${locale}|${currency}|${clampScale(options.scale)}`).format(value));
}
