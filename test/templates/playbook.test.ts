import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { documentationVariables, fillVariables, variablesIn } from '../../server/tasks/documentation.ts';
import { searchShopify } from '../../server/templates/playbooks/searchShopify/playbook.ts';
import { buildPlaybook, PlaybookError, proseWords, readPlaybook } from '../../server/templates/playbooks.ts';

const enoughWords = Array.from({ length: 130 }, (_, at) => `word${at}`).join(' ');

/** What is wrong with the playbook once `change` was made to it. */
function problemsAfter(change: (playbook: typeof searchShopify) => void, documentation = enoughWords): string[] {
  const changed = structuredClone(searchShopify);
  change(changed);
  try {
    buildPlaybook(changed, () => documentation);
    return [];
  } catch (error) {
    if (error instanceof PlaybookError) return error.problems;
    throw error;
  }
}

describe('the playbook for site search on Shopify', () => {
  const playbook = readPlaybook('searchShopify');
  const tasks = playbook.phases.flatMap((phase) => phase.tasks);

  it('has four phases that each end in a milestone, and 14 to 16 tasks of both sides', () => {
    expect(playbook.phases).toHaveLength(4);
    expect(tasks.length).toBeGreaterThanOrEqual(14);
    expect(tasks.length).toBeLessThanOrEqual(16);
    expect(new Set(tasks.map((task) => task.side))).toEqual(new Set(['CLIENT', 'COMPANY']));
    expect(new Set(tasks.map((task) => task.type))).toEqual(new Set(['FILE', 'URL']));
  });

  it('lets a client begin on the day of the signature', () => {
    const open = tasks.filter((task) => task.after.length === 0 && task.side === 'CLIENT');
    expect(open.map((task) => task.key)).toEqual(['sitemap', 'feed']);
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

  it.each(tasks)('explains "$title" in 120 to 300 words, step by step, with what happens next', (task) => {
    const words = proseWords(task.documentation);
    expect(words).toBeGreaterThanOrEqual(120);
    expect(words).toBeLessThanOrEqual(300);
    expect(task.documentation.match(/^## /gm)?.length).toBeGreaterThanOrEqual(3);
    expect(task.documentation).toMatch(/^1\. /m);
    expect(task.documentation).toContain('## What happens next');
    // A headline of the first level is the task's own title, on the screen.
    expect(task.documentation.replace(/^```[\s\S]*?^```/gm, '')).not.toMatch(/^# /m);
    expect((task.documentation.match(/^```/gm) ?? []).length % 2).toBe(0);
  });

  it('uses every variable that it may, and leaves no Markdown file unused', () => {
    const used = new Set(tasks.flatMap((task) => variablesIn(task.documentation)));
    expect([...used].sort()).toEqual([...documentationVariables].sort());
    const folder = new URL('../../server/templates/playbooks/searchShopify/', import.meta.url);
    const pages = readdirSync(folder).filter((name) => name.endsWith('.md'));
    expect(pages.sort()).toEqual(tasks.map((task) => `${task.key}.md`).sort());
  });

  it('has no braces left once its variables are filled', () => {
    const facts = Object.fromEntries(documentationVariables.map((name) => [name, `<${name}>`]));
    for (const task of tasks) expect(fillVariables(task.documentation, facts)).not.toContain('{{');
  });
});

describe('a playbook is refused', () => {
  it('when two tasks share a key', () => {
    expect(problemsAfter((it) => it.phases[3]!.tasks.push({ ...it.phases[0]!.tasks[1]! }))).toEqual([
      'task.repeated: sitemap',
    ]);
  });

  it('when its tasks wait for each other in a circle, which is named', () => {
    expect(problemsAfter((it) => it.phases[1]!.tasks[0]!.after.push('indexReport'))).toEqual([
      'dependency.cycle: feed after indexReport after feed',
    ]);
  });

  it('when a task waits for one that is not there', () => {
    expect(problemsAfter((it) => it.phases[0]!.tasks[0]!.after.push('contract'))).toEqual([
      'dependency.unknown: kickoffPlan after contract',
    ]);
  });

  it('when documentation uses a variable that nobody fills', () => {
    expect(problemsAfter(() => {}, `${enoughWords} {{shop.owner}}`)).toContain('variable.unknown: shop.owner in feed');
  });

  it('when a shared task is explained in fewer than 120 words, code not counted', () => {
    const code = ['```', enoughWords, '```'].join('\n');
    expect(problemsAfter(() => {}, `Too short.\n\n${code}\n`)).toContain('documentation.short: feed, 2 of 120 words');
  });

  it('when a task for an address accepts files, or one for a file accepts none', () => {
    const problems = problemsAfter((it) => {
      it.phases[0]!.tasks[1]!.acceptedExtensions = ['.csv'];
      it.phases[1]!.tasks[0]!.acceptedExtensions = [];
    });
    expect(problems).toEqual(['extensions.wrong: sitemap', 'extensions.wrong: feed']);
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
