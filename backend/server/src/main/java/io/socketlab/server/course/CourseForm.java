package io.socketlab.server.course;

import org.jspecify.annotations.Nullable;

/**
 * What can be changed of a course, as it stands in the fields of a form.
 *
 * @param archived {@code true}, or nothing as a browser sends for a box that is not ticked
 */
record CourseForm(
        @Nullable String title,
        @Nullable String term,
        @Nullable String zone,
        @Nullable Integer retentionDays,
        @Nullable String archived) {

    private static String given(@Nullable String field) {
        return field == null ? "" : field;
    }

    Courses.Change change() {
        return new Courses.Change(
                given(title),
                given(term),
                given(zone),
                retentionDays == null ? 0 : retentionDays,
                given(archived).equals("true"));
    }
}
