/** What all pages and all of REST share: security, errors, limits, layout. */
@NullMarked
package io.socketlab.server.web;

import org.jspecify.annotations.NullMarked;
