import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { ProblemDto } from './common/problem-doc';

/** The API's description, made from the code; the committed openapi.json is compared with it. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('Video KYC')
    .setDescription(
      'A client starts a KYC, its customer hands in and waits, an agent (maker) calls and decides, a reviewer (checker) decides again. Errors are RFC 9457 problem documents with a stable code.',
    )
    .setVersion('1')
    .addBearerAuth({
      type: 'http',
      scheme: 'bearer',
      description: 'API key, capture session token, or staff token.',
    })
    .build();
  return SwaggerModule.createDocument(app, config, { extraModels: [ProblemDto] });
}
