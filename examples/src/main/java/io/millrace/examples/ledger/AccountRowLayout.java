package io.millrace.examples.ledger;

/**
 * One row of a {@code CREATE_ACCOUNTS} command, little-endian. The command is nothing but rows. The four balances must be
 * zero, and so must the time stamp unless the row is imported.
 *
 * <pre>
 *   0            16                 32                48                 64                80
 *  +------------+------------------+-----------------+------------------+-----------------+
 *  |     id     |  debits pending  |  debits posted  | credits pending  | credits posted  |
 *  +------------+------------------+-----------------+------------------+-----------------+
 *   80                  96                 104              108       112     116   118     120         128
 *  +-------------------+------------------+----------------+---------+-------+-----+-------+-----------+
 *  |   user data 128   |   user data 64   |  user data 32  |    0    | ledger| code| flags | timestamp |
 *  +-------------------+------------------+----------------+---------+-------+-----+-------+-----------+
 * </pre>
 */
final class AccountRowLayout {
    static final int ID = 0;
    static final int DEBITS_PENDING = 16;
    static final int DEBITS_POSTED = 32;
    static final int CREDITS_PENDING = 48;
    static final int CREDITS_POSTED = 64;
    static final int USER_DATA_128 = 80;
    static final int USER_DATA_64 = 96;
    static final int USER_DATA_32 = 104;
    static final int RESERVED = 108;
    static final int LEDGER = 112;
    static final int CODE = 116;
    static final int FLAGS = 118;
    static final int TIMESTAMP = 120;

    static final int LENGTH = 128;

    private AccountRowLayout() {}
}
