package io.socketlab.lab.catalogue;

import io.socketlab.lab.expr.Parameters;
import io.socketlab.lab.model.Lab;
import io.socketlab.lab.model.LabException;
import io.socketlab.lab.model.LabException.Problem;
import io.socketlab.lab.model.LabFiles;
import io.socketlab.lab.model.LabReader;
import io.socketlab.lab.model.ParameterPlan;
import io.socketlab.lab.model.Places;
import io.socketlab.lab.run.LabRun;
import io.socketlab.lab.run.RouteException;
import io.socketlab.lab.run.ScriptReader;
import io.socketlab.lab.script.ScriptException;
import io.socketlab.lab.script.Source;
import io.socketlab.lab.statement.Statement;
import io.socketlab.lab.statement.StatementCheck;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads a lab with all that is in its folder: {@code lab.yaml}, then its peers, its scripts and its
 * statements.
 */
final class FolderReader {

    private static final List<String> SCRIPT_FOLDERS = List.of("starter", "solution", "mutants");
    private static final List<String> TEXT_FOLDERS =
            List.of("starter", "solution", "mutants", "hints");
    private static final String SCRIPT = ".pkt";

    /** With how many seeds its network is built; the verifier tries them all. */
    private static final int SEEDS = 8;

    private final Lab lab;
    private final Set<Problem> problems = new LinkedHashSet<>();

    private FolderReader(Lab lab) {
        this.lab = lab;
    }

    /**
     * @param others the ids of the labs that can come before it
     * @throws LabException with all that is wrong with it
     */
    static Lab read(LabFiles files, Set<String> others) {
        var reader = new FolderReader(LabReader.read(files, others));
        reader.unused();
        if (reader.network()) reader.scripts();
        return reader.readLab();
    }

    /** Likewise, but for its network, its scripts and what these start. */
    static Lab readBuiltIn(LabFiles files, Set<String> others) {
        return new FolderReader(LabReader.read(files, others)).readLab();
    }

    private Lab readLab() {
        problems.addAll(StatementCheck.mistakes(lab));
        if (!problems.isEmpty()) throw new LabException(List.copyOf(problems));
        return lab;
    }

    /** A parameter that no file speaks of makes students' labs differ in nothing. */
    private void unused() {
        for (ParameterPlan plan : lab.params()) {
            Pattern name = Pattern.compile("\\b" + Pattern.quote(plan.name()) + "\\b");
            boolean once = name.matcher(text(LabReader.FILE)).results().count() == 1;
            if (!once || texts().anyMatch(text -> name.matcher(text).find())) continue;
            String message = "the parameter '" + plan.name() + "' is used nowhere";
            problems.add(new Places(lab.files()).problem(message, "params", plan.name()));
        }
    }

    /** Of scripts, of C files and of statements. */
    private Stream<String> texts() {
        Stream<String> scripts =
                TEXT_FOLDERS.stream()
                        .flatMap(folder -> lab.files().list(folder).stream())
                        .filter(path -> !path.endsWith(LabFiles.WASM))
                        .map(this::text);
        return Stream.concat(scripts, Statement.all(lab).stream().map(Statement::markdown));
    }

    private String text(String path) {
        return lab.files().read(path).orElse("");
    }

    /** Whether its hosts and links make a network, which is told only when it is built. */
    private boolean network() {
        for (long seed = 1; seed <= Math.min(SEEDS, lab.variants().pool()); seed++) {
            try {
                LabRun.start(lab, seed);
            } catch (ScriptException e) {
                return true; // of the peers, and told with them
            } catch (RouteException e) {
                String[] path = e.path().toArray(String[]::new);
                String message = String.valueOf(e.getMessage());
                problems.add(new Places(lab.files()).problem(message, path));
                return false;
            } catch (IllegalArgumentException e) {
                String message = String.valueOf(e.getMessage());
                problems.add(new Places(lab.files()).problem(message, "topology"));
                return false;
            }
        }
        return true;
    }

    /** With the parameters of one seed: the verifier tries them all. */
    private void scripts() {
        Parameters parameters = lab.parameters(1);
        var reader = new ScriptReader(lab.withAnswers(), parameters);
        attempt(reader::readPeers);
        for (String path : paths()) {
            attempt(() -> reader.read(Source.of(lab.files().name() + "/" + path, text(path))));
        }
    }

    private List<String> paths() {
        var paths = new ArrayList<String>();
        for (String folder : SCRIPT_FOLDERS) paths.addAll(lab.files().list(folder));
        paths.removeIf(path -> !path.endsWith(SCRIPT));
        return paths;
    }

    private void attempt(Runnable reading) {
        try {
            reading.run();
        } catch (ScriptException e) {
            problems.add(new Problem(e.file(), e.line(), e.column(), e.problem()));
        }
    }
}
