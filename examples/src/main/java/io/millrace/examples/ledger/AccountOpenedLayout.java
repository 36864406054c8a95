package io.millrace.examples.ledger;

/**
 * The {@code ACCOUNT_OPENED} event, little-endian.
 *
 * <pre>
 *   0            16                  32                 40            48               52       56     58      60    64
 *  +------------+-------------------+------------------+-------------+----------------+--------+------+-------+-----+
 *  |     id     |   user data 128   |   user data 64   |  timestamp  |  user data 32  | ledger | code | flags |  0  |
 *  +------------+-------------------+------------------+-------------+----------------+--------+------+-------+-----+
 * </pre>
 */
final class AccountOpenedLayout {
    static final int ID = 0;
    static final int USER_DATA_128 = 16;
    static final int USER_DATA_64 = 32;
    static final int TIMESTAMP = 40;
    static final int USER_DATA_32 = 48;
    static final int LEDGER = 52;
    static final int CODE = 56;
    static final int FLAGS = 58;
    static final int RESERVED = 60;

    static final int LENGTH = 64;

    private AccountOpenedLayout() {}
}
