const shapes = {
  search: 'M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM15.5 15.5 20 20',
  close: 'M6 6l12 12M18 6 6 18',
  back: 'M11 6l-6 6 6 6M5 12h14',
  grid: 'M5 5h5v5H5zM14 5h5v5h-5zM5 14h5v5H5zM14 14h5v5h-5z',
  list: 'M5 7h14M5 12h14M5 17h14',
  filter: 'M4 7h16M7 12h10M10 17h4',
  picture: 'M4 5.5h16v13H4zM4 15.5l4.5-4.5 4 4 2.5-2.5 5 5M15.5 9.2v.01',
} as const;

/** Drawn beside a word, or in a button that has a name: never read out. */
export function Icon({ of, className }: { of: keyof typeof shapes; className?: string | undefined }) {
  return (
    <svg
      className={className}
      width="20"
      height="20"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.75"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={shapes[of]} vectorEffect="non-scaling-stroke" />
    </svg>
  );
}
