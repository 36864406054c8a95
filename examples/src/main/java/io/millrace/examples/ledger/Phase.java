package io.millrace.examples.ledger;

/** How far a transfer has come; stored as one byte. */
final class Phase {
    /** In one phase, or a second phase itself. */
    static final int SINGLE = 0;

    static final int PENDING = 1;
    static final int POSTED = 2;
    static final int VOIDED = 3;
    static final int EXPIRED = 4;

    private Phase() {}
}
