// The one of undici's symbols that its web layer uses: it makes an instance without running the constructor.
export default { kConstruct: Symbol('constructable') };
