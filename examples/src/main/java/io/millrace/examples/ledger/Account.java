package io.millrace.examples.ledger;

/** One account, copied out of a table so that rules can read it. Reused. */
final class Account {
    /** Indexes of the four balances. */
    static final int DEBITS_PENDING = 0;

    static final int DEBITS_POSTED = 1;
    static final int CREDITS_PENDING = 2;
    static final int CREDITS_POSTED = 3;
    static final int BALANCES = 4;

    /** Position in the table of accounts. */
    int ref;

    long idLo;
    long idHi;
    final long[] balanceLo = new long[BALANCES];
    final long[] balanceHi = new long[BALANCES];
    long userData128Lo;
    long userData128Hi;
    long userData64;
    int userData32;
    int ledger;
    int code;
    int flags;
    long timestamp;

    boolean has(final int flag) {
        return (flags & flag) != 0;
    }

    void add(final int balance, final long lo, final long hi) {
        balanceHi[balance] = U128.sumHi(balanceLo[balance], balanceHi[balance], lo, hi);
        balanceLo[balance] += lo;
    }

    void subtract(final int balance, final long lo, final long hi) {
        balanceHi[balance] = U128.differenceHi(balanceLo[balance], balanceHi[balance], lo, hi);
        balanceLo[balance] -= lo;
    }

    void copyFrom(final Account other) {
        ref = other.ref;
        idLo = other.idLo;
        idHi = other.idHi;
        System.arraycopy(other.balanceLo, 0, balanceLo, 0, BALANCES);
        System.arraycopy(other.balanceHi, 0, balanceHi, 0, BALANCES);
        userData128Lo = other.userData128Lo;
        userData128Hi = other.userData128Hi;
        userData64 = other.userData64;
        userData32 = other.userData32;
        ledger = other.ledger;
        code = other.code;
        flags = other.flags;
        timestamp = other.timestamp;
    }
}
