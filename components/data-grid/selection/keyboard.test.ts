import { describe, expect, it } from 'vitest';
import { commandOf } from './keyboard';

const plain = { ctrlKey: false, metaKey: false, shiftKey: false, altKey: false };

describe('keys of a grid', () => {
  it.each([
    [{ key: 'ArrowDown' }, { do: 'move', how: 'down', extend: false }],
    [
      { key: 'ArrowUp', shiftKey: true },
      { do: 'move', how: 'up', extend: true },
    ],
    [{ key: 'End' }, { do: 'move', how: 'rowEnd', extend: false }],
    [
      { key: 'End', ctrlKey: true },
      { do: 'move', how: 'last', extend: false },
    ],
    [
      { key: 'Home', metaKey: true, shiftKey: true },
      { do: 'move', how: 'first', extend: true },
    ],
    [
      { key: 'c', ctrlKey: true },
      { do: 'copy', header: false },
    ],
    [
      { key: 'C', metaKey: true, shiftKey: true },
      { do: 'copy', header: true },
    ],
    [{ key: 'a', ctrlKey: true }, { do: 'selectAll' }],
    [
      { key: 'ArrowRight', altKey: true },
      { do: 'resize', by: 16 },
    ],
    [{ key: 'ArrowDown', altKey: true }, { do: 'menu' }],
    [{ key: 'F10', shiftKey: true }, { do: 'menu' }],
    [{ key: 'Enter' }, { do: 'enter', shift: false }],
    [{ key: 'Enter', ctrlKey: true }, { do: 'salesforce' }],
    [{ key: '?', shiftKey: true }, { do: 'help' }],
  ])('%j', (key, command) => {
    expect(commandOf({ ...plain, ...key })).toEqual(command);
  });

  it.each([
    { key: 'Tab' },
    { key: 'x' },
    { key: 'r', ctrlKey: true },
    { key: 'F10' },
    { key: 'l', altKey: true },
  ])('leave %j to the browser', (key) => {
    expect(commandOf({ ...plain, ...key })).toBeNull();
  });
});
