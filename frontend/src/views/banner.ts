import { html, nothing, type TemplateResult } from "lit";
import type { Connection } from "../api/bench-socket.ts";

export interface BannerModel {
  readonly connection: Connection;
  /** Another tab types, this one looks on. */
  readonly viewer: boolean;
  /** Whether the run belongs to who looks at it. */
  readonly mine: boolean;
  /** Why the run takes nothing more; empty if it does. */
  readonly readOnly: string;
}

/** How the connection is, always; and in words where something is not as it should be. */
export function connectionLight({ connection }: BannerModel): TemplateResult {
  const words = { connecting: "connecting", open: "live", lost: "reconnecting", closed: "closed" };
  return html`<span class="connection" data-connection=${connection.phase}>${words[connection.phase]}</span>`;
}

export function bannerView(model: BannerModel, takeOver: () => void): TemplateResult | typeof nothing {
  const text = bannerText(model);
  if (text === "") return nothing;
  return html`<div class="banner" data-phase=${model.connection.phase} role="status"><span>${text}</span>
    ${
      model.connection.phase === "open" && model.viewer && model.mine
        ? html`<button type="button" class="button button-small" @click=${takeOver}>Take over</button>`
        : nothing
    }</div>`;
}

/** After so long it may be that nobody is signed in any more, which a refused socket does not tell. */
const RELOAD = " If it stays like this, reload the page.";

export function bannerText({ connection, viewer, mine, readOnly }: BannerModel): string {
  const { phase, waiting, reason, attempt } = connection;
  if (phase === "lost") {
    const kept =
      waiting === 0
        ? "Nothing is lost."
        : `${waiting === 1 ? "One line is" : `${waiting} lines are`} kept and will be sent.`;
    return `The connection is lost${reason ? ` (${reason})` : ""}. Attempt ${attempt} to come back. ${kept}${attempt > 5 ? RELOAD : ""}`;
  }
  if (phase === "closed")
    return `The server has closed this bench${reason ? `: ${reason}` : ""}. Reload the page to come back.`;
  if (phase === "open" && readOnly) return readOnly;
  if (phase === "open" && !mine) return "This run is somebody else's. You look on.";
  if (phase === "open" && viewer) return "This run is open in another tab. You look on here.";
  return "";
}
