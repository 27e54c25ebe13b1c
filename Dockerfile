# syntax=docker/dockerfile:1
# The service for production: `docker build -t flowmastery-metrics .`. It always gets DATABASE_URL, so the embedded PostgreSQL (optional
# packages) is left out. It writes nothing to its own disk and may run with a read-only root.
FROM node:24-slim AS base
WORKDIR /app
COPY package.json package-lock.json .npmrc ./

FROM base AS build
RUN --mount=type=cache,target=/root/.npm npm ci --omit=optional
COPY nest-cli.json tsconfig.json tsconfig.build.json ./
COPY src ./src
COPY migrations ./migrations
COPY simulator ./simulator
COPY scripts ./scripts
RUN npx nest build

FROM base AS packages
RUN --mount=type=cache,target=/root/.npm npm ci --omit=dev --omit=optional --ignore-scripts

FROM node:24-slim
LABEL org.opencontainers.image.title="FlowMastery Metrics" \
  org.opencontainers.image.description="Long-term metrics for n8n"
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000
WORKDIR /app
COPY --from=packages /app/package.json ./
COPY --from=packages /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
# The user `node` by its number: Kubernetes only believes numbers when it checks runAsNonRoot.
USER 1000:1000
EXPOSE 3000
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/ready`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Before new replicas of an upgrade start: the same image with `node dist/src/migrate.js`.
CMD ["node", "dist/src/main.js"]
