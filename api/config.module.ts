import { Global, Module, type DynamicModule } from '@nestjs/common';
import type { Config } from '../src/config';
import { CONFIG } from './stores/stores.tokens';

/** The settings this process was started with. */
@Global()
@Module({})
export class ConfigModule {
  static with(config: Config): DynamicModule {
    return {
      module: ConfigModule,
      providers: [{ provide: CONFIG, useValue: config }],
      exports: [CONFIG],
    };
  }
}
