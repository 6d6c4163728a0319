import { inflateSync } from 'node:zlib';

/**
 * How many pixels of a picture have exactly that colour. Reads what Chromium writes: 8 bits a channel, RGB or RGBA, not
 * interlaced (https://www.w3.org/TR/png-3/).
 */
export function countPixels(png: Buffer, [red, green, blue]: readonly [number, number, number]): number {
  const { pixels, channels } = decode(png);
  let found = 0;
  for (let at = 0; at < pixels.length; at += channels) {
    if (pixels[at] === red && pixels[at + 1] === green && pixels[at + 2] === blue) found += 1;
  }
  return found;
}

function decode(png: Buffer): { pixels: Uint8Array; channels: number } {
  const parts: Buffer[] = [];
  let [width, height, channels] = [0, 0, 0];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    const type = png.toString('latin1', at + 4, at + 8);
    const data = png.subarray(at + 8, at + 8 + png.readUInt32BE(at));
    if (type === 'IHDR') {
      [width, height] = [data.readUInt32BE(0), data.readUInt32BE(4)];
      if (data[8] !== 8 || data[12] !== 0) throw new Error('Only 8 bits a channel, not interlaced.');
      channels = data[9] === 6 ? 4 : 3;
    }
    if (type === 'IDAT') parts.push(data);
  }
  return { pixels: unfilter(inflateSync(Buffer.concat(parts)), width * channels, height, channels), channels };
}

function unfilter(filtered: Uint8Array, stride: number, height: number, channels: number): Uint8Array {
  const pixels = new Uint8Array(stride * height);
  for (let row = 0; row < height; row += 1) {
    const filter = filtered[row * (stride + 1)]!;
    for (let column = 0; column < stride; column += 1) {
      const at = row * stride + column;
      const left = column >= channels ? pixels[at - channels]! : 0;
      const up = row > 0 ? pixels[at - stride]! : 0;
      const upLeft = row > 0 && column >= channels ? pixels[at - stride - channels]! : 0;
      pixels[at] = filtered[row * (stride + 1) + 1 + column]! + predict(filter, left, up, upLeft);
    }
  }
  return pixels;
}

function predict(filter: number, left: number, up: number, upLeft: number): number {
  if (filter === 4) return paeth(left, up, upLeft);
  if (filter === 3) return (left + up) >> 1;
  if (filter === 2) return up;
  return filter === 1 ? left : 0;
}

function paeth(left: number, up: number, upLeft: number): number {
  const estimate = left + up - upLeft;
  const [toLeft, toUp, toUpLeft] = [Math.abs(estimate - left), Math.abs(estimate - up), Math.abs(estimate - upLeft)];
  if (toLeft <= toUp && toLeft <= toUpLeft) return left;
  return toUp <= toUpLeft ? up : upLeft;
}
