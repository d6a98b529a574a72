// Grades a script over REST: node target/js/grade.js LAB SCRIPT
// SOCKETLAB_URL is where the server is, SOCKETLAB_TOKEN a token for reading and grading.
import {readFile} from 'node:fs/promises';
import type {components} from './target/socketlab.js';

type Schemas = components['schemas'];

const server = process.env['SOCKETLAB_URL'] ?? 'http://localhost:8080';
const token = process.env['SOCKETLAB_TOKEN'] ?? '';

async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  const response = await fetch(server + path, {
    method,
    headers: {Authorization: `Bearer ${token}`, 'Content-Type': 'application/json'},
    ...(body === undefined ? {} : {body: JSON.stringify(body)}),
  });
  if (response.ok) return (await response.json()) as T;
  const problem = (await response.json()) as Schemas['Problem'];
  throw new Error(`${problem.title}: ${problem.detail} (${problem.type})`);
}

async function grade(lab: string, script: string): Promise<Schemas['ResultDocument']> {
  const begin: Schemas['AttemptRequest'] = {lab};
  const attempt = await call<Schemas['Attempt']>('POST', '/api/v1/attempts', begin);
  const submission: Schemas['SubmissionRequest'] = {kind: 'script', source: script};
  let job = await call<Schemas['Job']>('POST', `/api/v1/attempts/${attempt.id}/submissions?wait=30`, submission);
  while (job.phase === 'QUEUED' || job.phase === 'RUNNING') {
    await new Promise(resolve => setTimeout(resolve, 1000));
    job = await call<Schemas['Job']>('GET', `/api/v1/jobs/${job.id}`);
  }
  return call<Schemas['ResultDocument']>('GET', `/api/v1/jobs/${job.id}/result`);
}

const [lab, file] = process.argv.slice(2);
if (lab === undefined || file === undefined) {
  console.error('usage: grade LAB SCRIPT');
  process.exit(64);
}
const result = await grade(lab, await readFile(file, 'utf8'));
console.log(`${result.verdict}: ${result.score} of ${result.max_score}`);
for (const test of result.tests) console.log(`${test.status.padEnd(13)} ${test.name}`);
process.exit(result.verdict === 'PASS' ? 0 : 1);
