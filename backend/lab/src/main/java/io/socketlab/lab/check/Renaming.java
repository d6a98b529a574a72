package io.socketlab.lab.check;

import io.socketlab.lab.expr.SyntaxException;
import io.socketlab.lab.expr.Value;
import java.util.ArrayList;

/** What a word of a pattern is properly called. */
@FunctionalInterface
interface Renaming {

    /**
     * @throws SyntaxException if the word means nothing
     */
    String nameOf(String word) throws SyntaxException;

    /** The same term with every word in it by its proper name. */
    default Term in(Term term) throws SyntaxException {
        return switch (term) {
            case Term.OneOf(var choices) -> {
                var renamed = new ArrayList<Term>();
                for (Term choice : choices) renamed.add(in(choice));
                yield new Term.OneOf(renamed);
            }
            case Term.Fixed(Value.Word(var word)) -> new Term.Fixed(new Value.Word(nameOf(word)));
            default -> term;
        };
    }
}
