import express, { type Request, type Response, type Router } from 'express';
import { transaction } from '../platform/database/transaction.ts';
import { httpErrors, refuse } from '../platform/http/errors.ts';
import type { Limit } from '../platform/limits.ts';
import type { Ctx, Services } from '../platform/services.ts';
import { type ProjectSeen, projectLoader } from '../projects/queries.ts';
import { viewerOfRequest } from '../tokens/queries.ts';
import { words } from '../words/en.ts';
import { brandLogo } from './brand/queries.ts';
import { frameRoute } from './frame.ts';
import { asksOf, mockKinds } from './mocks/registry.ts';
import { createPictures, type Picture } from './pictures.ts';
import { firstLookLoader, mocksOf } from './queries.ts';
import { buildWanted } from './run/commands.ts';
import type { FirstLooks } from './run/runs.ts';
import { plainSettings } from './settings.ts';
import type { Ask } from './shapes.ts';

/** Twenty a second, sixty at once: faster than anybody types. */
const askLimit: Limit = { name: 'firstLook.ask', points: 60, seconds: 3 };
/** A page of pictures at a time, as fast as somebody can turn pages. */
const pictureLimit: Limit = { name: 'firstLook.picture', points: 400, seconds: 20 };
const mendLimit: Limit = { name: 'firstLook.mend', points: 1, seconds: 600 };
const mostAskCharacters = 2_000;
const addresses = [
  '/first-look/frame',
  '/first-look/:projectId/ask',
  '/first-look/:projectId/images/:productId',
  '/first-look/:projectId/logo',
];
/** How often the index is looked up again when it is replaced under a question. */
const mostTries = 3;

/**
 * What a mock asks for its project, and the pictures it shows: `/first-look/<project>/ask`, `/images/<product>` and `/logo`.
 * The session is asked at each use and with it the right to see the project; what one may not know looks like nothing.
 * The frame that the mock runs in is handed out here, too: it reaches none of this by itself.
 */
export function firstLookRoutes(
  services: Services,
  firstLooks: FirstLooks,
  { clientFolder }: { clientFolder: string | undefined },
): Router {
  const router = express.Router();
  const pictures = createPictures(services);
  router.get('/first-look/frame', frameRoute(clientFolder));

  router.get('/first-look/:projectId/ask', async (req, res) => {
    const seen = await projectBehind(services, req);
    if (!seen) return refuse(res, 404, 'NOT_FOUND', words.http.NOT_FOUND());
    if (await isTooOften(services, seen.ctx, askLimit, res)) return;
    const asked = askOf(req);
    if (!asked) return refuse(res, 400, 'BAD_USER_INPUT', words.http.BAD_ASK());
    const mock = (await mocksOf(seen.ctx, seen.project)).find(({ kind }) => kind === asked.mock);
    // The plain catalogue is there for whatever a project brings.
    if (!mock && asked.mock !== 'CATALOGUE') return refuse(res, 404, 'NOT_FOUND', words.http.NOT_FOUND());
    const answer = await ofIndex(seen, (key) => firstLooks.ask(key, asked.ask, mock?.settings ?? plainSettings));
    if ('state' in answer) return void res.status(409).set(privately).json({ state: answer.state });
    if (answer.isGone || answer.answer === null) return refuse(res, 404, 'NOT_FOUND', words.http.NOT_FOUND());
    res.set(privately).json(answer.answer);
  });

  router.get('/first-look/:projectId/images/:productId', async (req, res) => {
    const seen = await projectBehind(services, req);
    if (!seen) return refuse(res, 404, 'NOT_FOUND', words.http.NOT_FOUND());
    if (await isTooOften(services, seen.ctx, pictureLimit, res)) return;
    const productId = String(req.params.productId);
    const asked = await ofIndex(seen, (key) => firstLooks.imageOf(key, productId));
    const address = 'address' in asked ? asked.address : null;
    send(res, address === null ? null : await pictures.get(address, seen.project.accountId));
  });

  router.get('/first-look/:projectId/logo', async (req, res) => {
    const seen = await projectBehind(services, req);
    if (!seen) return refuse(res, 404, 'NOT_FOUND', words.http.NOT_FOUND());
    if (await isTooOften(services, seen.ctx, pictureLimit, res)) return;
    const look = await firstLookLoader(seen.ctx).load(seen.project.id);
    const logo = look && (await brandLogo(services, look));
    send(res, typeof logo === 'string' ? await pictures.get(logo, seen.project.accountId) : logo);
  });

  router.all(addresses, (_req, res) => {
    res.set('Allow', 'GET, HEAD');
    refuse(res, 405, 'METHOD_NOT_ALLOWED', words.http.METHOD_NOT_ALLOWED());
  });
  router.use(httpErrors(services));
  return router;
}

