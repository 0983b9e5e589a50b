/** Whether robots.txt (RFC 9309) lets a robot of this name fetch a path. */
export function isAllowed(robots: string, robot: string, path: string): boolean {
  return robotsFor(robots, robot)(path);
}

/** The same, read once for many paths. The longest rule that fits decides. */
export function robotsFor(robots: string, robot: string): (path: string) => boolean {
  const groups = readGroups(robots.slice(0, 500_000));
  const name = robot.toLowerCase();
  const own = groups.filter(({ agents }) =>
    agents.some((agent) => agent !== '' && agent !== '*' && name.startsWith(agent)),
  );
  const chosen = own.length > 0 ? own : groups.filter(({ agents }) => agents.includes('*'));
  const rules = chosen.flatMap((group) => group.rules);
  return (given) => {
    const path = encoded(given);
    let best = { length: -1, isAllowed: true };
    for (const rule of rules) {
      if (rule.path === '' || !fits(rule.path, path)) continue;
      const { length } = rule.path;
      if (length > best.length || (length === best.length && rule.isAllowed))
        best = { length, isAllowed: rule.isAllowed };
    }
    return best.isAllowed;
  };
}

/** As addresses are sent: letters beyond ASCII by their octets, whose digits are written in one case. */
function encoded(path: string): string {
  const ascii = /^[\x20-\x7e]*$/.test(path) ? path : path.replaceAll(/[^\x20-\x7e]+/gu, octets);
  return ascii.includes('%') ? ascii.replaceAll(/%[0-9a-f]{2}/gi, (octet) => octet.toUpperCase()) : ascii;
}

function octets(letters: string): string {
  const bytes = [...new TextEncoder().encode(letters)];
  return bytes.map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
}

type Group = { agents: string[]; rules: { isAllowed: boolean; path: string }[] };

function readGroups(text: string): Group[] {
  const groups: Group[] = [];
  let group: Group | null = null;
  for (const line of text.split(/\r\n?|\n/).slice(0, 10_000)) {
    const [field = '', ...rest] = (line.split('#')[0] ?? '').split(':');
    const value = rest.join(':').trim();
    const key = field.trim().toLowerCase();
    if (key === 'user-agent') {
      if (group === null || group.rules.length > 0) {
        group = { agents: [], rules: [] };
        groups.push(group);
      }
      group.agents.push(value.toLowerCase());
    } else if (group && (key === 'allow' || key === 'disallow'))
      group.rules.push({ isAllowed: key === 'allow', path: encoded(value) });
  }
  return groups;
}

/** `*` is any run of characters, `$` the end. Each part is looked for once, from left to right. */
function fits(pattern: string, path: string): boolean {
  const isWhole = pattern.endsWith('$');
  const [first = '', ...parts] = (isWhole ? pattern.slice(0, -1) : pattern).split('*');
  if (!path.startsWith(first)) return false;
  let at = first.length;
  for (const [index, part] of parts.entries()) {
    const isLast = index === parts.length - 1;
    if (isLast && isWhole) return path.length - part.length >= at && path.endsWith(part);
    at = path.indexOf(part, at);
    if (at < 0) return false;
    at += part.length;
  }
  return !isWhole || at === path.length;
}
