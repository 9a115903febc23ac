import { Suspense, use, type ReactNode } from 'react';
import { renderToReadableStream } from 'react-dom/server';

function Slow({ text }: { text: Promise<string> }): ReactNode {
  return <em>{use(text)}</em>;
}

export default {
  async fetch(request: Request) {
    const name = new URL(request.url).searchParams.get('name') ?? 'nobody';
    const text = new Promise<string>((resolve) => { setTimeout(() => { resolve(`late for ${name}`); }, 5); });
    const stream = await renderToReadableStream(
      <html lang="en">
        <body>
          <h1>{`<${name}>`}</h1>
          <Suspense fallback={<p>waiting</p>}><Slow text={text} /></Suspense>
        </body>
      </html>,
      { onError(error) { console.error(error); } });
    return new Response(stream, { headers: { 'content-type': 'text/html' } });
  },
};
