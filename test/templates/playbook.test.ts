import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { documentationVariables, fillVariables } from '../../server/tasks/documentation.ts';
import { proseWords } from '../../server/templates/checks.ts';
import { playbookKeys, readPlaybook } from '../../server/templates/playbooks.ts';

describe.each(playbookKeys)('the playbook %s', (playbookKey) => {
  const playbook = readPlaybook(playbookKey);
  const tasks = playbook.phases.flatMap((phase) => phase.tasks);

  it('is named as its key says, has four phases or more that each end in a milestone, and work for both sides', () => {
    expect(playbook.key).toBe(playbookKey);
    expect(playbook.phases.length).toBeGreaterThanOrEqual(4);
    expect(tasks.length).toBeGreaterThanOrEqual(12);
    const sides = tasks.map((task) => task.side);
    expect(sides).toContain('CLIENT');
    expect(sides).toContain('COMPANY');
  });

  it('lets a client begin on the day of the signature', () => {
    const isOpen = tasks.some((task) => task.after.length === 0 && task.side === 'CLIENT');
    expect(isOpen).toBe(true);
  });

  it('asks for nothing before what it waits for', () => {
    for (const task of tasks) {
      for (const key of task.after) {
        const before = tasks.find((other) => other.key === key)!;
        expect(before.dueInBusinessDays, `${task.key} after ${key}`).toBeLessThanOrEqual(task.dueInBusinessDays);
        expect(tasks.indexOf(before)).toBeLessThan(tasks.indexOf(task));
      }
    }
  });

  it.each(tasks.filter((task) => task.visibility === 'SHARED'))('explains "$title" like a good manual', (task) => {
    expect(proseWords(task.documentation)).toBeLessThanOrEqual(400);
    expect(task.documentation.match(/^## /gm)?.length).toBeGreaterThanOrEqual(3);
    // A headline of the first level is the task's own title, on the screen.
    expect(task.documentation.replace(/^```[\s\S]*?^```/gm, '')).not.toMatch(/^# /m);
    expect((task.documentation.match(/^```/gm) ?? []).length % 2).toBe(0);
  });

  it('leaves no Markdown file of its own unused, and no braces once its variables are filled', () => {
    const folder = new URL(`../../server/templates/playbooks/${playbookKey}/`, import.meta.url);
    const pages = readdirSync(folder).filter((name) => name.endsWith('.md'));
    const known = tasks.map((task) => `${task.key}.md`);
    expect(pages.filter((page) => !known.includes(page))).toEqual([]);
    const facts = Object.fromEntries(documentationVariables.map((name) => [name, `<${name}>`]));
    for (const task of tasks) expect(fillVariables(task.documentation, facts)).not.toContain('{{');
  });
});

describe('filling variables', () => {
  it('fills once, as text: a value is never read as a variable or as a pattern', () => {
    const facts = { 'account.name': '{{pm.email}} $& $1', 'pm.email': 'pm@lumen.example' };
    expect(fillVariables('For {{ account.name }}, by {{pm.email}}', facts)).toBe(
      'For {{pm.email}} $& $1, by pm@lumen.example',
    );
  });

  it('leaves a variable that nothing is known of where it can be seen', () => {
    expect(fillVariables('{{shop.domain}} {{constructor}}', {})).toBe('{{shop.domain}} {{constructor}}');
  });
});
