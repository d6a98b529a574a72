import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Bench } from "../src/islands/bench.ts";
import { attemptsText } from "../src/views/hand-in.ts";
import { exchange } from "./fixtures/exchange.ts";
import { FakeNetwork } from "./fixtures/fake-socket.ts";

const boot = {
  run: "r1",
  lab: { id: "c1", title: "Handshake", revision: 1 },
  hosts: [
    { name: "client", address: "10.0.1.1" },
    { name: "server", address: "10.0.1.2" },
  ],
  socket: "/ws/runs/r1",
  submit: "/runs/r1/submissions",
  csrf: { name: "_csrf", value: "secret" },
  tests: [{ id: "handshake", name: "Three segments" }],
  predictions: [{ id: "peak", name: "How many will wait?" }],
};

const network = new FakeNetwork();
const drawn = () => new Promise((resolve) => requestAnimationFrame(resolve));
const find = <T extends Element = HTMLElement>(selector: string): T => {
  const found = document.querySelector<T>(selector);
  if (!found) throw new Error(`nothing is ${selector}`);
  return found;
};
const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)];

let bench: Bench;

afterEach(() => bench.stop());

beforeEach(async () => {
  localStorage.clear();
  vi.stubGlobal("fetch", () => Promise.reject(new Error("no network")));
  history.replaceState(null, "", "/runs/r1");
  const root = document.createElement("section");
  const data = document.createElement("script");
  data.type = "application/json";
  data.id = "bench-boot";
  data.textContent = JSON.stringify(boot);
  root.append(data);
  document.body.replaceChildren(root);
  bench = new Bench(root, network);
  bench.start();
  network.last.say({ type: "hello", role: "owner", lastSeq: 0, inputs: 0, now: 0, next: null, hosts: [] });
  network.last.batch(exchange());
  await drawn();
});

it("shows arrows, states and the connection under the names that tests know", () => {
  expect(all("[data-arrow]").map((arrow) => arrow.dataset["flags"])).toContain("SYN-ACK");
  expect(all('[data-host="client"] [data-socket-state]').map((state) => state.textContent)).toEqual(["ESTABLISHED"]);
  expect(find<HTMLElement>("[data-connection]").dataset["connection"]).toBe("open");
  expect(find<HTMLFormElement>("form.bench-submit").getAttribute("action")).toBe("/runs/r1/submissions");
  expect(find<HTMLInputElement>('form.bench-submit input[name="_csrf"]').value).toBe("secret");
});

it("moves every panel when an arrow is clicked, and puts the event into the address", async () => {
  find<HTMLElement>('[data-arrow][data-flags="SYN"]').dispatchEvent(new MouseEvent("click", { bubbles: true }));
  await drawn();
  const syn = exchange().find((event) => event.type === "SegmentSent");
  await vi.waitFor(() => expect(location.hash).toBe(`#e=${syn?.seq}`));
  expect(find('[data-panel="why"]').textContent).toContain("client sends SYN 0:0(0) to server.");
  expect(find('[data-host="client"] [data-socket-state]').textContent).toBe("SYN_SENT");
});

it("sends what is typed with its host, and shows a refusal with its column", async () => {
  const input = find<HTMLInputElement>('[data-console="client"] input');
  input.value = "lisen(3, 5)";
  input.dispatchEvent(new Event("input"));
  find('[data-console="client"] form').dispatchEvent(new Event("submit", { cancelable: true }));
  const sent = network.last.sent.find((frame) => frame["type"] === "input");
  expect(sent).toMatchObject({ line: "client: lisen(3, 5)" });
  network.last.say({
    type: "refused",
    id: sent?.["id"],
    title: "not understood",
    detail: "expected a call",
    column: 9,
  });
  await drawn();
  expect(input.value).toBe("");
  const log = find('[data-console="client"] [role=log]').textContent;
  expect(log).toContain("expected a call");
  expect(log).toContain("▲");
});

it("lights up a task when the server says that it is done", async () => {
  const done = { id: "handshake", name: "Three segments", status: "PASS", output: "", evidence: [3] };
  network.last.say({ type: "checks", tests: [done], predictions: { open: false, said: {} } });
  await drawn();
  expect(all('[data-check="handshake"][data-status="PASS"]')).toHaveLength(1);
});

it("goes back and on through what has happened without asking the server", async () => {
  const before = network.last.sent.length;
  find<HTMLButtonElement>('[data-act="first"]').click();
  await drawn();
  expect(find<HTMLButtonElement>('[data-act="prev"]').disabled).toBe(false);
  find<HTMLButtonElement>('[data-act="last"]').click();
  await drawn();
  expect(find<HTMLButtonElement>('[data-act="next"]').disabled).toBe(true);
  expect(network.last.sent).toHaveLength(before);
  find<HTMLButtonElement>('[data-act="step"]').click();
  expect(network.last.sent.at(-1)).toMatchObject({ type: "input", line: "step" });
});

