package io.socketlab.sandbox.module;

/**
 * The instructions of WebAssembly 1.0 with sign extension, saturating conversion, bulk memory and
 * multiple values: what clang makes of C for {@code wasm32}. Others are not let in, so that none
 * slips by what is put between them.
 */
final class Instructions {

    static final int UNREACHABLE = 0x00;
    static final int BLOCK = 0x02;
    static final int LOOP = 0x03;
    static final int IF = 0x04;
    static final int ELSE = 0x05;
    static final int END = 0x0B;
    static final int BR = 0x0C;
    static final int BR_TABLE = 0x0E;
    static final int CALL = 0x10;
    static final int CALL_INDIRECT = 0x11;
    static final int DROP = 0x1A;
    static final int GLOBAL_GET = 0x23;
    static final int GLOBAL_SET = 0x24;
    static final int I32_CONST = 0x41;
    static final int I64_CONST = 0x42;
    static final int I32_GT_S = 0x4A;
    static final int I64_LT_S = 0x53;
    static final int I32_ADD = 0x6A;
    static final int I32_SUB = 0x6B;
    static final int I64_SUB = 0x7D;

    /** A block without a result. */
    static final int EMPTY = 0x40;

    private static final int RETURN = 0x0F;
    private static final int SELECT = 0x1B;
    private static final int SELECT_TYPED = 0x1C;
    private static final int LOCAL_GET = 0x20;
    private static final int TABLE_SET = 0x26;
    private static final int FIRST_LOAD = 0x28;
    private static final int LAST_STORE = 0x3E;
    private static final int MEMORY_GROW = 0x40;
    private static final int F32_CONST = 0x43;
    private static final int F64_CONST = 0x44;
    private static final int LAST_NUMERIC = 0xC4;
    private static final int REF_NULL = 0xD0;
    private static final int REF_FUNC = 0xD2;
    private static final int PREFIX = 0xFC;

    private Instructions() {}

    /**
     * Reads over the instruction that begins here.
     *
     * @param globals how many globals the module has: none beyond them may be named
     * @return its opcode
     */
    static int skip(Octets in, int globals) {
        int opcode = in.octet();
        switch (opcode) {
            case UNREACHABLE, 0x01, ELSE, END, RETURN, DROP, SELECT, 0xD1 -> {}
            case BLOCK, LOOP, IF, BR, 0x0D, CALL, REF_NULL, REF_FUNC -> in.skipLeb();
            case GLOBAL_GET, GLOBAL_SET -> in.number(globals - 1, "the number of a global");
            case CALL_INDIRECT -> {
                in.skipLeb();
                in.skipLeb();
            }
            case BR_TABLE -> {
                int labels = in.count("labels of br_table");
                for (int i = 0; i <= labels; i++) in.skipLeb();
            }
            case SELECT_TYPED -> in.skip(in.count("types of select"));
            case 0x3F, MEMORY_GROW -> in.skip(1);
            case I32_CONST, I64_CONST -> in.skipLeb();
            case F32_CONST -> in.skip(4);
            case F64_CONST -> in.skip(8);
            case PREFIX -> prefixed(in);
            default -> others(in, opcode);
        }
        return opcode;
    }

    private static void others(Octets in, int opcode) {
        if (opcode >= LOCAL_GET && opcode <= TABLE_SET) {
            in.skipLeb();
        } else if (opcode >= FIRST_LOAD && opcode <= LAST_STORE) {
            in.skipLeb();
            // further than any memory reaches; an engine may take it for a negative number
            in.number(Integer.MAX_VALUE, "the offset of a load or a store");
        } else if (opcode <= F64_CONST || opcode > LAST_NUMERIC) {
            throw unknown(opcode);
        }
    }

    private static void prefixed(Octets in) {
        int opcode = in.number(17, "an instruction behind 0xfc");
        switch (opcode) {
            case 8, 10, 12, 14 -> {
                in.skipLeb();
                in.skipLeb();
            }
            case 9, 11, 13, 15, 16, 17 -> in.skipLeb();
            default -> {} // a saturating conversion
        }
    }

    private static ModuleException unknown(int opcode) {
        return new ModuleException(
                "expected instructions that clang makes of C for wasm32, found opcode 0x%02x"
                        .formatted(opcode));
    }
}
