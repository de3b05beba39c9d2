/**
 * Compares the languages with each other and with the code.
 *
 * Invariants: every language has the same keys and none is empty; every key that the code
 * names exists; no key is left that nothing uses. Keys made at run time from a code (`outcome.PTP`)
 * count as used by their prefix (`dynamic-texts.ts`).
 *
 *   node scripts/check-translations.ts
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { dynamicPrefixes } from './dynamic-texts.ts';
import { isEntry, projectDirectory } from './project.ts';

/** Texts of errors are named by code anywhere below these folders, as `error.…` in a string. */
const errorFolders = ['electron', 'shared', 'renderer', 'hub'];
const languages = ['it', 'en'] as const;
const pluralEnding = /_(zero|one|two|few|many|other)$/;

interface Tree {
  [key: string]: string | Tree;
}

/** Every problem found, one sentence each; empty when all is well. */
export function checkTranslations(): string[] {
  const texts = Object.fromEntries(languages.map((language) => [language, flatten(readTree(language))]));
  const italian = texts['it'] ?? new Map<string, string>();
  const problems: string[] = [];
  for (const [language, entries] of Object.entries(texts)) {
    for (const key of italian.keys()) if (!entries.has(key)) problems.push(`${language}: ${key} is missing`);
    for (const [key, text] of entries) {
      if (!italian.has(key)) problems.push(`it: ${key} is missing`);
      if (text.trim() === '') problems.push(`${language}: ${key} is empty`);
    }
    for (const [key, text] of entries) {
      const other = italian.get(key);
      if (other !== undefined && placeholders(text) !== placeholders(other)) problems.push(`${language}: ${key} has other placeholders than it`);
    }
  }
  return [...problems, ...checkUse(new Set([...italian.keys()].map(withoutPlural)))];
}

function checkUse(keys: ReadonlySet<string>): string[] {
  const problems: string[] = [];
  const used = new Set<string>();
  for (const [prefix, endings] of Object.entries(dynamicPrefixes)) {
    for (const ending of endings ?? []) {
      used.add(`${prefix}${ending}`);
      if (!keys.has(`${prefix}${ending}`)) problems.push(`${prefix}${ending} is made at run time and has no text`);
    }
  }
  for (const file of sourceFiles('renderer')) {
    visitStrings(file, (text, isKeyOfT, line) => {
      if (keys.has(text)) used.add(text);
      else if (isKeyOfT) problems.push(`${file}:${String(line)}: ${text} has no text`);
    }, (head, line) => {
      if (!Object.keys(dynamicPrefixes).includes(head)) problems.push(`${file}:${String(line)}: ${head}… is made at run time: add the prefix to scripts/dynamic-texts.ts`);
    });
  }
  for (const file of errorFolders.flatMap(sourceFiles)) {
    visitStrings(file, (text, _isKeyOfT, line) => {
      if (!/^error\.[a-zA-Z.]+$/.test(text)) return;
      used.add(text);
      if (!keys.has(text)) problems.push(`${file}:${String(line)}: ${text} has no text`);
    }, () => undefined);
  }
  const open = Object.entries(dynamicPrefixes).filter(([, endings]) => endings === null).map(([prefix]) => prefix);
  for (const key of keys) {
    if (!used.has(key) && !open.some((prefix) => key.startsWith(prefix))) problems.push(`${key} is used nowhere`);
  }
  return problems;
}

/** Calls `onText` for each whole string and `onTemplate` for each template that starts a key of `t`. */
function visitStrings(
  file: string,
  onText: (text: string, isKeyOfT: boolean, line: number) => void,
  onTemplate: (head: string, line: number) => void,
): void {
  const source = ts.createSourceFile(file, readFileSync(path.join(projectDirectory, file), 'utf8'), ts.ScriptTarget.Latest, true);
  const lineOf = (node: ts.Node): number => source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) onText(node.text, isKeyArgument(node), lineOf(node));
    if (ts.isTemplateExpression(node) && isKeyArgument(node)) onTemplate(node.head.text, lineOf(node));
    ts.forEachChild(node, visit);
  };
  visit(source);
}

/** True for the first argument of `t(…)`, also behind a `?:` or inside a list of keys. */
function isKeyArgument(node: ts.Node): boolean {
  let child = node;
  let parent = node.parent;
  while (ts.isConditionalExpression(parent) || ts.isArrayLiteralExpression(parent) || ts.isParenthesizedExpression(parent)) {
    if (ts.isConditionalExpression(parent) && parent.condition === child) return false;
    child = parent;
    parent = parent.parent;
  }
  return ts.isCallExpression(parent) && parent.arguments[0] === child && ts.isIdentifier(parent.expression) && parent.expression.text === 't';
}

function sourceFiles(folder: string): string[] {
  return readdirSync(path.join(projectDirectory, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.(test|d)\.tsx?$/.test(entry.name))
    .map((entry) => path.relative(projectDirectory, path.join(entry.parentPath, entry.name)));
}

function readTree(language: string): Tree {
  return JSON.parse(readFileSync(path.join(projectDirectory, 'assets/locales', `${language}.json`), 'utf8')) as Tree;
}

function flatten(tree: Tree, prefix = ''): Map<string, string> {
  const flat = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === 'string') flat.set(`${prefix}${key}`, value);
    else for (const [inner, text] of flatten(value, `${prefix}${key}.`)) flat.set(inner, text);
  }
  return flat;
}

function withoutPlural(key: string): string {
  return key.replace(pluralEnding, '');
}

function placeholders(text: string): string {
  return [...text.matchAll(/{{(\w+)}}/g)].map((match) => match[1]).sort().join(' ');
}

if (isEntry(import.meta.filename)) {
  const problems = checkTranslations();
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  if (problems.length > 0) process.exitCode = 1;
}
