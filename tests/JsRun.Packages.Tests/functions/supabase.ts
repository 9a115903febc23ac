import { createClient } from '@supabase/supabase-js';

export default {
  async fetch(request: Request) {
    const client = createClient(new URL(request.url).origin, 'a-key', { auth: { persistSession: false, autoRefreshToken: false } });
    const inserted = await client.from('todos').insert({ title: 'write tests', done: false }).select().single();
    const open = await client.from('todos').select('id,title').eq('done', false).order('id').limit(10);
    const missing = await client.from('nothing').select();
    const file = await client.storage.from('files').download('hello.txt');
    return Response.json({ inserted: inserted.data, open: open.data, missing: missing.error?.message, file: await file.data?.text() });
  },
};
