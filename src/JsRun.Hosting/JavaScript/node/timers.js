import { clearImmediate, clearInterval, clearTimeout, promises, setImmediate, setInterval, setTimeout } from './lib/timers.js';

export { clearImmediate, clearInterval, clearTimeout, promises, setImmediate, setInterval, setTimeout };
export const active = (item) => item?.refresh?.();
export const enroll = () => { /* deprecated: nothing to do */ };
export const unenroll = (item) => { clearTimeout(item); };
export default { clearImmediate, clearInterval, clearTimeout, promises, setImmediate, setInterval, setTimeout, active, enroll, unenroll };
