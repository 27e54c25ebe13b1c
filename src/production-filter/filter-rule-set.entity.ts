import { Column, Entity, PrimaryColumn } from 'typeorm';
import { type RuleSet } from './rule-set.js';

/** One version of a client's rules; never changed once written. */
@Entity('filter_rule_sets')
export class FilterRuleSetEntity {
  @PrimaryColumn({ name: 'client_id', type: 'integer', primaryKeyConstraintName: 'pk_filter_rule_sets' })
  clientId: number;

  /** From 1. */
  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'pk_filter_rule_sets' })
  version: number;

  @Column({ type: 'jsonb' })
  rules: RuleSet;

  @Column({ type: 'text' })
  author: string;

  @Column({ name: 'created_at', type: 'timestamptz', precision: 3 })
  createdAt: Date;
}
