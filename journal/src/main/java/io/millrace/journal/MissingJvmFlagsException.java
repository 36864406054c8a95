package io.millrace.journal;

import java.util.List;

/** The JVM was started without flags that memory-mapped journals need. */
public final class MissingJvmFlagsException extends JournalException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param missing flags as they are written on the command line
     */
    public MissingJvmFlagsException(final List<String> missing) {
        super("the JVM must be started with these flags, which are missing: " + String.join(" ", missing)
                + "; add them to the java command line, or to JDK_JAVA_OPTIONS");
    }
}
