// The base of relative URLs. There is no document, so they fail, unless a script defines `location`, as the set-up of some libraries does.
import { currentGlobal } from '../../kernel/instance-global.ts';
import { URL } from './url.ts';

export function baseUrl(): URL | undefined {
  const location = (currentGlobal() as { location?: { href?: unknown } }).location?.href;
  return typeof location === 'string' ? URL.parse(location) ?? undefined : undefined;
}
