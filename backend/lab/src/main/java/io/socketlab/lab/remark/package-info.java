/** What C programs did that is worth a word, found in the trace of their run. */
@NullMarked
package io.socketlab.lab.remark;

import org.jspecify.annotations.NullMarked;
