/** Version of this build; a test holds it against package.json. */
export const SERVICE_VERSION = '0.1.0';
