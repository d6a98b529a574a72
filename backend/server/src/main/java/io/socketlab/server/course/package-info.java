/** Courses: who is in them and may do what, and what they have to do until when. */
@NullMarked
package io.socketlab.server.course;

import org.jspecify.annotations.NullMarked;
