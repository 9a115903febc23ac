// What `assert` asks of call-bind: methods of built-ins as functions.
module.exports = function callBound(name) {
  const [, type, method] = /^(\w+)\.prototype\.(\w+)$/.exec(name);
  const { call } = Function.prototype;
  return call.bind(globalThis[type].prototype[method]);
};
