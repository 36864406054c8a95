package io.millrace.faults.kill;

import io.millrace.faults.agent.FailpointAction;
import java.util.Arrays;

/** How a child process can end. */
public enum ChildExit {
    /** It did all it had to do. */
    DONE(0),
    /** It was killed. */
    KILLED(FailpointAction.KILLED),
    /** The engine failed with a typed error, told everybody, and closed. */
    FAILED(20),
    /** The engine refused to start, with a typed error. */
    REFUSED(21),
    /** Something was thrown that is no error of the engine's own. */
    WRONG(22),
    /** Something hung. */
    HUNG(23),
    /** It ended in a way that no child has: the JVM crashed, perhaps. */
    CRASHED(-1);

    private final int code;

    ChildExit(final int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    /** What an exit code says. */
    public static ChildExit of(final int code) {
        return Arrays.stream(values())
                .filter(exit -> exit.code == code)
                .findFirst()
                .orElse(CRASHED);
    }
}
