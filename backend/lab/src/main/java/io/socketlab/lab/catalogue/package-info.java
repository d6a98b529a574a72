/** The labs there are: each read with all of its files, mistakes told with their places. */
@NullMarked
package io.socketlab.lab.catalogue;

import org.jspecify.annotations.NullMarked;
