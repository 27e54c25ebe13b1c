import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { migrations } from '../database/index.js';

/** Asks the database whether it is there and which schema it has. */
@Injectable()
export class SchemaReadModel {
  constructor(private readonly dataSource: DataSource) {}

  /** Whether nothing can be written: a standby, or somebody has set it so. */
  async isReadOnly(): Promise<boolean> {
    const [row] = await this.dataSource.query<{ off: boolean }[]>(
      `SELECT current_setting('transaction_read_only') = 'off' AS off`,
    );
    return row?.off !== true;
  }

  /** Migrations of this build that the database has not seen; a newer schema than this build's is fine. */
  async missingMigrations(): Promise<string[]> {
    const rows = await this.dataSource.query<{ name: string }[]>('SELECT name FROM migrations');
    const applied = new Set(rows.map(({ name }) => name));
    return migrations.map((Migration) => new Migration().name).filter((name) => !applied.has(name));
  }
}
