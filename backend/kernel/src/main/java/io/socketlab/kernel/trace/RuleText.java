package io.socketlab.kernel.trace;

/**
 * What the catalogue says of a rule.
 *
 * @param source where it is written
 * @param sentence the rule in plain words
 * @param misunderstanding what is often believed instead, or overlooked
 */
record RuleText(String id, String source, String sentence, String misunderstanding) {}
