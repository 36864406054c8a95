package io.millrace.faults.agent;

import static io.millrace.faults.agent.BugKind.SKIP_BODY;
import static io.millrace.faults.agent.BugKind.SUPPRESS_EXCEPTION;

/** The defects that can be planted, one at a time, to see whether the harness catches them. */
public enum PlantedBug {
    /** A force does not reach the files. */
    SKIP_FORCE("io.millrace.journal.internal.CycleFiles", "force", SKIP_BODY, null),
    /** A failed force passes for one that succeeded. */
    IGNORE_FORCE_ERROR("io.millrace.journal.internal.CycleFiles", "force", SUPPRESS_EXCEPTION, null);

    private final String className;
    private final String method;
    private final BugKind kind;
    private final Object argument;

    PlantedBug(final String className, final String method, final BugKind kind, final Object argument) {
        this.className = className;
        this.method = method;
        this.kind = kind;
        this.argument = argument;
    }

    /** Binary name of the class it is in. */
    public String className() {
        return className;
    }

    /** Name of the method; all overloads have the bug. */
    public String method() {
        return method;
    }

    /** How the method is changed. */
    public BugKind kind() {
        return kind;
    }

    /** What the kind asks for: the constant, the call as {@code SimpleClassName.method}, or the advice class. */
    public Object argument() {
        return argument;
    }
}
