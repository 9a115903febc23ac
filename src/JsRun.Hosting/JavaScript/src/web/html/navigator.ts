import { defineInterface, illegalConstructor } from '../webidl/interface.ts';

let creating = true;

export class Navigator {
  #userAgent = 'JsRun';

  constructor() {
    if (!creating) illegalConstructor();
  }

  get userAgent(): string { return this.#userAgent; }
}
defineInterface(Navigator, 'Navigator');

export const navigator = new Navigator();
creating = false;
