import { compileEntries, findEntry, isUsableEntry } from './word-list.js';
import { fold, prepare, wordsOf } from './words.js';

const phrases = compileEntries(['book a demo', 'demo lead', 'a b test', 'dev.to', 'dev ops']);
const findsOutsidePhrases = (text: string, ...entries: string[]): string | null =>
  findEntry(prepare(text), compileEntries(entries), { within: phrases });

const finds = (text: string, ...entries: string[]): string | null => findEntry(prepare(text), compileEntries(entries));

describe('wordsOf', () => {
  it.each([
    ['Latest orders', ['latest', 'orders']],
    ['test_dev-debug.sample/demo', ['test', 'dev', 'debug', 'sample', 'demo']],
    ['orderSyncTest', ['order', 'sync', 'test']],
    ['HTTPServerTEST', ['http', 'server', 'test']],
    ['test2', ['test', '2']],
    ['dev01', ['dev', '01']],
    ['v2test', ['v', '2', 'test']],
    ['Größe ÄNDERN', ['grösse', 'ändern']],
    ['caféTest', ['café', 'test']],
    ['ТестовыйПоток', ['тестовый', 'поток']],
    ['ＴＥＳＴ flow', ['test', 'flow']],
    ['Test™', ['test']],
    ['QATest', ['qa', 'test']],
    ['HTTPTestRunner', ['http', 'test', 'runner']],
    ['s3test', ['s', '3', 'test']],
    ['Web2Lead', ['web', '2', 'lead']],
    ["client's test", ['client', 's', 'test']],
    ['l’essai d’Anna', ['l', 'essai', 'd', 'anna']],
    ['𝗧𝗘𝗦𝗧 flow', ['test', 'flow']],
    ['te\u00ADst\uFEFF', ['test']],
    ['LİVE sıra', ['live', 'sira']],
    ['テスト 中', ['テスト', '中']],
    ['🧪 --- !', []],
    ['', []],
  ])('splits %s', (name, words) => {
    expect(wordsOf(name)).toEqual(words);
  });

  it('keeps an accent with its letter, however it was typed', () => {
    expect(wordsOf('tést'.normalize('NFD'))).toEqual(wordsOf('tést'.normalize('NFC')));
    expect(wordsOf('tést')).not.toEqual(wordsOf('test'));
    // x with a circumflex exists only as two code points.
    expect(wordsOf('ax\u0302b')).toHaveLength(1);
  });

  it('takes time linear in the length of the name', () => {
    const started = performance.now();
    wordsOf('A'.repeat(200_000));
    wordsOf('aB1'.repeat(60_000));
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

describe('fold', () => {
  it('unites what only differs in case', () => {
    expect(fold('STRASSE')).toBe(fold('straße'));
    expect(fold('ΤΕΣΤΟΣ')).toBe(fold('τεστος'));
    expect(['İ', 'I', 'i', 'ı', 'I\u0307'].map(fold)).toEqual(['i', 'i', 'i', 'i', 'i']);
  });
});

describe('findEntry', () => {
  it('finds whole words only', () => {
    expect(finds('A test of orders', 'test')).toBe('test');
    expect(finds('Latest contest', 'test')).toBeNull();
  });

  it('finds entries of several words in a row', () => {
    expect(finds('Nightly smoke-test', 'smoke test')).toBe('smoke test');
    expect(finds('nightlySmokeTest2', 'Smoke Test')).toBe('Smoke Test');
    expect(finds('Smoke and test', 'smoke test')).toBeNull();
  });

  it('finds entries with digits', () => {
    expect(finds('Run e2e checks', 'e2e')).toBe('e2e');
    expect(finds('E2E', 'e2e')).toBe('e2e');
    expect(finds('dev02', 'dev01')).toBeNull();
  });

  it.each([
    ['本番テスト注文', 'テスト'],
    ['ﾃｽﾄ注文', 'テスト'],
    ['订单测试流程', '测试'],
    ['ขั้นตอนทดสอบระบบ', 'ทดสอบ'],
    ['コンテスト用テスト', 'テスト'],
    ['ユニットテスト', 'テスト'],
    ['测试流程', '测试'],
    ['最新测试', '测试'],
    ['Orders 🧪', '🧪'],
    ['Orders ⚠\uFE0F', '⚠'],
    ['c++ build', 'C++'],
  ])('finds in %s the entry %s, which has no word borders', (name, entry) => {
    expect(finds(name, entry)).toBe(entry);
  });

  it.each([
    ['コンテスト応募', 'テスト'],
    ['プロテスト', 'テスト'],
  ])('takes the part of a longer word for none: %s does not hold %s', (name, entry) => {
    expect(finds(name, entry)).toBeNull();
    expect(findEntry(prepare(name), compileEntries([entry], 'substring'))).toBe(entry);
  });

  it.each(['Book a demo → CRM', 'book-a-demo', 'BookADemo', 'A/B test winner', 'a-b_test', 'Dev.to crosspost', 'DevOps alerts'])(
    'takes a word inside a longer phrase for none: %s',
    (name) => {
      expect(findsOutsidePhrases(name, 'demo', 'test', 'dev')).toBeNull();
    },
  );

  it.each([
    'Book a demo TEST',
    'Demo: book a demo',
    'Sales demo: lead scoring',
    'demo → lead',
    'dev to prod',
    'Demo - Lead',
    'a b (test)',
  ])('sees a word beside a phrase, and no phrase across a pause: %s', (name) => {
    expect(findsOutsidePhrases(name, 'demo', 'test', 'dev')).not.toBeNull();
  });

  it('finds an entry that is as long as the phrase', () => {
    expect(findsOutsidePhrases('Book a demo', 'book a demo')).toBe('book a demo');
  });

  it('tells which entries could never match', () => {
    expect(['-', ' ', '...'].map(isUsableEntry)).toEqual([false, false, false]);
    expect(['a', '1', '🧪', '测'].map(isUsableEntry)).toEqual([true, true, true, true]);
  });
});
