package io.socketlab.sandbox.module;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Puts into every function what bounds it and tells where it is: three globals of its own. Fuel is
 * taken at the beginning of a function and of a loop, for all instructions up to the next such
 * place; where it is used up the program asks for more ({@code kernel.tick}), or ends. A call
 * counts its depth. The place changes with the line. All of it is the same for an interpreter and
 * for a compiler, so a program is stopped at the same instruction by both.
 */
final class Instrumenter {

    /** Names of the globals, which are exported. */
    static final String FUEL = "__fuel";

    static final String PLACE = "__place";
    static final String DEPTH = "__depth";

    /** How many are added. */
    static final int GLOBALS = 3;

    /**
     * Calls within one another: what an interpreter can do on a thread's usual stack, with room to
     * spare.
     */
    static final int DEEPEST = 400;

    private static final int MOST_LOCALS = 50_000;

    private final LineTable lines;
    private final int functionImports;
    private final int ownGlobals;
    private final int tick;

    /**
     * @param ownGlobals that the module has, imported ones included: the numbers of the new ones
     *     follow
     * @param tick number of the function that gives more fuel, -1 if the module imports none
     */
    Instrumenter(LineTable lines, int functionImports, int ownGlobals, int tick) {
        this.lines = lines;
        this.functionImports = functionImports;
        this.ownGlobals = ownGlobals;
        this.tick = tick;
    }

    private int fuel() {
        return ownGlobals;
    }

    private int place() {
        return ownGlobals + 1;
    }

    private int depth() {
        return ownGlobals + 2;
    }

    /** The code section with all of it. */
    byte[] code(Octets in) {
        int begin = in.at();
        int functions = in.count("functions");
        var out = new Output().number(functions);
        for (int i = 0; i < functions; i++) {
            int size = in.number(in.end() - in.at(), "the size of a function");
            int end = in.at() + size;
            byte[] function = function(in, begin, end);
            out.number(function.length).octets(function);
            if (in.at() != end)
                throw new ModuleException("expected a function to end where it says");
        }
        return out.toOctets();
    }

    private byte[] function(Octets in, int section, int end) {
        int begin = in.at();
        var out = new Output();
        copyLocals(in, out);
        int first = in.at();
        Map<Integer, Integer> costs = costs(in, first, end);
        in.moveTo(first);
        charge(out, costs.getOrDefault(first, 1));
        out.octets(Instructions.GLOBAL_GET).number(depth());
        out.octets(Instructions.I32_CONST).signed(DEEPEST);
        out.octets(Instructions.I32_GT_S);
        out.octets(Instructions.IF, Instructions.EMPTY, Instructions.UNREACHABLE, Instructions.END);
        int told = 0;
        while (in.at() < end) {
            int at = in.at();
            int opcode = in.octet();
            int line = lines.place(at - section, begin - section);
            if (line != 0 && line != told && isTold(opcode)) {
                out.octets(Instructions.I32_CONST).signed(line);
                out.octets(Instructions.GLOBAL_SET).number(place());
                told = line;
            }
            boolean goesDeeper = goesDeeper(in, opcode);
            in.moveTo(at);
            Instructions.skip(in, ownGlobals);
            if (goesDeeper) deeper(out, Instructions.I32_ADD);
            out.octets(in.copy(at, in.at()));
            if (goesDeeper) deeper(out, Instructions.I32_SUB);
            if (opcode == Instructions.LOOP) charge(out, costs.getOrDefault(at, 1));
            if (isBranch(opcode)) told = 0;
        }
        return out.toOctets();
    }

    private static void copyLocals(Octets in, Output out) {
        int groups = in.count("locals");
        out.number(groups);
        long all = 0;
        for (int i = 0; i < groups; i++) {
            int many = in.number(MOST_LOCALS, "the locals of a function");
            all += many;
            out.number(many).octets(in.octet());
        }
        if (all > MOST_LOCALS) {
            throw new ModuleException(
                    "expected at most %d locals in a function, found %d"
                            .formatted(MOST_LOCALS, all));
        }
    }

    /** By the place of the function's beginning or of a loop: instructions up to inner loops. */
    private Map<Integer, Integer> costs(Octets in, int first, int end) {
        Map<Integer, Integer> costs = new HashMap<>();
        Deque<Integer> owners = new ArrayDeque<>();
        owners.push(first);
        while (in.at() < end) {
            int at = in.at();
            int opcode = Instructions.skip(in, ownGlobals);
            if (opcode == Instructions.LOOP) owners.push(at);
            else if (opcode == Instructions.BLOCK || opcode == Instructions.IF) {
                owners.push(owner(owners));
            }
            costs.merge(owner(owners), 1, Integer::sum);
            if (opcode == Instructions.END) owners.pop();
        }
        if (!owners.isEmpty()) throw unbalanced();
        return costs;
    }

    private static int owner(Deque<Integer> owners) {
        Integer owner = owners.peek();
        if (owner == null) throw unbalanced();
        return owner;
    }

    private static ModuleException unbalanced() {
        return new ModuleException("expected as many ends as blocks in each function");
    }

    /** Between these and what they end or begin nothing may stand, or nothing happens. */
    private static boolean isTold(int opcode) {
        return opcode != Instructions.LOOP
                && opcode != Instructions.END
                && opcode != Instructions.ELSE;
    }

    private static boolean isBranch(int opcode) {
        return opcode >= Instructions.BLOCK && opcode <= Instructions.ELSE
                || opcode >= Instructions.END && opcode <= Instructions.BR_TABLE;
    }

    private boolean goesDeeper(Octets in, int opcode) {
        if (opcode == Instructions.CALL_INDIRECT) return true;
        return opcode == Instructions.CALL
                && in.number(Integer.MAX_VALUE, "a function") >= functionImports;
    }

    private void deeper(Output out, int operation) {
        out.octets(Instructions.GLOBAL_GET).number(depth());
        out.octets(Instructions.I32_CONST).signed(1);
        out.octets(operation);
        out.octets(Instructions.GLOBAL_SET).number(depth());
    }

    private void charge(Output out, int cost) {
        out.octets(Instructions.GLOBAL_GET).number(fuel());
        out.octets(Instructions.I64_CONST).signed(cost);
        out.octets(Instructions.I64_SUB);
        out.octets(Instructions.GLOBAL_SET).number(fuel());
        out.octets(Instructions.GLOBAL_GET).number(fuel());
        out.octets(Instructions.I64_CONST).signed(0);
        out.octets(Instructions.I64_LT_S);
        out.octets(Instructions.IF, Instructions.EMPTY);
        if (tick < 0) out.octets(Instructions.UNREACHABLE);
        else out.octets(Instructions.CALL).number(tick).octets(Instructions.DROP);
        out.octets(Instructions.END);
    }

    /** The definitions of the globals, to stand behind the module's own. */
    static byte[] globals() {
        var out = new Output();
        out.octets(0x7E, 1, Instructions.I64_CONST).signed(0).octets(Instructions.END);
        for (int i = 1; i < GLOBALS; i++) {
            out.octets(0x7F, 1, Instructions.I32_CONST).signed(0).octets(Instructions.END);
        }
        return out.toOctets();
    }
}
