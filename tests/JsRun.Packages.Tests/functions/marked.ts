import { marked } from 'marked';

export default {
  async fetch(request: Request) {
    return new Response(await marked.parse(await request.text(), { gfm: true }), { headers: { 'content-type': 'text/html; charset=utf-8' } });
  },
};
