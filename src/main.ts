import { join } from 'node:path';
import type { Clock } from './platform/clock.ts';
import { systemClock } from './platform/clock.ts';
import type { Config } from './platform/config.ts';
import type { Database } from './platform/database/database.ts';
import { openDatabase } from './platform/database/open.ts';
import { migrate } from './platform/database/migrate.ts';
import { EventLog, pruneEvents } from './platform/events/event-log.ts';
import { assetRoutes } from './platform/http/assets.ts';
import { healthRoutes } from './platform/http/health.ts';
import { PageStore } from './platform/http/page-store.ts';
import type { Route } from './platform/http/route-table.ts';
import { createServer } from './platform/http/server.ts';
import { JobRunner } from './platform/jobs/job-runner.ts';
import { LiveHub } from './platform/live/hub.ts';
import { liveRoutes, type Personal } from './platform/live/routes.ts';
import type { Log } from './platform/log.ts';
import type { Mailer } from './platform/mail/mailer.ts';
import { defineMailJobs } from './platform/mail/mail-jobs.ts';
import { defineMediaJobs } from './platform/media/media-jobs.ts';
import { MediaStore } from './platform/media/media-store.ts';
import { mediaRoutes } from './platform/media/routes.ts';
import { once } from './platform/once.ts';
import type { DomainContext } from './site/context.ts';
import { siteFileRoutes } from './site/files.ts';
import { readLogo } from './site/logo.ts';
import { writtenIn } from './site/language.ts';
import { loadSite } from './site/site.ts';
import { errorPage, framed, pageRoutes, type Context } from './pages/index.ts';
import {
  alertChoicesData,
  createPushSender,
  noteServices,
  preferenceRoutes,
  unwantedNotices,
  watchInbox,
  watchWideAlerts,
} from './alerts/index.ts';
import {
  applyToComment,
  commentIntent,
  commentsData,
  conversationRoutes,
  findCommentTarget,
  followIntent,
  followsData,
  noticesData,
  recommendIntent,
  relationsOf,
  tellFollowsLive,
  tellNoticesLive,
  tellThreadsLive,
  threadTopics,
  watchCommentSearch,
  watchNotices,
  writerTopics,
} from './conversation/index.ts';
import {
  guidelinesPart,
  moderationData,
  moderationHandlers,
  moderationRoutes,
  pruneModeration,
  pruneModerationJob,
  reportIntent,
} from './moderation/index.ts';
import {
  definePrivacyJobs,
  defineSignInJobs,
  readersRoutes,
  readerTopic,
  sessionIdentifier,
  tellReadersLive,
  type Identity,
  type ReaderData,
} from './readers/index.ts';
import {
  liveTopics,
  publishScheduled,
  publishScheduledJob,
  recentAuthorNames,
  tellLive,
} from './stories/index.ts';
import { wireRoutes } from './wire/index.ts';
import { allMigrations } from './migrations.ts';

/** What is reported and decided about. */
const moderated = moderationHandlers({ findComment: findCommentTarget, applyDecision: applyToComment });

/** What domains above readers hold of them: given out and erased with the account. */
const readerData: readonly ReaderData[] = [
  commentsData,
  followsData,
  noticesData,
  moderationData,
  alertChoicesData,
];

export interface SiteParts {
  readonly config: Config;
  readonly log: Log;
  /** Folder of the built files. */
  readonly dist: string;
  readonly clock?: Clock;
  /** Certificates, as PEM, that push services are trusted by besides the usual ones. */
  readonly pushTrust?: readonly string[];
  /** Called once before a database that holds data already is brought up to date. */
  readonly beforeUpgrade?: (database: Database) => Promise<void>;
  /** More work for the job runner, such as the nightly backup. */
  readonly defineJobs?: (
    runner: JobRunner,
    parts: Pick<RunningSite, 'config' | 'database' | 'media'>,
  ) => void;
}

/** The whole site, put together and not listening yet. */
export interface RunningSite {
  readonly config: Config;
  readonly database: Database;
  readonly media: MediaStore;
  readonly routes: readonly Route[];
  /** Ids of the steps by which the schema was brought up to date. */
  readonly migrated: readonly string[];
  /** @returns the port. @throws AppError `server.port-taken`, `server.cannot-listen` */
  listen(): Promise<number>;
  /** Lets what runs finish, then closes everything; safe to call twice. */
  close(): Promise<void>;
}

/**
 * Put the site together: database, domains, routes, jobs.
 * @throws AppError as `readLogo`, `openDatabase`, `migrate` and `loadSite`
 */
export async function createSite(parts: SiteParts): Promise<RunningSite> {
  const clock = parts.clock ?? systemClock;
  // A wrong file is told of now, not by a broken picture on every page.
  if (parts.config.LOGO !== undefined) await readLogo(parts.config.LOGO);
  const database = await openDatabase(parts.config, clock);
  try {
    const migrated = await migrate(database, allMigrations, {
      beforeUpgrade: async () => parts.beforeUpgrade?.(database),
    });
    return compose(parts, clock, database, migrated);
  } catch (error) {
    await database.close();
    throw error;
  }
}

