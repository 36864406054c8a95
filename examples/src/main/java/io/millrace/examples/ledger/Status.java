package io.millrace.examples.ledger;

/**
 * What became of one row. The code is one byte, in the result of a batch and in {@code TRANSFER_ID_BURNT} events, and
 * the outcome code of a single transfer; it never changes its meaning.
 */
public enum Status {
    CREATED(0),
    // Accounts and transfers.
    LINKED_EVENT_CHAIN_OPEN(1),
    LINKED_EVENT_FAILED(2),
    IMPORTED_EVENT_EXPECTED(3),
    IMPORTED_EVENT_NOT_EXPECTED(4),
    TIMESTAMP_MUST_BE_ZERO(5),
    IMPORTED_EVENT_TIMESTAMP_OUT_OF_RANGE(6),
    IMPORTED_EVENT_TIMESTAMP_MUST_NOT_ADVANCE(7),
    IMPORTED_EVENT_TIMESTAMP_MUST_NOT_REGRESS(8),
    RESERVED_FLAG(9),
    ID_MUST_NOT_BE_ZERO(10),
    ID_MUST_NOT_BE_INT_MAX(11),
    EXISTS(12),
    EXISTS_WITH_DIFFERENT_FLAGS(13),
    EXISTS_WITH_DIFFERENT_USER_DATA_128(14),
    EXISTS_WITH_DIFFERENT_USER_DATA_64(15),
    EXISTS_WITH_DIFFERENT_USER_DATA_32(16),
    EXISTS_WITH_DIFFERENT_LEDGER(17),
    EXISTS_WITH_DIFFERENT_CODE(18),
    FLAGS_ARE_MUTUALLY_EXCLUSIVE(19),
    LEDGER_MUST_NOT_BE_ZERO(20),
    CODE_MUST_NOT_BE_ZERO(21),
    // Accounts; the first also for the unused bytes of a single transfer command.
    RESERVED_FIELD(30),
    DEBITS_PENDING_MUST_BE_ZERO(31),
    DEBITS_POSTED_MUST_BE_ZERO(32),
    CREDITS_PENDING_MUST_BE_ZERO(33),
    CREDITS_POSTED_MUST_BE_ZERO(34),
    // Transfers only. True: an id that failed so is burnt.
    EXISTS_WITH_DIFFERENT_PENDING_ID(40),
    EXISTS_WITH_DIFFERENT_TIMEOUT(41),
    EXISTS_WITH_DIFFERENT_DEBIT_ACCOUNT_ID(42),
    EXISTS_WITH_DIFFERENT_CREDIT_ACCOUNT_ID(43),
    EXISTS_WITH_DIFFERENT_AMOUNT(44),
    ID_ALREADY_FAILED(45),
    DEBIT_ACCOUNT_ID_MUST_NOT_BE_ZERO(46),
    DEBIT_ACCOUNT_ID_MUST_NOT_BE_INT_MAX(47),
    CREDIT_ACCOUNT_ID_MUST_NOT_BE_ZERO(48),
    CREDIT_ACCOUNT_ID_MUST_NOT_BE_INT_MAX(49),
    ACCOUNTS_MUST_BE_DIFFERENT(50),
    PENDING_ID_MUST_BE_ZERO(51),
    PENDING_ID_MUST_NOT_BE_ZERO(52),
    PENDING_ID_MUST_NOT_BE_INT_MAX(53),
    PENDING_ID_MUST_BE_DIFFERENT(54),
    TIMEOUT_RESERVED_FOR_PENDING_TRANSFER(55),
    CLOSING_TRANSFER_MUST_BE_PENDING(56),
    DEBIT_ACCOUNT_NOT_FOUND(57, true),
    CREDIT_ACCOUNT_NOT_FOUND(58, true),
    ACCOUNTS_MUST_HAVE_THE_SAME_LEDGER(59),
    TRANSFER_MUST_HAVE_THE_SAME_LEDGER_AS_ACCOUNTS(60),
    PENDING_TRANSFER_NOT_FOUND(61, true),
    PENDING_TRANSFER_NOT_PENDING(62),
    PENDING_TRANSFER_HAS_DIFFERENT_DEBIT_ACCOUNT_ID(63),
    PENDING_TRANSFER_HAS_DIFFERENT_CREDIT_ACCOUNT_ID(64),
    PENDING_TRANSFER_HAS_DIFFERENT_LEDGER(65),
    PENDING_TRANSFER_HAS_DIFFERENT_CODE(66),
    EXCEEDS_PENDING_TRANSFER_AMOUNT(67),
    PENDING_TRANSFER_HAS_DIFFERENT_AMOUNT(68),
    PENDING_TRANSFER_ALREADY_POSTED(69),
    PENDING_TRANSFER_ALREADY_VOIDED(70),
    PENDING_TRANSFER_EXPIRED(71),
    IMPORTED_EVENT_TIMESTAMP_MUST_POSTDATE_DEBIT_ACCOUNT(72),
    IMPORTED_EVENT_TIMESTAMP_MUST_POSTDATE_CREDIT_ACCOUNT(73),
    IMPORTED_EVENT_TIMEOUT_MUST_BE_ZERO(74),
    DEBIT_ACCOUNT_ALREADY_CLOSED(75, true),
    CREDIT_ACCOUNT_ALREADY_CLOSED(76, true),
    OVERFLOWS_DEBITS_PENDING(77),
    OVERFLOWS_CREDITS_PENDING(78),
    OVERFLOWS_DEBITS_POSTED(79),
    OVERFLOWS_CREDITS_POSTED(80),
    OVERFLOWS_DEBITS(81),
    OVERFLOWS_CREDITS(82),
    OVERFLOWS_TIMEOUT(83),
    EXCEEDS_CREDITS(84, true),
    EXCEEDS_DEBITS(85, true);

    private static final Status[] BY_CODE = new Status[128];

    static {
        for (final Status status : values()) {
            BY_CODE[status.code] = status;
        }
    }

    private final byte code;
    private final boolean burnsId;

    Status(final int code) {
        this(code, false);
    }

    Status(final int code, final boolean burnsId) {
        this.code = (byte) code;
        this.burnsId = burnsId;
    }

    /** The number that stands for this status, 0 to 127. */
    public byte code() {
        return code;
    }

    /** Whether a transfer that fails so can never be tried again under its id. */
    public boolean burnsId() {
        return burnsId;
    }

    /** The status of a code. */
    public static Status ofCode(final int code) {
        if (code < 0 || code >= BY_CODE.length || BY_CODE[code] == null) {
            throw new IllegalArgumentException("code must be that of a status: " + code);
        }
        return BY_CODE[code];
    }
}
