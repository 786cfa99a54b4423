import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AppError } from '../errors.ts';

/** A file of a form; one that was left empty is not there. */
export interface FormFile {
  /** As the browser says. */
  readonly name: string;
  readonly type: string;
  readonly bytes: Buffer;
}

export type FormValue = string | FormFile;

/** Have forms read, in both of their encodings (HTML Living Standard, section 4.10.21), and mails, within each route's limit. */
export function readForms(app: FastifyInstance): void {
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => done(null, gather(new URLSearchParams(body as string))),
  );
  // A mail as it stands (RFC 2046, section 5.2.1): its bytes are in whatever letters its parts say.
  app.addContentTypeParser('message/rfc822', { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, (body as Buffer).toString('latin1')),
  );
  app.addContentTypeParser(
    'multipart/form-data',
    { parseAs: 'buffer' },
    async (request: FastifyRequest, body: Buffer) => {
      try {
        const headers = { 'content-type': request.headers['content-type']! };
        const form = await new Response(new Uint8Array(body), { headers }).formData();
        const values: [string, FormValue][] = [];
        for (const [name, value] of form) {
          if (typeof value === 'string') values.push([name, value]);
          else if (value.size > 0)
            values.push([
              name,
              { name: value.name, type: value.type, bytes: Buffer.from(await value.arrayBuffer()) },
            ]);
        }
        return gather(values);
      } catch (cause) {
        throw new AppError('request.malformed', 'This form could not be read.', { cause });
      }
    },
  );
}

function gather(values: Iterable<readonly [string, FormValue]>): Record<string, FormValue | FormValue[]> {
  const fields = Object.create(null) as Record<string, FormValue | FormValue[]>;
  for (const [name, value] of values) {
    const before = fields[name];
    fields[name] = before === undefined ? value : [...(Array.isArray(before) ? before : [before]), value];
  }
  return fields;
}
