/** Judges runs of labs, and proves labs. */
@NullMarked
package io.socketlab.lab.grade;

import org.jspecify.annotations.NullMarked;
