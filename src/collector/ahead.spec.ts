import { Ahead } from './ahead.js';

/** Counts the requests that are sent. */
function counted(answer: (n: number) => Promise<string>): { ahead: Ahead<string>; sent: () => number } {
  let sent = 0;
  const ahead = new Ahead(() => {
    sent += 1;
    return answer(sent);
  });
  return { ahead, sent: () => sent };
}

const ok = (n: number): Promise<string> => Promise.resolve(`answer ${n}`);
const failing = (): Promise<string> => Promise.reject(new Error('gone'));

describe('Ahead', () => {
  it('sends the request once, however often it is asked to, until the answer is taken', async () => {
    const { ahead, sent } = counted(ok);
    ahead.ask();
    ahead.ask();
    expect(sent()).toBe(1);
    expect(await ahead.take()).toBe('answer 1');
    expect(await ahead.take()).toBe('answer 2');
  });

  it('tells a failure to whoever takes the answer, and to nobody else', async () => {
    const { ahead } = counted(failing);
    ahead.ask();
    await ahead.close();
    await expect(ahead.take()).rejects.toThrow('gone');
  });

  it('sends nothing when it is closed without being asked', async () => {
    const { ahead, sent } = counted(ok);
    await ahead.close();
    expect(sent()).toBe(0);
  });
});
