import { Module } from '@nestjs/common';
import { ClientsModule } from '../../clients/index.js';
import { ApiKeysController } from './api-keys.controller.js';

/** The endpoints below `/admin/api-keys`. */
@Module({ imports: [ClientsModule], controllers: [ApiKeysController] })
export class AdminApiKeysModule {}
