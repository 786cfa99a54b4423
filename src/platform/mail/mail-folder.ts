import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { syncFolder } from '../media/files.ts';
import { mailFolderName, parseMailbox } from './mailbox.ts';

/** How long mails lie in the folder, milliseconds. */
const mailsKept = 30 * 86_400_000;

/** Remove the mails that were put into DATA_DIR/mail for somebody who has left. */
export async function removeMailsTo(dataDir: string, addresses: readonly string[]): Promise<void> {
  const left = new Set(addresses.map(plain));
  await removeMails(dataDir, async (path) => {
    const [, to = ''] = /^To:(.*(?:\r\n[ \t].*)*)/im.exec(headOf(await readFile(path, 'latin1'))) ?? [];
    return left.has(plain(to.replace(/\r\n[ \t]+/g, ' ')));
  });
}

/** Remove mails that have lain in DATA_DIR/mail for a month. @param now milliseconds UTC */
export async function pruneMails(dataDir: string, now: number): Promise<void> {
  // The names begin with the time, which sorts as text.
  const oldest = new Date(now - mailsKept).toISOString().replaceAll(':', '');
  await removeMails(dataDir, (_path, name) => name.replace(/^\./, '') < oldest);
}

async function removeMails(
  dataDir: string,
  isOver: (path: string, name: string) => Promise<boolean> | boolean,
): Promise<void> {
  const folder = join(dataDir, mailFolderName);
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.eml'));
  let removed = 0;
  for (const name of names) {
    if (!(await isOver(join(folder, name), name))) continue;
    await rm(join(folder, name), { force: true });
    removed += 1;
  }
  if (removed > 0) await syncFolder(folder);
}

function headOf(mail: string): string {
  return mail.slice(0, Math.max(0, mail.indexOf('\r\n\r\n')));
}

function plain(text: string): string {
  const trimmed = text.trim();
  return (parseMailbox(trimmed)?.address ?? /<([^<>]+)>$/.exec(trimmed)?.[1] ?? trimmed).toLowerCase();
}
