import { useState } from 'react';
import { useFrame } from '../../frameContext.ts';
import { ProductPage } from '../../parts/ProductPage.tsx';
import { ShopBar } from '../../parts/ShopBar.tsx';
import type { Product } from '../../shapes.ts';
import { noFilters, type Question } from './filters.ts';
import { Results } from './Results.tsx';
import { SearchBox } from './SearchBox.tsx';

const start: Question = { text: '', sort: 'RELEVANCE', filters: noFilters };

/** The shop's search: the box with its suggestions, the hits with their filters, and a product's page. */
export function SearchMock() {
  const { t } = useFrame();
  const [question, setQuestion] = useState(start);
  const [open, setOpen] = useState<Product | null>(null);
  const ask = (next: Question) => {
    setQuestion(next);
    setOpen(null);
  };
  return (
    <>
      <ShopBar onHome={() => ask(start)}>
        <SearchBox
          // Another text is another search: what narrowed the old one need not fit it.
          onSearch={(text) => ask({ ...start, text })}
          onCategory={(path) => ask({ ...start, filters: { ...noFilters, category: [path] } })}
          onProduct={setOpen}
        />
      </ShopBar>
      <main>
        {open ? (
          <ProductPage product={open} back={{ words: t('firstLookMocks.search.back'), onBack: () => setOpen(null) }} />
        ) : null}
        <div hidden={open !== null}>
          <Results question={question} onQuestion={setQuestion} onOpen={setOpen} onStart={() => ask(start)} />
        </div>
      </main>
    </>
  );
}
