package io.millrace.examples.ledger;

/** Flags of an account. */
public final class AccountFlags {
    /** Succeeds or fails together with the next row. */
    public static final int LINKED = 1;

    /** Debits, posted and pending, must not exceed the posted credits. */
    public static final int DEBITS_MUST_NOT_EXCEED_CREDITS = 1 << 1;

    /** Credits, posted and pending, must not exceed the posted debits. */
    public static final int CREDITS_MUST_NOT_EXCEED_DEBITS = 1 << 2;

    /** Balances right after each transfer are of interest. */
    public static final int HISTORY = 1 << 3;

    /** The row carries its time stamp. */
    public static final int IMPORTED = 1 << 4;

    /** Takes no transfers. */
    public static final int CLOSED = 1 << 5;

    /** Bits that must be zero. */
    static final int PADDING = 0xFFFF & -(1 << 6);

    private AccountFlags() {}
}
