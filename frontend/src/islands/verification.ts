import { DraftClient } from "../api/drafts.ts";

/** So often it is asked how far the proof is, ms. */
const PAUSE = 700;

/** Looks again when a proof that is under way has ended. */
export function followVerification(root: HTMLElement): void {
  const draft = root.dataset["draft"] ?? "";
  if (!root.dataset["job"]) return;
  const client = new DraftClient(draft, "");
  const look = async (): Promise<void> => {
    const phase = await client.verification();
    if (phase === "DONE" || phase === "CANCELLED") location.reload();
    else setTimeout(() => void look(), PAUSE);
  };
  void look();
}
