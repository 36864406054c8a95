package io.millrace.examples.ledger;

/** Flags of a transfer. */
public final class TransferFlags {
    /** Succeeds or fails together with the next row. */
    public static final int LINKED = 1;

    /** First of two phases: reserves the amount. */
    public static final int PENDING = 1 << 1;

    /** Second phase: moves the reserved amount, or a part of it, and releases the rest. */
    public static final int POST_PENDING = 1 << 2;

    /** Second phase: releases the reserved amount. */
    public static final int VOID_PENDING = 1 << 3;

    /** The amount is limited to what the debit account's credits leave. */
    public static final int BALANCING_DEBIT = 1 << 4;

    /** The amount is limited to what the credit account's debits leave. */
    public static final int BALANCING_CREDIT = 1 << 5;

    /** The row carries its time stamp. */
    public static final int IMPORTED = 1 << 6;

    /** Closes the debit account. */
    public static final int CLOSING_DEBIT = 1 << 7;

    /** Closes the credit account. */
    public static final int CLOSING_CREDIT = 1 << 8;

    static final int SECOND_PHASE = POST_PENDING | VOID_PENDING;
    static final int BALANCING = BALANCING_DEBIT | BALANCING_CREDIT;
    static final int CLOSING = CLOSING_DEBIT | CLOSING_CREDIT;

    /** Bits that must be zero. */
    static final int PADDING = 0xFFFF & -(1 << 9);

    private TransferFlags() {}
}
