import { defineConfig } from "vitest/config";
import { clangAssets, clangVersion } from "./scripts/clang-assets.mjs";

export default defineConfig({
  base: "/app/",
  define: { __CLANG__: JSON.stringify(clangVersion()) },
  plugins: [clangAssets()],
  worker: { format: "es" },
  build: {
    manifest: true,
    outDir: "target/classes/META-INF/resources/app",
    emptyOutDir: true,
    modulePreload: { polyfill: false },
    sourcemap: false,
    rolldownOptions: { input: ["src/main.ts"] },
  },
  test: { environment: "happy-dom", include: ["test/**/*.test.ts"], testTimeout: 60_000, hookTimeout: 60_000 },
});
