import type { TableShape } from '../../../inputs.ts';

/*
 * Tables of columns that the pages of their tasks describe, as their authors could write them in the product.
 */
export const filters: TableShape = {
  title: 'Filters',
  fields: [
    {
      name: 'source',
      title: 'Property',
      description: 'Where the values stand in your shop.',
      example: 'option.Size',
      type: 'string',
      constraints: { required: true, maxLength: 200, pattern: '[^\\s,]([^,]*[^\\s,])?' },
    },
    {
      name: 'label',
      title: 'Label',
      description: 'What shoppers read.',
      example: 'Size',
      constraints: { maxLength: 60 },
    },
    {
      name: 'use',
      title: 'Use',
      description: 'Shown as a filter, only matched, or left out.',
      type: 'string',
      constraints: { required: true, enum: ['filter', 'match', 'ignore'] },
    },
    { name: 'sort', title: 'Order of values', example: 'by count', constraints: { maxLength: 40 } },
  ],
  missingValues: [''],
  primaryKey: 'source',
};

export const synonyms: TableShape = {
  title: 'Synonyms and redirects',
  fields: [
    {
      name: 'type',
      title: 'Type',
      description: 'Words that mean the same, words that lead to others, or words that lead to a page.',
      type: 'string',
      constraints: { required: true, enum: ['both', 'oneway', 'redirect'] },
    },
    {
      name: 'words',
      title: 'Words',
      description: 'With | between them.',
      example: 'rain jacket|raincoat',
      constraints: { required: true, maxLength: 500 },
    },
    {
      name: 'target',
      title: 'Target',
      description: 'Other words, or the address of a page.',
      constraints: { maxLength: 500 },
    },
  ],
  missingValues: [''],
};
