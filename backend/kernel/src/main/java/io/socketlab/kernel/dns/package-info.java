/** The Domain Name System: messages as they are on the wire, zones and caches. RFC 1034, 1035. */
@NullMarked
package io.socketlab.kernel.dns;

import org.jspecify.annotations.NullMarked;
