import { random } from './drawing/random.ts';

const rate = 11_025;
const seconds = 12;

/** Sounds that are made rather than recorded, by name. */
export const sounds: Readonly<Record<string, () => Buffer>> = { 'weir-at-night.wav': weir };

/** Water over a weir at night, with the clicks of a counter: 8-bit mono WAV (RIFF, PCM), twelve seconds, about 130 KB. */
function weir(): Buffer {
  const r = random('weir');
  const samples = Buffer.alloc(rate * seconds);
  let low = 0;
  let lower = 0;
  const clicks = [1.4, 3.1, 3.5, 6.2, 7.9, 8.1, 8.4, 10.6];
  for (let at = 0; at < samples.length; at += 1) {
    const time = at / rate;
    low += (r.num(-1, 1) - low) * 0.24;
    lower += (low - lower) * 0.05;
    const swell = 0.6 + 0.25 * Math.sin(time * 0.9) + 0.15 * Math.sin(time * 2.3 + 1);
    let value = (low * 0.3 + lower * 1.6) * swell;
    for (const click of clicks) {
      const since = time - click;
      if (since >= 0 && since < 0.09)
        value += Math.sin(since * 2 * Math.PI * 880) * Math.exp(-since * 60) * 0.4;
    }
    const fade = Math.min(1, time / 1.2, (seconds - time) / 1.2);
    samples[at] = Math.round(128 + Math.max(-1, Math.min(1, value * fade)) * 120);
  }
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + samples.length, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(rate, 28);
  header.writeUInt16LE(1, 32);
  header.writeUInt16LE(8, 34);
  header.write('data', 36);
  header.writeUInt32LE(samples.length, 40);
  return Buffer.concat([header, samples]);
}
