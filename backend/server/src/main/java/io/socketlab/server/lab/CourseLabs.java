package io.socketlab.server.lab;

import io.socketlab.server.account.SignedIn;
import java.util.UUID;

/** The labs that courses have to do. Told by whoever keeps courses. */
public interface CourseLabs {

    /** Whether a course has a lab to do, as far as somebody may see. */
    boolean uses(SignedIn me, UUID course, String lab);
}
