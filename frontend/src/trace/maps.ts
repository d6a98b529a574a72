/** The maps that the work under way has made itself: nobody else has seen them yet. */
let own: WeakSet<object> | null = null;

/** Maps that are never changed in place: each change answers a map of its own. */
export function put<K, V>(map: ReadonlyMap<K, V>, key: K, value: V): ReadonlyMap<K, V> {
  return mine(map).set(key, value);
}

export function without<K, V>(map: ReadonlyMap<K, V>, key: K): ReadonlyMap<K, V> {
  const copy = mine(map);
  copy.delete(key);
  return copy;
}

/**
 * Does work of which only the last answer is kept, as of one state after the other. Within it a map is copied once, and
 * what it has made is changed in place from then on: a change costs the same however large the map is.
 */
export function inOneGo<T>(work: () => T): T {
  const before = own;
  own = new WeakSet();
  try {
    return work();
  } finally {
    own = before;
  }
}

function mine<K, V>(map: ReadonlyMap<K, V>): Map<K, V> {
  if (own?.has(map)) return map as Map<K, V>;
  const copy = new Map(map);
  own?.add(copy);
  return copy;
}