type Seen = { ctx: Ctx; project: ProjectSeen };

const privately = { 'Cache-Control': 'private, no-store', 'X-Content-Type-Options': 'nosniff' };

async function projectBehind(services: Services, req: Request): Promise<Seen | null> {
  const { authorization, cookie } = req.headers;
  const viewer = await viewerOfRequest(services, {
    ...(authorization !== undefined && { authorization }),
    ...(cookie !== undefined && { cookie }),
  });
  if (!viewer) return null;
  const ctx: Ctx = { ...services, viewer, loaders: new Map() };
  const project = await projectLoader(ctx).load(String(req.params.projectId));
  return project && { ctx, project };
}

async function isTooOften(services: Services, { viewer }: Ctx, limit: Limit, res: Response): Promise<boolean> {
  const seconds = await services.limits.take(limit, viewer.viewedBy ?? viewer.personId);
  if (seconds === null) return false;
  res.set('Retry-After', String(seconds));
  refuse(res, 429, 'RATE_LIMITED', words.http.RATE_LIMITED({ seconds }));
  return true;
}

function askOf(req: Request): { mock: (typeof mockKinds)[number]; ask: Ask } | null {
  const { mock: named, ask: text, ...rest } = req.query;
  const mock = mockKinds.find((kind) => kind === named);
  if (!mock || typeof text !== 'string' || text.length > mostAskCharacters || Object.keys(rest).length > 0) return null;
  const read = asksOf[mock].safeParse(parsed(text));
  return read.success ? { mock, ask: read.data } : null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Asks the index that is there. When a newer one takes its place meanwhile, that is asked: nobody who types notices. */
async function ofIndex<T extends { isGone: boolean }>(
  { ctx, project }: Seen,
  ask: (key: string) => Promise<T>,
): Promise<T | { state: string }> {
  for (let tries = 1; ; tries++) {
    const look = await firstLookLoader(ctx).load(project.id);
    if (!look?.indexKey || look.state !== 'READY') return { state: look?.state ?? 'EMPTY' };
    const asked = await ask(look.indexKey).catch((error: unknown) => mended(ctx, project, error));
    if (!asked.isGone || tries >= mostTries) return asked;
    ctx.loaders.clear();
  }
}

/** An index that cannot be read, such as one of another version, is made anew: whoever comes next is answered. */
async function mended(ctx: Ctx, project: ProjectSeen, error: unknown): Promise<never> {
  const isOnItsWay = (await ctx.limits.take(mendLimit, project.id)) !== null;
  if (!isOnItsWay) await transaction(ctx, (tx) => buildWanted(tx, ctx, project.id));
  throw error;
}

/**
 * A product without a picture is no mistake of anybody's: whoever may look is told so by an empty answer, since a browser
 * would write each 404 into its console.
 */
function send(res: Response, picture: Picture | null): void {
  if (picture === null) {
    res.status(204).set('Cache-Control', 'private, max-age=60').end();
    return;
  }
  res.set({
    'Content-Type': picture.type,
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy': "sandbox; default-src 'none'",
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cache-Control': 'private, max-age=3600',
  });
  res.send(Buffer.from(picture.bytes));
}
