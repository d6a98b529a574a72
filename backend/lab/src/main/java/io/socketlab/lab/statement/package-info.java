/** Statements: Markdown with tasks and parameters, as safe HTML. */
@NullMarked
package io.socketlab.lab.statement;

import org.jspecify.annotations.NullMarked;
