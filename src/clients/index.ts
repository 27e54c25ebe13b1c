export { baseUrlProblem } from './client-input.js';
export { type Client, type ClientChanges, type ClientTarget, type NewClient } from './client.js';
export { ClientsModule } from './clients.module.js';
export { ClientsService } from './clients.service.js';
export { type Resealed } from './key-ring.js';
