import { TextInput, type TextInputProps } from '@mantine/core';
import type { Ref } from 'react';

/** A field for an address on the web. */
export function AddressField(props: TextInputProps & { ref?: Ref<HTMLInputElement> }) {
  return <TextInput type="url" inputMode="url" autoComplete="off" spellCheck={false} {...props} />;
}
