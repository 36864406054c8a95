package io.millrace.examples.ledger;

import static io.millrace.examples.ledger.Account.CREDITS_PENDING;
import static io.millrace.examples.ledger.Account.CREDITS_POSTED;
import static io.millrace.examples.ledger.Account.DEBITS_PENDING;
import static io.millrace.examples.ledger.Account.DEBITS_POSTED;

/** The arithmetic of amounts and balances. */
final class Limits {
    private Limits() {}

    /** Reduces the amount of a balancing transfer to what the accounts leave, 0 if they leave nothing. */
    static void balance(final Transfer transfer, final Account debit, final Account credit) {
        if (transfer.has(TransferFlags.BALANCING_DEBIT)) {
            limit(transfer, debit, DEBITS_PENDING, DEBITS_POSTED, CREDITS_POSTED);
        }
        if (transfer.has(TransferFlags.BALANCING_CREDIT)) {
            limit(transfer, credit, CREDITS_PENDING, CREDITS_POSTED, DEBITS_POSTED);
        }
    }

    /** Which balance the amount would take past 128 bits, or whether the timeout ends past the end of time. */
    static Status overflow(final Transfer transfer, final Account debit, final Account credit) {
        final boolean pending = transfer.has(TransferFlags.PENDING);
        if (pending && overflows(transfer, debit, DEBITS_PENDING)) {
            return Status.OVERFLOWS_DEBITS_PENDING;
        }
        if (pending && overflows(transfer, credit, CREDITS_PENDING)) {
            return Status.OVERFLOWS_CREDITS_PENDING;
        }
        if (overflows(transfer, debit, DEBITS_POSTED)) {
            return Status.OVERFLOWS_DEBITS_POSTED;
        }
        if (overflows(transfer, credit, CREDITS_POSTED)) {
            return Status.OVERFLOWS_CREDITS_POSTED;
        }
        if (overflows(transfer, debit, DEBITS_PENDING, DEBITS_POSTED)) {
            return Status.OVERFLOWS_DEBITS;
        }
        if (overflows(transfer, credit, CREDITS_PENDING, CREDITS_POSTED)) {
            return Status.OVERFLOWS_CREDITS;
        }
        return transfer.expiryNs() < 0 ? Status.OVERFLOWS_TIMEOUT : Status.CREATED;
    }

    /** Whether pending + posted + amount is more than the limiting balance. The sum must be known to fit. */
    static boolean exceeds(
            final Transfer transfer, final Account account, final int pending, final int posted, final int limiting) {
        final long usedLo = account.balanceLo[pending] + account.balanceLo[posted];
        final long usedHi = sumHi(account, pending, posted);
        final long allLo = usedLo + transfer.amountLo;
        final long allHi = U128.sumHi(usedLo, usedHi, transfer.amountLo, transfer.amountHi);
        return U128.less(account.balanceLo[limiting], account.balanceHi[limiting], allLo, allHi);
    }

    /** Whether two balances together are more than 128 bits can hold. */
    static boolean overflows(final Account account, final int balance, final int other) {
        return U128.sumOverflows(
                account.balanceLo[balance],
                account.balanceHi[balance],
                account.balanceLo[other],
                account.balanceHi[other]);
    }

    private static void limit(
            final Transfer transfer, final Account account, final int pending, final int posted, final int limiting) {
        final long usedLo = account.balanceLo[pending] + account.balanceLo[posted];
        final long usedHi = sumHi(account, pending, posted);
        final long limitLo = account.balanceLo[limiting];
        final long limitHi = account.balanceHi[limiting];
        final boolean nothingLeft = U128.less(limitLo, limitHi, usedLo, usedHi);
        final long leftLo = nothingLeft ? 0 : limitLo - usedLo;
        final long leftHi = nothingLeft ? 0 : U128.differenceHi(limitLo, limitHi, usedLo, usedHi);
        if (U128.less(leftLo, leftHi, transfer.amountLo, transfer.amountHi)) {
            transfer.amountLo = leftLo;
            transfer.amountHi = leftHi;
        }
    }

    private static boolean overflows(final Transfer transfer, final Account account, final int balance) {
        return U128.sumOverflows(
                transfer.amountLo, transfer.amountHi, account.balanceLo[balance], account.balanceHi[balance]);
    }

    private static boolean overflows(
            final Transfer transfer, final Account account, final int pending, final int posted) {
        return U128.sumOverflows(
                transfer.amountLo,
                transfer.amountHi,
                account.balanceLo[pending] + account.balanceLo[posted],
                sumHi(account, pending, posted));
    }

    private static long sumHi(final Account account, final int pending, final int posted) {
        return U128.sumHi(
                account.balanceLo[pending],
                account.balanceHi[pending],
                account.balanceLo[posted],
                account.balanceHi[posted]);
    }
}
