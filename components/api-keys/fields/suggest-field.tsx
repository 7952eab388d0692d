'use client';

import { ComboBox } from '@heroui/react/combo-box';
import { Description } from '@heroui/react/description';
import { FieldError } from '@heroui/react/field-error';
import { Input } from '@heroui/react/input';
import { Label } from '@heroui/react/label';
import { ListBox } from '@heroui/react/list-box';
import { useState } from 'react';
import type { KnownName } from '@/lib/broker/types';

interface SuggestFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** Offered for what is typed now. */
  options: readonly KnownName[];
  /** More may come: the list opens before it is there. */
  isLooking?: boolean;
  /** What the field says once a name is chosen. */
  complete: (name: string) => string;
  onFocus?: () => void;
  description?: string | undefined;
  placeholder?: string | undefined;
  maxLength?: number;
  error?: string | undefined;
}

/** A text field that offers names while one types; what is not offered can be written all the same. */
export function SuggestField(props: SuggestFieldProps) {
  const { label, value, onChange, options, complete, onFocus, description, placeholder, error } = props;
  // Chosen and not typed over since: that closes the list.
  const [chosen, setChosen] = useState<string | null>(null);
  return (
    <ComboBox
      allowsCustomValue
      allowsEmptyCollection={props.isLooking ?? false}
      fullWidth
      menuTrigger="input"
      items={options}
      inputValue={value}
      selectedKey={chosen}
      onInputChange={(text) => {
        setChosen(null);
        onChange(text);
      }}
      onSelectionChange={(key) => {
        setChosen(key === null ? null : String(key));
        if (key !== null) onChange(complete(String(key)));
      }}
      isInvalid={error !== undefined}
      validationBehavior="aria"
      {...(onFocus ? { onFocus } : {})}
    >
      <Label>{label}</Label>
      <ComboBox.InputGroup>
        <Input
          placeholder={placeholder ?? ''}
          maxLength={props.maxLength ?? 100_000}
          autoComplete="off"
          spellCheck="false"
        />
        <ComboBox.Trigger />
      </ComboBox.InputGroup>
      {description ? <Description>{description}</Description> : null}
      {error ? <FieldError>{error}</FieldError> : null}
      <ComboBox.Popover placement="bottom start" className="w-(--trigger-width) max-w-none min-w-0">
        <ListBox
          aria-label={label}
          items={options}
          renderEmptyState={() => <p className="px-2 py-1.5 text-sm text-muted">Looking for names…</p>}
          className="max-h-[min(18rem,45dvh)] overflow-y-auto"
        >
          {(option: KnownName) => (
            <ListBox.Item id={option.name} textValue={option.name}>
              <span className="min-w-0 flex-1 truncate">
                {option.name}
                {option.label === option.name ? null : (
                  <span className="ml-2 text-xs text-muted">{option.label}</span>
                )}
              </span>
            </ListBox.Item>
          )}
        </ListBox>
      </ComboBox.Popover>
    </ComboBox>
  );
}
