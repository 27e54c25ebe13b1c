/**
 * Whether objects and lists of a JSON text stand in each other deeper than `limit`. What walks over a parsed body, level by level,
 * would run out of stack some thousand levels down. The text need not be well-formed.
 */
export function nestsDeeperThan(json: string, limit: number): boolean {
  let depth = 0;
  let isInText = false;
  for (let at = 0; at < json.length; at += 1) {
    const character = json[at];
    if (isInText) {
      if (character === '\\') at += 1;
      else if (character === '"') isInText = false;
    } else if (character === '"') isInText = true;
    else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') depth -= 1;
    if (depth > limit) return true;
  }
  return false;
}
