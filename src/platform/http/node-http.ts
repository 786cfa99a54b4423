/**
 * Node's own HTTP, as `require` gives it. An import of node:http reads all that it exports, and so loads the whole of
 * fetch and WebSocket with it: 15 MB and 50 ms that a server does without. Types may be imported.
 */
export const { createServer, STATUS_CODES } = process.getBuiltinModule('node:http');
