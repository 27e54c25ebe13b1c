import { type DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { FilterRuleSetEntity } from './filter-rule-set.entity.js';
import { FilterRulesRepository } from './filter-rules.repository.js';
import { FilterRulesService, RULE_DEFAULTS } from './filter-rules.service.js';
import { type RuleDefaults } from './rule-set.js';

/** Makes the versioned rules injectable everywhere; the classifier itself is plain functions. */
@Module({})
export class ProductionFilterModule {
  /** @param defaults what applies to clients that have stored nothing */
  static forRoot(defaults: RuleDefaults): DynamicModule {
    return {
      module: ProductionFilterModule,
      global: true,
      imports: [TypeOrmModule.forFeature([FilterRuleSetEntity])],
      providers: [{ provide: RULE_DEFAULTS, useValue: defaults }, FilterRulesRepository, FilterRulesService],
      exports: [FilterRulesService],
    };
  }
}
