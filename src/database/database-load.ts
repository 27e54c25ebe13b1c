import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { poolStatistics } from './pool-statistics.js';

/** More only waste memory and the time of those who wait: with this many a connection is free again too late. */
const WAITING_PER_CONNECTION = 100;

/** Whether more work for the database still makes sense. */
@Injectable()
export class DatabaseLoad {
  constructor(private readonly dataSource: DataSource) {}

  /** True while so many queries wait for a connection that another one would only add to them. */
  get overloaded(): boolean {
    const { waiting, max } = poolStatistics(this.dataSource);
    return waiting >= WAITING_PER_CONNECTION * max;
  }
}
