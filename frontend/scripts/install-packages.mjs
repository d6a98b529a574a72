// Installs what package-lock.json names, but only when that or Node has changed since the last time.
import { execSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";

const stampFile = "node_modules/.installed";
const stamp = createHash("sha256")
  .update(readFileSync("package-lock.json"))
  .update(`${process.version} ${process.platform} ${process.arch}`)
  .digest("hex");

if (!existsSync(stampFile) || readFileSync(stampFile, "utf8") !== stamp) {
  execSync("npm ci --prefer-offline", { stdio: "inherit" });
  writeFileSync(stampFile, stamp);
}
