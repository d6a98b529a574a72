/** Labs written in the page: drafts, trying and verifying them, and revisions that never change. */
@NullMarked
package io.socketlab.server.authoring;

import org.jspecify.annotations.NullMarked;
