/** What packages make while they load, and hand to requests. */
export class Agent {
  constructor(options = {}) {
    this.options = options;
    this.keepAlive = options.keepAlive ?? false;
    this.maxSockets = options.maxSockets ?? Infinity;
    this.sockets = {};
    this.requests = {};
    this.freeSockets = {};
  }

  destroy() { /* it has no sockets */ }
}
