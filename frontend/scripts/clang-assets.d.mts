import type { Plugin } from "vite";

export function clangAssets(): Plugin;
export function clangVersion(): string;
export function isNeeded(path: string): boolean;
export function filterTar(tar: Buffer, keep: (path: string) => boolean): Buffer;
