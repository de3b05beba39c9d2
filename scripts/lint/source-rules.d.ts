import type { Linter } from 'eslint';

export declare const sourceRules: Linter.Config[];
