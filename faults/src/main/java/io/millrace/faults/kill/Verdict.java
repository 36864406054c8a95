package io.millrace.faults.kill;

/**
 * What a recovery after a fault showed.
 *
 * @param kind in a word
 * @param detail for people, empty when all is well
 */
public record Verdict(Kind kind, String detail) {
    /** In a word. */
    public enum Kind {
        /** All that was acknowledged is there, once, in order; the rest is whole or absent; again the same. */
        RECOVERED,
        /** The journal was refused with a typed error. */
        REFUSED,
        /** Something acknowledged is not there. */
        LOST,
        /** Something is there that must not be, or differs, and nobody said so. */
        SILENT,
        /** It took too long. */
        HUNG
    }

    /** All is well. */
    public static Verdict recovered() {
        return new Verdict(Kind.RECOVERED, "");
    }

    /** Of a process that was to be killed: it may have been done before, but must neither fail nor refuse. */
    static Verdict ofExit(final ChildExit exit, final String said) {
        return switch (exit) {
            case DONE, KILLED -> recovered();
            case HUNG -> new Verdict(Kind.HUNG, said);
            case REFUSED -> new Verdict(Kind.REFUSED, said);
            case FAILED, WRONG, CRASHED -> new Verdict(Kind.SILENT, exit + ": " + said);
        };
    }

    /** Whether all is well. */
    public boolean isGood() {
        return kind == Kind.RECOVERED;
    }
}
