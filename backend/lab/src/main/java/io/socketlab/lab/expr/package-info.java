/** Values, expressions and spelling: what the lab file's small languages have in common. */
@NullMarked
package io.socketlab.lab.expr;

import org.jspecify.annotations.NullMarked;
