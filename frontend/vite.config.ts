import { defineConfig } from "vitest/config";

export default defineConfig({
  base: "/app/",
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
