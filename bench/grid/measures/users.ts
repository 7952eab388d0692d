import { setTimeout as pause } from 'node:timers/promises';
import { Pool } from 'undici';
import { type Answers, askOnce, noAnswers, type Target } from '../load';

export interface Crowd {
  users: number;
  betweenClicksMs: number;
  forMs: number;
}

/**
 * People who click every few seconds, each at their own moment, whether the answer before has come or not. A click
 * counts from when it was due. By turns it opens the page and asks for further rows.
 */
export async function measureUsers(page: Target, rows: Target, crowd: Crowd): Promise<Answers> {
  const answers = noAnswers();
  const pool = new Pool(page.origin, { connections: crowd.users });
  const started = performance.now();
  const clicks: Promise<void>[] = [];
  const user = async (number: number) => {
    const first = started + (number / crowd.users) * crowd.betweenClicksMs;
    for (let due = first, click = number; due < started + crowd.forMs; due += crowd.betweenClicksMs) {
      await pause(Math.max(0, due - performance.now()));
      clicks.push(askOnce(pool, click++ % 2 === 0 ? page : rows, answers, due));
    }
  };
  await Promise.all(Array.from({ length: crowd.users }, (_, number) => user(number)));
  await Promise.all(clicks);
  answers.tookMs = performance.now() - started;
  await pool.close();
  return answers;
}
