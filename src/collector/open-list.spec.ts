import { type KnownExecution } from './known-execution.js';
import { OpenList } from './open-list.js';

const page = (id: string): KnownExecution[] => [{ id } as KnownExecution];

/** Pages that write down when they are asked for. */
async function* source(log: string[], failing = false): AsyncGenerator<KnownExecution[], void> {
  for (const id of ['2', '1']) {
    log.push(`ask ${id}`);
    await Promise.resolve();
    if (failing) throw new Error('gone');
    yield page(id);
  }
}

async function idsOf(list: OpenList): Promise<string[]> {
  const ids: string[] = [];
  for await (const rows of list.pages()) ids.push(...rows.map(({ id }) => id));
  return ids;
}

describe('OpenList', () => {
  it('sends the first request when it is asked to, once, and the others when they are wanted', async () => {
    const log: string[] = [];
    const list = new OpenList(source(log));
    list.ask();
    list.ask();
    expect(log).toEqual(['ask 2']);
    expect(await idsOf(list)).toEqual(['2', '1']);
    expect(log).toEqual(['ask 2', 'ask 1']);
  });

  it('need not be asked before its pages are taken', async () => {
    expect(await idsOf(new OpenList(source([])))).toEqual(['2', '1']);
  });

  it('tells a failure to whoever takes the pages, and to nobody else', async () => {
    const list = new OpenList(source([], true));
    list.ask();
    await list.close();
    await expect(idsOf(list)).rejects.toThrow('gone');
  });

  it('sends nothing when it is closed without being asked', async () => {
    const log: string[] = [];
    await new OpenList(source(log)).close();
    expect(log).toEqual([]);
  });
});
