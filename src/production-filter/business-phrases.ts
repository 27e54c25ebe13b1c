/**
 * Phrases in which a test word names what a business sells, examines or is called, not what the workflow is for: "Book a demo →
 * CRM" works in earnest. Inside one of them a test word says nothing, another one beside it still does ("Demo request form TEST").
 * Whoever means it otherwise has the patterns: they are asked first.
 */
export const BUSINESS_PHRASES: readonly string[] = [
  // Demos are sold.
  ...['book a demo', 'book demo', 'booked a demo', 'request a demo', 'request demo', 'requested a demo', 'schedule a demo'],
  ...['demo request', 'demo requests', 'demo requested', 'demo booking', 'demo bookings', 'demo booked', 'demo scheduled'],
  ...['demo call', 'demo calls', 'demo meeting', 'demo signup', 'demo lead', 'demo leads', 'demo no show', 'demo follow up'],
  // Samples are ordered, cars driven, trials given away.
  ...['free sample', 'free samples', 'request a sample', 'sample request', 'sample requests', 'sample shipment'],
  ...['sample box', 'sample boxes', 'sample kit', 'sample kits', 'sample pack', 'sample packs', 'test drive', 'test drives'],
  ...['prueba gratis', 'prueba gratuita', 'teste grátis', 'teste gratuito', 'deneme süresi', 'тестовый период'],
  // People, goods and lines are examined.
  ...['test result', 'test results', 'test score', 'test scores', 'test kit', 'test kits', 'lab test', 'lab tests'],
  ...['blood test', 'blood tests', 'covid test', 'covid tests', 'pcr test', 'drug test', 'pregnancy test', 'allergy test'],
  ...['dna test', 'eye test', 'hearing test', 'aptitude test', 'personality test', 'placement test', 'language test'],
  ...['driving test', 'theory test', 'speed test', 'penetration test', 'penetration testing', 'pen test'],
  // Marketing compares, products are tried by their public.
  ...['a b test', 'a b tests', 'a b testing', 'ab test', 'ab tests', 'ab testing', 'split test', 'split testing'],
  ...['user testing', 'usability testing', 'beta tester', 'beta testers', 'beta testing'],
  // Trades, teams and names.
  ...['dev ops', 'dev team', 'dev rel', 'web dev', 'game dev', 'biz dev', 'test flight', 'test rail', 'dev.to'],
  ...['business development', 'product development', 'software development', 'web development', 'app development'],
  // Homes and goods are staged.
  ...['home staging', 'virtual staging', 'staging area'],
];
