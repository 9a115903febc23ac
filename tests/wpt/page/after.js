// Runs right after testharness.js: turns its results into one line of JSON, the script's completion value.
(() => {
  const { setTimeout, clearTimeout, __wpt: { wait } } = globalThis;
  const short = (text) => (typeof text === 'string' ? text.slice(0, 300) : null);
  globalThis.__wptDone = new Promise((resolve) => {
    // A subtest that never ends must not cost the others their results.
    const timer = setTimeout?.(() => { globalThis.timeout(); }, wait);
    globalThis.add_completion_callback((tests, { status, message }) => {
      clearTimeout?.(timer);
      resolve(JSON.stringify({ wpt: 1, status, message: short(message), tests: tests.map((test) => [test.name, test.status, short(test.message)]) }));
    });
  });
})();
