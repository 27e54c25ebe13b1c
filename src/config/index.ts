export { type AppConfig, ConfigError, loadConfig } from './app-config.js';
export { forgetOldKeys, replaceStoredKey } from './secrets.js';
export { APP_CONFIG, ConfigModule } from './config.module.js';
