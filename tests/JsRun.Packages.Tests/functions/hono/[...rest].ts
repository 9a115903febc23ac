import { Hono } from 'hono';
import { cors } from 'hono/cors';
import { etag } from 'hono/etag';
import { HTTPException } from 'hono/http-exception';
import { jwt, sign } from 'hono/jwt';
import { streamSSE } from 'hono/streaming';

const secret = 'a secret of the tests';
const app = new Hono().basePath('/hono');

app.use('/api/*', cors({ origin: 'https://example.com' }));
app.use(async (c, next) => {
  await next();
  c.header('x-served-by', 'hono');
});
app.use('/private/*', jwt({ secret, alg: 'HS256' }));

app.get('/', etag(), (c) => c.text('Hello Hono'));
app.get('/users/:id/posts/:post{[0-9]+}', (c) => c.json({ id: c.req.param('id'), post: c.req.param('post'), query: c.req.query('q') ?? null }));
app.post('/api/echo', async (c) => c.json(await c.req.json(), 201));
app.post('/form', async (c) => {
  const form = await c.req.parseBody();
  const file = form.file as File;
  return c.json({ name: form.name, file: file.name, text: await file.text() });
});
app.get('/token', async (c) => c.text(await sign({ sub: 'ada', exp: Math.floor(Date.now() / 1000) + 60 }, secret, 'HS256')));
app.get('/private/me', (c) => c.json({ sub: (c.get('jwtPayload') as { sub: string }).sub }));
app.get('/events', (c) => streamSSE(c, async (stream) => {
  for (let id = 1; id <= 3; id++) {
    await stream.writeSSE({ id: String(id), event: 'tick', data: `number ${id}` });
    await stream.sleep(1);
  }
}));
app.get('/broken', () => { throw new Error('boom'); });
app.onError((error, c) => error instanceof HTTPException ? error.getResponse() : c.text(`caught ${error.message}`, 500));
app.notFound((c) => c.text('nothing here', 404));

export default app;
