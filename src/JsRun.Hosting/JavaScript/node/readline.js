import { allNotImplemented } from './lib/not-implemented.js';

const absent = allNotImplemented('readline', 'createInterface Interface clearLine clearScreenDown cursorTo moveCursor emitKeypressEvents');

export const { createInterface, Interface, clearLine, clearScreenDown, cursorTo, moveCursor, emitKeypressEvents } = absent;
export default { ...absent };
