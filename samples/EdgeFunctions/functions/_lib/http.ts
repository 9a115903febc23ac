/** The answer to a method that a function has no answer for. */
export function methodNotAllowed(...allowed: string[]): Response {
  return new Response(null, { status: 405, headers: { allow: allowed.join(', ') } });
}

/** An error as RFC 9457 wants it. */
export function problem(status: number, title: string, detail?: string): Response {
  return Response.json({ title, status, detail }, { status, headers: { 'content-type': 'application/problem+json' } });
}
