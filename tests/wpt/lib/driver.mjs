// What runs the scripts: JsRun as a process that stays, Node and Deno as a process for each.
import { spawn } from 'node:child_process';
import readline from 'node:readline';
import { fileURLToPath } from 'node:url';

const file = (name) => fileURLToPath(new URL(name, import.meta.url));
const isResult = (line) => line.startsWith('{"wpt"');

/** A process that answers each line, the path of a script, with a line. It is started again after it died or hung. */
class Lasting {
  #command;
  #process;
  #settle;

  constructor(command) { this.#command = command; }

  run(script, limit) {
    this.#process ??= this.#start();
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        const process = this.#process;
        this.#process = undefined;
        process.kill('SIGKILL');
        this.#settle?.({ hung: true });
      }, limit);
      this.#settle = (answer) => {
        clearTimeout(timer);
        this.#settle = undefined;
        resolve(answer);
      };
      this.#process.stdin.write(`${script}\n`);
    });
  }

  #start() {
    const [name, ...args] = this.#command;
    const process = spawn(name, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    readline.createInterface({ input: process.stdout }).on('line', (line) => { if (isResult(line)) this.#settle?.({ line }); });
    process.stdin.on('error', () => {});
    const ended = () => {
      if (this.#process !== process) return;
      this.#process = undefined;
      this.#settle?.({});
    };
    process.on('exit', ended).on('error', ended);
    return process;
  }

  stop() { this.#process?.stdin.end(); }
}

class Single {
  #command;

  constructor(command) { this.#command = command; }

  run(script, limit, href) {
    return new Promise((resolve) => {
      const [name, ...args] = this.#command(script, href);
      const process = spawn(name, args, { stdio: ['ignore', 'pipe', 'ignore'], timeout: limit, killSignal: 'SIGKILL' });
      const lines = [];
      readline.createInterface({ input: process.stdout }).on('line', (line) => { if (isResult(line)) lines.push(line); });
      process.on('error', () => resolve({}));
      process.on('close', (_code, signal) => resolve(lines.length > 0 ? { line: lines.at(-1) } : signal === null ? {} : { hung: true }));
    });
  }

  stop() {}
}

export const drivers = {
  jsrun: (permissions) => new Lasting(['dotnet', process.env.JSRUN_WPT ?? file('../../../artifacts/bin/JsRun.Wpt/release/JsRun.Wpt.dll'), ...permissions]),
  node: () => new Single((script) => [process.env.NODE ?? 'node', file('../peers/node.cjs'), script]),
  deno: () => new Single((script, href) => [process.env.DENO ?? 'deno', 'run', '-A', '--no-lock', '--no-config', '--location', href, file('../peers/deno.mjs'), script]),
};
