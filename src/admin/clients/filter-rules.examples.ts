/** Bodies that Swagger UI offers for `PUT` and preview of filter rules; the first is there when "Try it out" is pressed. */
export const filterRulesExamples = {
  patterns: {
    summary: 'Names decide',
    value: {
      exclude_manual: true,
      exclude_test_workflows: true,
      exclude_workflow_patterns: ['.*test.*', '.*dev.*'],
      include_workflow_patterns: ['.*prod.*'],
    },
  },
  insights: { summary: 'Exactly what n8n counts', value: { preset: 'n8n_insights' } },
  quiet: {
    summary: 'Nights and very short runs do not count',
    value: { min_duration_ms: 200, quiet_hours: [{ from: '22:00', to: '06:00' }] },
  },
};
