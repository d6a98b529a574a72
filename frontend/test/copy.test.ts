import { afterEach, expect, it, vi } from "vitest";
import { startIslands } from "../src/islands/index.ts";

const ADDRESS = "http://localhost:8080/play/0123456789ab";

function page(): HTMLButtonElement {
  document.body.innerHTML = `<p><code> ${ADDRESS}\n</code> <button type="button" data-island="copy" hidden>Copy</button></p>`;
  startIslands(document);
  return document.querySelector("button") as HTMLButtonElement;
}

function withClipboard(writeText: ((text: string) => Promise<void>) | null): void {
  vi.stubGlobal("navigator", writeText === null ? {} : { clipboard: { writeText } });
}

afterEach(() => vi.unstubAllGlobals());

it("copies what stands before it, and says so", async () => {
  const copied: string[] = [];
  withClipboard(async (text) => void copied.push(text));
  const button = page();
  expect(button.hidden).toBe(false);
  button.click();
  await vi.waitFor(() => expect(button.textContent).toBe("Copied"));
  expect(copied).toEqual([ADDRESS]);
});

it("selects it where the browser does not let it be copied", async () => {
  withClipboard(() => Promise.reject(new Error("denied")));
  const button = page();
  button.click();
  await vi.waitFor(() => expect(getSelection()?.toString()).toContain(ADDRESS));
  expect(button.textContent).toBe("Copy");
});

it("stays hidden where there is no clipboard", () => {
  withClipboard(null);
  expect(page().hidden).toBe(true);
});
