/** People: signing up and in, guests, API tokens. */
@NullMarked
package io.socketlab.server.account;

import org.jspecify.annotations.NullMarked;
