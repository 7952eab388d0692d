/** Splits a LIKE pattern into characters; an escaped wildcard is an ordinary character. */
function* symbols(pattern: string): Generator<{ character: string; wild: boolean }> {
  for (let index = 0; index < pattern.length; index++) {
    const character = pattern.charAt(index);
    if (character === '\\' && index + 1 < pattern.length) {
      index++;
      yield { character: pattern.charAt(index), wild: false };
    } else {
      yield { character, wild: character === '%' || character === '_' };
    }
  }
}

/**
 * The test of a LIKE pattern: `%` is any text, `_` one character, case does not count. A pattern of the
 * search-box kind (`%text%`, `text%`) becomes a plain search, which matters over a million rows.
 */
export function likeTest(pattern: string): (text: string) => boolean {
  const parts = [...symbols(pattern)];
  const literal = (from: number, to: number) => parts.slice(from, to).every(({ wild }) => !wild);
  const text = (from: number, to: number) =>
    parts
      .slice(from, to)
      .map(({ character }) => character)
      .join('')
      .toLowerCase();
  const last = parts.length - 1;
  const starts = parts[0]?.wild === true && parts[0].character === '%';
  const ends = parts[last]?.wild === true && parts[last].character === '%';
  if (literal(0, parts.length)) {
    const wanted = text(0, parts.length);
    return (value) => value.toLowerCase() === wanted;
  }
  if (ends && literal(0, last)) {
    const wanted = text(0, last);
    return (value) => value.toLowerCase().startsWith(wanted);
  }
  if (starts && ends && literal(1, last)) {
    const wanted = text(1, last);
    return (value) => value.toLowerCase().includes(wanted);
  }
  const source = parts.map(({ character, wild }) => {
    if (wild) return character === '%' ? '[^]*' : '[^]';
    return character.toLowerCase().replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  });
  const expression = new RegExp(`^${source.join('')}$`, 'u');
  return (value) => expression.test(value.toLowerCase());
}
