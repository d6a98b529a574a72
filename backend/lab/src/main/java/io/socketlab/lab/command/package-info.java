/**
 * The shell commands that a host has: what they ask the kernel for, and how they print it. They are
 * those of iproute2, net-tools, ethtool and procps, as far as the simulated kernel has something to
 * say.
 */
@NullMarked
package io.socketlab.lab.command;

import org.jspecify.annotations.NullMarked;
