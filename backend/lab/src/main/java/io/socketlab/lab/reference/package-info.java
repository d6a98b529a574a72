/** What authors and their editors look up: made of the code, so that it says what is so. */
@NullMarked
package io.socketlab.lab.reference;

import org.jspecify.annotations.NullMarked;
