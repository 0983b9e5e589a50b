import { useState } from 'react';
import { useFrame } from '../../frameContext.ts';
import { OpenPage } from '../../parts/OpenPage.tsx';
import { ShopBar } from '../../parts/ShopBar.tsx';
import { one } from '../../place.ts';
import type { Product } from '../../shapes.ts';
import { noFilters, placeOf, type Question, questionAt } from './filters.ts';
import { Results } from './Results.tsx';
import { SearchBox } from './SearchBox.tsx';

const start: Question = { text: '', sort: 'RELEVANCE', filters: noFilters };

/** The shop's search: the box with its suggestions, the hits with their filters, and a product's page. */
export function SearchMock() {
  const { t, place, go } = useFrame();
  const [pressed, setPressed] = useState<Product | null>(null);
  const question = questionAt(place);
  const open = one(place.open);
  const ask = (next: Question) => go(placeOf(next), 'IN');
  const show = (product: Product) => {
    setPressed(product);
    go({ ...placeOf(question), open: product.id }, 'IN');
  };
  const back = { words: t('firstLookMocks.search.back'), onBack: () => go(placeOf(question), 'OUT') };
  return (
    <>
      <ShopBar onHome={() => ask(start)}>
        <SearchBox
          asked={question.text}
          // Another text is another search: what narrowed the old one need not fit it.
          onSearch={(text) => ask({ ...start, text })}
          onCategory={(path) => ask({ ...start, filters: { ...noFilters, category: [path] } })}
          onProduct={show}
        />
      </ShopBar>
      <main>
        {open !== null && <OpenPage id={open} known={pressed} back={back} />}
        <div hidden={open !== null}>
          <Results
            question={question}
            onQuestion={(next) => go(placeOf(next), 'SAME')}
            onOpen={show}
            onStart={() => ask(start)}
          />
        </div>
      </main>
    </>
  );
}