it("tells the same as a table", async () => {
  find<HTMLButtonElement>('[role="tab"][data-tab="table"]').click();
  await drawn();
  expect(find("table.twin").textContent).toContain("client sends SYN 0:0(0) to server.");
  expect(all("table.twin .twin-outcome").map((outcome) => outcome.textContent)).toContain("Returns 3."); // of a call that returned at once
});

it("goes from tab to tab by the arrows, and by a digit", async () => {
  const chosen = () => find('[role="tab"][aria-selected="true"]').getAttribute("data-tab");
  expect(chosen()).toBe("diagram");
  find('[role="tablist"]').dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowLeft", bubbles: true }));
  await drawn();
  expect(chosen()).toBe(all('[role="tab"]').at(-1)?.getAttribute("data-tab"));
  document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "1", bubbles: true }));
  await drawn();
  expect(chosen()).toBe("diagram");
});

it("asks what will happen before anything has, and compares it afterwards", async () => {
  network.last.say({ type: "checks", tests: [], predictions: { open: true, said: {} } });
  await drawn();
  find<HTMLInputElement>('[data-prediction="peak"] input').value = "4";
  find('[data-prediction="peak"] form').dispatchEvent(new Event("submit", { cancelable: true }));
  expect(network.last.sent.at(-1)).toMatchObject({ type: "input", line: "predict peak 4" });

  const wrong = { id: "peak", name: "", status: "FAIL", output: "it was 3", evidence: [], open: false };
  network.last.say({ type: "checks", tests: [wrong], predictions: { open: false, said: { peak: "4" } } });
  await drawn();
  expect(find('[data-prediction="peak"]').textContent).toContain("You said 4, but it was 3.");
  expect(all('[data-check="peak"]')).toEqual([]);
});

it("goes a round trip on and back, and to an event by its number", async () => {
  const press = (key: string) => document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  const cursor = () => Number(find<HTMLInputElement>(".slider").value);
  press("Home");
  await drawn();
  const seen = [cursor()];
  for (let i = 0; i < 3; i += 1) {
    press("]");
    await drawn();
    seen.push(cursor());
  }
  expect(seen).toEqual([...seen].sort((a, b) => a - b));
  expect(seen.at(-1)).toBeGreaterThan(seen[0] ?? 0);
  press("[");
  await drawn();
  expect(cursor()).toBeLessThan(seen.at(-1) ?? 0);

  press("g");
  expect(document.activeElement?.id).toBe("goto-event");
  find<HTMLInputElement>("#goto-event").value = "5";
  find("form.goto").dispatchEvent(new Event("submit", { cancelable: true }));
  await drawn();
  expect(cursor()).toBe(5);
});

it("asks before a run is handed in, and tells how many attempts are left", async () => {
  const button = find<HTMLButtonElement>("[data-act=submit]");
  expect(button.type).toBe("button"); // a press by mistake hands nothing in
  expect(button.getAttribute("popovertarget")).toBe(find("[popover]").id);
  expect(find("[popover] form [data-act=hand-in]").getAttribute("type")).not.toBe("button");
  const told = (made: number, graded: number) => attemptsText({ made, graded });
  expect(told(2, 0)).toBe("You can hand in as often as you like.");
  expect(told(2, 6)).toBe("The lab grades 6 attempts. 4 are left, this one among them.");
  expect(told(5, 6)).toBe("The lab grades 6 attempts. This is the last of them.");
  expect(told(6, 6)).toBe("The lab grades 6 attempts, and you have made 6.");
});

it("marks in the diagram what carries the octets that are pointed at in a buffer, and what acknowledges them", async () => {
  const filled = exchange().find((event) => event.type === "SendBufferChanged" && event.unacknowledged > 0);
  bench.seek(filled?.seq ?? 0);
  await drawn();
  const part = find('[data-host="client"] [data-strip="Send buffer"] [data-part="unacknowledged"]');
  part.dispatchEvent(new Event("pointerover", { bubbles: true }));
  await drawn();
  const marked = () =>
    all("[data-arrow][data-linked]").map((arrow) => arrow.querySelector(".badge")?.textContent?.trim());
  expect(marked()).toEqual(["[B]", "[B]", "[C]"]); // the segment, its repetition, the ACK
  part.parentElement?.dispatchEvent(new Event("pointerleave"));
  bench.seek(1);
  await drawn();
  expect(marked()).toEqual([]);
});

it("writes a program beside the diagram, keeps what the lab says behind a click, and knows it at the next visit", async () => {
  find('[data-tab="code"]').click();
  await drawn();
  expect(find(".time-scroll").dataset["tabShown"]).toBe("code");
  find("[data-act=code-beside]").click();
  await drawn();
  expect(all('[data-panel="lab"][data-beside="code"] .code')).toHaveLength(1);
  expect(find(".beside-lab").textContent).toContain("Three segments");
  expect(all('[data-tab="code"]')).toEqual([]);
  expect(find(".time-scroll").dataset["tabShown"]).toBe("diagram");
  expect(localStorage.getItem("socketlab.code-beside")).toBe("true");
  find("[data-act=code-beside]").click();
  await drawn();
  expect(all("[data-beside]")).toEqual([]);
  expect(find(".time-scroll").dataset["tabShown"]).toBe("code");
});
