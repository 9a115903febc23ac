// wptserve (python3, no virtualenv) on ports of its own, for the tests that talk to its handlers.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

/** Two free ports in a row: the tests take the second for another origin. */
async function freePorts() {
  for (;;) {
    const first = 20_000 + Math.floor(Math.random() * 20_000);
    const free = await Promise.all([first, first + 1, first + 2].map((port) => new Promise((resolve) => {
      const server = net.createServer().once('error', () => resolve(false)).listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
    })));
    if (free.every(Boolean)) return first;
  }
}

export async function serve(wpt) {
  const port = await freePorts();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'wpt-serve-'));
  const config = path.join(folder, 'config.json');
  const none = Object.fromEntries(['https', 'wss', 'h2', 'webtransport-h3', 'http-local', 'http-public', 'https-local', 'https-public'].map((name) => [name, []]));
  fs.writeFileSync(config, JSON.stringify({
    browser_host: 'localhost', alternate_hosts: { alt: '127.0.0.1' }, check_subdomains: false, server_host: '127.0.0.1',
    ports: { http: [port, port + 1], ws: [port + 2], ...none }, ssl: { type: 'none' }, bind_address: true,
  }));
  const child = spawn('python3', ['wpt', 'serve', '--no-h2', '--config', config], { cwd: wpt, detached: true, stdio: 'ignore' });
  const stop = () => {
    try { process.kill(-child.pid, 'SIGKILL'); } catch { /* it has gone */ }
    fs.rmSync(folder, { recursive: true, force: true });
  };
  process.on('exit', stop);
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));
  const origin = `http://localhost:${port}`;
  for (let attempt = 0; attempt < 300; attempt++) {
    if (await fetch(`${origin}/resources/testharness.js`).then((response) => response.ok, () => false)) return { origin, stop };
    await new Promise((resolve) => { setTimeout(resolve, 100); });
  }
  stop();
  throw new Error('wptserve did not start: try "python3 wpt serve" in the folder of the tests to see why');
}
