// undici's base URL, which nobody can set here.
export default { getGlobalOrigin: () => undefined, setGlobalOrigin() {} };
