import { type DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { type AppConfig, APP_CONFIG } from '../config/index.js';
import { ClientCommits, ClientLock } from './client-lock.js';
import { DatabaseLoad } from './database-load.js';
import { dataSourceOptions } from './migrate.js';

/** Injection token of the URL that every connection of the service uses. */
export const DATABASE_URL = Symbol('DATABASE_URL');

/** The one DataSource. Features register their entities with `TypeOrmModule.forFeature`. */
@Module({})
export class DatabaseModule {
  static forRoot(url: string): DynamicModule {
    const typeorm = TypeOrmModule.forRootAsync({
      inject: [APP_CONFIG],
      useFactory: (config: AppConfig) => ({
        ...dataSourceOptions(url, config.databasePoolSize),
        autoLoadEntities: true,
        retryAttempts: 5,
        retryDelay: 1_000,
      }),
    });
    const address = { provide: DATABASE_URL, useValue: url };
    return {
      module: DatabaseModule,
      global: true,
      imports: [typeorm],
      providers: [address, ClientCommits, ClientLock, DatabaseLoad],
      exports: [address, ClientCommits, ClientLock, DatabaseLoad],
    };
  }
}
