import { type MigrationInterface, type QueryRunner } from 'typeorm';

/**
 * Adds a few numbers to buckets of a stored histogram, in time that depends on how many buckets change, not on how many there
 * are. Buckets stay rising and without zeros. `NULL` arrays: one would fall below 0, so these two do not belong together.
 */
const shiftHistogram = `
  CREATE FUNCTION shift_histogram(INOUT buckets smallint[], INOUT counts bigint[], moved smallint[], differences bigint[])
  LANGUAGE plpgsql IMMUTABLE AS $$
  DECLARE
    place integer;
  BEGIN
    FOR i IN 1 .. cardinality(moved) LOOP
      place := width_bucket(moved[i], buckets);
      IF buckets[place] = moved[i] THEN
        counts[place] := counts[place] + differences[i];
      ELSE
        buckets := buckets[:place] || moved[i] || buckets[place + 1:];
        counts := counts[:place] || differences[i] || counts[place + 1:];
        place := place + 1;
      END IF;
      IF counts[place] = 0 THEN
        buckets := buckets[:place - 1] || buckets[place + 1:];
        counts := counts[:place - 1] || counts[place + 1:];
      ELSIF counts[place] < 0 THEN
        buckets := NULL;
        counts := NULL;
        RETURN;
      END IF;
    END LOOP;
  END $$`;

/** Week and month rows move along with a day instead of being merged anew. */
export class ShiftHistogram1790000003000 implements MigrationInterface {
  name = 'ShiftHistogram1790000003000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(shiftHistogram);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION shift_histogram(smallint[], bigint[], smallint[], bigint[])');
  }
}
