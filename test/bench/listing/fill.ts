import type { Sql, TransactionSql } from 'postgres';

/** What is made from scratch for so many projects, by the database itself: rows as commands would leave them. */
export const tasksOfEach = 40;
const phasesOfEach = 5;
const pms = 24;

/**
 * Fills an empty company: `count` projects of an account each, five phases and forty tasks in every one, a comment for
 * every fourth task, ten events each, and 24 who manage them. Projects stand at different points of their roads; a few
 * of them are stuck, late, in review, on hold or live.
 */
export async function fillProjects(sql: Sql, from: number, count: number): Promise<void> {
  // At once, as a command would: whoever reads in between sees none of them, and remembers nothing of a half.
  await sql.begin((tx) => insert(tx, from, count));
  await sql`vacuum analyze`;
}

async function insert(sql: TransactionSql, from: number, count: number): Promise<void> {
  const range = sql`generate_series(${from + 1}::int, ${from + count}::int) n`;
  const id = (kind: string) => sql.unsafe(`md5('${kind}' || n)::uuid`);
  const pm = sql.unsafe(`md5('pm' || n % ${pms})::uuid`);
  if (from === 0) {
    await sql`insert into people (id, email, name, role, time_zone, is_sample, created_at, updated_at)
      select md5('pm' || n)::uuid, 'pm' || n || '@bench.example', 'Manager ' || chr(65 + n), 'PM', 'Europe/Berlin', true, now(), now()
      from generate_series(0, ${pms - 1}::int) n`;
  }
  await sql`insert into accounts (id, revision, name, website, time_zone, created_at, updated_at)
    select ${id('account')}, 1, 'Shop ' || md5('name' || n), 'https://shop.example', 'Europe/Berlin', now(), now() from ${range}`;
  await sql`insert into projects (id, revision, account_id, name, platform, products, state, pm_id, time_zone, signed_on, target_on, state_since, activated_at, created_at, updated_at)
    select ${id('project')}, 1, ${id('account')}, 'Search and more', (array['SHOPIFY', 'MAGENTO', 'WOOCOMMERCE', 'VTEX'])[1 + n % 4],
      array['SEARCH', 'EMAIL'], (array['ACTIVE', 'ACTIVE', 'ACTIVE', 'ACTIVE', 'ACTIVE', 'ACTIVE', 'ACTIVE', 'ON_HOLD', 'LIVE', 'LIVE'])[1 + n % 10],
      ${pm}, (array['Europe/Berlin', 'America/New_York', 'Asia/Tokyo'])[1 + n % 3], current_date - 60, current_date + (n * 37 % 120) - 10, now(), now(), now(), now() from ${range}`;
  await sql`insert into project_positions (project_id, position, shared_position) select ${id('project')}, 10, 10 from ${range}`;
  await sql`insert into project_staff (project_id, revenue_minor, revenue_currency, last_client_activity_at)
    select ${id('project')}, 10000 * (n % 90), 'EUR', now() - (n % 14) * interval '1 day' from ${range}`;
  await sql`insert into phases (id, project_id, index, name, milestone)
    select md5('phase' || n || '.' || p)::uuid, ${id('project')}, p, (array['Kick-off', 'Data', 'Set-up', 'Test', 'Live'])[1 + p], 'Done'
    from ${range}, generate_series(0, ${phasesOfEach - 1}::int) p`;
  await sql`insert into tasks (id, revision, project_id, phase_id, index, key, title, purpose, documentation, minutes, type, side, visibility, state, state_since, is_review_wanted, accepted_extensions, is_gate, due_on, stuck_side, stuck_since, created_at, updated_at)
    select md5('task' || n || '.' || t)::uuid, 1, ${id('project')}, md5('phase' || n || '.' || t * ${phasesOfEach}::int / ${tasksOfEach}::int)::uuid, t, 'task-' || t,
      'Hand in what the step asks for ' || t, 'so that we can go on', repeat('What to do and why. ', 40), 30, 'WORK',
      (array['CLIENT', 'COMPANY', 'CLIENT', 'THIRD_PARTY'])[1 + t % 4], case when t % 5 = 0 then 'INTERNAL' else 'SHARED' end,
      case when t < n % ${tasksOfEach}::int then 'DONE' when t = n % ${tasksOfEach}::int then (array['READY', 'IN_PROGRESS', 'IN_REVIEW'])[1 + n % 3] else 'NOT_READY' end,
      now() - interval '3 days', true, '{}', t % 10 = 9, current_date + (n * 37 % 120) - 10 - ${tasksOfEach}::int + t,
      case when t = n % ${tasksOfEach}::int and n % 11 = 0 then 'CLIENT' end, case when t = n % ${tasksOfEach}::int and n % 11 = 0 then now() - interval '9 days' end, now(), now()
    from ${range}, generate_series(0, ${tasksOfEach - 1}::int) t`;
  await sql`insert into comments (id, revision, task_id, project_id, author_id, audience, text, created_at)
    select md5('comment' || n || '.' || t)::uuid, 1, md5('task' || n || '.' || t * 4)::uuid, ${id('project')}, ${pm}, 'SHARED', 'How is it going?', now()
    from ${range}, generate_series(0, ${tasksOfEach / 4 - 1}::int) t`;
  await sql`insert into events (id, seq, project_id, position, shared_position, kind, audience, subject_id, facts, at, hash)
    select md5('event' || n || '.' || e)::uuid, 1000000 + n * 10 + e, ${id('project')}, e, e,
      case when e = 10 and n % 10 > 7 then 'project.wentLive' else 'task.started' end, 'SHARED', ${id('project')}, '{}', now() - interval '9 days', ''
    from ${range}, generate_series(1, 10) e`;
  await sql`update log_head set seq = ${1_000_000 + (from + count) * 10 + 10}`;
}
