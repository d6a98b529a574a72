/** What a lab can ask of a run: pattern lines, metrics and the assertions made of them. */
@NullMarked
package io.socketlab.lab.check;

import org.jspecify.annotations.NullMarked;
