// There is no document, so relative URLs fail; a script that defines `location`, as some libraries' set-ups do, gives them a base.
import { URL } from './url.ts';

export function baseUrl(): URL | undefined {
  const location = (globalThis as { location?: { href?: unknown } }).location?.href;
  return typeof location === 'string' ? URL.parse(location) ?? undefined : undefined;
}
