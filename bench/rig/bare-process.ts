/*
 * The least that can answer over HTTP with Node: one page from memory, whatever is asked. What it takes is what the
 * site's own server is measured against.
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FixedPage } from './fixed-page.ts';

const { headers, bodyFile } = JSON.parse(readFileSync(process.argv[2]!, 'utf8')) as FixedPage;
const body = readFileSync(bodyFile);
const flat = headers.flat();

const server = createServer({ keepAliveTimeout: 65_000 }, (_request, response) => {
  response.writeHead(200, flat);
  response.end(body);
});
server.listen(0, '127.0.0.1', () => process.send!({ port: (server.address() as AddressInfo).port }));
process.on('disconnect', () => process.exit());
