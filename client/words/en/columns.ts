/** The columns that a file has to have, as everybody reads them. */
export const columns = {
  label: 'Columns of the table',
  types: {
    string: 'Text',
    integer: 'Whole number',
    number: 'Number',
    boolean: 'Yes or no',
    date: 'Date',
    datetime: 'Date and time',
    time: 'Time',
    year: 'Year',
    any: 'Anything',
  },
  required: 'Required',
  expected_one: 'The {{count}} column of this file',
  expected_other: 'The {{count}} columns of this file',
  emptyFile: 'Download an empty table',
  oneOf: 'One of: {{values}}',
  suchAs: 'Such as {{example}}',
} as const;
