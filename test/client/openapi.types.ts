// Made by `npm run openapi` from docs/openapi.json.
export interface paths {
    "/api/v1/metrics/all": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Summary of every client, and the totals
         * @description Each client over the same dates in its own time zone, 30 days up to today by default. For admins and viewers of all clients.
         */
        get: operations["getAllMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/metrics/client/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Summary of a client
         * @description Figures, trends, workflow counts and coverage over a range of days: 30 days up to today by default, 800 at most.
         */
        get: operations["getClientMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/metrics/client/{id}/workflows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Workflows of a client with their figures
         * @description Sorted and paged; `summary` is over all workflows. The range is 30 days up to today by default. Also as text/csv.
         */
        get: operations["getClientWorkflows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/metrics/client/{id}/historical": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Daily, weekly or monthly series of a client or of one workflow
         * @description One point per period that intersects the range, empty ones included; the running one has `is_partial: true`. By default 30 days, 12 weeks or 12 months; 800 points at most. Days and periods are those of the client’s time zone. Also as text/csv.
         */
        get: operations["getClientHistorical"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/metrics/client/{id}/executions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Stored executions of a client
         * @description Newest first, with the verdict of the production filter. Only as far back as raw executions are kept. Also as text/csv.
         */
        get: operations["listClientExecutions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/metrics/client/{id}/executions/{n8n_execution_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One stored execution, explained
         * @description By n8n’s id. When the instance was reset and an id exists twice, the newer one. `explain` lists every production rule in the order in which they are tried, what it saw, and which one decided, by the rules in force and the workflow’s present name and tags.
         */
        get: operations["getClientExecution"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/metrics/client/{id}/errors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Failures of a client by workflow, node and message
         * @description The largest groups first. Messages that differ only in numbers, ids, quoted values, addresses and times are one. The range is 30 days up to today by default, and only as far back as raw executions are kept. Details of failures are read after the executions themselves: `details_pending` says how many are still to come. Also as text/csv.
         */
        get: operations["getClientErrors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/metrics/client/{id}/execution-stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Executions of a client by workflow, mode and status
         * @description Counts and durations, the largest groups first, production executions and the others apart. The range is 30 days up to today by default, and only as far back as raw executions are kept. Also as text/csv.
         */
        get: operations["getClientExecutionStats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/metrics/my-metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Summary of my client
         * @description As `metrics/client/{id}` for the client that the key is bound to; 400 `no_client_bound` when it is bound to none.
         */
        get: operations["getMyMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/metrics/my-workflows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Workflows of my client with their figures
         * @description As `metrics/client/{id}/workflows` for the client that the key is bound to.
         */
        get: operations["getMyWorkflows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/metrics/my-historical": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Daily, weekly or monthly series of my client
         * @description As `metrics/client/{id}/historical` for the client that the key is bound to.
         */
        get: operations["getMyHistorical"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/metrics/my-executions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Stored executions of my client
         * @description As `metrics/client/{id}/executions` for the client that the key is bound to.
         */
        get: operations["listMyExecutions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Is the process alive?
         * @description Asks nothing but the process itself: when this fails, only a restart helps.
         */
        get: operations["getLiveness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * May requests be sent here?
         * @description The database answers and its schema is at least that of this build; the process is not shutting down; one that works takes jobs. The cache does not count. 503 says what is missing.
         */
        get: operations["getReadiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/startup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Has the service started?
         * @description The same as `ready`, for the time after the start.
         */
        get: operations["getStartup"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How is everything?
         * @description Database, cache, queue, ticks of the scheduler and how fresh the data of the clients is. `degraded` (200): it serves, but somebody should look; `error` (503): it cannot serve. Each part says why.
         */
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Figures for Prometheus
         * @description This process and, from the database, all clients, in the text format of Prometheus. For admin keys, viewers of all clients, and the token of `METRICS_TOKEN`, which works without the database. A database that is away leaves its figures out and sets `flowmastery_database_up` to 0.
         */
        get: operations["getPrometheusFigures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/clients": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the clients
         * @description By id, deleted ones left out.
         */
        get: operations["listClients"];
        put?: never;
        /**
         * Add a client
         * @description Stores an n8n instance; its first collection begins within a minute. The connection is tried first: 422 says what is wrong (`dns`, `refused`, `tls`, `timeout`, `not_n8n`, `bad_key`, `forbidden`, `blocked_address`) and nothing is stored.
         */
        post: operations["createClient"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/clients/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One client
         * @description Its settings; the n8n key is never returned.
         */
        get: operations["getClient"];
        put?: never;
        post?: never;
        /**
         * Delete a client
         * @description The client is 404 at once and its keys are revoked; a job erases its rows and proves it.
         */
        delete: operations["deleteClient"];
        options?: never;
        head?: never;
        /**
         * Change a client
         * @description Fields that are left out stay. A new address or key is tried first, as at creation. A new time zone or week start recomputes the figures in the background as far as raw data reaches.
         */
        patch: operations["updateClient"];
        trace?: never;
    };
    "/api/v1/clients/{id}/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Try the connection now
         * @description Asks the instance what it can do and whether the key suffices; 422 says what is wrong, as at creation.
         */
        post: operations["verifyClient"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/clients/{id}/filter-rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Current filter rules
         * @description The newest version, every key filled in, and what it does in words.
         */
        get: operations["getFilterRules"];
        /**
         * Store new filter rules
         * @description Becomes the next version; what is left out has its default. A job classifies the stored executions again and recomputes their figures: `job_url` shows how far it is. Executions that come meanwhile are classified by the new rules at once. The same rules again make no new version. `explanation` says what the rules do; `preview` tries them before.
         */
        put: operations["putFilterRules"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/clients/{id}/filter-rules/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Try filter rules without storing them
         * @description Takes the body of `PUT` and says what these rules would do to the stored executions of a range of days: figures before and after, how many would move each way, per workflow and by old and new reason, with samples. It changes nothing.
         */
        post: operations["previewFilterRules"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/clients/{id}/filter-rules/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All versions of the filter rules
         * @description Newest first, with author and time, down to the defaults (version 0).
         */
        get: operations["listFilterRuleVersions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/clients/{id}/workflows/{workflow_id}/time-saved": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Time saved by a workflow
         * @description What a success saves now, and every value with its date, imported from n8n or set by hand. For admins, and for viewers that may see the client.
         */
        get: operations["getTimeSaved"];
        /**
         * Set the time saved by hand
         * @description Counts for successes that start from `apply_from` on, or from now on; values by hand for that time are replaced, earlier ones stay. It wins over what n8n says until it is taken back with `minutes: null`. Days of the past are computed again as far as their executions are kept; older days keep their figures. To give a stretch of time a value of its own, set the value at its beginning and then what follows at its end.
         */
        put: operations["setTimeSaved"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the API keys
         * @description By id, revoked and expired ones too; the keys themselves are not stored.
         */
        get: operations["listApiKeys"];
        put?: never;
        /**
         * Make an API key
         * @description The key is shown in this answer and never again. A viewer may be bound to one client, which must exist.
         */
        post: operations["createApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/api-keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke an API key
         * @description It stops working with the next request, on every replica. Revoking twice changes nothing.
         */
        delete: operations["revokeApiKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/audit-events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who did what
         * @description What administrators did, newest first, without secrets. Events are only ever added.
         */
        get: operations["listAuditEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/metrics/admin/audit/{client_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Compare rollups with raw executions
         * @description Recomputes the days of a range from raw executions, weeks and months from days, compares every figure with what is stored and lists every difference. Days that are not computed yet and days whose raw executions are partly gone are told, not compared. It changes nothing; `trigger-aggregation` computes a range again.
         */
        post: operations["auditClient"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/metrics/admin/sync/{client_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sync one client now
         * @description Enqueues a sync that looks at everything, whatever is due. One that is queued or running is joined, not doubled (`joined`). `wait` waits up to so many seconds for the result; `state` says whether it is over. 404 `client_not_found` for an unknown or deleted client.
         */
        post: operations["syncClient"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/metrics/admin/sync-all": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sync all clients now
         * @description The same for every enabled client. `wait` waits up to so many seconds until all of them are over.
         */
        post: operations["syncAllClients"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/metrics/admin/trigger-aggregation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Compute figures again
         * @description Recomputes the days of the range, and the weeks and months they are in, from the stored executions, for one client or all. Days whose executions are partly past their retention keep their figures.
         */
        post: operations["triggerAggregation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/metrics/admin/cleanup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Remove what is past its retention
         * @description Raw executions by whole weeks, once every day in them is rolled up; rollups by months; deleted workflows that nothing refers to any more. With `dry_run=true` nothing is removed. The counts and freed bytes are the result of the job.
         */
        post: operations["cleanUp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/metrics/admin/refresh-cache": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Drop kept answers and compute the usual ones
         * @description Nothing that was kept about the client, or about any, is served any more, on every replica. Then the summary, the workflows and the three series over their default ranges are computed ahead, where replicas find them: in Redis, or in the process that runs the job.
         */
        post: operations["refreshCache"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/metrics/admin/jobs/{job_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One job
         * @description State, progress, counts and error. 404 `job_not_found` when it is unknown or too old to be remembered.
         */
        get: operations["getJob"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/metrics/admin/jobs/{job_id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Run a failed job once more
         * @description The same job, with the same id, occasion and parameters, is enqueued again and has all its attempts anew. A sync joins the one of its client that is queued or running by now (`joined`). `wait` waits up to so many seconds for the result.
         */
        post: operations["retryJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/metrics/admin/job-runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * History of jobs
         * @description Newest first. Kept for 90 days; completed runs of `collect` and `sync` for a week.
         */
        get: operations["listJobRuns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/metrics/admin/scheduler-status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Status of the scheduler
         * @description Every schedule with its last run (start, duration, outcome, counts), its next run, whether it runs now and how often it failed in a row; how many jobs wait and run; the processes that run them.
         */
        get: operations["getSchedulerStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/metrics/admin/aggregation-summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the rollups hold
         * @description Rows by kind of period with the oldest and the newest, how many never change again, and what is still to be computed.
         */
        get: operations["getAggregationSummary"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/metrics/admin/cache": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How the cache is doing
         * @description Where answers are kept and whether that can be reached, how many are kept, and hits, misses and errors of the process that answers, since its start. `POST .../refresh-cache` drops them.
         */
        get: operations["getCacheStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/metrics/admin/data-freshness": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Freshness of the data
         * @description For every client: when workflows and executions were last collected and figures last computed, what is still open, missing or to be done, and by which rules executions were classified, over 30 days and day by day.
         */
        get: operations["getDataFreshness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        TrendsDto: {
            /**
             * @description Change of the executions in percent.
             * @example 12.5
             */
            execution_trend: number | null;
            /**
             * @description Change of the success rate in percentage points.
             * @example -0.41
             */
            success_rate_trend: number | null;
            /**
             * @description Change of the average duration in percent; positive means faster.
             * @example 3.2
             */
            performance_trend: number | null;
            /**
             * @description Change of the hours saved in percent.
             * @example 11.9
             */
            time_saved_trend: number | null;
        };
        CoverageGapDto: {
            /**
             * Format: date-time
             * @description Begin.
             * @example 2026-02-14T22:10:00.000Z
             */
            from: string;
            /**
             * Format: date-time
             * @description End; null while it goes on.
             * @example 2026-02-15T01:40:00.000Z
             */
            to: string | null;
            /**
             * @description `pruned_before_collection`: gone from n8n before it could be collected. `source_unreachable`: the same, after an outage.
             *     `not_saved_by_n8n`: a workflow's settings keep n8n from saving its executions. `instance_reset`: another database took the place
             *     of the one before.
             * @example pruned_before_collection
             */
            reason: string;
            /**
             * @description At most so many executions are missing; null when unknown.
             * @example 120
             */
            missing_ids: number | null;
            /**
             * @description `high`: ids of this instance are used up by saved executions only. `possible`: the ids may as well have belonged to executions that n8n does not save.
             * @example possible
             */
            confidence: string;
            /** @description The workflow that is concerned; null: any. */
            workflow_id: number | null;
        };
        CoverageDto: {
            /**
             * Format: date-time
             * @description When the client was first collected; null when it never was.
             * @example 2026-01-05T09:12:44.031Z
             */
            first_observed_at: string | null;
            /** @description Gaps that touch the range, oldest first. */
            gaps: components["schemas"]["CoverageGapDto"][];
            /**
             * @description True when no gap touches the range and it does not begin before the oldest execution that was visible.
             * @example true
             */
            complete: boolean;
        };
        SummaryDto: {
            /**
             * @description Id of the client.
             * @example 1
             */
            client_id: number;
            /**
             * @description Name of the client.
             * @example Acme GmbH
             */
            client_name: string;
            /**
             * Format: date
             * @description First day of the range, in the client's zone.
             * @example 2026-02-01
             */
            start_date: string;
            /**
             * Format: date
             * @description Last day of the range.
             * @example 2026-03-02
             */
            end_date: string;
            /**
             * @description The client's IANA time zone.
             * @example Europe/Berlin
             */
            timezone: string;
            /**
             * @description Workflows that exist in n8n.
             * @example 42
             */
            total_workflows: number;
            /**
             * @description Those that are active.
             * @example 31
             */
            active_workflows: number;
            /** @description Against the range of the same length right before this one. */
            trends: components["schemas"]["TrendsDto"];
            /**
             * Format: date-time
             * @description Start of the newest stored execution, production or not, whatever the range.
             * @example 2026-03-02T13:59:21.551Z
             */
            last_activity: string | null;
            /**
             * Format: date-time
             * @description When executions were last synchronised.
             * @example 2026-03-02T14:00:02.118Z
             */
            last_updated: string | null;
            /** @description How much of the range was seen. */
            coverage: components["schemas"]["CoverageDto"];
            /**
             * @description True while the period is running: its figures still grow.
             * @example false
             */
            is_partial: boolean;
            /**
             * @description `rollup`: precomputed; `raw`: counted from stored executions just now; `mixed`: some days of each.
             * @example rollup
             * @enum {string}
             */
            source: "raw" | "rollup" | "mixed";
            /**
             * Format: date-time
             * @description When the newest precomputed part was computed; null when nothing of it is precomputed.
             * @example 2026-03-02T02:00:04.120Z
             */
            computed_at: string | null;
            /**
             * @description True at the seam of a change of the client's time zone: its days overlap or lose hours, and sums do not add up.
             * @example false
             */
            mixed_zone: boolean;
            /**
             * @description Successful and failed executions.
             * @example 1204
             */
            total_executions: number;
            /**
             * @description Executions with n8n's status success.
             * @example 1187
             */
            successful_executions: number;
            /**
             * @description Executions with n8n's status error or crashed.
             * @example 17
             */
            failed_executions: number;
            /**
             * @description Canceled executions: in no total and no rate.
             * @example 2
             */
            canceled_executions: number;
            /**
             * @description Executions that are not final yet (new, running, waiting): in no total and no rate.
             * @example 1
             */
            open_executions: number;
            /**
             * @description Executions that the production filter left out, whatever their status. They are in none of the other figures.
             * @example 96
             */
            excluded_executions: number;
            /**
             * @description Percent: 100 * successful / total. Null when there was none.
             * @example 98.588
             */
            success_rate: number | null;
            /**
             * @description Percent, retries taken into account: a failure whose retry succeeded counts as a success, the retry itself not at all.
             * @example 99.2519
             */
            effective_success_rate: number | null;
            /**
             * @description Mean duration of successful and failed executions, waiting included.
             * @example 3.420518
             */
            avg_execution_time_seconds: number | null;
            /**
             * @description Shortest duration.
             * @example 0.112
             */
            min_execution_time_seconds: number | null;
            /**
             * @description Longest duration.
             * @example 64.902
             */
            max_execution_time_seconds: number | null;
            /**
             * @description Median duration, at most 1 % off.
             * @example 2.801
             */
            p50_execution_time_seconds: number | null;
            /**
             * @description Duration that 95 % of the executions kept within, at most 1 % off.
             * @example 9.117
             */
            p95_execution_time_seconds: number | null;
            /**
             * @description Duration that 99 % of the executions kept within, at most 1 % off.
             * @example 21.5
             */
            p99_execution_time_seconds: number | null;
            /**
             * @description Exact sum of the durations, in milliseconds.
             * @example 4118304
             */
            total_execution_time_ms: number;
            /**
             * @description Executions whose duration is in the sums and percentiles.
             * @example 1204
             */
            timed_executions: number;
            /**
             * @description Successful and failed executions without a valid duration: they stay out of the durations.
             * @example 0
             */
            duration_anomalies: number;
            /**
             * @description Hours saved by successful executions. Null when no workflow that ran had a value.
             * @example 98.916667
             */
            time_saved_hours: number | null;
            /**
             * @description Share of the successful executions, 0 to 1, whose workflow had a time-saved value.
             * @example 0.9
             */
            time_saved_coverage: number | null;
        };
        OverviewDto: {
            /** @description Each client's summary, by name. */
            clients: components["schemas"]["SummaryDto"][];
            /**
             * @description Clients in the list.
             * @example 3
             */
            total_clients: number;
            /**
             * @description Workflows of all clients that exist in n8n.
             * @example 117
             */
            total_workflows: number;
            /**
             * @description Successful and failed production executions of all clients.
             * @example 88213
             */
            total_executions: number;
            /**
             * @description Percent: 100 * successful / total over all clients together. Null when there was none.
             * @example 97.9142
             */
            overall_success_rate: number | null;
            /**
             * @description Hours saved in all clients. Null when no value is known.
             * @example 1204.5
             */
            time_saved_hours: number | null;
            /**
             * Format: date-time
             * @description When executions of any client were last synchronised.
             * @example 2026-03-02T14:00:02.118Z
             */
            last_updated: string | null;
        };
        WorkflowMetricsDto: {
            /**
             * @description Our id of the workflow.
             * @example 17
             */
            workflow_id: number;
            /**
             * @description n8n’s id of the workflow.
             * @example k3XvT0aYwq9ZbN1c
             */
            n8n_workflow_id: string;
            /**
             * @description Name of the workflow.
             * @example Send invoices
             */
            workflow_name: string;
            /**
             * @description Whether it is active in n8n.
             * @example true
             */
            active: boolean;
            /**
             * @description True when the workflow no longer exists in n8n; it is listed because it ran in the range.
             * @example false
             */
            deleted: boolean;
            /**
             * @description Names of its tags.
             * @example [
             *       "production",
             *       "billing"
             *     ]
             */
            tags: string[];
            /**
             * Format: date-time
             * @description Start of its newest stored execution, production or not, whatever the range.
             * @example 2026-03-02T13:59:21.551Z
             */
            last_execution: string | null;
            /**
             * @description Successful and failed executions.
             * @example 1204
             */
            total_executions: number;
            /**
             * @description Executions with n8n's status success.
             * @example 1187
             */
            successful_executions: number;
            /**
             * @description Executions with n8n's status error or crashed.
             * @example 17
             */
            failed_executions: number;
            /**
             * @description Canceled executions: in no total and no rate.
             * @example 2
             */
            canceled_executions: number;
            /**
             * @description Executions that are not final yet (new, running, waiting): in no total and no rate.
             * @example 1
             */
            open_executions: number;
            /**
             * @description Executions that the production filter left out, whatever their status. They are in none of the other figures.
             * @example 96
             */
            excluded_executions: number;
            /**
             * @description Percent: 100 * successful / total. Null when there was none.
             * @example 98.588
             */
            success_rate: number | null;
            /**
             * @description Percent, retries taken into account: a failure whose retry succeeded counts as a success, the retry itself not at all.
             * @example 99.2519
             */
            effective_success_rate: number | null;
            /**
             * @description Mean duration of successful and failed executions, waiting included.
             * @example 3.420518
             */
            avg_execution_time_seconds: number | null;
            /**
             * @description Shortest duration.
             * @example 0.112
             */
            min_execution_time_seconds: number | null;
            /**
             * @description Longest duration.
             * @example 64.902
             */
            max_execution_time_seconds: number | null;
            /**
             * @description Median duration, at most 1 % off.
             * @example 2.801
             */
            p50_execution_time_seconds: number | null;
            /**
             * @description Duration that 95 % of the executions kept within, at most 1 % off.
             * @example 9.117
             */
            p95_execution_time_seconds: number | null;
            /**
             * @description Duration that 99 % of the executions kept within, at most 1 % off.
             * @example 21.5
             */
            p99_execution_time_seconds: number | null;
            /**
             * @description Exact sum of the durations, in milliseconds.
             * @example 4118304
             */
            total_execution_time_ms: number;
            /**
             * @description Executions whose duration is in the sums and percentiles.
             * @example 1204
             */
            timed_executions: number;
            /**
             * @description Successful and failed executions without a valid duration: they stay out of the durations.
             * @example 0
             */
            duration_anomalies: number;
            /**
             * @description Hours saved by successful executions. Null when no workflow that ran had a value.
             * @example 98.916667
             */
            time_saved_hours: number | null;
            /**
             * @description Share of the successful executions, 0 to 1, whose workflow had a time-saved value.
             * @example 0.9
             */
            time_saved_coverage: number | null;
        };
        ProvenanceDto: {
            /**
             * @description True while the period is running: its figures still grow.
             * @example false
             */
            is_partial: boolean;
            /**
             * @description `rollup`: precomputed; `raw`: counted from stored executions just now; `mixed`: some days of each.
             * @example rollup
             * @enum {string}
             */
            source: "raw" | "rollup" | "mixed";
            /**
             * Format: date-time
             * @description When the newest precomputed part was computed; null when nothing of it is precomputed.
             * @example 2026-03-02T02:00:04.120Z
             */
            computed_at: string | null;
            /**
             * @description True at the seam of a change of the client's time zone: its days overlap or lose hours, and sums do not add up.
             * @example false
             */
            mixed_zone: boolean;
            /**
             * @description Successful and failed executions.
             * @example 1204
             */
            total_executions: number;
            /**
             * @description Executions with n8n's status success.
             * @example 1187
             */
            successful_executions: number;
            /**
             * @description Executions with n8n's status error or crashed.
             * @example 17
             */
            failed_executions: number;
            /**
             * @description Canceled executions: in no total and no rate.
             * @example 2
             */
            canceled_executions: number;
            /**
             * @description Executions that are not final yet (new, running, waiting): in no total and no rate.
             * @example 1
             */
            open_executions: number;
            /**
             * @description Executions that the production filter left out, whatever their status. They are in none of the other figures.
             * @example 96
             */
            excluded_executions: number;
            /**
             * @description Percent: 100 * successful / total. Null when there was none.
             * @example 98.588
             */
            success_rate: number | null;
            /**
             * @description Percent, retries taken into account: a failure whose retry succeeded counts as a success, the retry itself not at all.
             * @example 99.2519
             */
            effective_success_rate: number | null;
            /**
             * @description Mean duration of successful and failed executions, waiting included.
             * @example 3.420518
             */
            avg_execution_time_seconds: number | null;
            /**
             * @description Shortest duration.
             * @example 0.112
             */
            min_execution_time_seconds: number | null;
            /**
             * @description Longest duration.
             * @example 64.902
             */
            max_execution_time_seconds: number | null;
            /**
             * @description Median duration, at most 1 % off.
             * @example 2.801
             */
            p50_execution_time_seconds: number | null;
            /**
             * @description Duration that 95 % of the executions kept within, at most 1 % off.
             * @example 9.117
             */
            p95_execution_time_seconds: number | null;
            /**
             * @description Duration that 99 % of the executions kept within, at most 1 % off.
             * @example 21.5
             */
            p99_execution_time_seconds: number | null;
            /**
             * @description Exact sum of the durations, in milliseconds.
             * @example 4118304
             */
            total_execution_time_ms: number;
            /**
             * @description Executions whose duration is in the sums and percentiles.
             * @example 1204
             */
            timed_executions: number;
            /**
             * @description Successful and failed executions without a valid duration: they stay out of the durations.
             * @example 0
             */
            duration_anomalies: number;
            /**
             * @description Hours saved by successful executions. Null when no workflow that ran had a value.
             * @example 98.916667
             */
            time_saved_hours: number | null;
            /**
             * @description Share of the successful executions, 0 to 1, whose workflow had a time-saved value.
             * @example 0.9
             */
            time_saved_coverage: number | null;
        };
        WorkflowsDto: {
            /**
             * @description Id of the client.
             * @example 1
             */
            client_id: number;
            /**
             * @description Name of the client.
             * @example Acme GmbH
             */
            client_name: string;
            /**
             * Format: date
             * @description First day of the range, in the client’s zone.
             * @example 2026-02-01
             */
            start_date: string;
            /**
             * Format: date
             * @description Last day of the range.
             * @example 2026-03-02
             */
            end_date: string;
            /**
             * @description The client’s IANA time zone.
             * @example Europe/Berlin
             */
            timezone: string;
            /** @description Workflows that exist, and deleted ones that ran in the range. */
            workflows: components["schemas"]["WorkflowMetricsDto"][];
            /** @description Figures over all workflows, not only those of this page. */
            summary: components["schemas"]["ProvenanceDto"];
            /** @description How much of the range was seen. */
            coverage: components["schemas"]["CoverageDto"];
            /** @description Pass it as `cursor` for the next page; null on the last one. */
            next_cursor: string | null;
        };
        PointDto: {
            /**
             * @description True while the period is running: its figures still grow.
             * @example false
             */
            is_partial: boolean;
            /**
             * @description `rollup`: precomputed; `raw`: counted from stored executions just now; `mixed`: some days of each.
             * @example rollup
             * @enum {string}
             */
            source: "raw" | "rollup" | "mixed";
            /**
             * Format: date-time
             * @description When the newest precomputed part was computed; null when nothing of it is precomputed.
             * @example 2026-03-02T02:00:04.120Z
             */
            computed_at: string | null;
            /**
             * @description True at the seam of a change of the client's time zone: its days overlap or lose hours, and sums do not add up.
             * @example false
             */
            mixed_zone: boolean;
            /**
             * @description Successful and failed executions.
             * @example 1204
             */
            total_executions: number;
            /**
             * @description Executions with n8n's status success.
             * @example 1187
             */
            successful_executions: number;
            /**
             * @description Executions with n8n's status error or crashed.
             * @example 17
             */
            failed_executions: number;
            /**
             * @description Canceled executions: in no total and no rate.
             * @example 2
             */
            canceled_executions: number;
            /**
             * @description Executions that are not final yet (new, running, waiting): in no total and no rate.
             * @example 1
             */
            open_executions: number;
            /**
             * @description Executions that the production filter left out, whatever their status. They are in none of the other figures.
             * @example 96
             */
            excluded_executions: number;
            /**
             * @description Percent: 100 * successful / total. Null when there was none.
             * @example 98.588
             */
            success_rate: number | null;
            /**
             * @description Percent, retries taken into account: a failure whose retry succeeded counts as a success, the retry itself not at all.
             * @example 99.2519
             */
            effective_success_rate: number | null;
            /**
             * @description Mean duration of successful and failed executions, waiting included.
             * @example 3.420518
             */
            avg_execution_time_seconds: number | null;
            /**
             * @description Shortest duration.
             * @example 0.112
             */
            min_execution_time_seconds: number | null;
            /**
             * @description Longest duration.
             * @example 64.902
             */
            max_execution_time_seconds: number | null;
            /**
             * @description Median duration, at most 1 % off.
             * @example 2.801
             */
            p50_execution_time_seconds: number | null;
            /**
             * @description Duration that 95 % of the executions kept within, at most 1 % off.
             * @example 9.117
             */
            p95_execution_time_seconds: number | null;
            /**
             * @description Duration that 99 % of the executions kept within, at most 1 % off.
             * @example 21.5
             */
            p99_execution_time_seconds: number | null;
            /**
             * @description Exact sum of the durations, in milliseconds.
             * @example 4118304
             */
            total_execution_time_ms: number;
            /**
             * @description Executions whose duration is in the sums and percentiles.
             * @example 1204
             */
            timed_executions: number;
            /**
             * @description Successful and failed executions without a valid duration: they stay out of the durations.
             * @example 0
             */
            duration_anomalies: number;
            /**
             * @description Hours saved by successful executions. Null when no workflow that ran had a value.
             * @example 98.916667
             */
            time_saved_hours: number | null;
            /**
             * @description Share of the successful executions, 0 to 1, whose workflow had a time-saved value.
             * @example 0.9
             */
            time_saved_coverage: number | null;
            /**
             * Format: date
             * @description First day of the period, in the client's zone.
             * @example 2026-02-23
             */
            period_start: string;
            /**
             * Format: date
             * @description Last day of the period.
             * @example 2026-03-01
             */
            period_end: string;
        };
        SeriesTrendDto: {
            /**
             * @description Change per period, by least squares.
             * @example 14.25
             */
            slope: number | null;
            /**
             * @description `flat`: within the noise of the series; `insufficient_data`: fewer than 4 periods with a value.
             * @example up
             * @enum {string}
             */
            direction: "flat" | "up" | "down" | "insufficient_data";
        };
        SeriesTrendsDto: {
            /** @description Executions per period. */
            executions: components["schemas"]["SeriesTrendDto"];
            /** @description Percentage points per period. */
            success_rate: components["schemas"]["SeriesTrendDto"];
            /** @description Seconds per period; up means faster. */
            performance: components["schemas"]["SeriesTrendDto"];
            /** @description Hours per period. */
            time_saved: components["schemas"]["SeriesTrendDto"];
        };
        HistoricalTrendsDto: {
            /**
             * @description Change of the executions in percent.
             * @example 12.5
             */
            execution_trend: number | null;
            /**
             * @description Change of the success rate in percentage points.
             * @example -0.41
             */
            success_rate_trend: number | null;
            /**
             * @description Change of the average duration in percent; positive means faster.
             * @example 3.2
             */
            performance_trend: number | null;
            /**
             * @description Change of the hours saved in percent.
             * @example 11.9
             */
            time_saved_trend: number | null;
            /**
             * Format: date
             * @description First day of the last complete period of the series, which the trends above speak of; null when there is none.
             * @example 2026-02-23
             */
            period_start: string | null;
            /** @description Slopes and directions over the complete periods of the series. */
            series: components["schemas"]["SeriesTrendsDto"];
        };
        HistoricalDto: {
            /**
             * @description Id of the client.
             * @example 1
             */
            client_id: number;
            /** @description The workflow that was asked for; null for the whole client. */
            workflow_id: number | null;
            /**
             * @description Length of the periods.
             * @example weekly
             * @enum {string}
             */
            period_type: "daily" | "weekly" | "monthly";
            /**
             * Format: date
             * @description First day of the range.
             * @example 2025-12-08
             */
            start_date: string;
            /**
             * Format: date
             * @description Last day of the range.
             * @example 2026-03-01
             */
            end_date: string;
            /**
             * @description The client's IANA time zone: all dates are days there.
             * @example Europe/Berlin
             */
            timezone: string;
            /** @description One point per period, oldest first, empty periods included. */
            metrics_data: components["schemas"]["PointDto"][];
            /** @description Trends of the series. */
            trends: components["schemas"]["HistoricalTrendsDto"];
            /** @description How much of the range was seen. */
            coverage: components["schemas"]["CoverageDto"];
        };
        ExecutionDto: {
            /**
             * @description n8n's id of the execution.
             * @example 48213
             */
            n8n_execution_id: string;
            /**
             * @description Which database behind the client's n8n it came from: 1 until the instance is found to have begun its ids anew.
             * @example 1
             */
            epoch: number;
            /**
             * @description Our id of the workflow.
             * @example 17
             */
            workflow_id: number;
            /**
             * @description n8n’s id of the workflow; null when the workflow is not known any more.
             * @example k3XvT0aYwq9ZbN1c
             */
            n8n_workflow_id: string | null;
            /**
             * @description Name of the workflow.
             * @example Send invoices
             */
            workflow_name: string | null;
            /**
             * @description n8n's status, or `vanished` when an open execution is no longer known to n8n.
             * @example error
             */
            status: string;
            /**
             * @description n8n’s mode: how it was started.
             * @example webhook
             */
            mode: string;
            /**
             * Format: date-time
             * @description Start.
             * @example 2026-03-02T13:59:21.551Z
             */
            started_at: string;
            /**
             * Format: date-time
             * @description End; null while it is open.
             * @example 2026-03-02T13:59:24.002Z
             */
            finished_at: string | null;
            /**
             * Format: date-time
             * @description When a waiting execution goes on.
             */
            wait_till: string | null;
            /**
             * @description Null when the execution is open or its duration is not valid.
             * @example 2451
             */
            execution_time_ms: number | null;
            /**
             * @description Whether it counts as a production execution.
             * @example true
             */
            is_production: boolean;
            /**
             * @description The rule that decided.
             * @example mode_webhook
             */
            filter_reason: string;
            /**
             * @description Version of the rule set that decided; 0 is the default one.
             * @example 0
             */
            rule_version: number;
            /** @description The execution that this one repeats. */
            retry_of: string | null;
            /**
             * @description The retry of this one that succeeded.
             * @example 48220
             */
            retry_success_id: string | null;
            /**
             * @description At most 2,000 characters, secrets masked. Null when it did not fail or its detail was not read yet.
             * @example Request failed with status code 502
             */
            error_message: string | null;
            /**
             * @description Node that failed.
             * @example HTTP Request
             */
            error_node: string | null;
            /**
             * @description Class of the error.
             * @example NodeApiError
             */
            error_type: string | null;
            /** @description What in the run's data or error text says that it was a test. */
            test_indicator: string | null;
            /**
             * Format: date-time
             * @description When the collector first saw it.
             * @example 2026-03-02T14:00:01.902Z
             */
            first_seen_at: string;
            /**
             * Format: date-time
             * @description When what is stored of it last changed.
             * @example 2026-03-02T14:00:01.902Z
             */
            last_changed_at: string;
        };
        ExecutionsDto: {
            /** @description Executions, newest first. */
            items: components["schemas"]["ExecutionDto"][];
            /** @description Pass it as `cursor` for the next page; null on the last one. */
            next_cursor: string | null;
        };
        FieldProblemDto: {
            /**
             * @description Where it is: a field, a path such as `quiet_hours[0].from`, or a query parameter.
             * @example timezone
             */
            field: string;
            /**
             * @description What would be right.
             * @example must be an IANA time zone such as Europe/Berlin
             */
            message: string;
        };
        ProblemDto: {
            /**
             * @description URI of the kind of problem.
             * @example urn:flowmastery:problem:invalid_request
             */
            type: string;
            /**
             * @description Phrase of the HTTP status.
             * @example Bad Request
             */
            title: string;
            /**
             * @description The HTTP status again.
             * @example 400
             */
            status: number;
            /**
             * @description What happened and what to do, for people.
             * @example Not valid: timezone.
             */
            detail: string;
            /**
             * @description Stable code, for programs.
             * @example invalid_request
             */
            code: string;
            /** @description Each bad field; empty when no field is to blame. */
            errors: components["schemas"]["FieldProblemDto"][];
            /**
             * @description Finds this request in the log; also in the `X-Request-Id` header.
             * @example 0b9f3c1e-6f0a-4c3e-9d55-6f2b7b1f9a10
             */
            request_id: string;
            /**
             * @description Path that was asked for.
             * @example /api/v1/clients
             */
            instance: string;
        };
        ExplainedWorkflowDto: {
            /** @example Order test */
            name: string;
            /**
             * @example [
             *       "crm"
             *     ]
             */
            tags: string[];
        };
        RuleTrialDto: {
            /**
             * @description `decided`: this rule made the verdict. `not_matched`: it was tried in vain. `not_applicable`: the rules switch it off. `not_reached`: an earlier one decided.
             * @example decided
             * @enum {string}
             */
            outcome: "decided" | "not_matched" | "not_applicable" | "not_reached";
            /** @example test_name */
            rule: string;
            /**
             * @description What it looked at and found, or what switches it off; `null` when it was not reached.
             * @example "name "Order test" holds "test""
             */
            saw: string | null;
        };
        ExplainDto: {
            /**
             * @description Version of the rules in force; 0: the defaults.
             * @example 3
             */
            rule_version: number;
            /** @description `null`: the workflow is not known; rules then see an empty name and no tags. */
            workflow: components["schemas"]["ExplainedWorkflowDto"] | null;
            /** @example false */
            is_production: boolean;
            /** @example test_name */
            filter_reason: string;
            /**
             * @description False: the stored verdict was made by older rules or by an older name, and is about to be made anew. What is served and counted is
             *     the stored one.
             * @example true
             */
            matches_stored_verdict: boolean;
            /** @description The same in words; `null` when they match. */
            note: string | null;
            /** @description Every rule in the order in which they are tried; exactly one decided. */
            rules: components["schemas"]["RuleTrialDto"][];
        };
        ExplainedExecutionDto: {
            /**
             * @description n8n's id of the execution.
             * @example 48213
             */
            n8n_execution_id: string;
            /**
             * @description Which database behind the client's n8n it came from: 1 until the instance is found to have begun its ids anew.
             * @example 1
             */
            epoch: number;
            /**
             * @description Our id of the workflow.
             * @example 17
             */
            workflow_id: number;
            /**
             * @description n8n’s id of the workflow; null when the workflow is not known any more.
             * @example k3XvT0aYwq9ZbN1c
             */
            n8n_workflow_id: string | null;
            /**
             * @description Name of the workflow.
             * @example Send invoices
             */
            workflow_name: string | null;
            /**
             * @description n8n's status, or `vanished` when an open execution is no longer known to n8n.
             * @example error
             */
            status: string;
            /**
             * @description n8n’s mode: how it was started.
             * @example webhook
             */
            mode: string;
            /**
             * Format: date-time
             * @description Start.
             * @example 2026-03-02T13:59:21.551Z
             */
            started_at: string;
            /**
             * Format: date-time
             * @description End; null while it is open.
             * @example 2026-03-02T13:59:24.002Z
             */
            finished_at: string | null;
            /**
             * Format: date-time
             * @description When a waiting execution goes on.
             */
            wait_till: string | null;
            /**
             * @description Null when the execution is open or its duration is not valid.
             * @example 2451
             */
            execution_time_ms: number | null;
            /**
             * @description Whether it counts as a production execution.
             * @example true
             */
            is_production: boolean;
            /**
             * @description The rule that decided.
             * @example mode_webhook
             */
            filter_reason: string;
            /**
             * @description Version of the rule set that decided; 0 is the default one.
             * @example 0
             */
            rule_version: number;
            /** @description The execution that this one repeats. */
            retry_of: string | null;
            /**
             * @description The retry of this one that succeeded.
             * @example 48220
             */
            retry_success_id: string | null;
            /**
             * @description At most 2,000 characters, secrets masked. Null when it did not fail or its detail was not read yet.
             * @example Request failed with status code 502
             */
            error_message: string | null;
            /**
             * @description Node that failed.
             * @example HTTP Request
             */
            error_node: string | null;
            /**
             * @description Class of the error.
             * @example NodeApiError
             */
            error_type: string | null;
            /** @description What in the run's data or error text says that it was a test. */
            test_indicator: string | null;
            /**
             * Format: date-time
             * @description When the collector first saw it.
             * @example 2026-03-02T14:00:01.902Z
             */
            first_seen_at: string;
            /**
             * Format: date-time
             * @description When what is stored of it last changed.
             * @example 2026-03-02T14:00:01.902Z
             */
            last_changed_at: string;
            explain: components["schemas"]["ExplainDto"];
        };
        FailureGroupDto: {
            /**
             * @description Tells groups apart; the same workflow, node and message have the same one in every answer.
             * @example pJ3kT0aYwq9ZbN1c
             */
            fingerprint: string;
            /**
             * @description Our id of the workflow.
             * @example 17
             */
            workflow_id: number;
            /**
             * @description n8n’s id of the workflow; null when the workflow is not known any more.
             * @example k3XvT0aYwq9ZbN1c
             */
            n8n_workflow_id: string | null;
            /**
             * @description Name of the workflow.
             * @example Send invoices
             */
            workflow_name: string | null;
            /**
             * @description Node that failed; null when the detail does not say so, or is not there.
             * @example HTTP Request
             */
            error_node: string | null;
            /**
             * @description Class of the newest error.
             * @example NodeApiError
             */
            error_type: string | null;
            /**
             * @description The texts with `<number>`, `<id>`, `<value>` (in quotes), `<url>`, `<email>` and `<time>` where they differ; null without a text.
             * @example Order <number> not found
             */
            message: string | null;
            /**
             * @description The newest of the texts, its first 500 characters.
             * @example Order 48213 not found
             */
            sample_message: string | null;
            /**
             * @description Failures in the group.
             * @example 42
             */
            count: number;
            /**
             * @description Percent of all failures of the answer, on every page.
             * @example 12.7273
             */
            share: number;
            /**
             * Format: date-time
             * @description Start of the oldest one in the range.
             * @example 2026-02-11T04:00:02.911Z
             */
            first_seen: string;
            /**
             * Format: date-time
             * @description Start of the newest one.
             * @example 2026-03-02T13:59:21.551Z
             */
            last_seen: string;
            /**
             * @description n8n’s ids of the newest ones, three at most.
             * @example [
             *       "48213",
             *       "48102"
             *     ]
             */
            sample_execution_ids: string[];
        };
        FailuresDto: {
            /**
             * @description Id of the client.
             * @example 1
             */
            client_id: number;
            /**
             * @description Name of the client.
             * @example Acme GmbH
             */
            client_name: string;
            /** @description The workflow that was asked for; null for all. */
            workflow_id: number | null;
            /**
             * Format: date
             * @description First day of the range, in the client’s zone.
             * @example 2026-02-01
             */
            start_date: string;
            /**
             * Format: date
             * @description Last day of the range.
             * @example 2026-03-02
             */
            end_date: string;
            /**
             * @description The client’s IANA time zone.
             * @example Europe/Berlin
             */
            timezone: string;
            /**
             * Format: date-time
             * @description Executions that started earlier are not kept: of such days nothing is counted.
             * @example 2025-12-01T23:00:00.000Z
             */
            raw_from: string;
            /**
             * @description Failures in all groups: status error or crashed.
             * @example 330
             */
            total_failures: number;
            /**
             * @description Those of them whose detail has not been read yet. They are in the group of their workflow without node and message until then.
             * @example 3
             */
            details_pending: number;
            /**
             * @description Those whose detail cannot be had from n8n any more.
             * @example 0
             */
            details_unavailable: number;
            /**
             * @description Failures with the rarest texts, when there would be more than 5,000 groups: counted in `total_failures`, in no group.
             * @example 0
             */
            ungrouped_failures: number;
            /** @description Groups, the largest first. */
            items: components["schemas"]["FailureGroupDto"][];
            /** @description Pass it as `cursor` for the next page; null on the last one. */
            next_cursor: string | null;
        };
        ExecutionStatDto: {
            /**
             * @description Our id of the workflow.
             * @example 17
             */
            workflow_id: number;
            /**
             * @description n8n’s id of the workflow; null when the workflow is not known any more.
             * @example k3XvT0aYwq9ZbN1c
             */
            n8n_workflow_id: string | null;
            /**
             * @description Name of the workflow.
             * @example Send invoices
             */
            workflow_name: string | null;
            /**
             * @description n8n’s mode: how they were started.
             * @example webhook
             */
            mode: string;
            /**
             * @description n8n's status, or `vanished`: open executions that are no longer known to n8n.
             * @example success
             */
            status: string;
            /**
             * @description Whether they count as production executions.
             * @example true
             */
            is_production: boolean;
            /**
             * @description How many.
             * @example 1204
             */
            executions: number;
            /**
             * @description How many of them have a valid duration; the figures below are made of those.
             * @example 1204
             */
            timed_executions: number;
            /**
             * @description Sum of the durations in ms.
             * @example 2950804
             */
            total_execution_time_ms: number;
            /**
             * @description Average duration; null when none has one.
             * @example 2.450834
             */
            avg_execution_time_seconds: number | null;
            /**
             * @description Shortest duration.
             * @example 0.118
             */
            min_execution_time_seconds: number | null;
            /**
             * @description Longest duration.
             * @example 31.402
             */
            max_execution_time_seconds: number | null;
            /**
             * Format: date-time
             * @description Start of the oldest one in the range.
             * @example 2026-02-01T00:00:02.911Z
             */
            first_started_at: string;
            /**
             * Format: date-time
             * @description Start of the newest one.
             * @example 2026-03-02T13:59:21.551Z
             */
            last_started_at: string;
        };
        ExecutionStatsDto: {
            /**
             * @description Id of the client.
             * @example 1
             */
            client_id: number;
            /**
             * @description Name of the client.
             * @example Acme GmbH
             */
            client_name: string;
            /** @description The workflow that was asked for; null for all. */
            workflow_id: number | null;
            /**
             * Format: date
             * @description First day of the range, in the client’s zone.
             * @example 2026-02-01
             */
            start_date: string;
            /**
             * Format: date
             * @description Last day of the range.
             * @example 2026-03-02
             */
            end_date: string;
            /**
             * @description The client’s IANA time zone.
             * @example Europe/Berlin
             */
            timezone: string;
            /**
             * Format: date-time
             * @description Executions that started earlier are not kept: of such days nothing is counted.
             * @example 2025-12-01T23:00:00.000Z
             */
            raw_from: string;
            /**
             * @description Executions in all groups, whatever their status.
             * @example 4211
             */
            total_executions: number;
            /**
             * @description Executions of the smallest groups, when there are more than 5,000 of them: counted in `total_executions`, in no group.
             * @example 0
             */
            ungrouped_executions: number;
            /** @description Groups, the largest first. */
            items: components["schemas"]["ExecutionStatDto"][];
            /** @description Pass it as `cursor` for the next page; null on the last one. */
            next_cursor: string | null;
        };
        LivenessDto: {
            /** @example ok */
            status: string;
            /**
             * @description Since the process started.
             * @example 86400
             */
            uptime_seconds: number;
        };
        CreateClientDto: {
            /**
             * @description Unique among the clients.
             * @example Acme GmbH
             */
            name: string;
            /**
             * @description Address of the n8n instance: http(s), a path prefix is fine, without credentials. A trailing `/api/v1` is taken off.
             * @example https://n8n.acme.example
             */
            n8n_base_url: string;
            /**
             * @description Key of n8n's public API with `execution:list`, `execution:read`, `workflow:list` and `workflow:read`. Stored encrypted,
             *     never returned.
             * @example n8n_api_0123456789abcdef
             */
            n8n_api_key: string;
            /**
             * @description IANA time zone of days, weeks and months. UTC when left out at creation.
             * @example Europe/Berlin
             */
            timezone?: string;
            /**
             * @description First day of the week: 0 = Sunday .. 6 = Saturday. 1 (Monday) when left out at creation.
             * @example 1
             */
            week_starts_on?: number;
            /**
             * @description Whether the instance is collected. What is stored stays readable when it is not.
             * @example true
             */
            enabled?: boolean;
            /**
             * @description Minutes between two collections; `null` or left out at creation: `METRICS_SYNC_INTERVAL_MINUTES`.
             * @example 15
             */
            sync_interval_minutes?: number | null;
            /**
             * @description Sustained requests a minute to this instance; `null` or left out at creation: `N8N_REQUESTS_PER_MINUTE`.
             * @example 120
             */
            requests_per_minute?: number | null;
        };
        CapabilitiesDto: {
            /**
             * @description The list of executions says their status (since n8n 1.98); without it every failure costs a request.
             * @example true
             */
            status_in_list: boolean;
            /**
             * @description Running executions can be listed.
             * @example true
             */
            running_list: boolean;
            /**
             * @description The list of waiting executions shows some that the list of all executions lacks.
             * @example false
             */
            waiting_list: boolean;
            /**
             * @description Executions can be listed from a date on.
             * @example true
             */
            started_after: boolean;
            /**
             * @description Largest page that n8n gives.
             * @example 250
             */
            max_limit: number;
            /**
             * @description n8n has its own insights.
             * @example true
             */
            insights: boolean;
            /**
             * @description Rows a page that the collection begins with; then pages grow and shrink with how fast the instance answers.
             * @example 250
             */
            page_size: number;
            /**
             * @description There was no execution to look at yet, so some of this is assumed and asked again later.
             * @example false
             */
            undetermined: boolean;
        };
        ConnectionDto: {
            capabilities: components["schemas"]["CapabilitiesDto"];
            /**
             * Format: date-time
             * @description When the n8n key expires; `null`: never, or it does not say.
             * @example 2027-01-01T00:00:00.000Z
             */
            key_expires_at: string | null;
            /**
             * @description Newest execution that n8n lists; `null` when there is none.
             * @example 48213
             */
            newest_execution_id: string | null;
        };
        StoredClientDto: {
            /** @description `null`: the connection was not tried. */
            connection: components["schemas"]["ConnectionDto"] | null;
            /**
             * @description Our id of the client: `client_id` everywhere else.
             * @example 7
             */
            id: number;
            /** @example Acme GmbH */
            name: string;
            /** @example https://n8n.acme.example */
            n8n_base_url: string;
            /**
             * @description IANA time zone of its days, weeks and months.
             * @example Europe/Berlin
             */
            timezone: string;
            /**
             * @description 0 = Sunday .. 6 = Saturday.
             * @example 1
             */
            week_starts_on: number;
            /**
             * @description Whether the instance is collected.
             * @example true
             */
            enabled: boolean;
            /**
             * @description Minutes between two collections; the default of the service when the client has none of its own.
             * @example 15
             */
            sync_interval_minutes: number;
            /**
             * @description Sustained requests a minute to this instance; the default of the service when the client has none of its own.
             * @example 120
             */
            requests_per_minute: number;
            /**
             * @description Rises when zone or week start change; the figures are then recomputed in the background.
             * @example 1
             */
            config_version: number;
            /**
             * Format: date-time
             * @example 2026-03-01T09:30:00.000Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @example 2026-03-01T09:30:00.000Z
             */
            updated_at: string;
        };
        ClientDto: {
            /**
             * @description Our id of the client: `client_id` everywhere else.
             * @example 7
             */
            id: number;
            /** @example Acme GmbH */
            name: string;
            /** @example https://n8n.acme.example */
            n8n_base_url: string;
            /**
             * @description IANA time zone of its days, weeks and months.
             * @example Europe/Berlin
             */
            timezone: string;
            /**
             * @description 0 = Sunday .. 6 = Saturday.
             * @example 1
             */
            week_starts_on: number;
            /**
             * @description Whether the instance is collected.
             * @example true
             */
            enabled: boolean;
            /**
             * @description Minutes between two collections; the default of the service when the client has none of its own.
             * @example 15
             */
            sync_interval_minutes: number;
            /**
             * @description Sustained requests a minute to this instance; the default of the service when the client has none of its own.
             * @example 120
             */
            requests_per_minute: number;
            /**
             * @description Rises when zone or week start change; the figures are then recomputed in the background.
             * @example 1
             */
            config_version: number;
            /**
             * Format: date-time
             * @example 2026-03-01T09:30:00.000Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @example 2026-03-01T09:30:00.000Z
             */
            updated_at: string;
        };
        ClientPageDto: {
            items: components["schemas"]["ClientDto"][];
            /**
             * @description Give it as `cursor` to get the next page; `null` on the last one.
             * @example eyJpZCI6NTB9
             */
            next_cursor: string | null;
        };
        UpdateClientDto: {
            /**
             * @description Unique among the clients.
             * @example Acme GmbH
             */
            name?: string;
            /**
             * @description Address of the n8n instance; the connection is tried before it is stored.
             * @example https://n8n.acme.example
             */
            n8n_base_url?: string;
            /**
             * @description A new key of n8n's public API; the connection is tried before it is stored.
             * @example n8n_api_0123456789abcdef
             */
            n8n_api_key?: string;
            /**
             * @description IANA time zone of days, weeks and months. UTC when left out at creation.
             * @example Europe/Berlin
             */
            timezone?: string;
            /**
             * @description First day of the week: 0 = Sunday .. 6 = Saturday. 1 (Monday) when left out at creation.
             * @example 1
             */
            week_starts_on?: number;
            /**
             * @description Whether the instance is collected. What is stored stays readable when it is not.
             * @example true
             */
            enabled?: boolean;
            /**
             * @description Minutes between two collections; `null` or left out at creation: `METRICS_SYNC_INTERVAL_MINUTES`.
             * @example 15
             */
            sync_interval_minutes?: number | null;
            /**
             * @description Sustained requests a minute to this instance; `null` or left out at creation: `N8N_REQUESTS_PER_MINUTE`.
             * @example 120
             */
            requests_per_minute?: number | null;
        };
        ClientDeletionDto: {
            /** @example 7 */
            client_id: number;
            /** @example erase-client.7.5f0c2a9e-6b1d-4f0e-8a63-2f4f8f0e7c11 */
            job_id: string;
            /**
             * @description Where to look whether the job is done.
             * @example /api/v1/metrics/admin/jobs/erase-client.7.5f0c2a9e-6b1d-4f0e-8a63-2f4f8f0e7c11
             */
            job_url: string;
        };
        VerificationDto: {
            capabilities: components["schemas"]["CapabilitiesDto"];
            /**
             * Format: date-time
             * @description When the n8n key expires; `null`: never, or it does not say.
             * @example 2027-01-01T00:00:00.000Z
             */
            key_expires_at: string | null;
            /**
             * @description Newest execution that n8n lists; `null` when there is none.
             * @example 48213
             */
            newest_execution_id: string | null;
            /** @example 7 */
            client_id: number;
            /**
             * Format: date-time
             * @example 2026-03-01T09:30:00.000Z
             */
            checked_at: string;
        };
        QuietHoursDto: {
            /**
             * @description Local time, inclusive.
             * @example 22:00
             */
            from: string;
            /**
             * @description Local time, exclusive; before `from`: past midnight.
             * @example 06:00
             */
            to: string;
            /**
             * @description Days on which the stretch begins; every day when left out.
             * @example [
             *       "sat",
             *       "sun"
             *     ]
             */
            days?: ("sun" | "mon" | "tue" | "wed" | "thu" | "fri" | "sat")[];
        };
        FilterRulesDto: {
            /**
             * @description `default`: the rules below. `n8n_insights`: exactly what n8n's Insights counts.
             * @example default
             * @enum {string}
             */
            preset: "default" | "n8n_insights";
            /**
             * @description Manual executions are not production.
             * @example true
             */
            exclude_manual: boolean;
            /**
             * @description A test word in the workflow's name makes its executions non-production.
             * @example true
             */
            exclude_test_workflows: boolean;
            /**
             * @description A test tag does the same; `exclude_test_workflows` when left out.
             * @example true
             */
            exclude_non_production_tags: boolean;
            /**
             * @description RE2, unanchored, case-insensitive, on the workflow's name. At most 50 of 200 characters.
             * @example [
             *       ".*test.*",
             *       ".*dev.*"
             *     ]
             */
            exclude_workflow_patterns: string[];
            /**
             * @description The same, for what is production whatever follows.
             * @example [
             *       ".*prod.*"
             *     ]
             */
            include_workflow_patterns: string[];
            /**
             * @description Nothing but what `include_workflow_patterns` names is production.
             * @example false
             */
            include_only: boolean;
            /**
             * @description Counts sub-workflow executions too.
             * @example false
             */
            count_sub_workflows: boolean;
            /**
             * @description `word`: "Latest orders" holds no test word. `substring`: it does.
             * @example word
             * @enum {string}
             */
            name_match: "substring" | "word";
            /**
             * @example [
             *       "test",
             *       "dev",
             *       "debug",
             *       "sample",
             *       "demo",
             *       "staging"
             *     ]
             */
            test_words: string[];
            /**
             * @example [
             *       "prod",
             *       "production",
             *       "live",
             *       "main"
             *     ]
             */
            production_words: string[];
            /**
             * @example [
             *       "test",
             *       "staging"
             *     ]
             */
            test_tags: string[];
            /**
             * @example [
             *       "prod",
             *       "live"
             *     ]
             */
            production_tags: string[];
            /**
             * @description Test indicators in error texts and custom data decide.
             * @example true
             */
            match_execution_data: boolean;
            /**
             * @description Milliseconds; shorter executions are not production. 0: no minimum.
             * @example 0
             */
            min_duration_ms: number;
            /** @description In the client's time zone. */
            quiet_hours: components["schemas"]["QuietHoursDto"][];
        };
        RuleSetDto: {
            /** @example 7 */
            client_id: number;
            /**
             * @description 0 is what applies before anybody stored rules.
             * @example 3
             */
            version: number;
            rules: components["schemas"]["FilterRulesDto"];
            /**
             * @description What the rules do, in plain sentences and in the order in which they are tried.
             * @example [
             *       "The first rule that matches decides.",
             *       "Manual executions are not production (exclude_manual)."
             *     ]
             */
            explanation: string[];
            /**
             * @description Who stored it; `defaults` for version 0.
             * @example key:k7m2p9xw Operations
             */
            author: string;
            /**
             * Format: date-time
             * @description `null` for version 0.
             * @example 2026-03-01T09:30:00.000Z
             */
            created_at: string | null;
        };
        FilterRulesInputDto: {
            /**
             * @description `default`: the rules below. `n8n_insights`: exactly what n8n's Insights counts.
             * @example default
             * @enum {string}
             */
            preset?: "default" | "n8n_insights";
            /**
             * @description Manual executions are not production.
             * @example true
             */
            exclude_manual?: boolean;
            /**
             * @description A test word in the workflow's name makes its executions non-production.
             * @example true
             */
            exclude_test_workflows?: boolean;
            /**
             * @description A test tag does the same; `exclude_test_workflows` when left out.
             * @example true
             */
            exclude_non_production_tags?: boolean;
            /**
             * @description RE2, unanchored, case-insensitive, on the workflow's name. At most 50 of 200 characters.
             * @example [
             *       ".*test.*",
             *       ".*dev.*"
             *     ]
             */
            exclude_workflow_patterns?: string[];
            /**
             * @description The same, for what is production whatever follows.
             * @example [
             *       ".*prod.*"
             *     ]
             */
            include_workflow_patterns?: string[];
            /**
             * @description Nothing but what `include_workflow_patterns` names is production.
             * @example false
             */
            include_only?: boolean;
            /**
             * @description Counts sub-workflow executions too.
             * @example false
             */
            count_sub_workflows?: boolean;
            /**
             * @description `word`: "Latest orders" holds no test word. `substring`: it does.
             * @example word
             * @enum {string}
             */
            name_match?: "substring" | "word";
            /**
             * @example [
             *       "test",
             *       "dev",
             *       "debug",
             *       "sample",
             *       "demo",
             *       "staging"
             *     ]
             */
            test_words?: string[];
            /**
             * @example [
             *       "prod",
             *       "production",
             *       "live",
             *       "main"
             *     ]
             */
            production_words?: string[];
            /**
             * @example [
             *       "test",
             *       "staging"
             *     ]
             */
            test_tags?: string[];
            /**
             * @example [
             *       "prod",
             *       "live"
             *     ]
             */
            production_tags?: string[];
            /**
             * @description Test indicators in error texts and custom data decide.
             * @example true
             */
            match_execution_data?: boolean;
            /**
             * @description Milliseconds; shorter executions are not production. 0: no minimum.
             * @example 0
             */
            min_duration_ms?: number;
            /** @description In the client's time zone. */
            quiet_hours?: components["schemas"]["QuietHoursDto"][];
        };
        StoredRuleSetDto: {
            /** @example 7 */
            client_id: number;
            /**
             * @description 0 is what applies before anybody stored rules.
             * @example 3
             */
            version: number;
            rules: components["schemas"]["FilterRulesDto"];
            /**
             * @description What the rules do, in plain sentences and in the order in which they are tried.
             * @example [
             *       "The first rule that matches decides.",
             *       "Manual executions are not production (exclude_manual)."
             *     ]
             */
            explanation: string[];
            /**
             * @description Who stored it; `defaults` for version 0.
             * @example key:k7m2p9xw Operations
             */
            author: string;
            /**
             * Format: date-time
             * @description `null` for version 0.
             * @example 2026-03-01T09:30:00.000Z
             */
            created_at: string | null;
            /**
             * @description Classifies the stored executions again and recomputes their figures.
             * @example apply-configuration.7.0f3c9a52-6f0a-4c3e-9d55-6f2b7b1f9a10
             */
            job_id: string;
            /**
             * @description Where its progress and its result are shown.
             * @example /api/v1/metrics/admin/jobs/apply-configuration.7.0f3c9a52-6f0a-4c3e-9d55-6f2b7b1f9a10
             */
            job_url: string;
        };
        PreviewTotalsDto: {
            /**
             * @description Production executions that succeeded or failed.
             * @example 41200
             */
            total_executions: number;
            /** @example 40788 */
            successful_executions: number;
            /** @example 412 */
            failed_executions: number;
            /** @example 3 */
            canceled_executions: number;
            /** @example 1 */
            open_executions: number;
            /**
             * @description Not production, whatever their status.
             * @example 2310
             */
            excluded_executions: number;
            /**
             * @description Percent; `null` when there is no total.
             * @example 99
             */
            success_rate: number | null;
        };
        ReasonChangeDto: {
            /** @example mode_webhook */
            from_reason: string;
            /** @example true */
            from_production: boolean;
            /** @example custom_exclude */
            to_reason: string;
            /** @example false */
            to_production: boolean;
            /** @example 1200 */
            executions: number;
        };
        WorkflowEffectDto: {
            /** @example 17 */
            workflow_id: number;
            /**
             * @description As it is now; `null` when it is not known.
             * @example Order sync test
             */
            workflow_name: string | null;
            /** @example 1200 */
            total_before: number;
            /** @example 0 */
            total_after: number;
            /**
             * @description Executions that would become production.
             * @example 0
             */
            moved_in: number;
            /**
             * @description Executions that would cease to be production.
             * @example 1200
             */
            moved_out: number;
            /**
             * @description Executions that stay what they are, for another reason.
             * @example 0
             */
            reason_changed: number;
        };
        MovedExecutionDto: {
            /** @example 48213 */
            n8n_execution_id: string;
            /** @example 17 */
            workflow_id: number;
            /** @example Order sync test */
            workflow_name: string | null;
            /**
             * Format: date-time
             * @example 2026-03-02T13:59:21.551Z
             */
            started_at: string;
            /** @example webhook */
            mode: string;
            /** @example success */
            status: string;
            /** @example 2451 */
            execution_time_ms: number | null;
            /** @example mode_webhook */
            from_reason: string;
            /** @example custom_exclude */
            to_reason: string;
        };
        PreviewSamplesDto: {
            moved_in: components["schemas"]["MovedExecutionDto"][];
            moved_out: components["schemas"]["MovedExecutionDto"][];
        };
        RulePreviewDto: {
            /** @example 7 */
            client_id: number;
            /** @example Europe/Berlin */
            timezone: string;
            /**
             * Format: date
             * @example 2026-02-01
             */
            start_date: string;
            /**
             * Format: date
             * @example 2026-03-02
             */
            end_date: string;
            /**
             * Format: date
             * @description First day whose executions are kept.
             * @example 2025-12-02
             */
            raw_covers_from: string;
            /**
             * @description False when the range begins before `raw_covers_from`: executions of the days before it are not kept, and their figures would stay.
             * @example true
             */
            range_covered: boolean;
            /** @description The candidate, every key filled in. */
            rules: components["schemas"]["FilterRulesDto"];
            /**
             * @description What the candidate does, in the order in which its rules are tried.
             * @example [
             *       "The first rule that matches decides.",
             *       "Manual executions are not production (exclude_manual)."
             *     ]
             */
            explanation: string[];
            /**
             * @description Version of the rules in force, which the candidate is compared with.
             * @example 3
             */
            current_version: number;
            /**
             * @description False while stored executions still carry verdicts of an older version or of an older workflow name: `before` is what is stored.
             * @example true
             */
            stored_verdicts_current: boolean;
            /**
             * @description Stored executions of the range.
             * @example 43514
             */
            executions: number;
            /** @description By the stored verdicts. */
            before: components["schemas"]["PreviewTotalsDto"];
            /** @description By the candidate. */
            after: components["schemas"]["PreviewTotalsDto"];
            /**
             * @description Executions, whatever their status, that would become production.
             * @example 0
             */
            moved_in: number;
            /**
             * @description Executions, whatever their status, that would cease to be production.
             * @example 1200
             */
            moved_out: number;
            /**
             * @description Executions that stay what they are, for another reason.
             * @example 37
             */
            reason_changed: number;
            /** @description Changes by old and new reason, most executions first, at most 200. */
            reasons: components["schemas"]["ReasonChangeDto"][];
            /** @description Workflows with any change, most moved executions first, at most 200. */
            workflows: components["schemas"]["WorkflowEffectDto"][];
            /**
             * @description How many workflows have any change.
             * @example 4
             */
            changed_workflows: number;
            samples: components["schemas"]["PreviewSamplesDto"];
        };
        RuleSetVersionsDto: {
            /** @example 7 */
            client_id: number;
            items: components["schemas"]["RuleSetDto"][];
            /** @description Give it as `cursor` to get the next page; `null` on the last one. */
            next_cursor: string | null;
        };
        TimeSavedValueDto: {
            /**
             * Format: date-time
             * @description Until the next value of the same source. `1970-01-01T00:00:00.000Z`: from the beginning.
             * @example 2026-02-01T00:00:00.000Z
             */
            valid_from: string;
            /**
             * @description By hand wins over n8n.
             * @example manual
             * @enum {string}
             */
            source: "manual" | "n8n";
            /**
             * @description `null` of source `manual`: taken back, n8n's value applies. `null` of source `n8n`: n8n has none.
             * @example 7.5
             */
            minutes: number | null;
            /**
             * @description Who set it by hand; `null` for n8n.
             * @example key:k7m2p9xw Operations
             */
            author: string | null;
            /**
             * Format: date-time
             * @description When it was stored.
             * @example 2026-03-01T09:30:00.000Z
             */
            created_at: string;
        };
        TimeSavedDto: {
            /** @example 7 */
            client_id: number;
            /** @example 17 */
            workflow_id: number;
            /** @example mZ3kQ1xYb7 */
            n8n_workflow_id: string;
            /**
             * @description `null` when it is not known.
             * @example Order sync
             */
            workflow_name: string | null;
            /** @description What applies now; `null`: successes save nothing, and `time_saved_coverage` says so. */
            current: components["schemas"]["TimeSavedValueDto"] | null;
            /**
             * @description What n8n says now, whether or not it applies.
             * @example 5
             */
            n8n_minutes: number | null;
            /** @description Values of both sources, newest first. */
            items: components["schemas"]["TimeSavedValueDto"][];
            /** @description Older values follow; `null`: these were the last. */
            next_cursor: string | null;
        };
        TimeSavedInputDto: {
            /**
             * @description Minutes that one success saves, with up to 4 decimals. `null` takes the value by hand back: what n8n says applies again.
             * @example 7.5
             */
            minutes: number | null;
            /**
             * Format: date
             * @description First day that it counts for, in the client's time zone; at most 366 days ahead. Left out: from now on. A day in the past rewrites history
             *     as far as executions are kept.
             * @example 2026-02-01
             */
            apply_from?: string;
        };
        AppliedTimeSavedDto: {
            /** @example 7 */
            client_id: number;
            /** @example 17 */
            workflow_id: number;
            /** @example 7.5 */
            minutes: number | null;
            /**
             * Format: date-time
             * @description From when on it counts.
             * @example 2026-02-01T00:00:00.000Z
             */
            valid_from: string;
            /**
             * @description Values by hand that were valid from then on and count no more.
             * @example 0
             */
            replaced_values: number;
            /**
             * @description Days with successes whose value changed. Their figures are right in every answer from now on; the job stores them.
             * @example 28
             */
            days_to_recompute: number;
            /**
             * @description Days with successes that keep the figures they have, because their executions are not kept any more.
             * @example 0
             */
            days_frozen: number;
            /**
             * Format: date
             * @description Days that begin before this one keep their figures.
             * @example 2025-12-02
             */
            frozen_before: string;
            /**
             * @description Computes the figures of these days again; `null`: there are none.
             * @example aggregate.7.0f3c9a52-6f0a-4c3e-9d55-6f2b7b1f9a10
             */
            job_id: string | null;
            /**
             * @description Where its progress and its result are shown.
             * @example /api/v1/metrics/admin/jobs/aggregate.7.0f3c9a52-6f0a-4c3e-9d55-6f2b7b1f9a10
             */
            job_url: string | null;
        };
        CreateApiKeyDto: {
            /**
             * @description What it is for; shown in lists and audit events.
             * @example Grafana at Acme
             */
            name: string;
            /**
             * @description `admin` may do everything, `viewer` reads.
             * @example viewer
             * @enum {string}
             */
            role: "admin" | "viewer";
            /**
             * @description Binds a viewer to one client; `null` or left out: all clients. Not for admins.
             * @example 7
             */
            client_id?: number | null;
            /**
             * Format: date-time
             * @description When it stops working, ISO 8601 in the future with an offset; `null` or left out: never.
             * @example 2027-01-01T00:00:00Z
             */
            expires_at?: string | null;
        };
        NewApiKeyDto: {
            /**
             * @description Keep it: only its hash is stored.
             * @example fm_k7m2p9xw_V0hBVCBBUkUgWU9VIExPT0tJTkcgRk9SIEhFUkU_xyz1234
             */
            key: string;
            /** @example 3 */
            id: number;
            /** @example Grafana at Acme */
            name: string;
            /**
             * @description The characters after `fm_`: tells keys apart.
             * @example k7m2p9xw
             */
            prefix: string;
            /**
             * @example viewer
             * @enum {string}
             */
            role: "admin" | "viewer";
            /**
             * @description The one client that it may see; `null`: all.
             * @example 7
             */
            client_id: number | null;
            /**
             * Format: date-time
             * @example 2026-03-01T09:30:00.000Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @example 2027-01-01T00:00:00.000Z
             */
            expires_at: string | null;
            /** Format: date-time */
            revoked_at: string | null;
            /**
             * Format: date-time
             * @description To the minute.
             * @example 2026-03-02T10:00:00.000Z
             */
            last_used_at: string | null;
        };
        ApiKeyDto: {
            /** @example 3 */
            id: number;
            /** @example Grafana at Acme */
            name: string;
            /**
             * @description The characters after `fm_`: tells keys apart.
             * @example k7m2p9xw
             */
            prefix: string;
            /**
             * @example viewer
             * @enum {string}
             */
            role: "admin" | "viewer";
            /**
             * @description The one client that it may see; `null`: all.
             * @example 7
             */
            client_id: number | null;
            /**
             * Format: date-time
             * @example 2026-03-01T09:30:00.000Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @example 2027-01-01T00:00:00.000Z
             */
            expires_at: string | null;
            /** Format: date-time */
            revoked_at: string | null;
            /**
             * Format: date-time
             * @description To the minute.
             * @example 2026-03-02T10:00:00.000Z
             */
            last_used_at: string | null;
        };
        ApiKeyPageDto: {
            items: components["schemas"]["ApiKeyDto"][];
            /**
             * @description Give it as `cursor` to get the next page; `null` on the last one.
             * @example eyJpZCI6NTB9
             */
            next_cursor: string | null;
        };
        AuditEventDto: {
            /**
             * @description What was changed or asked for, without secrets; the fields depend on the action.
             * @example {
             *       "name": "Acme GmbH",
             *       "timezone": "Europe/Berlin"
             *     }
             */
            details: {
                [key: string]: unknown;
            } | null;
            /** @example 412 */
            id: number;
            /**
             * Format: date-time
             * @example 2026-03-01T09:30:00.000Z
             */
            at: string;
            /**
             * @description `bootstrap` is the key of the configuration; other keys are named by their prefix and name.
             * @example key:k7m2p9xw Grafana at Acme
             */
            actor: string;
            /** @example client.create */
            action: string;
            /**
             * @description What it was done to; `null`: everything.
             * @example client:7
             */
            target: string | null;
        };
        AuditEventPageDto: {
            items: components["schemas"]["AuditEventDto"][];
            /**
             * @description Give it as `cursor` to get the next page; `null` on the last one.
             * @example eyJpZCI6NTB9
             */
            next_cursor: string | null;
        };
        AuditedRowsDto: {
            /** @example 620 */
            daily: number;
            /** @example 96 */
            weekly: number;
            /** @example 42 */
            monthly: number;
        };
        DifferingFieldDto: {
            /** @example failed_executions */
            field: string;
            /**
             * @description `null`: the row or the figure is not there.
             * @example 12
             */
            stored: string | null;
            /** @example 13 */
            recomputed: string | null;
        };
        RollupDifferenceDto: {
            /**
             * @example daily
             * @enum {string}
             */
            period_type: "daily" | "weekly" | "monthly";
            /**
             * @description `missing`: there should be a row. `unexpected`: there should be none. `different`: a figure differs.
             * @example different
             * @enum {string}
             */
            kind: "missing" | "unexpected" | "different";
            /**
             * Format: date
             * @example 2026-03-01
             */
            period_start: string;
            /**
             * @description 0: the whole client.
             * @example 17
             */
            workflow_id: number;
            /** @description Figures as PostgreSQL writes them, those that differ. */
            fields: components["schemas"]["DifferingFieldDto"][];
        };
        AuditDto: {
            /** @example 7 */
            client_id: number;
            /** @example Europe/Berlin */
            timezone: string;
            /**
             * Format: date
             * @description `null`: nothing is stored.
             * @example 2026-02-01
             */
            start_date: string | null;
            /**
             * Format: date
             * @example 2026-03-02
             */
            end_date: string | null;
            /**
             * @description True when no compared row differs.
             * @example true
             */
            equal: boolean;
            /**
             * @description True when every row of the range was compared or is frozen: nothing was dirty.
             * @example true
             */
            complete: boolean;
            /** @example 30 */
            days_compared: number;
            rows_compared: components["schemas"]["AuditedRowsDto"];
            /**
             * @description Rows that differ.
             * @example 0
             */
            total_differences: number;
            /** @description The first 200 of them. */
            differences: components["schemas"]["RollupDifferenceDto"][];
            /**
             * @description Days that are not computed yet, and so were not compared.
             * @example []
             */
            dirty_days: string[];
            /**
             * @description Weeks and months that hold such a day.
             * @example 0
             */
            dirty_periods: number;
            /**
             * @description Days whose raw executions are partly gone: they keep their rollups.
             * @example 0
             */
            frozen_days: number;
            /**
             * @description Weeks and months that hold such a day.
             * @example 1
             */
            frozen_periods: number;
            /**
             * @description A changed time zone or week start is not applied yet: nothing was compared.
             * @example false
             */
            configuration_pending: boolean;
            /**
             * @description Version of the client's data that was looked at.
             * @example 4711
             */
            data_version: number;
        };
        RequestedJobDto: {
            /**
             * @description `queued` also while it waits for its next attempt.
             * @example completed
             * @enum {string}
             */
            state: "queued" | "running" | "completed" | "failed";
            /**
             * @description How far the running or last attempt came; its fields depend on the job.
             * @example {
             *       "executions_seen": 500
             *     }
             */
            progress: {
                [key: string]: unknown;
            } | null;
            /**
             * @description What it did, as counts, once it is completed; the fields depend on the job.
             * @example {
             *       "executions_new": 482,
             *       "executions_changed": 3,
             *       "days_recomputed": 1
             *     }
             */
            result: {
                [key: string]: unknown;
            } | null;
            /**
             * @description True when a job that was queued or running already does what was asked for.
             * @example false
             */
            joined: boolean;
            /**
             * @description Where to look for its state; also in the `Location` header.
             * @example /api/v1/metrics/admin/jobs/sync.7.0f3c9a52-6f0a-4c3e-9d55-6f2b7b1f9a10
             */
            status_url: string;
            /** @example sync.7.0f3c9a52-6f0a-4c3e-9d55-6f2b7b1f9a10 */
            job_id: string;
            /**
             * @description What it does: `sync`, `collect`, `aggregate`, `aggregate-daily`, `aggregate-weekly`, `aggregate-monthly`, `cleanup`, `cleanup-dry-run`,
             *     `refresh-cache`, `apply-configuration`, `erase-client`.
             * @example sync
             */
            name: string;
            /**
             * @description The client it is about; `null`: all.
             * @example 7
             */
            client_id: number | null;
            /** @description Why the newest failed attempt failed. */
            error: string | null;
            /**
             * Format: date-time
             * @example 2026-03-01T09:30:00.000Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description Of the newest attempt.
             * @example 2026-03-01T09:30:00.040Z
             */
            started_at: string | null;
            /**
             * Format: date-time
             * @example 2026-03-01T09:30:02.310Z
             */
            finished_at: string | null;
        };
        RequestedJobsDto: {
            /** @description One for each enabled client, by client. */
            jobs: components["schemas"]["RequestedJobDto"][];
            /**
             * @description How many clients there are.
             * @example 12
             */
            total: number;
            /**
             * @description How many of them are over.
             * @example 0
             */
            finished: number;
        };
        TriggerAggregationDto: {
            /**
             * @description The client; `null` or left out: all enabled clients.
             * @example 7
             */
            client_id?: number | null;
            /**
             * Format: date
             * @description First day, in the time zone of each client.
             * @example 2026-02-01
             */
            start_date: string;
            /**
             * Format: date
             * @description Last day, in the time zone of each client; it belongs to the range.
             * @example 2026-02-28
             */
            end_date: string;
        };
        RefreshCacheDto: {
            /**
             * @description The client; `null` or left out: all clients.
             * @example 7
             */
            client_id?: number | null;
        };
        JobDto: {
            /**
             * @description `queued` also while it waits for its next attempt.
             * @example completed
             * @enum {string}
             */
            state: "queued" | "running" | "completed" | "failed";
            /**
             * @description How far the running or last attempt came; its fields depend on the job.
             * @example {
             *       "executions_seen": 500
             *     }
             */
            progress: {
                [key: string]: unknown;
            } | null;
            /**
             * @description What it did, as counts, once it is completed; the fields depend on the job.
             * @example {
             *       "executions_new": 482,
             *       "executions_changed": 3,
             *       "days_recomputed": 1
             *     }
             */
            result: {
                [key: string]: unknown;
            } | null;
            /** @example sync.7.0f3c9a52-6f0a-4c3e-9d55-6f2b7b1f9a10 */
            job_id: string;
            /**
             * @description What it does: `sync`, `collect`, `aggregate`, `aggregate-daily`, `aggregate-weekly`, `aggregate-monthly`, `cleanup`, `cleanup-dry-run`,
             *     `refresh-cache`, `apply-configuration`, `erase-client`.
             * @example sync
             */
            name: string;
            /**
             * @description The client it is about; `null`: all.
             * @example 7
             */
            client_id: number | null;
            /** @description Why the newest failed attempt failed. */
            error: string | null;
            /**
             * Format: date-time
             * @example 2026-03-01T09:30:00.000Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description Of the newest attempt.
             * @example 2026-03-01T09:30:00.040Z
             */
            started_at: string | null;
            /**
             * Format: date-time
             * @example 2026-03-01T09:30:02.310Z
             */
            finished_at: string | null;
        };
        JobRunDto: {
            /**
             * @description `queued` also while it waits for its next attempt.
             * @example completed
             * @enum {string}
             */
            state: "queued" | "running" | "completed" | "failed";
            /**
             * @description How far the running or last attempt came; its fields depend on the job.
             * @example {
             *       "executions_seen": 500
             *     }
             */
            progress: {
                [key: string]: unknown;
            } | null;
            /**
             * @description What it did, as counts, once it is completed; the fields depend on the job.
             * @example {
             *       "executions_new": 482,
             *       "executions_changed": 3,
             *       "days_recomputed": 1
             *     }
             */
            result: {
                [key: string]: unknown;
            } | null;
            /** @example sync.7.0f3c9a52-6f0a-4c3e-9d55-6f2b7b1f9a10 */
            job_id: string;
            /**
             * @description What it does: `sync`, `collect`, `aggregate`, `aggregate-daily`, `aggregate-weekly`, `aggregate-monthly`, `cleanup`, `cleanup-dry-run`,
             *     `refresh-cache`, `apply-configuration`, `erase-client`.
             * @example sync
             */
            name: string;
            /**
             * @description The client it is about; `null`: all.
             * @example 7
             */
            client_id: number | null;
            /** @description Why the newest failed attempt failed. */
            error: string | null;
            /**
             * Format: date-time
             * @example 2026-03-01T09:30:00.000Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description Of the newest attempt.
             * @example 2026-03-01T09:30:00.040Z
             */
            started_at: string | null;
            /**
             * Format: date-time
             * @example 2026-03-01T09:30:02.310Z
             */
            finished_at: string | null;
            /**
             * @description The occasion of a scheduled job: a day (`2026-03-01`), an hour or a minute.
             * @example 2026-03-01T10-15Z
             */
            slot: string | null;
            /**
             * @description How often it was started: retries, and runs taken over from a process that died.
             * @example 1
             */
            attempts: number;
            /**
             * @description The process that ran the newest attempt.
             * @example worker-1-4711
             */
            replica: string | null;
        };
        JobRunPageDto: {
            items: components["schemas"]["JobRunDto"][];
            /**
             * @description Give it as `cursor` to get the next page; `null` on the last one.
             * @example eyJpZCI6NTB9
             */
            next_cursor: string | null;
        };
        LastRunDto: {
            /**
             * @example completed
             * @enum {string}
             */
            outcome: "queued" | "running" | "completed" | "failed";
            /**
             * @description What it did; the fields depend on the job.
             * @example {
             *       "clients": 12,
             *       "days_recomputed": 12,
             *       "rows_written": 480
             *     }
             */
            counts: {
                [key: string]: unknown;
            } | null;
            /** @example aggregate-daily.all.2026-03-01 */
            job_id: string;
            /**
             * Format: date-time
             * @example 2026-03-01T02:00:00.012Z
             */
            started_at: string;
            /**
             * @description `null` while it runs.
             * @example 3.4
             */
            duration_seconds: number | null;
            error: string | null;
        };
        ScheduleDto: {
            /** @example aggregate-daily */
            name: string;
            /** @example Brings daily rollups up to date. */
            description: string;
            /**
             * @description minute hour day-of-month month day-of-week
             * @example 0 2 * * *
             */
            cron: string;
            /**
             * @description IANA time zone the expression is read in.
             * @example UTC
             */
            timezone: string;
            /** @description `null`: it has not run yet. */
            last_run: components["schemas"]["LastRunDto"] | null;
            /**
             * Format: date-time
             * @example 2026-03-02T02:00:00.000Z
             */
            next_run_at: string;
            /** @example false */
            running_now: boolean;
            /**
             * @description Failed runs since the newest one that completed.
             * @example 0
             */
            failures_in_a_row: number;
        };
        QueueDepthDto: {
            /** @example 0 */
            queued: number;
            /** @example 2 */
            running: number;
            /**
             * Format: date-time
             * @description When the job that has waited longest was enqueued.
             */
            oldest_queued_at: string | null;
        };
        ReplicaDto: {
            /**
             * @description Host name and process id.
             * @example worker-1-4711
             */
            replica: string;
            /**
             * Format: date-time
             * @example 2026-03-01T09:30:00.040Z
             */
            last_started_at: string;
            /**
             * @description Jobs it started in the last hour.
             * @example 240
             */
            runs: number;
        };
        SchedulerStatusDto: {
            schedules: components["schemas"]["ScheduleDto"][];
            queue: components["schemas"]["QueueDepthDto"];
            /** @description Processes that ran a job in the last hour, the most recent first. */
            replicas: components["schemas"]["ReplicaDto"][];
        };
        StoredPeriodsDto: {
            /**
             * @example daily
             * @enum {string}
             */
            period_type: "daily" | "weekly" | "monthly";
            /** @example 5400 */
            rows: number;
            /**
             * @description Rows with a day whose raw executions are partly gone: they never change again.
             * @example 0
             */
            frozen_rows: number;
            /**
             * Format: date
             * @example 2024-03-01
             */
            oldest: string | null;
            /**
             * Format: date
             * @example 2026-03-01
             */
            newest: string | null;
        };
        AggregationSummaryDto: {
            periods: components["schemas"]["StoredPeriodsDto"][];
            /**
             * @description Days of clients whose figures are still to be computed again; until then they are served from raw executions.
             * @example 0
             */
            dirty_days: number;
            oldest_dirty_day: string | null;
            /**
             * Format: date-time
             * @example 2026-03-01T09:30:02.310Z
             */
            last_computed_at: string | null;
        };
        CacheStatusDto: {
            /**
             * @description Where replicas find answers: in Redis, or each in its own memory.
             * @example redis
             * @enum {string}
             */
            backend: "memory" | "redis";
            /**
             * @description False while Redis cannot be reached: answers are kept in memory and computed by every process for itself.
             * @example true
             */
            up: boolean;
            /** @description Why it cannot be reached. */
            error: string | null;
            /**
             * @description Answers that are kept; null when Redis cannot be asked.
             * @example 412
             */
            keys: number | null;
            /** @example 18213 */
            hits: number;
            /** @example 702 */
            misses: number;
            /**
             * @description Reads and writes of Redis that failed.
             * @example 0
             */
            errors: number;
            /**
             * @description Percent: 100 * hits / (hits + misses). Null before the first question.
             * @example 96.2886
             */
            hit_rate: number | null;
        };
        FreshnessGapDto: {
            /**
             * @example pruned_before_collection
             * @enum {string}
             */
            reason: "pruned_before_collection" | "source_unreachable" | "not_saved_by_n8n" | "instance_reset";
            /**
             * @example possible
             * @enum {string}
             */
            confidence: "high" | "possible";
            /**
             * Format: date-time
             * @example 2026-02-14T22:10:00.000Z
             */
            from: string;
            /**
             * Format: date-time
             * @description `null` while it goes on.
             * @example 2026-02-15T01:40:00.000Z
             */
            to: string | null;
            /**
             * @description At most so many executions are missing; `null` when unknown.
             * @example 120
             */
            missing_ids: number | null;
            /** @description The workflow that is concerned; `null`: any. */
            workflow_id: number | null;
        };
        BackfillDto: {
            /**
             * @description Lowest n8n execution id stored so far; it ends at what is known or at the oldest that n8n has.
             * @example 481516
             */
            position: string;
            /** @example 12500 */
            rows: number;
            /**
             * Format: date-time
             * @example 2026-03-01T09:00:00.000Z
             */
            started_at: string | null;
        };
        FilterDayDto: {
            /**
             * @description Production executions by what decided.
             * @example {
             *       "mode_trigger": 140,
             *       "production_tag": 12
             *     }
             */
            production: {
                [key: string]: number;
            };
            /**
             * @description The others by what decided.
             * @example {
             *       "manual_mode": 3,
             *       "test_name": 1
             *     }
             */
            excluded: {
                [key: string]: number;
            };
            /**
             * Format: date
             * @example 2026-03-01
             */
            day: string;
        };
        ClientFreshnessDto: {
            /**
             * @description `failing` while the newest attempts fail, `never` before the first sync, else by age: `fresh` up to 1.5 intervals, `late` up to 4, `stale` beyond.
             * @example fresh
             * @enum {string}
             */
            status: "fresh" | "late" | "stale" | "never" | "failing";
            /**
             * @description Stored executions of the last 30 days by what decided whether they are production.
             * @example {
             *       "mode_trigger": 4210,
             *       "manual_mode": 37,
             *       "test_name": 12
             *     }
             */
            filter_statistics: {
                [key: string]: number;
            };
            /** @example 7 */
            client_id: number;
            /** @example Acme GmbH */
            client_name: string;
            /**
             * @description A disabled client is not collected and grows stale.
             * @example true
             */
            enabled: boolean;
            /**
             * @description Since the last execution sync that came through.
             * @example 312
             */
            age_seconds: number | null;
            /**
             * @description Minutes between two syncs as chosen: shorter than configured where the instance would forget too much in between.
             * @example 15
             */
            sync_interval_minutes: number;
            /** @example 15 */
            configured_interval_minutes: number;
            /**
             * @description New executions an hour, smoothed; null before it could be measured.
             * @example 42.5
             */
            arrival_per_hour: number | null;
            /**
             * @description Hours until the instance stops showing an execution, at the present rate.
             * @example 235.3
             */
            window_hours: number;
            /**
             * @description Executions that the instance showed when that was last measured.
             * @example 10000
             */
            visible_executions: number | null;
            /**
             * @description Whether it is known to remove executions.
             * @example true
             */
            instance_prunes: boolean;
            /**
             * @description What a person should know, for example that even a sync every minute is too slow.
             * @example []
             */
            warnings: string[];
            /**
             * @description Requests to the instance since the beginning, retries included.
             * @example 5310
             */
            requests_sent: number;
            /** @example 2 */
            last_sync_requests: number | null;
            /**
             * Format: date-time
             * @description The instance failed again and again and is left alone until then.
             */
            circuit_open_until: string | null;
            /**
             * Format: date-time
             * @example 2026-03-01T09:45:00.000Z
             */
            next_sync_at: string;
            /**
             * Format: date-time
             * @example 2026-03-01T09:30:01.000Z
             */
            last_workflow_sync_at: string | null;
            /**
             * Format: date-time
             * @example 2026-03-01T09:30:02.000Z
             */
            last_execution_sync_at: string | null;
            /**
             * Format: date-time
             * @example 2026-03-01T09:30:03.000Z
             */
            last_details_sync_at: string | null;
            /**
             * Format: date-time
             * @example 2026-03-01T09:29:58.120Z
             */
            newest_execution_at: string | null;
            /**
             * Format: date-time
             * @example 2026-03-01T09:30:04.000Z
             */
            last_aggregation_at: string | null;
            /** Format: date-time */
            last_failure_at: string | null;
            /** @description What the newest failed attempt of any part said, until it comes through again. */
            last_error: string | null;
            /** @example 0 */
            consecutive_failures: number;
            /**
             * @description Days whose figures are still to be computed again.
             * @example 1
             */
            dirty_days: number;
            /**
             * @description Failed executions whose error text is not fetched yet.
             * @example 0
             */
            details_pending: number;
            /**
             * @description Executions that were still open when last seen.
             * @example 2
             */
            pending_open: number;
            /**
             * @description Execution ids that were missing between their neighbours.
             * @example 0
             */
            pending_missing: number;
            /** @example 0 */
            coverage_gaps: number;
            /** @description The newest of them, at most ten. */
            latest_gaps: components["schemas"]["FreshnessGapDto"][];
            /**
             * @description Databases that have answered at the address: 2 after the first re-installation or restored backup.
             * @example 1
             */
            epochs: number;
            /**
             * @description Rows of n8n's answers that could not be read, since the beginning.
             * @example 0
             */
            set_aside_rows: number;
            /**
             * Format: date-time
             * @example 2026-01-01T00:00:00.000Z
             */
            first_observed_at: string | null;
            /** @description `null`: none is under way. */
            backfill: components["schemas"]["BackfillDto"] | null;
            /** @description The same by day of the client's time zone, newest first; days without executions are left out. */
            filter_statistics_by_day: components["schemas"]["FilterDayDto"][];
        };
        DataFreshnessDto: {
            /**
             * @description Clients by status.
             * @example {
             *       "fresh": 11,
             *       "late": 1,
             *       "stale": 0,
             *       "never": 0,
             *       "failing": 0
             *     }
             */
            status_counts: {
                [key: string]: number;
            };
            clients: components["schemas"]["ClientFreshnessDto"][];
            /** @example 12 */
            total: number;
        };
    };
    responses: {
        /** @description The request is not valid; `errors` names each bad field. */
        InvalidRequest: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:flowmastery:problem:invalid_request",
                 *       "title": "Bad Request",
                 *       "status": 400,
                 *       "detail": "Not valid: limit.",
                 *       "code": "invalid_request",
                 *       "errors": [
                 *         {
                 *           "field": "limit",
                 *           "message": "must not be greater than 500"
                 *         }
                 *       ],
                 *       "request_id": "0b9f3c1e-6f0a-4c3e-9d55-6f2b7b1f9a10",
                 *       "instance": "/api/v1/clients/7"
                 *     }
                 */
                "application/problem+json": components["schemas"]["ProblemDto"];
            };
        };
        /** @description No key, or one that is unknown, expired or revoked: `missing_key`, `invalid_key`, `expired_key`, `revoked_key`. */
        Unauthorized: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:flowmastery:problem:expired_key",
                 *       "title": "Unauthorized",
                 *       "status": 401,
                 *       "detail": "This API key has expired.",
                 *       "code": "expired_key",
                 *       "errors": [],
                 *       "request_id": "0b9f3c1e-6f0a-4c3e-9d55-6f2b7b1f9a10",
                 *       "instance": "/api/v1/clients/7"
                 *     }
                 */
                "application/problem+json": components["schemas"]["ProblemDto"];
            };
        };
        /** @description The role of the key may not do this: `forbidden_role`. */
        Forbidden: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:flowmastery:problem:forbidden_role",
                 *       "title": "Forbidden",
                 *       "status": 403,
                 *       "detail": "This needs a key with role admin; the key's role is viewer.",
                 *       "code": "forbidden_role",
                 *       "errors": [],
                 *       "request_id": "0b9f3c1e-6f0a-4c3e-9d55-6f2b7b1f9a10",
                 *       "instance": "/api/v1/clients/7"
                 *     }
                 */
                "application/problem+json": components["schemas"]["ProblemDto"];
            };
        };
        /** @description There is no such thing, or the key may not see it. */
        NotFound: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:flowmastery:problem:client_not_found",
                 *       "title": "Not Found",
                 *       "status": 404,
                 *       "detail": "There is no client 7.",
                 *       "code": "client_not_found",
                 *       "errors": [],
                 *       "request_id": "0b9f3c1e-6f0a-4c3e-9d55-6f2b7b1f9a10",
                 *       "instance": "/api/v1/clients/7"
                 *     }
                 */
                "application/problem+json": components["schemas"]["ProblemDto"];
            };
        };
        /** @description The body is larger than 1 MiB. */
        BodyTooLarge: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:flowmastery:problem:body_too_large",
                 *       "title": "Payload Too Large",
                 *       "status": 413,
                 *       "detail": "Request body is too large",
                 *       "code": "body_too_large",
                 *       "errors": [],
                 *       "request_id": "0b9f3c1e-6f0a-4c3e-9d55-6f2b7b1f9a10",
                 *       "instance": "/api/v1/clients/7"
                 *     }
                 */
                "application/problem+json": components["schemas"]["ProblemDto"];
            };
        };
        /** @description The URL has more than 4,096 characters, or a part of its path more than 300. */
        UrlTooLong: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:flowmastery:problem:url_too_long",
                 *       "title": "URI Too Long",
                 *       "status": 414,
                 *       "detail": "The URL has 5012 characters; at most 4096 are taken.",
                 *       "code": "url_too_long",
                 *       "errors": [],
                 *       "request_id": "0b9f3c1e-6f0a-4c3e-9d55-6f2b7b1f9a10",
                 *       "instance": "/api/v1/clients/7"
                 *     }
                 */
                "application/problem+json": components["schemas"]["ProblemDto"];
            };
        };
        /** @description The body is not `application/json`. */
        UnsupportedMediaType: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:flowmastery:problem:unsupported_media_type",
                 *       "title": "Unsupported Media Type",
                 *       "status": 415,
                 *       "detail": "Unsupported Media Type: text/plain",
                 *       "code": "unsupported_media_type",
                 *       "errors": [],
                 *       "request_id": "0b9f3c1e-6f0a-4c3e-9d55-6f2b7b1f9a10",
                 *       "instance": "/api/v1/clients/7"
                 *     }
                 */
                "application/problem+json": components["schemas"]["ProblemDto"];
            };
        };
        /** @description Too many requests; `Retry-After` says when to come back. */
        TooManyRequests: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:flowmastery:problem:too_many_requests",
                 *       "title": "Too Many Requests",
                 *       "status": 429,
                 *       "detail": "At most 600 requests a minute. Try again in 12 s.",
                 *       "code": "too_many_requests",
                 *       "errors": [],
                 *       "request_id": "0b9f3c1e-6f0a-4c3e-9d55-6f2b7b1f9a10",
                 *       "instance": "/api/v1/clients/7"
                 *     }
                 */
                "application/problem+json": components["schemas"]["ProblemDto"];
            };
        };
        /** @description A defect of the service; the request id finds it in the log. */
        InternalError: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:flowmastery:problem:internal_error",
                 *       "title": "Internal Server Error",
                 *       "status": 500,
                 *       "detail": "Something went wrong here. The request id finds it in the log.",
                 *       "code": "internal_error",
                 *       "errors": [],
                 *       "request_id": "0b9f3c1e-6f0a-4c3e-9d55-6f2b7b1f9a10",
                 *       "instance": "/api/v1/clients/7"
                 *     }
                 */
                "application/problem+json": components["schemas"]["ProblemDto"];
            };
        };
        /** @description A dependency does not answer right now; `Retry-After` says when to try again. */
        Unavailable: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:flowmastery:problem:database_unavailable",
                 *       "title": "Service Unavailable",
                 *       "status": 503,
                 *       "detail": "The database does not answer. Try again in a moment.",
                 *       "code": "database_unavailable",
                 *       "errors": [],
                 *       "request_id": "0b9f3c1e-6f0a-4c3e-9d55-6f2b7b1f9a10",
                 *       "instance": "/api/v1/clients/7"
                 *     }
                 */
                "application/problem+json": components["schemas"]["ProblemDto"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: {
        /** @description Tag of the answer; `If-None-Match` with it gives 304. */
        ETag: string;
        /** @description When the data last changed. */
        "Last-Modified": string;
        /** @description When executions were last synchronised. */
        "X-Synced-At": string;
        /** @description Where the answer comes from. */
        "X-Cache": "hit" | "miss" | "bypass";
        /** @description Finds the request in the log. One that the caller sends is kept. */
        "X-Request-Id": string;
        /** @description Requests a minute of this key. */
        "RateLimit-Limit": number;
        /** @description How many of them are left. */
        "RateLimit-Remaining": number;
        /** @description Seconds until all of them are there again. */
        "RateLimit-Reset": number;
        /** @description Seconds to wait before the next try. */
        "Retry-After": number;
        /** @description How to show a key (RFC 6750). */
        "WWW-Authenticate": string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getAllMetrics: {
        parameters: {
            query?: {
                /** @description First day, inclusive, in the client's zone. Default: 30 days up to `end_date`. Example: `2026-02-01` */
                start_date?: string;
                /** @description Last day, inclusive. Default: today. Example: `2026-03-02` */
                end_date?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "Last-Modified": components["headers"]["Last-Modified"];
                    "X-Synced-At": components["headers"]["X-Synced-At"];
                    "X-Cache": components["headers"]["X-Cache"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OverviewDto"];
                    "text/csv": string;
                };
            };
            /** @description The answer is still the one with the tag in If-None-Match. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "Last-Modified": components["headers"]["Last-Modified"];
                    "X-Synced-At": components["headers"]["X-Synced-At"];
                    "X-Cache": components["headers"]["X-Cache"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            414: components["responses"]["UrlTooLong"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getClientMetrics: {
        parameters: {
            query?: {
                /** @description First day, inclusive, in the client's zone. Default: 30 days up to `end_date`. Example: `2026-02-01` */
                start_date?: string;
                /** @description Last day, inclusive. Default: today. Example: `2026-03-02` */
                end_date?: string;
            };
            header?: never;
            path: {
                /** @description Id of the client. */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "Last-Modified": components["headers"]["Last-Modified"];
                    "X-Synced-At": components["headers"]["X-Synced-At"];
                    "X-Cache": components["headers"]["X-Cache"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SummaryDto"];
                };
            };
            /** @description The answer is still the one with the tag in If-None-Match. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "Last-Modified": components["headers"]["Last-Modified"];
                    "X-Synced-At": components["headers"]["X-Synced-At"];
                    "X-Cache": components["headers"]["X-Cache"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            414: components["responses"]["UrlTooLong"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getClientWorkflows: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before; leave it out for the first page. Example: `eyJpZCI6NTB9` */
                cursor?: string;
                /** @description Items a page. */
                limit?: number;
                /** @description What to sort by; workflows without a value come last. */
                sort?: "workflow_name" | "total_executions" | "failed_executions" | "success_rate" | "avg_execution_time_seconds" | "time_saved_hours" | "last_execution";
                /** @description First day, inclusive, in the client's zone. Default: 30 days up to `end_date`. Example: `2026-02-01` */
                start_date?: string;
                /** @description Last day, inclusive. Default: today. Example: `2026-03-02` */
                end_date?: string;
                /** @description Default: descending, names ascending. Example: `desc` */
                order?: "asc" | "desc";
            };
            header?: never;
            path: {
                /** @description Id of the client. */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "Last-Modified": components["headers"]["Last-Modified"];
                    "X-Synced-At": components["headers"]["X-Synced-At"];
                    "X-Cache": components["headers"]["X-Cache"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkflowsDto"];
                    "text/csv": string;
                };
            };
            /** @description The answer is still the one with the tag in If-None-Match. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "Last-Modified": components["headers"]["Last-Modified"];
                    "X-Synced-At": components["headers"]["X-Synced-At"];
                    "X-Cache": components["headers"]["X-Cache"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            414: components["responses"]["UrlTooLong"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getClientHistorical: {
        parameters: {
            query?: {
                /** @description Length of the periods. */
                period_type?: "daily" | "weekly" | "monthly";
                /** @description First day, inclusive, in the client's zone: the period that holds it is the first. Default: 30 days, 12 weeks or 12 months. Example: `2026-02-01` */
                start_date?: string;
                /** @description Last day, inclusive: the period that holds it is the last. Default: today. Example: `2026-03-02` */
                end_date?: string;
                /** @description One workflow only. Example: `17` */
                workflow_id?: number;
            };
            header?: never;
            path: {
                /** @description Id of the client. */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "Last-Modified": components["headers"]["Last-Modified"];
                    "X-Synced-At": components["headers"]["X-Synced-At"];
                    "X-Cache": components["headers"]["X-Cache"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HistoricalDto"];
                    "text/csv": string;
                };
            };
            /** @description The answer is still the one with the tag in If-None-Match. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "Last-Modified": components["headers"]["Last-Modified"];
                    "X-Synced-At": components["headers"]["X-Synced-At"];
                    "X-Cache": components["headers"]["X-Cache"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            414: components["responses"]["UrlTooLong"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listClientExecutions: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before; leave it out for the first page. Example: `eyJpZCI6NTB9` */
                cursor?: string;
                /** @description Items a page. */
                limit?: number;
                /** @description n8n's status, for example success, error, crashed, canceled, running, waiting; or vanished. Example: `error` */
                status?: string;
                /** @description n8n's mode, for example webhook, trigger, manual. Example: `webhook` */
                mode?: string;
                /** @description One workflow only. Example: `17` */
                workflow_id?: number;
                /** @description Only production executions, or only the others. Example: `true` */
                production?: boolean;
                /** @description The reason of the production filter's verdict. Example: `test_name` */
                reason?: string;
                /** @description First day, inclusive, in the client's zone. Example: `2026-02-01` */
                start_date?: string;
                /** @description Last day, inclusive. Example: `2026-03-02` */
                end_date?: string;
            };
            header?: never;
            path: {
                /** @description Id of the client. */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "Last-Modified": components["headers"]["Last-Modified"];
                    "X-Synced-At": components["headers"]["X-Synced-At"];
                    "X-Cache": components["headers"]["X-Cache"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExecutionsDto"];
                    "text/csv": string;
                };
            };
            /** @description The answer is still the one with the tag in If-None-Match. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "Last-Modified": components["headers"]["Last-Modified"];
                    "X-Synced-At": components["headers"]["X-Synced-At"];
                    "X-Cache": components["headers"]["X-Cache"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            414: components["responses"]["UrlTooLong"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getClientExecution: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the client. */
                id: number;
                /** @description n8n's id of the execution. */
                n8n_execution_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "Last-Modified": components["headers"]["Last-Modified"];
                    "X-Synced-At": components["headers"]["X-Synced-At"];
                    "X-Cache": components["headers"]["X-Cache"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExplainedExecutionDto"];
                };
            };
            /** @description The answer is still the one with the tag in If-None-Match. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "Last-Modified": components["headers"]["Last-Modified"];
                    "X-Synced-At": components["headers"]["X-Synced-At"];
                    "X-Cache": components["headers"]["X-Cache"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            /** @description There is no such thing, or the key may not see it. Here: `execution_not_found`. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:flowmastery:problem:execution_not_found",
                     *       "title": "Not Found",
                     *       "status": 404,
                     *       "detail": "This client has no stored execution 48213.",
                     *       "code": "execution_not_found",
                     *       "errors": [],
                     *       "request_id": "0b9f3c1e-6f0a-4c3e-9d55-6f2b7b1f9a10",
                     *       "instance": "/api/v1/metrics/client/7/executions/7"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            414: components["responses"]["UrlTooLong"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getClientErrors: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before; leave it out for the first page. Example: `eyJpZCI6NTB9` */
                cursor?: string;
                /** @description Items a page. */
                limit?: number;
                /** @description `true`: failures of production executions, as all figures count them; `false`: of the others. */
                production?: boolean;
                /** @description First day, inclusive, in the client's zone. Default: 30 days up to `end_date`. Example: `2026-02-01` */
                start_date?: string;
                /** @description Last day, inclusive. Default: today. Example: `2026-03-02` */
                end_date?: string;
                /** @description One workflow only. Example: `17` */
                workflow_id?: number;
            };
            header?: never;
            path: {
                /** @description Id of the client. */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "Last-Modified": components["headers"]["Last-Modified"];
                    "X-Synced-At": components["headers"]["X-Synced-At"];
                    "X-Cache": components["headers"]["X-Cache"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FailuresDto"];
                    "text/csv": string;
                };
            };
            /** @description The answer is still the one with the tag in If-None-Match. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "Last-Modified": components["headers"]["Last-Modified"];
                    "X-Synced-At": components["headers"]["X-Synced-At"];
                    "X-Cache": components["headers"]["X-Cache"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            414: components["responses"]["UrlTooLong"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getClientExecutionStats: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before; leave it out for the first page. Example: `eyJpZCI6NTB9` */
                cursor?: string;
                /** @description Items a page. */
                limit?: number;
                /** @description Only production executions, or only the others. Example: `true` */
                production?: boolean;
                /** @description First day, inclusive, in the client's zone. Default: 30 days up to `end_date`. Example: `2026-02-01` */
                start_date?: string;
                /** @description Last day, inclusive. Default: today. Example: `2026-03-02` */
                end_date?: string;
                /** @description One workflow only. Example: `17` */
                workflow_id?: number;
            };
            header?: never;
            path: {
                /** @description Id of the client. */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "Last-Modified": components["headers"]["Last-Modified"];
                    "X-Synced-At": components["headers"]["X-Synced-At"];
                    "X-Cache": components["headers"]["X-Cache"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExecutionStatsDto"];
                    "text/csv": string;
                };
            };
            /** @description The answer is still the one with the tag in If-None-Match. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "Last-Modified": components["headers"]["Last-Modified"];
                    "X-Synced-At": components["headers"]["X-Synced-At"];
                    "X-Cache": components["headers"]["X-Cache"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            414: components["responses"]["UrlTooLong"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getMyMetrics: {
        parameters: {
            query?: {
                /** @description First day, inclusive, in the client's zone. Default: 30 days up to `end_date`. Example: `2026-02-01` */
                start_date?: string;
                /** @description Last day, inclusive. Default: today. Example: `2026-03-02` */
                end_date?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "Last-Modified": components["headers"]["Last-Modified"];
                    "X-Synced-At": components["headers"]["X-Synced-At"];
                    "X-Cache": components["headers"]["X-Cache"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SummaryDto"];
                };
            };
            /** @description The answer is still the one with the tag in If-None-Match. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "Last-Modified": components["headers"]["Last-Modified"];
                    "X-Synced-At": components["headers"]["X-Synced-At"];
                    "X-Cache": components["headers"]["X-Cache"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            414: components["responses"]["UrlTooLong"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getMyWorkflows: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before; leave it out for the first page. Example: `eyJpZCI6NTB9` */
                cursor?: string;
                /** @description Items a page. */
                limit?: number;
                /** @description What to sort by; workflows without a value come last. */
                sort?: "workflow_name" | "total_executions" | "failed_executions" | "success_rate" | "avg_execution_time_seconds" | "time_saved_hours" | "last_execution";
                /** @description First day, inclusive, in the client's zone. Default: 30 days up to `end_date`. Example: `2026-02-01` */
                start_date?: string;
                /** @description Last day, inclusive. Default: today. Example: `2026-03-02` */
                end_date?: string;
                /** @description Default: descending, names ascending. Example: `desc` */
                order?: "asc" | "desc";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "Last-Modified": components["headers"]["Last-Modified"];
                    "X-Synced-At": components["headers"]["X-Synced-At"];
                    "X-Cache": components["headers"]["X-Cache"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkflowsDto"];
                    "text/csv": string;
                };
            };
            /** @description The answer is still the one with the tag in If-None-Match. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "Last-Modified": components["headers"]["Last-Modified"];
                    "X-Synced-At": components["headers"]["X-Synced-At"];
                    "X-Cache": components["headers"]["X-Cache"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            414: components["responses"]["UrlTooLong"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getMyHistorical: {
        parameters: {
            query?: {
                /** @description Length of the periods. */
                period_type?: "daily" | "weekly" | "monthly";
                /** @description First day, inclusive, in the client's zone: the period that holds it is the first. Default: 30 days, 12 weeks or 12 months. Example: `2026-02-01` */
                start_date?: string;
                /** @description Last day, inclusive: the period that holds it is the last. Default: today. Example: `2026-03-02` */
                end_date?: string;
                /** @description One workflow only. Example: `17` */
                workflow_id?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "Last-Modified": components["headers"]["Last-Modified"];
                    "X-Synced-At": components["headers"]["X-Synced-At"];
                    "X-Cache": components["headers"]["X-Cache"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HistoricalDto"];
                    "text/csv": string;
                };
            };
            /** @description The answer is still the one with the tag in If-None-Match. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "Last-Modified": components["headers"]["Last-Modified"];
                    "X-Synced-At": components["headers"]["X-Synced-At"];
                    "X-Cache": components["headers"]["X-Cache"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            414: components["responses"]["UrlTooLong"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listMyExecutions: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before; leave it out for the first page. Example: `eyJpZCI6NTB9` */
                cursor?: string;
                /** @description Items a page. */
                limit?: number;
                /** @description n8n's status, for example success, error, crashed, canceled, running, waiting; or vanished. Example: `error` */
                status?: string;
                /** @description n8n's mode, for example webhook, trigger, manual. Example: `webhook` */
                mode?: string;
                /** @description One workflow only. Example: `17` */
                workflow_id?: number;
                /** @description Only production executions, or only the others. Example: `true` */
                production?: boolean;
                /** @description The reason of the production filter's verdict. Example: `test_name` */
                reason?: string;
                /** @description First day, inclusive, in the client's zone. Example: `2026-02-01` */
                start_date?: string;
                /** @description Last day, inclusive. Example: `2026-03-02` */
                end_date?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "Last-Modified": components["headers"]["Last-Modified"];
                    "X-Synced-At": components["headers"]["X-Synced-At"];
                    "X-Cache": components["headers"]["X-Cache"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExecutionsDto"];
                    "text/csv": string;
                };
            };
            /** @description The answer is still the one with the tag in If-None-Match. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "Last-Modified": components["headers"]["Last-Modified"];
                    "X-Synced-At": components["headers"]["X-Synced-At"];
                    "X-Cache": components["headers"]["X-Cache"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            414: components["responses"]["UrlTooLong"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getLiveness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LivenessDto"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            414: components["responses"]["UrlTooLong"];
            500: components["responses"]["InternalError"];
        };
    };
    getReadiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The Health Check is successful */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example ok
                         * @enum {string}
                         */
                        status?: "ok" | "degraded";
                        /**
                         * @example {
                         *       "database": {
                         *         "status": "up",
                         *         "responseTime": 12
                         *       }
                         *     }
                         */
                        info?: {
                            [key: string]: {
                                /** @enum {string} */
                                status: "up" | "degraded" | "down";
                                /** @description Time the health indicator took to respond, in ms */
                                responseTime?: number;
                            } & {
                                [key: string]: unknown;
                            };
                        } | null;
                        /** @example {} */
                        error?: {
                            [key: string]: {
                                /** @enum {string} */
                                status: "up" | "degraded" | "down";
                                /** @description Time the health indicator took to respond, in ms */
                                responseTime?: number;
                            } & {
                                [key: string]: unknown;
                            };
                        } | null;
                        /**
                         * @example {
                         *       "database": {
                         *         "status": "up",
                         *         "responseTime": 12
                         *       }
                         *     }
                         */
                        details?: {
                            [key: string]: {
                                /** @enum {string} */
                                status: "up" | "degraded" | "down";
                                /** @description Time the health indicator took to respond, in ms */
                                responseTime?: number;
                            } & {
                                [key: string]: unknown;
                            };
                        };
                    };
                };
            };
            400: components["responses"]["InvalidRequest"];
            414: components["responses"]["UrlTooLong"];
            500: components["responses"]["InternalError"];
            /** @description The Health Check is not successful */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example error
                         * @enum {string}
                         */
                        status?: "error" | "shutting_down";
                        /**
                         * @example {
                         *       "database": {
                         *         "status": "up",
                         *         "responseTime": 12
                         *       }
                         *     }
                         */
                        info?: {
                            [key: string]: {
                                /** @enum {string} */
                                status: "up" | "degraded" | "down";
                                /** @description Time the health indicator took to respond, in ms */
                                responseTime?: number;
                            } & {
                                [key: string]: unknown;
                            };
                        } | null;
                        /**
                         * @example {
                         *       "redis": {
                         *         "status": "down",
                         *         "message": "Could not connect",
                         *         "responseTime": 3005
                         *       }
                         *     }
                         */
                        error?: {
                            [key: string]: {
                                /** @enum {string} */
                                status: "up" | "degraded" | "down";
                                /** @description Time the health indicator took to respond, in ms */
                                responseTime?: number;
                            } & {
                                [key: string]: unknown;
                            };
                        } | null;
                        /**
                         * @example {
                         *       "database": {
                         *         "status": "up",
                         *         "responseTime": 12
                         *       },
                         *       "redis": {
                         *         "status": "down",
                         *         "message": "Could not connect",
                         *         "responseTime": 3005
                         *       }
                         *     }
                         */
                        details?: {
                            [key: string]: {
                                /** @enum {string} */
                                status: "up" | "degraded" | "down";
                                /** @description Time the health indicator took to respond, in ms */
                                responseTime?: number;
                            } & {
                                [key: string]: unknown;
                            };
                        };
                    };
                };
            };
        };
    };
    getStartup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The Health Check is successful */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example ok
                         * @enum {string}
                         */
                        status?: "ok" | "degraded";
                        /**
                         * @example {
                         *       "database": {
                         *         "status": "up",
                         *         "responseTime": 12
                         *       }
                         *     }
                         */
                        info?: {
                            [key: string]: {
                                /** @enum {string} */
                                status: "up" | "degraded" | "down";
                                /** @description Time the health indicator took to respond, in ms */
                                responseTime?: number;
                            } & {
                                [key: string]: unknown;
                            };
                        } | null;
                        /** @example {} */
                        error?: {
                            [key: string]: {
                                /** @enum {string} */
                                status: "up" | "degraded" | "down";
                                /** @description Time the health indicator took to respond, in ms */
                                responseTime?: number;
                            } & {
                                [key: string]: unknown;
                            };
                        } | null;
                        /**
                         * @example {
                         *       "database": {
                         *         "status": "up",
                         *         "responseTime": 12
                         *       }
                         *     }
                         */
                        details?: {
                            [key: string]: {
                                /** @enum {string} */
                                status: "up" | "degraded" | "down";
                                /** @description Time the health indicator took to respond, in ms */
                                responseTime?: number;
                            } & {
                                [key: string]: unknown;
                            };
                        };
                    };
                };
            };
            400: components["responses"]["InvalidRequest"];
            414: components["responses"]["UrlTooLong"];
            500: components["responses"]["InternalError"];
            /** @description The Health Check is not successful */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example error
                         * @enum {string}
                         */
                        status?: "error" | "shutting_down";
                        /**
                         * @example {
                         *       "database": {
                         *         "status": "up",
                         *         "responseTime": 12
                         *       }
                         *     }
                         */
                        info?: {
                            [key: string]: {
                                /** @enum {string} */
                                status: "up" | "degraded" | "down";
                                /** @description Time the health indicator took to respond, in ms */
                                responseTime?: number;
                            } & {
                                [key: string]: unknown;
                            };
                        } | null;
                        /**
                         * @example {
                         *       "redis": {
                         *         "status": "down",
                         *         "message": "Could not connect",
                         *         "responseTime": 3005
                         *       }
                         *     }
                         */
                        error?: {
                            [key: string]: {
                                /** @enum {string} */
                                status: "up" | "degraded" | "down";
                                /** @description Time the health indicator took to respond, in ms */
                                responseTime?: number;
                            } & {
                                [key: string]: unknown;
                            };
                        } | null;
                        /**
                         * @example {
                         *       "database": {
                         *         "status": "up",
                         *         "responseTime": 12
                         *       },
                         *       "redis": {
                         *         "status": "down",
                         *         "message": "Could not connect",
                         *         "responseTime": 3005
                         *       }
                         *     }
                         */
                        details?: {
                            [key: string]: {
                                /** @enum {string} */
                                status: "up" | "degraded" | "down";
                                /** @description Time the health indicator took to respond, in ms */
                                responseTime?: number;
                            } & {
                                [key: string]: unknown;
                            };
                        };
                    };
                };
            };
        };
    };
    getHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The Health Check is successful */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example ok
                         * @enum {string}
                         */
                        status?: "ok" | "degraded";
                        /**
                         * @example {
                         *       "database": {
                         *         "status": "up",
                         *         "responseTime": 12
                         *       }
                         *     }
                         */
                        info?: {
                            [key: string]: {
                                /** @enum {string} */
                                status: "up" | "degraded" | "down";
                                /** @description Time the health indicator took to respond, in ms */
                                responseTime?: number;
                            } & {
                                [key: string]: unknown;
                            };
                        } | null;
                        /** @example {} */
                        error?: {
                            [key: string]: {
                                /** @enum {string} */
                                status: "up" | "degraded" | "down";
                                /** @description Time the health indicator took to respond, in ms */
                                responseTime?: number;
                            } & {
                                [key: string]: unknown;
                            };
                        } | null;
                        /**
                         * @example {
                         *       "database": {
                         *         "status": "up",
                         *         "responseTime": 12
                         *       }
                         *     }
                         */
                        details?: {
                            [key: string]: {
                                /** @enum {string} */
                                status: "up" | "degraded" | "down";
                                /** @description Time the health indicator took to respond, in ms */
                                responseTime?: number;
                            } & {
                                [key: string]: unknown;
                            };
                        };
                    };
                };
            };
            400: components["responses"]["InvalidRequest"];
            414: components["responses"]["UrlTooLong"];
            500: components["responses"]["InternalError"];
            /** @description The Health Check is not successful */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example error
                         * @enum {string}
                         */
                        status?: "error" | "shutting_down";
                        /**
                         * @example {
                         *       "database": {
                         *         "status": "up",
                         *         "responseTime": 12
                         *       }
                         *     }
                         */
                        info?: {
                            [key: string]: {
                                /** @enum {string} */
                                status: "up" | "degraded" | "down";
                                /** @description Time the health indicator took to respond, in ms */
                                responseTime?: number;
                            } & {
                                [key: string]: unknown;
                            };
                        } | null;
                        /**
                         * @example {
                         *       "redis": {
                         *         "status": "down",
                         *         "message": "Could not connect",
                         *         "responseTime": 3005
                         *       }
                         *     }
                         */
                        error?: {
                            [key: string]: {
                                /** @enum {string} */
                                status: "up" | "degraded" | "down";
                                /** @description Time the health indicator took to respond, in ms */
                                responseTime?: number;
                            } & {
                                [key: string]: unknown;
                            };
                        } | null;
                        /**
                         * @example {
                         *       "database": {
                         *         "status": "up",
                         *         "responseTime": 12
                         *       },
                         *       "redis": {
                         *         "status": "down",
                         *         "message": "Could not connect",
                         *         "responseTime": 3005
                         *       }
                         *     }
                         */
                        details?: {
                            [key: string]: {
                                /** @enum {string} */
                                status: "up" | "degraded" | "down";
                                /** @description Time the health indicator took to respond, in ms */
                                responseTime?: number;
                            } & {
                                [key: string]: unknown;
                            };
                        };
                    };
                };
            };
        };
    };
    getPrometheusFigures: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Figures in the text format, version 0.0.4. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example # HELP flowmastery_database_up 1 when the database answered this scrape; at 0 the figures it holds are left out.
                     *     # TYPE flowmastery_database_up gauge
                     *     flowmastery_database_up 1
                     */
                    "text/plain": string;
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            414: components["responses"]["UrlTooLong"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listClients: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before; leave it out for the first page. Example: `eyJpZCI6NTB9` */
                cursor?: string;
                /** @description Items a page. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClientPageDto"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            414: components["responses"]["UrlTooLong"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    createClient: {
        parameters: {
            query?: {
                /** @description `false` stores without trying the connection first. */
                verify?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateClientDto"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StoredClientDto"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description It contradicts what is stored. */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:flowmastery:problem:client_name_taken",
                     *       "title": "Conflict",
                     *       "status": 409,
                     *       "detail": "There is a client with this name already. Choose another one.",
                     *       "code": "client_name_taken",
                     *       "errors": [
                     *         {
                     *           "field": "name",
                     *           "message": "taken"
                     *         }
                     *       ],
                     *       "request_id": "0b9f3c1e-6f0a-4c3e-9d55-6f2b7b1f9a10",
                     *       "instance": "/api/v1/clients"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UrlTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description Well-formed, but it cannot be carried out; `code` says why. */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:flowmastery:problem:bad_key",
                     *       "title": "Unprocessable Entity",
                     *       "status": 422,
                     *       "detail": "n8n refuses the API key. Make a new one there and give it here.",
                     *       "code": "bad_key",
                     *       "errors": [],
                     *       "request_id": "0b9f3c1e-6f0a-4c3e-9d55-6f2b7b1f9a10",
                     *       "instance": "/api/v1/clients"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getClient: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the client. */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClientDto"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            414: components["responses"]["UrlTooLong"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteClient: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the client. */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClientDeletionDto"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UrlTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    updateClient: {
        parameters: {
            query?: {
                /** @description `false` stores without trying the connection first. */
                verify?: boolean;
            };
            header?: never;
            path: {
                /** @description Id of the client. */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateClientDto"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StoredClientDto"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description It contradicts what is stored. */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:flowmastery:problem:client_name_taken",
                     *       "title": "Conflict",
                     *       "status": 409,
                     *       "detail": "There is a client with this name already. Choose another one.",
                     *       "code": "client_name_taken",
                     *       "errors": [
                     *         {
                     *           "field": "name",
                     *           "message": "taken"
                     *         }
                     *       ],
                     *       "request_id": "0b9f3c1e-6f0a-4c3e-9d55-6f2b7b1f9a10",
                     *       "instance": "/api/v1/clients/7"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UrlTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description Well-formed, but it cannot be carried out; `code` says why. */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:flowmastery:problem:bad_key",
                     *       "title": "Unprocessable Entity",
                     *       "status": 422,
                     *       "detail": "n8n refuses the API key. Make a new one there and give it here.",
                     *       "code": "bad_key",
                     *       "errors": [],
                     *       "request_id": "0b9f3c1e-6f0a-4c3e-9d55-6f2b7b1f9a10",
                     *       "instance": "/api/v1/clients/7"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    verifyClient: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the client. */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VerificationDto"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UrlTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description Well-formed, but it cannot be carried out; `code` says why. */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:flowmastery:problem:bad_key",
                     *       "title": "Unprocessable Entity",
                     *       "status": 422,
                     *       "detail": "n8n refuses the API key. Make a new one there and give it here.",
                     *       "code": "bad_key",
                     *       "errors": [],
                     *       "request_id": "0b9f3c1e-6f0a-4c3e-9d55-6f2b7b1f9a10",
                     *       "instance": "/api/v1/clients/7/verify"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getFilterRules: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the client. */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RuleSetDto"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            414: components["responses"]["UrlTooLong"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    putFilterRules: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the client. */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FilterRulesInputDto"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StoredRuleSetDto"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UrlTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    previewFilterRules: {
        parameters: {
            query?: {
                /** @description First day, in the client's time zone. Default: 30 days up to `end_date`. Example: `2026-02-01` */
                start_date?: string;
                /** @description Last day, in the client's time zone; it belongs to the range. Default: today. Example: `2026-03-02` */
                end_date?: string;
            };
            header?: never;
            path: {
                /** @description Id of the client. */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FilterRulesInputDto"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RulePreviewDto"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UrlTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listFilterRuleVersions: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before; leave it out for the first page. Example: `eyJpZCI6NTB9` */
                cursor?: string;
                /** @description Items a page. */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description Id of the client. */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RuleSetVersionsDto"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            414: components["responses"]["UrlTooLong"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getTimeSaved: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before; leave it out for the first page. Example: `eyJpZCI6NTB9` */
                cursor?: string;
                /** @description Items a page. */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description Id of the client. */
                id: number;
                /** @description Our id of the workflow, `workflow_id` everywhere. */
                workflow_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TimeSavedDto"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            /** @description There is no such thing, or the key may not see it. Here: `workflow_not_found`. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:flowmastery:problem:workflow_not_found",
                     *       "title": "Not Found",
                     *       "status": 404,
                     *       "detail": "This client has no workflow 17.",
                     *       "code": "workflow_not_found",
                     *       "errors": [],
                     *       "request_id": "0b9f3c1e-6f0a-4c3e-9d55-6f2b7b1f9a10",
                     *       "instance": "/api/v1/clients/7/workflows/7/time-saved"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            414: components["responses"]["UrlTooLong"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    setTimeSaved: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the client. */
                id: number;
                /** @description Our id of the workflow, `workflow_id` everywhere. */
                workflow_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TimeSavedInputDto"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AppliedTimeSavedDto"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description There is no such thing, or the key may not see it. Here: `workflow_not_found`. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:flowmastery:problem:workflow_not_found",
                     *       "title": "Not Found",
                     *       "status": 404,
                     *       "detail": "This client has no workflow 17.",
                     *       "code": "workflow_not_found",
                     *       "errors": [],
                     *       "request_id": "0b9f3c1e-6f0a-4c3e-9d55-6f2b7b1f9a10",
                     *       "instance": "/api/v1/clients/7/workflows/7/time-saved"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UrlTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listApiKeys: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before; leave it out for the first page. Example: `eyJpZCI6NTB9` */
                cursor?: string;
                /** @description Items a page. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyPageDto"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            414: components["responses"]["UrlTooLong"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    createApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateApiKeyDto"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewApiKeyDto"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UrlTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    revokeApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the key. */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyDto"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description There is no such thing, or the key may not see it. Here: `api_key_not_found`. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:flowmastery:problem:api_key_not_found",
                     *       "title": "Not Found",
                     *       "status": 404,
                     *       "detail": "There is no API key 3.",
                     *       "code": "api_key_not_found",
                     *       "errors": [],
                     *       "request_id": "0b9f3c1e-6f0a-4c3e-9d55-6f2b7b1f9a10",
                     *       "instance": "/api/v1/admin/api-keys/7"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UrlTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listAuditEvents: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before; leave it out for the first page. Example: `eyJpZCI6NTB9` */
                cursor?: string;
                /** @description Items a page. */
                limit?: number;
                /** @description Only events of this actor, exactly as they show it. Example: `bootstrap` */
                actor?: string;
                /** @description Only events of this action. Example: `client.create` */
                action?: string;
                /** @description Only events about this thing. Example: `client:7` */
                target?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditEventPageDto"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            414: components["responses"]["UrlTooLong"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    auditClient: {
        parameters: {
            query?: {
                /** @description First day, in the client's time zone. Default: the first that raw executions cover. Example: `2026-02-01` */
                start_date?: string;
                /** @description Last day, in the client's time zone; it belongs to the range. Default: the last with an execution or a rollup. Example: `2026-03-02` */
                end_date?: string;
            };
            header?: never;
            path: {
                /** @description Id of the client. */
                client_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditDto"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UrlTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    syncClient: {
        parameters: {
            query?: {
                /** @description Seconds to wait for the result before answering; 0: do not wait. */
                wait?: number;
            };
            header?: never;
            path: {
                /** @description Id of the client. */
                client_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestedJobDto"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UrlTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    syncAllClients: {
        parameters: {
            query?: {
                /** @description Seconds to wait for the result before answering; 0: do not wait. */
                wait?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestedJobsDto"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UrlTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    triggerAggregation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TriggerAggregationDto"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestedJobDto"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UrlTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    cleanUp: {
        parameters: {
            query?: {
                /** @description Seconds to wait for the result before answering; 0: do not wait. */
                wait?: number;
                /** @description `true`: nothing is removed, the job's result says what would be. */
                dry_run?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestedJobDto"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UrlTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    refreshCache: {
        parameters: {
            query?: {
                /** @description Seconds to wait for the result before answering; 0: do not wait. */
                wait?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RefreshCacheDto"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestedJobDto"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UrlTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description As it was answered when the job was asked for. */
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobDto"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description There is no such thing, or the key may not see it. Here: `job_not_found`. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:flowmastery:problem:job_not_found",
                     *       "title": "Not Found",
                     *       "status": 404,
                     *       "detail": "There is no such job, or it is too old to be remembered.",
                     *       "code": "job_not_found",
                     *       "errors": [],
                     *       "request_id": "0b9f3c1e-6f0a-4c3e-9d55-6f2b7b1f9a10",
                     *       "instance": "/api/v1/metrics/admin/jobs/sync.7.x"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            414: components["responses"]["UrlTooLong"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    retryJob: {
        parameters: {
            query?: {
                /** @description Seconds to wait for the result before answering; 0: do not wait. */
                wait?: number;
            };
            header?: never;
            path: {
                /** @description Of a failed job; `job-runs?state=failed` lists them. */
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestedJobDto"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description There is no such thing, or the key may not see it. Here: `job_not_found`. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:flowmastery:problem:job_not_found",
                     *       "title": "Not Found",
                     *       "status": 404,
                     *       "detail": "There is no such job, or it is too old to be remembered.",
                     *       "code": "job_not_found",
                     *       "errors": [],
                     *       "request_id": "0b9f3c1e-6f0a-4c3e-9d55-6f2b7b1f9a10",
                     *       "instance": "/api/v1/metrics/admin/jobs/sync.7.x/retry"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description It contradicts what is stored. Here: `job_not_failed`. */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "urn:flowmastery:problem:job_not_failed",
                     *       "title": "Conflict",
                     *       "status": 409,
                     *       "detail": "Only a failed job can be run again; this one is completed.",
                     *       "code": "job_not_failed",
                     *       "errors": [],
                     *       "request_id": "0b9f3c1e-6f0a-4c3e-9d55-6f2b7b1f9a10",
                     *       "instance": "/api/v1/metrics/admin/jobs/sync.7.x/retry"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UrlTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listJobRuns: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before; leave it out for the first page. Example: `eyJpZCI6NTB9` */
                cursor?: string;
                /** @description Items a page. */
                limit?: number;
                /** @description Only jobs of this name. Example: `sync` */
                name?: string;
                /** @description Only jobs about this client. Example: `7` */
                client_id?: number;
                /** @description Only jobs in this state. Example: `failed` */
                state?: "queued" | "running" | "completed" | "failed";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobRunPageDto"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            414: components["responses"]["UrlTooLong"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getSchedulerStatus: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SchedulerStatusDto"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            414: components["responses"]["UrlTooLong"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getAggregationSummary: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AggregationSummaryDto"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            414: components["responses"]["UrlTooLong"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getCacheStatus: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CacheStatusDto"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            414: components["responses"]["UrlTooLong"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getDataFreshness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DataFreshnessDto"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            414: components["responses"]["UrlTooLong"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
}
