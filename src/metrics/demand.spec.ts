import { Demand } from './demand.js';

function asked(demand: Demand<string>, about: number, question: string, times: number): void {
  for (let n = 0; n < times; n += 1) demand.note(about, question, `${about} ${question}`);
}

describe('Demand', () => {
  it('knows what is asked most, of all clients and of one', () => {
    const demand = new Demand<string>(10);
    asked(demand, 1, 'a', 2);
    asked(demand, 1, 'b', 4);
    asked(demand, 2, 'a', 3);
    asked(demand, 2, 'once', 1);
    expect(demand.top(10)).toEqual(['1 b', '2 a', '1 a']);
    expect(demand.top(1)).toEqual(['1 b']);
    expect(demand.top(10, 2)).toEqual(['2 a']);
  });

  it('forgets what is not asked any more', () => {
    const demand = new Demand<string>(10);
    asked(demand, 1, 'a', 4);
    demand.fade();
    expect(demand.top(10)).toEqual(['1 a']);
    demand.fade();
    demand.fade();
    expect(demand.top(10)).toEqual([]);
    asked(demand, 1, 'a', 1);
    expect(demand.top(10)).toEqual([]);
  });

  it('is bounded: what was not asked for longest goes first', () => {
    const demand = new Demand<string>(2);
    asked(demand, 1, 'a', 2);
    asked(demand, 1, 'b', 2);
    asked(demand, 1, 'a', 1);
    asked(demand, 1, 'c', 2);
    expect(demand.top(10)).toEqual(['1 a', '1 c']);
  });
});
