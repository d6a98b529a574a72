/** What a student does, in a real browser against the server's own jar. */
@NullMarked
package io.socketlab.browser;

import org.jspecify.annotations.NullMarked;
