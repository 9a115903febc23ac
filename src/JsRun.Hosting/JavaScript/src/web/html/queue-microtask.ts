import { then } from '../../kernel/intrinsics.ts';
import { reportException } from './report-error.ts';
import { returned } from './returned.ts';

const resolved = Promise.resolve();
const ignore = () => {};

export function queueMicrotask(callback: () => void): void {
  if (typeof callback !== 'function') throw new TypeError('queueMicrotask: the callback is not a function');
  void then(resolved, () => {
    try {
      returned(callback, callback());
    } catch (error) {
      reportException(error);
    }
  }, ignore);
}
