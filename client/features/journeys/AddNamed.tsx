import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import styles from './Panels.module.css';

type Props = { label: string; button: string; onAdd: (name: string) => void };

/** A line in which something new is named; it stays for the next one. */
export function AddNamed({ label, button, onAdd }: Props) {
  const [name, setName] = useState('');
  return (
    <form
      className={styles.adder}
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() === '') return;
        onAdd(name.trim());
        setName('');
      }}
    >
      <TextInput
        size="xs"
        label={label}
        value={name}
        maxLength={120}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
      />
      <Button type="submit" size="xs" variant="default" disabled={name.trim() === ''}>
        {button}
      </Button>
    </form>
  );
}
