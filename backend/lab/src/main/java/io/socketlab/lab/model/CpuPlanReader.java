package io.socketlab.lab.model;

import io.socketlab.kernel.syscall.CpuSettings;
import io.socketlab.lab.expr.Expression;
import io.socketlab.lab.expr.Value;
import io.socketlab.lab.model.Samples.Kind;
import java.util.Optional;

/** Reads what a host says of its processors. */
final class CpuPlanReader {

    private final Names names;

    CpuPlanReader(Names names) {
        this.names = names;
    }

    CpuPlan read(Element element) {
        try (Fields fields = element.fields("a cpu, as in {cpus: 1, switch: 2us}")) {
            return new CpuPlan(
                    fields.get("cpus").flatMap(this::count),
                    time(fields, "switch"),
                    time(fields, "wake"),
                    time(fields, "call"),
                    time(fields, "scan"),
                    time(fields, "copy"),
                    time(fields, "slice"));
        }
    }

    private Optional<Expression> count(Element element) {
        Optional<Expression> count = names.expression(element, Kind.NUMBER);
        if (count.isPresent() && count.get() instanceof Expression.Constant(var value)) {
            boolean bad = value instanceof Value.Int(var n) && (n < 1 || n > CpuSettings.MAX_CPUS);
            if (bad) {
                element.problem(
                        "expected a number of CPUs from 1 to %d, not '%s'"
                                .formatted(CpuSettings.MAX_CPUS, value));
            }
        }
        return count;
    }

    private Optional<Expression> time(Fields fields, String key) {
        Optional<Element> element = fields.get(key);
        Optional<Expression> time = element.flatMap(e -> names.expression(e, Kind.SPAN));
        if (time.isPresent() && time.get() instanceof Expression.Constant(var value)) {
            // what is no time at all has been told
            if (key.equals("slice") && value instanceof Value.Span(var nanos) && nanos == 0) {
                element.get().problem("expected a time above 0, as in 700us, not '" + value + "'");
            }
        }
        return time;
    }
}
