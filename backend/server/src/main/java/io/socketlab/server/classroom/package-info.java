/** Seeing a class at work: the wall, its mistakes, and what it asks. */
@NullMarked
package io.socketlab.server.classroom;

import org.jspecify.annotations.NullMarked;
