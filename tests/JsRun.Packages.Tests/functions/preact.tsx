/** @jsxImportSource preact */
import { createContext } from 'preact';
import { useContext, useMemo, useState } from 'preact/hooks';
import { renderToString } from 'preact-render-to-string';

const Theme = createContext('light');

function List({ items }: { items: string[] }) {
  const theme = useContext(Theme);
  const [open] = useState(true);
  const sorted = useMemo(() => items.toSorted(), [items]);
  return <ul class={theme} data-open={open}>{sorted.map((item) => <li key={item}>{item}</li>)}</ul>;
}

export default {
  fetch(request: Request) {
    const items = new URL(request.url).searchParams.getAll('item');
    return new Response(renderToString(<Theme.Provider value="dark"><List items={items} /></Theme.Provider>), { headers: { 'content-type': 'text/html' } });
  },
};
