import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../platform/errors.ts';
import { redirect } from '../../platform/http/answers.ts';
import { fileAnswer } from '../../platform/http/files.ts';
import type { Answer, Request, Route } from '../../platform/http/route-table.ts';
import type { DomainContext } from '../../site/context.ts';
import { askForExport, exportFiles, listExports } from './exports.ts';
import { askToLeave, stay } from './leave.ts';
import { exportFolder } from './make-export.ts';
import { dataPage, leavePage, leavingPage } from './pages.ts';
import { privacyText as words } from './text.ts';

const leaveForm = z.object({ comments: z.enum(['delete', 'keep']) });

type Handler = (request: Request) => Promise<Answer>;

/** What a reader may do with all that is kept: fetch it, and have it erased. */
export function privacyRoutes(context: DomainContext): Route[] {
  const { database, clock, site, config } = context;
  const to = (path: string) => redirect(path, 303, { noStore: true });
  const exportsOf = (request: Request) => listExports(database.read, request.identity!.id, clock.now());

  const showData: Handler = async (request) =>
    dataPage(context, request, { exports: await exportsOf(request) });

  const askForData: Handler = async (request) => {
    const isAsked = await database.write((tx) => askForExport(tx, request.identity!.id));
    if (isAsked) return to('/account/data');
    return dataPage(context, request, { exports: await exportsOf(request), problem: words.data.tooOften });
  };

  const fetchData: Handler = async (request) => {
    const { id, file = '' } = request.params;
    // One that belongs to another is not among them.
    const own = (await exportsOf(request)).find((each) => each.id === id && each.readyAt !== undefined);
    const type = Object.hasOwn(exportFiles, file) ? exportFiles[file as keyof typeof exportFiles] : undefined;
    const headers = { 'content-disposition': `attachment; filename="${file.replace('data', 'my-data')}"` };
    const answer =
      own &&
      type &&
      (await fileAnswer(request, join(exportFolder(config.dataDir, own.id), file), { type, headers }));
    if (!answer) throw new AppError('page.not-found', words.data.gone, { status: 404 });
    return { ...answer, headers: { ...answer.headers, 'cache-control': 'no-store' } };
  };

  const showLeave: Handler = async (request) => {
    const { reader } = request.identity!;
    if (reader.leavingAt === undefined) return leavePage(context, request, {});
    const row = await database.read
      .selectFrom('reader')
      .select('leaving_comments')
      .where('id', '=', reader.id)
      .executeTakeFirst();
    const comments = row?.leaving_comments === 'keep' ? 'keep' : 'delete';
    return leavingPage(context, request, { leavingAt: reader.leavingAt, comments });
  };

  const leave: Handler = async (request) => {
    const form = leaveForm.safeParse(request.body);
    if (!form.success) return leavePage(context, request, { problem: words.leave.choose });
    const { reader, session } = request.identity!;
    await database.write((tx) =>
      askToLeave(tx, { reader, session: session.id, comments: form.data.comments, paper: site }),
    );
    return to('/account/leave');
  };

  const cancel: Handler = async (request) => {
    await database.write((tx) => stay(tx, request.identity!.id));
    return to('/account');
  };

  const common = { who: 'reader', bodyLimit: 4 * 1024 } as const;
  const read = { ...common, method: 'GET', proof: 'none' } as const;
  const write = { ...common, method: 'POST', proof: 'same-origin' } as const;
  return [
    { ...read, path: '/account/data', name: 'account-data', handle: showData },
    { ...write, path: '/account/data', name: 'account-data-ask', handle: askForData },
    { ...read, path: '/account/data/:id/:file', name: 'account-data-file', handle: fetchData },
    { ...read, path: '/account/leave', name: 'account-leave', handle: showLeave },
    { ...write, path: '/account/leave', name: 'account-leave-ask', handle: leave },
    { ...write, path: '/account/stay', name: 'account-stay', handle: cancel },
  ];
}
