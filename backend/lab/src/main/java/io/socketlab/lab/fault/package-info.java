/** What somebody does to a network by hand or by plan: to packets, cables, hosts and calls. */
@NullMarked
package io.socketlab.lab.fault;

import org.jspecify.annotations.NullMarked;
