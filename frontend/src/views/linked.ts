/** How many colours there are to tell sockets apart; each has its badge besides. */
const HUES = 6;

/** The colour in which everything about a socket is linked, from 1: `data-hue`. */
export const hueOf = (socket: number): number => ((socket - 1) % HUES) + 1;
