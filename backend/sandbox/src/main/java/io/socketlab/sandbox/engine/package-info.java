/** Running compiled programs: WebAssembly, its memory, and what stops it. */
@NullMarked
package io.socketlab.sandbox.engine;

import org.jspecify.annotations.NullMarked;
