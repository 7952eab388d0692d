import { ENVIRONMENT_COLORS, type EnvironmentColor } from '@/lib/environments/types';

interface ColorFieldProps {
  defaultValue: EnvironmentColor | null;
  error: string | undefined;
}

/** The colour that marks an environment wherever it is named. The word says it, too. */
export function ColorField({ defaultValue, error }: ColorFieldProps) {
  return (
    <fieldset>
      <legend className="label mb-1">Colour</legend>
      <div className="flex flex-wrap gap-x-4 gap-y-2">
        {[null, ...ENVIRONMENT_COLORS].map((color) => (
          <label
            key={color ?? 'kind'}
            data-color={color ?? undefined}
            className="inline-flex cursor-pointer items-center gap-2 text-sm"
          >
            <input
              type="radio"
              name="color"
              value={color ?? ''}
              defaultChecked={color === defaultValue}
              className="size-4 accent-(--accent)"
            />
            {color ? (
              <span
                aria-hidden="true"
                className="size-3.5 rounded-full bg-(--env) ring-2 ring-(--env-soft)"
              />
            ) : null}
            {color ? `${color.charAt(0).toUpperCase()}${color.slice(1)}` : 'Of its kind'}
          </label>
        ))}
      </div>
      {error ? <p className="mt-1 px-1 text-xs text-danger">{error}</p> : null}
    </fieldset>
  );
}
