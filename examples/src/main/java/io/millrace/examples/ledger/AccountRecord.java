package io.millrace.examples.ledger;

import java.math.BigInteger;

/** An account as it is now. Flags are those of {@link AccountFlags}. */
public record AccountRecord(
        BigInteger id,
        BigInteger debitsPending,
        BigInteger debitsPosted,
        BigInteger creditsPending,
        BigInteger creditsPosted,
        BigInteger userData128,
        long userData64,
        int userData32,
        int ledger,
        int code,
        int flags,
        long timestamp) {

    static AccountRecord of(final Account account) {
        return new AccountRecord(
                U128.toBigInteger(account.idLo, account.idHi),
                balance(account, Account.DEBITS_PENDING),
                balance(account, Account.DEBITS_POSTED),
                balance(account, Account.CREDITS_PENDING),
                balance(account, Account.CREDITS_POSTED),
                U128.toBigInteger(account.userData128Lo, account.userData128Hi),
                account.userData64,
                account.userData32,
                account.ledger,
                account.code,
                account.flags,
                account.timestamp);
    }

    private static BigInteger balance(final Account account, final int balance) {
        return U128.toBigInteger(account.balanceLo[balance], account.balanceHi[balance]);
    }
}
