import { AutoRouter, error } from 'itty-router';

const router = AutoRouter({ base: '/itty-router' });

router
  .get('/', () => 'Hello itty')
  .get('/users/:id', ({ id }) => ({ id }))
  .post('/sum', async (request) => {
    const { numbers } = await request.json() as { numbers: number[] };
    return { sum: numbers.reduce((a, b) => a + b, 0) };
  })
  .get('/secret', () => error(403, 'not for you'));

export default { ...router };
