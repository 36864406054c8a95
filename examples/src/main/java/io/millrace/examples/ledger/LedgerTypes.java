package io.millrace.examples.ledger;

/** The numbers of the ledger's commands, events and own outcome codes. All payloads are little-endian. */
public final class LedgerTypes {
    /**
     * Command: opens accounts. Any number of rows up to {@link #MAX_BATCH_ROWS}, 128 bytes each. The result is one byte
     * per row, its {@link Status#code()}, so the journal's {@code maxResultBytes} must be at least the number of rows.
     */
    public static final int CREATE_ACCOUNTS = 1;

    /** Command: makes transfers. Rows and result as with {@link #CREATE_ACCOUNTS}. */
    public static final int CREATE_TRANSFERS = 2;

    /**
     * Command: makes one transfer, 64 bytes. The outcome code is its {@link Status#code()}; there is no result payload.
     * Accepted when there is an event to keep: also when the transfer failed and burnt its id.
     */
    public static final int TRANSFER = 3;

    /**
     * Command: expires the pending transfers that are due, up to {@link #MAX_EXPIRIES}. No payload. The outcome code is
     * {@link #MORE_DUE} when some are left.
     */
    public static final int PULSE = 4;

    /**
     * Command: overwrites the balances of an account, to arrange a test or to open the books. Breaks double entry, and
     * must not be used on an account with pending transfers. Refused unless the machine was made to allow it.
     */
    public static final int ADJUST_BALANCES = 5;

    /** Event: an account exists from now on. Stream: the account, as the low 64 bits of its id. */
    public static final int ACCOUNT_OPENED = 1;

    /** Event: a transfer was made or reserved, short form. Stream: the debit account. */
    public static final int TRANSFERRED = 2;

    /** Event: a transfer was made or reserved, long form. Stream: the debit account. */
    public static final int TRANSFERRED_WIDE = 3;

    /** Event: a pending transfer was posted. Stream: the debit account. */
    public static final int PENDING_POSTED = 4;

    /** Event: a pending transfer was voided. Stream: the debit account. */
    public static final int PENDING_VOIDED = 5;

    /** Event: a pending transfer has expired. Stream: the debit account. */
    public static final int PENDING_EXPIRED = 6;

    /** Event: a transfer id can never be used again. Stream: 0. */
    public static final int TRANSFER_ID_BURNT = 7;

    /** Event: balances were overwritten. Stream: the account. */
    public static final int BALANCES_ADJUSTED = 8;

    /** Version of the payloads of all events. */
    public static final int SCHEMA_VERSION = 1;

    /** Most rows in one batch. */
    public static final int MAX_BATCH_ROWS = 4096;

    /** Most pending transfers that one command expires. */
    public static final int MAX_EXPIRIES = 256;

    /** Outcome code: pending transfers that are due remain; send another {@link #PULSE}. */
    public static final int MORE_DUE = 1000;

    /** Outcome code: the command type is none of the above. */
    public static final int UNKNOWN_COMMAND = 1001;

    /** Outcome code: the payload's length does not fit its type. */
    public static final int BAD_LENGTH = 1002;

    /** Outcome code: the clock is so close to the end of time that the rows would not fit. */
    public static final int END_OF_TIME = 1003;

    /** Outcome code: this machine does not allow {@link #ADJUST_BALANCES}. */
    public static final int NOT_ALLOWED = 1004;

    /** Outcome code: the account whose balances were to be adjusted does not exist. */
    public static final int NO_SUCH_ACCOUNT = 1005;

    /** Outcome code: the pending and posted balances of one side would together exceed 128 bits. */
    public static final int BALANCES_OVERFLOW = 1006;

    private LedgerTypes() {}

    /** All event types, for the journal's type filter. */
    public static int[] eventTypes() {
        return new int[] {
            ACCOUNT_OPENED,
            TRANSFERRED,
            TRANSFERRED_WIDE,
            PENDING_POSTED,
            PENDING_VOIDED,
            PENDING_EXPIRED,
            TRANSFER_ID_BURNT,
            BALANCES_ADJUSTED
        };
    }
}
