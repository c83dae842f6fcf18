import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { SwaggerModule } from '@nestjs/swagger';
import helmet from 'helmet';
import type { Config } from '../src/config';
import { AppModule } from './app.module';
import { answerUnreadable } from './common/unreadable';
import { bodyShape } from './common/body-shape';
import { requestId } from './common/request-id';
import { NestLog } from './common/nest-log';
import { openApiDocument } from './openapi';

const JSON_LIMIT = '64kb';
/** A document of 15 MB on a slow mobile line takes minutes; a silent connection is not kept longer. */
const REQUEST_MS = 5 * 60_000;
const HEADERS_MS = 20_000;

/** The application as it runs in production and in tests; not yet listening. */
export async function createApp(config: Config): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(AppModule.with(config), {
    bodyParser: false,
    // A webhook's signature is over its bytes.
    rawBody: true,
    logger: new NestLog(),
  });
  app.disable('x-powered-by');
  app.use(requestId);
  app.use(helmet());
  // JSON only: a file's body is a stream that its route reads.
  app.useBodyParser('json', { limit: JSON_LIMIT, type: 'application/json', strict: true });
  app.use(bodyShape);
  app.enableShutdownHooks([]);
  const server = app.getHttpServer();
  server.requestTimeout = REQUEST_MS;
  server.headersTimeout = HEADERS_MS;
  server.on('clientError', answerUnreadable);
  const document = openApiDocument(app);
  SwaggerModule.setup('docs', app, document, {
    jsonDocumentUrl: 'openapi.json',
    customSiteTitle: 'Video KYC API',
  });
  return app;
}
