// Draws the icon of the packages, because NuGet takes no SVG: "node icon.mjs FILE" writes a PNG of 128 × 128 pixels.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { deflateSync } from 'node:zlib';

const size = 128;
const samples = 4;
const background = [0x51, 0x2b, 0xd4];
const foreground = [0xff, 0xd9, 0x3d];

// Shapes are functions of a point in a square of 1 × 1, true inside.
const roundedSquare = (x, y, radius) => Math.hypot(Math.max(radius - x, x - 1 + radius, 0), Math.max(radius - y, y - 1 + radius, 0)) <= radius;
const stroke = (points, width) => (x, y) => points.slice(1).some(([bx, by], i) => {
  const [ax, ay] = points[i];
  const along = Math.min(1, Math.max(0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2)));
  return Math.hypot(x - ax - along * (bx - ax), y - ay - along * (by - ay)) <= width / 2;
});
const shapes = [
  // Braces around a triangle that says "run".
  stroke([[0.32, 0.22], [0.24, 0.22], [0.24, 0.45], [0.17, 0.5], [0.24, 0.55], [0.24, 0.78], [0.32, 0.78]], 0.07),
  stroke([[0.68, 0.22], [0.76, 0.22], [0.76, 0.45], [0.83, 0.5], [0.76, 0.55], [0.76, 0.78], [0.68, 0.78]], 0.07),
  (x, y) => x >= 0.42 && Math.abs(y - 0.5) <= (0.66 - x) * 0.7,
];

function pixel(column, row) {
  let inside = 0;
  let bright = 0;
  for (let i = 0; i < samples * samples; i++) {
    const x = (column + (i % samples + 0.5) / samples) / size;
    const y = (row + (Math.floor(i / samples) + 0.5) / samples) / size;
    if (roundedSquare(x, y, 0.2)) {
      inside++;
      if (shapes.some((shape) => shape(x, y))) bright++;
    }
  }
  const mix = inside === 0 ? 0 : bright / inside;
  return [...background.map((channel, i) => Math.round(channel + (foreground[i] - channel) * mix)), Math.round((255 * inside) / samples ** 2)];
}

function crc32(bytes) {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 && 0xedb88320);
  }
  return ~crc >>> 0;
}

function chunk(name, data) {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const result = Buffer.alloc(body.length + 8);
  result.writeUInt32BE(data.length);
  body.copy(result, 4);
  result.writeUInt32BE(crc32(body), body.length + 4);
  return result;
}

const rows = Array.from({ length: size }, (_, row) => Buffer.from([0, ...Array.from({ length: size }, (_, column) => pixel(column, row)).flat()]));
const header = Buffer.alloc(13);
header.writeUInt32BE(size, 0);
header.writeUInt32BE(size, 4);
header.set([8, 6], 8);
const png = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', header), chunk('IDAT', deflateSync(Buffer.concat(rows), { level: 9 })), chunk('IEND', Buffer.alloc(0))]);
mkdirSync(dirname(process.argv[2]), { recursive: true });
writeFileSync(process.argv[2], png);