function compose(
  { config, log, dist, pushTrust, defineJobs }: SiteParts,
  clock: Clock,
  database: Database,
  migrated: readonly string[],
): RunningSite {
  const media = new MediaStore({ dataDir: config.dataDir, log, avif: config.AVIF });
  const context: Context = {
    config,
    database,
    clock,
    log,
    media,
    site: loadSite(config, dist),
    livePosition: () => hub.position,
  };
  const domain: DomainContext = {
    ...context,
    frame: (request, frame) => framed(context, request, frame),
  };
  const store = new PageStore({ clock, bytes: config.PAGE_STORE_MB * 1024 * 1024 });
  const events = new EventLog({ database, clock, log });
  // What this process writes is dropped before its writer is answered; what others write, as soon as it is seen.
  database.onCommit((recorded) => drop(store, recorded));
  events.onRecorded((recorded) => drop(store, recorded));
  database.onCommit((recorded) => media.withheld.hear(recorded));
  events.onRecorded((recorded) => media.withheld.hear(recorded));
  const hub = new LiveHub({ events, log });
  database.onCommit((recorded) => hub.committed(recorded));
  tellLive(hub);
  tellReadersLive(hub);
  tellNoticesLive(hub, database);
  tellThreadsLive(hub, context);
  tellFollowsLive(hub);
  const jobs = new JobRunner({ database, clock, log });
  watchNotices({ database, events, jobs, unwanted: unwantedNotices });
  watchInbox({ database, events, jobs });
  watchCommentSearch({ database, events, jobs });
  const sender = createPushSender({ config, database, clock, log, ...(pushTrust && { trust: pushTrust }) });
  const services = noteServices({ database, log, services: () => sender.services() });
  watchWideAlerts({
    database,
    clock,
    log,
    events,
    jobs,
    sender,
    paper: {
      name: config.NAME,
      origin: config.origin,
      zone: config.ZONE,
      ...writtenIn(context.site.language),
    },
    spread: config.ALERTS_SPREAD,
    warm: (path) => server.warm(path),
  });
  const closeMail = defineOwnJobs(jobs, context);
  defineJobs?.(jobs, { config, database, media });
  const routes = [
    ...pageRoutes(context),
    ...wireRoutes(context),
    ...conversationRoutes(domain),
    ...readersRoutes(domain, {
      intents: {
        comment: commentIntent(domain),
        recommend: recommendIntent(domain),
        follow: followIntent(domain),
        report: reportIntent(domain, moderated),
      },
      guidelines: () => guidelinesPart(database.read, 3),
      // Whoever wrote for the paper long ago shares a name with many a reader.
      takenNames: () => recentAuthorNames(database.read, clock.now() - 2 * 365 * 86_400_000),
    }),
    ...moderationRoutes(domain, moderated),
    ...preferenceRoutes(domain),
    ...siteFileRoutes(context),
    ...mediaRoutes(context),
    ...liveRoutes({
      hub,
      topics: anyOf(liveTopics, threadTopics, writerTopics),
      personal: (identity) => personal(database, identity),
    }),
    ...assetRoutes(join(dist, 'assets')),
    ...healthRoutes({
      database: () => database.read.selectFrom('migration').select('id').limit(1).execute(),
    }),
  ];
  const server = createServer({
    routes,
    store,
    clock,
    log,
    origin: config.origin,
    countryHeader: config.COUNTRY_HEADER,
    trustedProxies: config.TRUSTED_PROXIES,
    writeLimit: config.WRITE_LIMIT,
    identity: sessionIdentifier({ database, clock, origin: config.origin }),
    errorAnswer: (error, request) => errorPage(context, error, request),
  });
  const stop = async () => {
    // Streams never end by themselves.
    const ended = hub.close();
    await server.close();
    await ended;
    await jobs.stop();
    services.stop();
    await services.note();
    await sender.close();
    closeMail();
    await events.stop();
    await database.close();
  };
  let closing: Promise<void> | undefined;
  return {
    config,
    database,
    media,
    routes,
    migrated,
    async listen() {
      // Before the first page is kept: a kill by another process must not pass unseen.
      await events.start();
      await media.withheld.load(database.read);
      await hub.start();
      const port = await server.listen(config.PORT, config.HOST);
      jobs.start();
      return port;
    },
    close: () => (closing ??= stop()),
  };
}

/** What a signed-in reader follows of the live stream without asking, and whom it does not hear there. */
async function personal(database: Database, { id, session }: Identity): Promise<Personal> {
  const { muted, blocked } = await relationsOf(database.read, id);
  return { topics: [readerTopic(id)], session: session.id, without: new Set([...muted, ...blocked]) };
}

/** A pattern for whatever one of several is for. */
function anyOf(...patterns: readonly RegExp[]): RegExp {
  return new RegExp(patterns.map(({ source }) => source).join('|'));
}

function drop(
  store: PageStore,
  events: readonly { readonly tags?: readonly string[]; readonly urgent?: boolean }[],
): void {
  for (const { tags = [], urgent = false } of events) if (tags.length > 0) store.drop(tags, urgent);
}

/** @returns what ends connections to the mail server, which are kept for the next mail and would keep the process */
function defineOwnJobs(jobs: JobRunner, context: Context): () => void {
  const { config, database, media, site, clock } = context;
  defineMediaJobs(jobs, { database, media });
  // The mail library is large, and most servers send little: it is loaded for the first mail.
  let opened: Mailer | undefined;
  const mailer = once(async () => {
    const { createMailer } = await import('./platform/mail/mailer.ts');
    return (opened = createMailer(config, { clock }));
  });
  defineMailJobs(jobs, { mailer: { send: async (message) => (await mailer()).send(message) }, clock });
  jobs.define(publishScheduledJob, {
    async handle({ id, at }) {
      await database.write((tx) => publishScheduled(tx, { id: String(id), at: Number(at), zone: site.zone }));
    },
  });
  definePrivacyJobs(jobs, context, readerData);
  defineSignInJobs(jobs, database);
  jobs.define(pruneModerationJob, { handle: () => database.write(pruneModeration) });
  jobs.schedule(pruneModerationJob, '23 4 * * *', 'UTC');
  jobs.define('events.prune', { handle: () => pruneEvents(database) });
  jobs.schedule('events.prune', '47 3 * * *', 'UTC');
  return () => opened?.close();
}
