import { memoFormatter, plainSpaces } from './intl';
import { clampScale, formatNumber } from './numbers';

const money = memoFormatter((key) => {
  const [locale, currency, scale] = key.split('|');
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: currency ?? 'XXX',
    minimumFractionDigits: Number(scale),
    maximumFractionDigits: Number(scale),
  });
});

/**
 * An amount in its currency, with as many digits as the field keeps (whole amounts are shown whole). Without a currency
 * it is a plain number: a wrong symbol would be a wrong amount.
 */
export function formatMoney(
  value: number,
  options: { locale: string; scale: number; currency: string | null },
): string {
  const { locale, currency } = options;
  if (currency === null || !/^[A-Z]{3}$/.test(currency)) return formatNumber(value, options);
  const scale = Number.isInteger(value) ? 0 : clampScale(options.scale);
  return plainSpaces(money(`${locale}|${currency}|${scale}`).format(value));
}
