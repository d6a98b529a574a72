const SVG = "http://www.w3.org/2000/svg";

/** What gives the picture its look; as attributes, so that it needs no style sheet and no policy refuses it. */
const SHAPE = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-opacity",
  "stroke-width",
  "stroke-dasharray",
  "stroke-linecap",
  "stroke-linejoin",
  "opacity",
];
const TEXT = [...SHAPE, "paint-order", "font-family", "font-size", "font-weight"];
const GROUP = ["opacity"];

function look({ tagName }: Element): readonly string[] {
  if (tagName === "text" || tagName === "tspan") return TEXT;
  return tagName === "g" || tagName === "svg" ? GROUP : SHAPE;
}

/** Pixels of a PNG to one of the page. */
const SHARP = 2;

/** Hands out the diagram as it is seen, in the colours that are seen, with the hosts' names above it. */
export async function saveDiagram(name: string, as: "svg" | "png"): Promise<void> {
  const pictures = [...document.querySelectorAll<SVGSVGElement>("svg.diagram")];
  const whole = standalone(pictures);
  if (!whole) return;
  const text = new XMLSerializer().serializeToString(whole);
  if (as === "svg") download(new Blob([text], { type: "image/svg+xml" }), `${name}.svg`);
  else download(await toPng(text, whole), `${name}.png`);
}

/** One picture of several below each other, that says for itself how it looks. */
export function standalone(pictures: readonly SVGSVGElement[]): SVGSVGElement | null {
  const first = pictures[0];
  if (!first) return null;
  const whole = document.createElementNS(SVG, "svg");
  const width = Math.max(...pictures.map((picture) => picture.viewBox.baseVal.width));
  let height = 0;
  const ground = document.createElementNS(SVG, "rect");
  whole.append(ground);
  for (const picture of pictures) {
    const copy = dressed(picture) as SVGSVGElement;
    copy.setAttribute("y", String(height));
    for (const attribute of ["class", "role", "aria-label", "aria-hidden"]) copy.removeAttribute(attribute);
    height += picture.viewBox.baseVal.height;
    whole.append(copy);
  }
  for (const element of [whole, ground]) {
    element.setAttribute("width", String(width));
    element.setAttribute("height", String(height));
  }
  whole.setAttribute("viewBox", `0 0 ${width} ${height}`);
  ground.setAttribute("fill", groundOf(first));
  return whole;
}

/** The colour behind an element: of the nearest around it that has one. */
function groundOf(element: Element): string {
  for (let around: Element | null = element; around; around = around.parentElement) {
    const colour = getComputedStyle(around).backgroundColor;
    if (!/^(transparent|rgba\(.*, 0\)|)$/.test(colour)) return colour;
  }
  return "white";
}

/** A copy that needs none of the page's styles. */
function dressed(element: Element): Element {
  const copy = element.cloneNode(false) as Element;
  for (const name of [...copy.attributes].map((attribute) => attribute.name)) {
    if (name === "class" || name === "tabindex" || name === "role" || name.startsWith("aria-"))
      copy.removeAttribute(name);
  }
  const style = getComputedStyle(element);
  for (const property of look(element)) {
    const value = style.getPropertyValue(property);
    if (value !== "" && !(property.endsWith("opacity") && value === "1"))
      copy.setAttribute(property, value.replaceAll('"', "'"));
  }
  for (const child of element.childNodes) {
    if (child instanceof Element) copy.append(dressed(child));
    else if (child.nodeType === Node.TEXT_NODE) copy.append(child.cloneNode());
  }
  return copy;
}

async function toPng(text: string, { width, height }: SVGSVGElement): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = width.baseVal.value * SHARP;
  canvas.height = height.baseVal.value * SHARP;
  const context = canvas.getContext("2d");
  context?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error("The picture is too large for a PNG."))),
      "image/png",
    ),
  );
}

function download(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
