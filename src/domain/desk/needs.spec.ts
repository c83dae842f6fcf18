import { deskNeeds, fits, lineKey, nextRelaxation, type Able } from './needs';

const SECOND = 1_000;
const needs = deskNeeds({
  queueId: 'q',
  queueName: 'queue',
  language: 'hi',
  skills: { nri: 3, loan: 1 },
  priority: 1,
  relaxation: [
    { afterMs: 20 * SECOND, levelsLower: 1 },
    { afterMs: 40 * SECOND, levelsLower: 5 },
    { afterMs: 60 * SECOND, dropSkills: ['loan'] },
    { afterMs: 90 * SECOND, languages: ['en'] },
  ],
});
const able = (languages: string[], skills: Record<string, number>): Able => ({
  languages,
  skills,
  trainedUntil: undefined,
});

describe('what is asked of an agent', () => {
  it.each([
    ['as it is', able(['hi'], { nri: 3, loan: 1 }), 0, true],
    ['a higher level is good', able(['hi'], { nri: 5, loan: 2 }), 0, true],
    ['a lower level is not', able(['hi'], { nri: 2, loan: 1 }), 0, false],
    ['a level less after 20 s', able(['hi'], { nri: 2, loan: 1 }), 20, true],
    ['not a moment before', able(['hi'], { nri: 2, loan: 1 }), 19.999, false],
    ['any level after 40 s', able(['hi'], { nri: 1, loan: 1 }), 40, true],
    ['but the skill still', able(['hi'], { loan: 1 }), 40, false],
    ['a skill less after 60 s', able(['hi'], { nri: 1 }), 60, true],
    ['the language last', able(['en'], { nri: 1 }), 89, false],
    ['another language after 90 s', able(['en'], { nri: 1 }), 90, true],
    ['never nobody’s', able(['fr'], { nri: 5, loan: 5 }), 9_999, false],
  ])('%s', (_, agent, seconds, good) => {
    expect(fits(agent, needs, seconds * SECOND)).toBe(good);
  });

  it('says when it becomes less', () => {
    expect(nextRelaxation(needs, 1_000, 1_000)).toBe(21 * SECOND);
    expect(nextRelaxation(needs, 1_000, 21 * SECOND)).toBe(41 * SECOND);
    expect(nextRelaxation(needs, 1_000, 91 * SECOND)).toBeUndefined();
  });

  it('takes a list of skills for their lowest levels, in one line with those who say so', () => {
    const list = deskNeeds({ ...needs, skills: ['nri'] });
    expect(list.skills).toEqual({ nri: 1 });
    expect(lineKey(list)).toBe(lineKey(deskNeeds({ ...needs, skills: { nri: 1 } })));
    expect(lineKey(list)).not.toBe(
      lineKey(deskNeeds({ ...needs, skills: { nri: 1 }, relaxation: [] })),
    );
  });
});
