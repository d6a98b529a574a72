import { render } from "lit";
import { expect, it } from "vitest";
import { Recording } from "../src/islands/recording.ts";
import { type Band, diagramView } from "../src/views/diagram.ts";
import { layout } from "../src/views/diagram-layout.ts";
import { exchange } from "./fixtures/exchange.ts";

it("leaves each arrow its element when the picture is scrolled", () => {
  const recording = new Recording();
  recording.append(exchange());
  const { index, items, traffic, cursor } = recording;
  const excerpt = recording.excerpt(new Set());
  const diagram = layout(items, index, excerpt, {
    width: 800,
    hosts: ["client", "server"],
    axis: "compressed",
    zoom: 1,
    lanes: false,
  });
  const page = document.createElement("div");
  const draw = (band: Band): Map<string, Element> => {
    const model = { diagram, cursor, index, traffic, addresses: new Map(), badges: new Map(), unfold: () => {} };
    render(diagramView({ ...model, band, say: (seq) => recording.say(seq) }), page);
    return new Map(
      [...page.querySelectorAll("[data-arrow]")].map((arrow) => [arrow.getAttribute("data-seq") ?? "", arrow]),
    );
  };

  const all = draw({ top: 0, bottom: diagram.height });
  const below = draw({ top: (diagram.arrows[1]?.to.y ?? 0) + 1, bottom: diagram.height });
  expect(below.size).toBeGreaterThan(1);
  expect(below.size).toBeLessThan(all.size);
  for (const [seq, element] of below) expect(element).toBe(all.get(seq));
});
