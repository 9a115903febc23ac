import { allNotImplemented } from './lib/not-implemented.js';

export const isatty = () => false;
export const { ReadStream, WriteStream } = allNotImplemented('tty', 'ReadStream WriteStream', 'a function has no terminal');
export default { isatty, ReadStream, WriteStream };
