// (module (func (export "add") (param i32 i32) (result i32) local.get 0 local.get 1 i32.add) (memory (export "memory") 1) (func (export "trap") unreachable))
const bytes = Uint8Array.from([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 10, 2, 96, 2, 127, 127, 1, 127, 96, 0, 0, 3, 3, 2, 0, 1, 5, 3, 1, 0, 1, 7, 23, 3, 3, 97, 100, 100, 0, 0, 6, 109, 101, 109, 111, 114, 121, 2, 0, 4,
  116, 114, 97, 112, 0, 1, 10, 13, 2, 7, 0, 32, 0, 32, 1, 106, 11, 3, 0, 0, 11,
]);

interface Exports extends WebAssembly.Exports { add(a: number, b: number): number; trap(): void; memory: WebAssembly.Memory }

const atStart = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports as Exports;

export default {
  async fetch() {
    const { instance } = await WebAssembly.instantiate(bytes);
    const exports = instance.exports as Exports;
    let trap: unknown;
    try {
      exports.trap();
    } catch (error) {
      trap = error;
    }

    const streamed = await WebAssembly.instantiateStreaming(new Response(bytes, { headers: { 'content-type': 'application/wasm' } }));
    return Response.json({
      sync: atStart.add(20, 22),
      async: exports.add(1, 2),
      streamed: (streamed.instance.exports as Exports).add(3, 4),
      memory: exports.memory.buffer.byteLength,
      trap: trap instanceof WebAssembly.RuntimeError,
      invalid: WebAssembly.validate(bytes.slice(0, 19)),
    });
  },
};
