/** A sentence in which what stands between backticks is code. */
export function Prose({ text }: { text: string }) {
  return text.split('`').map((piece, index) =>
    index % 2 === 0 ? (
      piece
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces of a text that does not change.
      <code key={index} className="font-mono text-[0.8125rem] break-words">
        {piece}
      </code>
    ),
  );
}
