import { type MigrationInterface, type QueryRunner } from 'typeorm';

/**
 * The buckets that hold the durations at nearest rank of p50, p95 and p99, from the top because two of them are there. `total` is the
 * sum of `counts`; should it not be, the function still ends.
 */
const percentilePlaces = `
  CREATE FUNCTION percentile_places(buckets smallint[], counts bigint[], total bigint) RETURNS smallint[]
  LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
  DECLARE
    ranks CONSTANT bigint[] := ARRAY[(50 * total + 99) / 100, (95 * total + 99) / 100, (99 * total + 99) / 100];
    next integer := 3;
    rank bigint := ranks[next];
    below bigint := total;
    places smallint[] := '{}';
  BEGIN
    FOR i IN REVERSE cardinality(buckets) .. 1 LOOP
      below := below - counts[i];
      CONTINUE WHEN below >= rank;
      WHILE below < rank LOOP
        places := buckets[i] || places;
        next := next - 1;
        rank := ranks[next];
      END LOOP;
      EXIT WHEN next = 0;
    END LOOP;
    RETURN places;
  END $$`;

/** Whoever writes a histogram: replicas of the former version go on writing rows beside this schema. */
const keepPlaces = [
  `CREATE FUNCTION keep_percentile_places() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN
     NEW.duration_percentiles := percentile_places(NEW.duration_buckets, NEW.duration_counts, NEW.timed_executions);
     RETURN NEW;
   END $$`,
  `CREATE TRIGGER keep_percentile_places
   BEFORE INSERT OR UPDATE OF duration_buckets, duration_counts, duration_percentiles ON metrics_aggregations
   FOR EACH ROW EXECUTE FUNCTION keep_percentile_places()`,
];

/** What a series shows of a histogram is kept beside it. */
export class PercentilePlaces1790000010000 implements MigrationInterface {
  name = 'PercentilePlaces1790000010000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(percentilePlaces);
    await runner.query('ALTER TABLE metrics_aggregations ADD duration_percentiles smallint[]');
    for (const statement of keepPlaces) await runner.query(statement);
    await runner.query('UPDATE metrics_aggregations SET duration_percentiles = NULL');
    await runner.query('ALTER TABLE metrics_aggregations ALTER duration_percentiles SET NOT NULL');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TRIGGER keep_percentile_places ON metrics_aggregations');
    await runner.query('DROP FUNCTION keep_percentile_places()');
    await runner.query('ALTER TABLE metrics_aggregations DROP duration_percentiles');
    await runner.query('DROP FUNCTION percentile_places(smallint[], bigint[], bigint)');
  }
}
