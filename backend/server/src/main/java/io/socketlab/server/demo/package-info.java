/** A course to look around in, made when the server is asked for one. */
@NullMarked
package io.socketlab.server.demo;

import org.jspecify.annotations.NullMarked;
