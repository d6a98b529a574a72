/**
 * A button that copies the text of the code before it. Without a clipboard, which a browser has only for pages that come
 * over HTTPS or from this machine, it stays hidden.
 */
export function copyOnClick(button: HTMLElement): void {
  const { clipboard } = navigator;
  const code = button.previousElementSibling;
  if (!clipboard || !code) return;
  const copy = async (): Promise<void> => {
    try {
      await clipboard.writeText((code.textContent ?? "").trim());
      button.textContent = "Copied";
    } catch {
      // refused: what is selected is copied by key
      getSelection()?.selectAllChildren(code);
    }
  };
  button.addEventListener("click", () => void copy());
  button.setAttribute("aria-live", "polite");
  button.hidden = false;
}
