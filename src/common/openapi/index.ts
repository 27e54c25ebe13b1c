export { ApiProblems } from './api-problems.decorator.js';
export { openApiDocument, serveOpenApi } from './openapi-document.js';
