package io.millrace.examples.ledger;

/**
 * The {@code ADJUST_BALANCES} command and the {@code BALANCES_ADJUSTED} event, little-endian: the balances that an account is
 * to have from now on.
 *
 * <pre>
 *   0            16                 32                48                 64                80
 *  +------------+------------------+-----------------+------------------+-----------------+
 *  |     id     |  debits pending  |  debits posted  | credits pending  | credits posted  |
 *  +------------+------------------+-----------------+------------------+-----------------+
 * </pre>
 */
final class BalancesAdjustedLayout {
    static final int ID = 0;
    static final int DEBITS_PENDING = 16;
    static final int DEBITS_POSTED = 32;
    static final int CREDITS_PENDING = 48;
    static final int CREDITS_POSTED = 64;

    static final int LENGTH = 80;

    private BalancesAdjustedLayout() {}
}
