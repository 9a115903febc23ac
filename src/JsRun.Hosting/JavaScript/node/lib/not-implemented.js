// What Node has and a function cannot have: it is there to be imported, and says so when it is used.

/** @param {string} name the full name, such as `child_process.spawn` */
export function notImplementedError(name, advice) {
  const error = new Error(`${name} is not implemented in JsRun${advice === undefined ? '' : `: ${advice}`}`);
  error.code = 'ERR_METHOD_NOT_IMPLEMENTED';
  return error;
}

/** A function, or a class to extend, that throws when it is called or constructed. */
export function notImplemented(module, name, advice) {
  const refuse = function () { throw notImplementedError(`${module}.${name}`, advice); };
  Object.defineProperty(refuse, 'name', { value: name, configurable: true });
  return refuse;
}

export const allNotImplemented = (module, names, advice) => Object.fromEntries(names.split(' ').map((name) => [name, notImplemented(module, name, advice)]));
