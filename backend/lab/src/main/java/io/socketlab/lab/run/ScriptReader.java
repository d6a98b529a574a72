package io.socketlab.lab.run;

import io.socketlab.lab.expr.Parameters;
import io.socketlab.lab.model.Lab;
import io.socketlab.lab.script.AddressBook;
import io.socketlab.lab.script.ScriptException;
import io.socketlab.lab.script.Source;

/** Tells whether scripts for a lab can be understood, without running them. */
public final class ScriptReader {

    private final Lab lab;
    private final Parameters parameters;
    private final AddressBook addresses;

    /**
     * @throws IllegalArgumentException if with these parameters the lab makes no network
     */
    public ScriptReader(Lab lab, Parameters parameters) {
        this.lab = lab;
        this.parameters = parameters;
        this.addresses = LabNetwork.addresses(lab, parameters);
    }

    /**
     * Reads a script of the student's.
     *
     * @throws ScriptException at the first thing in it that cannot be understood or done
     */
    public void read(Source script) {
        ScriptPlan.of(
                script.with(parameters::fill),
                Hands.ofStudent(lab, parameters, addresses, LabNetwork.of(lab, parameters).spec(0)),
                lab.predictions(),
                lab.files(),
                0);
    }

    /**
     * Reads the script of the hosts that the student does not drive.
     *
     * @throws ScriptException at the first thing in it that cannot be understood or done
     */
    public void readPeers() {
        Peers.of(lab, parameters, addresses);
    }
}
