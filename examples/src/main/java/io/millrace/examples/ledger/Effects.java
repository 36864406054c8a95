package io.millrace.examples.ledger;

/** What transfers do to accounts. */
final class Effects {
    private Effects() {}

    /** A transfer in one phase, or the first of two. */
    static void transferred(final Postings postings, final Transfer transfer) {
        final boolean pending = transfer.has(TransferFlags.PENDING);
        final int debits = pending ? Account.DEBITS_PENDING : Account.DEBITS_POSTED;
        final int credits = pending ? Account.CREDITS_PENDING : Account.CREDITS_POSTED;
        postings.add(transfer.debitRef, debits, transfer.amountLo, transfer.amountHi);
        postings.add(transfer.creditRef, credits, transfer.amountLo, transfer.amountHi);
        if (transfer.has(TransferFlags.CLOSING)) {
            close(postings, transfer.debitRef, transfer.creditRef, transfer.flags, true);
        }
    }

    /** The second phase: a post or a void. */
    static void settled(final Postings postings, final Transfer transfer) {
        final int debit = transfer.debitRef;
        final int credit = transfer.creditRef;
        release(postings, debit, credit, transfer.releasedLo, transfer.releasedHi);
        if (transfer.has(TransferFlags.POST_PENDING)) {
            postings.add(debit, Account.DEBITS_POSTED, transfer.amountLo, transfer.amountHi);
            postings.add(credit, Account.CREDITS_POSTED, transfer.amountLo, transfer.amountHi);
        } else {
            close(postings, debit, credit, transfer.pendingFlags, false);
        }
    }

    /** The timeout of a pending transfer. */
    static void expired(final Postings postings, final Transfer pending) {
        release(postings, pending.debitRef, pending.creditRef, pending.amountLo, pending.amountHi);
        close(postings, pending.debitRef, pending.creditRef, pending.flags, false);
    }

    private static void release(
            final Postings postings, final int debit, final int credit, final long lo, final long hi) {
        postings.subtract(debit, Account.DEBITS_PENDING, lo, hi);
        postings.subtract(credit, Account.CREDITS_PENDING, lo, hi);
    }

    private static void close(
            final Postings postings, final int debit, final int credit, final int flags, final boolean closed) {
        if ((flags & TransferFlags.CLOSING_DEBIT) != 0) {
            postings.closed(debit, closed);
        }
        if ((flags & TransferFlags.CLOSING_CREDIT) != 0) {
            postings.closed(credit, closed);
        }
    }
}
