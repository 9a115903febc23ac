// Deno as a peer: deno run -A --location HREF deno.mjs FILE runs the file as a classic script and prints what it resolves to.
for (const type of ['error', 'unhandledrejection']) addEventListener(type, (event) => { event.preventDefault(); });
const line = await (0, eval)(Deno.readTextFileSync(Deno.args[0]));
await Deno.stdout.write(new TextEncoder().encode(`\n${line}\n`));
Deno.exit(0);
