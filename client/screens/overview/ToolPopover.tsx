import { Button, Popover } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import styles from './Toolbar.module.css';

type Props = { label: string; icon?: ReactNode; isOn?: boolean; children: ReactNode };

/** A button of the bar that opens a small sheet of choices under it. */
export function ToolPopover({ label, icon, isOn = false, children }: Props) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Popover
      opened={isOpen}
      onChange={setOpen}
      position="bottom-start"
      shadow="md"
      withinPortal={false}
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <Button
          variant="default"
          size="xs"
          className={styles.tool}
          data-on={isOn || undefined}
          leftSection={icon}
          rightSection={<IconChevronDown size={14} stroke={1.5} aria-hidden="true" />}
          onClick={() => setOpen((now) => !now)}
        >
          {label}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={styles.dropdown} aria-label={label}>
        {children}
      </Popover.Dropdown>
    </Popover>
  );
}

type ChoicesProps<V extends string> = {
  legend: string;
  options: readonly { value: V; label: string }[];
  picked: readonly V[] | null;
  onPick: (picked: V[] | null) => void;
};

/** Several of some; none picked restricts nothing. */
export function Choices<V extends string>({ legend, options, picked, onPick }: ChoicesProps<V>) {
  const has = (value: V) => picked?.includes(value) ?? false;
  function handleChange(value: V, isOn: boolean) {
    const next = options.map((one) => one.value).filter((one) => (one === value ? isOn : has(one)));
    onPick(next.length > 0 ? next : null);
  }
  return (
    <fieldset className={styles.choices}>
      <legend>{legend}</legend>
      {options.map(({ value, label }) => (
        <label key={value} className={styles.choice}>
          <input
            type="checkbox"
            checked={has(value)}
            onChange={(event) => handleChange(value, event.currentTarget.checked)}
          />
          {label}
        </label>
      ))}
    </fieldset>
  );
}
