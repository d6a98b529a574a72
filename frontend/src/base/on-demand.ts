import { noChange, render } from "lit";
import { Directive, directive, type ElementPart, type PartInfo, PartType } from "lit/directive.js";

/** When an element is filled: while its parent is pointed at or has the focus, or is open. */
export type Demand = "pointed" | "open";

const EVENTS: Readonly<Record<Demand, readonly string[]>> = {
  pointed: ["pointerenter", "focusin"],
  open: ["toggle"],
};

const SEEN: Readonly<Record<Demand, string>> = { pointed: ":hover, :focus", open: "[open]" };

/**
 * Fills its element only when somebody looks: `<details>…<div ${onDemand("open", () => rows())}></div></details>`. What
 * nobody sees is not made.
 */
class OnDemand extends Directive {
  #content: () => unknown = () => noChange;
  #listens = false;

  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT) throw new Error("onDemand() stands in an element's tag");
  }

  render(_demand: Demand, _content: () => unknown): typeof noChange {
    return noChange;
  }

  override update(part: ElementPart, [demand, content]: [Demand, () => unknown]): typeof noChange {
    const element = part.element as HTMLElement;
    const parent = element.parentElement;
    this.#content = content;
    if (!parent) throw new Error("onDemand() stands within the element that is looked at");
    const fill = (): void => {
      render(this.#content(), element);
    };
    if (!this.#listens) for (const event of EVENTS[demand]) parent.addEventListener(event, fill);
    this.#listens = true;
    if (parent.matches(SEEN[demand])) fill();
    return noChange;
  }
}

export const onDemand = directive(OnDemand);
