/** The catalogue of labs, their pages, and grading over REST. */
@NullMarked
package io.socketlab.server.lab;

import org.jspecify.annotations.NullMarked;
