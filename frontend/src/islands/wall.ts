import { backoff } from "../api/backoff.ts";

/** At most so often the tiles are asked for, ms. */
const PAUSE = 1000;

/** So often they are asked for though nobody has said anything, ms. */
const QUIET = 60_000;

/** Keeps the tiles of a class as they are now: the socket says that something has changed, the page is asked what. */
export function followWall(tiles: HTMLElement): void {
  const path = tiles.dataset["socket"];
  if (!path) return;
  let attempt = 0;
  let wanted = false;
  let busy = false;

  const renew = async (): Promise<void> => {
    wanted = true;
    if (busy) return;
    busy = true;
    while (wanted) {
      wanted = false;
      await redraw(tiles);
      // runs that take long to be done anew come by and by
      if (tiles.querySelector("[data-state=MISSING]")) wanted = true;
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
    busy = false;
  };

  const open = (): void => {
    const socket = new WebSocket(path);
    socket.onopen = () => {
      attempt = 0;
      void renew();
    };
    socket.onmessage = () => void renew();
    socket.onclose = () => setTimeout(open, backoff(++attempt, Math.random()));
  };
  open();
  // who puts nothing in says nothing, and may be stuck by now
  setInterval(() => void renew(), QUIET);
}

/** The tiles of the page as the server draws them now; who has the focus keeps it. */
async function redraw(tiles: HTMLElement): Promise<void> {
  const response = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!response.ok) return;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const now = page.querySelector("#tiles");
  if (!now) return;
  const member = document.activeElement?.closest<HTMLElement>("[data-member]")?.dataset["member"];
  tiles.replaceChildren(...now.children);
  const missing = document.querySelector(".wall-missing");
  if (!tiles.querySelector("[data-state=MISSING]")) missing?.remove();
  if (member) tiles.querySelector<HTMLElement>(`[data-member="${member}"] a`)?.focus();
}
