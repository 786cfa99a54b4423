import { globSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'vite';

/** The checkout. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

export interface Import {
  /** As it is written, or for a file of ours its path from the checkout. */
  readonly to: string;
  readonly isOurs: boolean;
  /** Gone when types are stripped. */
  readonly isType: boolean;
  /** Names that are taken; `*` for all, `default`, none for a bare or dynamic import. */
  readonly names: readonly string[];
  /** Loaded at a later moment. */
  readonly isDynamic: boolean;
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

/** A TypeScript file, read. */
export class SourceFile {
  readonly path: string;
  readonly text: string;
  readonly imports: readonly Import[];
  readonly #program: Node;

  constructor(path: string) {
    this.path = path;
    this.text = readFileSync(join(root, path), 'utf8');
    const { program, errors } = parseSync(path, this.text);
    if (errors.length > 0) throw new Error(`${path}: ${errors[0]!.message}`);
    this.#program = program as unknown as Node;
    const nodes = [...this.nodes()];
    this.imports = [...nodes.map((node) => this.#importOf(node)), ...this.#builtins(nodes)].filter(
      (each) => each !== undefined,
    );
  }

  /** Tests and what only they use. */
  get isTest(): boolean {
    return (
      /\.test\.ts$|(?:^|\/)testing(?:[-/].*)?\.ts$|\.victim\.ts$/.test(this.path) ||
      !this.path.startsWith('src/')
    );
  }

  /** Runs in a browser. */
  get isForBrowsers(): boolean {
    return /\.(?:island|worker)\.ts$|^src\/site\/browser\//.test(this.path);
  }

  /** Every node of the syntax tree. */
  *nodes(): Generator<Node> {
    const waiting: unknown[] = [this.#program];
    for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
      if (Array.isArray(value)) waiting.push(...value.filter((each) => each !== undefined));
      else if (value !== null && typeof value === 'object') {
        if (typeof (value as Node).type === 'string') yield value as Node;
        waiting.push(...Object.values(value).filter((each) => typeof each === 'object'));
      }
    }
  }

  /** `path:line`, for a message. */
  at(node: Node): string {
    return `${this.path}:${this.text.slice(0, node.start).split('\n').length}`;
  }

  /** The words of a node as they are written. */
  words(node: Node): string {
    return this.text.slice(node.start, node.end);
  }

  #importOf(node: Node): Import | undefined {
    const isStatic = /^(?:Import|ExportNamed|ExportAll)Declaration$/.test(node.type);
    const source = isStatic || node.type === 'ImportExpression' ? (node.source as Node | null) : null;
    if (source?.type !== 'Literal') return undefined;
    const written = source.value as string;
    const isOurs = written.startsWith('.');
    const specifiers = (node.specifiers ?? []) as Node[];
    const isTypeAlone = (each: Node) => each.importKind === 'type' || each.exportKind === 'type';
    return {
      to: isOurs ? posix.join(posix.dirname(this.path), written) : written,
      isOurs,
      isType: isTypeAlone(node) || (specifiers.length > 0 && specifiers.every(isTypeAlone)),
      isDynamic: !isStatic,
      names:
        node.type === 'ExportAllDeclaration'
          ? ['*']
          : specifiers.filter((each) => !isTypeAlone(each)).map((each) => this.#nameOf(each)),
    };
  }

  /** What is taken of Node's own modules by a call: the names of a pattern, or all. */
  #builtins(nodes: readonly Node[]): Import[] {
    const patterns = new Map<unknown, Node>();
    for (const node of nodes)
      if (node.type === 'VariableDeclarator')
        patterns.set((node.init as Node | null)?.start, node.id as Node);
    const isCall = (node: Node) =>
      node.type === 'CallExpression' &&
      /(?:^|\.)(?:getBuiltinModule|require)$/.test(this.words(node.callee as Node));
    return nodes.filter(isCall).map((node) => {
      const [module] = node.arguments as Node[];
      const properties = (patterns.get(node.start)?.properties ?? []) as Node[];
      const names = properties.map((each) => (each.type === 'Property' ? this.words(each.key as Node) : '*'));
      return {
        to: module?.type === 'Literal' ? String(module.value) : 'node:?',
        isOurs: false,
        isType: false,
        isDynamic: false,
        names: names.length > 0 ? names : ['*'],
      };
    });
  }

  #nameOf(specifier: Node): string {
    if (specifier.type === 'ImportNamespaceSpecifier') return '*';
    if (specifier.type === 'ImportDefaultSpecifier') return 'default';
    const named = (specifier.imported ?? specifier.local) as Node;
    return (named.name ?? named.value) as string;
  }
}

/** Every TypeScript file of the checkout that matches. @param patterns such as `src/**` */
export function sourceFiles(patterns: readonly string[]): SourceFile[] {
  return filesOf(patterns.map((pattern) => `${pattern}/*.ts`)).map((path) => new SourceFile(path));
}

/** Paths from the checkout, with `/`, in order. */
export function filesOf(patterns: readonly string[]): string[] {
  return globSync([...patterns], { cwd: root })
    .map((path) => path.replaceAll('\\', '/'))
    .sort();
}
