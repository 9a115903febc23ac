import { then } from '../../kernel/intrinsics.ts';
import { hooks } from '../dom/event-target.ts';

const resolved = Promise.resolve();
const ignore = () => {};

export function queueMicrotask(callback: () => void): void {
  if (typeof callback !== 'function') throw new TypeError('queueMicrotask: the callback is not a function');
  void then(resolved, () => {
    try {
      hooks.returned(callback, callback());
    } catch (error) {
      hooks.report(error);
    }
  }, ignore);
}
