// Renders a page with React on the server. React's packages are part of the bundle; the markup streams as it is made.
import { Suspense, use, type ReactNode } from 'react';
import { renderToReadableStream } from 'react-dom/server';
import type { EdgeFunction } from '@jsrun/types';
import { Page } from './page/Page.tsx';

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => { setTimeout(resolve, milliseconds); });

async function loadQuotes(): Promise<string[]> {
  await pause(200);
  return ['Streams begin before they end.', 'What is not awaited is not there.', 'A fallback is a promise too.'];
}

function Quotes({ quotes }: { quotes: Promise<string[]> }): ReactNode {
  return <ul>{use(quotes).map((quote) => <li key={quote}>{quote}</li>)}</ul>;
}

export default {
  async fetch(request) {
    const name = new URL(request.url).searchParams.get('name') ?? 'World';
    const quotes = loadQuotes();
    const page = (
      <Page title={`Hello ${name}`}>
        <Suspense fallback={<p>The quotes are on their way …</p>}>
          <Quotes quotes={quotes} />
        </Suspense>
      </Page>
    );
    const body = await renderToReadableStream(page, { signal: request.signal });
    return new Response(body, { headers: { 'content-type': 'text/html; charset=utf-8' } });
  },
} satisfies EdgeFunction;
