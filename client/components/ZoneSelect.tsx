import { NativeSelect } from '@mantine/core';

type Props = {
  label: string;
  value: string;
  onChange: (timeZone: string) => void;
  error?: string;
  size?: 'sm' | 'md';
};

/** Where a clock stands: every zone that this browser knows, by place. */
export function ZoneSelect({ label, value, onChange, error, size = 'sm' }: Props) {
  const known = Intl.supportedValuesOf('timeZone');
  // Servers and browsers differ in the old names of some places.
  const zones = known.includes(value) ? known : [value, ...known];
  return (
    <NativeSelect
      label={label}
      size={size}
      value={value}
      error={error}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={zones.map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))}
    />
  );
}

/** The zone of this device. */
export function hereZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
