export { ClientLabels, MAX_CLIENT_SERIES } from './client-labels.js';
export { TelemetryModule } from './telemetry.module.js';
