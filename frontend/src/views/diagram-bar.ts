import { html, nothing, svg, type TemplateResult } from "lit";
import type { AxisMode } from "./diagram-axis.ts";

export interface BarModel {
  readonly axis: AxisMode;
  readonly zoom: number;
  /** null where there is no room for lanes. */
  readonly lanes: boolean | null;
  /** Whether a fold is open. */
  readonly unfolded: boolean;
  readonly minimap: TemplateResult;
}

export interface BarActions {
  setAxis(axis: AxisMode): void;
  zoomBy(steps: number): void;
  setLanes(on: boolean): void;
  foldAgain(): void;
  save(as: "svg" | "png"): void;
}

const AXES: readonly (readonly [AxisMode, string, string])[] = [
  ["compressed", "Compressed", "Long gaps are drawn shorter, and idle time is cut"],
  ["event", "Events", "The same distance from one moment to the next"],
  ["linear", "Linear", "Time to scale; idle time is cut, and in a band no time goes by"],
];

/** How the diagram is looked at, and the whole run in small. */
export function diagramBar(model: BarModel, actions: BarActions): TemplateResult {
  const { axis, zoom, lanes, unfolded } = model;
  return html`<div class="diagram-bar" role="toolbar" aria-label="How the diagram is drawn">
    <label class="diagram-axis"><span class="visually-hidden">Time axis</span>
      <select data-diagram="axis" title=${AXES.find(([mode]) => mode === axis)?.[2] ?? ""}
        @change=${(event: Event) => actions.setAxis((event.target as HTMLSelectElement).value as AxisMode)}>${AXES.map(
          ([mode, name]) => html`<option value=${mode} ?selected=${mode === axis}>${name}</option>`,
        )}</select></label>
    <span class="diagram-zoom" role="group" aria-label="Zoom">
      ${icon("zoom-out", "Less time apart (−)", "M4 10h12", () => actions.zoomBy(-1))}
      <output class="number" title="How far moments are apart">${Math.round(zoom * 100)} %</output>
      ${icon("zoom-in", "More time apart (+)", "M4 10h12M10 4v12", () => actions.zoomBy(1))}</span>
    ${
      lanes === null
        ? nothing
        : html`<button type="button" class="button button-small" data-diagram="lanes" aria-pressed=${lanes ? "true" : "false"}
            title="Calls, buffers and network card of each host beside each other" @click=${() => actions.setLanes(!lanes)}>Lanes</button>`
    }
    ${
      unfolded
        ? html`<button type="button" class="button button-small" data-diagram="fold" @click=${() => actions.foldAgain()}>Fold again</button>`
        : nothing
    }
    ${model.minimap}
    <span class="diagram-save" role="group" aria-label="Save the diagram">
      <button type="button" class="button button-small button-quiet" data-diagram="svg" title="Save the diagram as SVG" @click=${() => actions.save("svg")}>SVG</button>
      <button type="button" class="button button-small button-quiet" data-diagram="png" title="Save the diagram as PNG" @click=${() => actions.save("png")}>PNG</button></span>
  </div>`;
}

function icon(name: string, title: string, path: string, act: () => void): TemplateResult {
  return html`<button type="button" class="button button-small button-icon" data-diagram=${name} title=${title} @click=${act}>
    <svg class="icon" viewBox="0 0 20 20" width="14" height="14" aria-hidden="true">${svg`<path d=${path}/>`}</svg>
    <span class="visually-hidden">${title}</span></button>`;
}
