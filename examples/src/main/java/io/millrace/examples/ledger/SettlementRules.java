package io.millrace.examples.ledger;

import static io.millrace.examples.ledger.TransferFlags.POST_PENDING;
import static io.millrace.examples.ledger.TransferFlags.VOID_PENDING;

/** The rules about the second phase: posting and voiding what is pending. */
final class SettlementRules {
    private static final int EXCLUDED = TransferFlags.PENDING | TransferFlags.BALANCING | TransferFlags.CLOSING;

    private final Account debit = new Account();
    private final Account credit = new Account();
    private final Transfer pending = new Transfer();

    /** As {@link TransferRules#check}, for a second phase whose id is free. */
    Status check(final Transfer transfer, final Books books, final long rowNs) {
        final Status fields = checkFields(transfer);
        if (fields != Status.CREATED) {
            return fields;
        }
        if (books.transfer(transfer.pendingLo, transfer.pendingHi, pending) != Books.Found.PRESENT) {
            return Status.PENDING_TRANSFER_NOT_FOUND;
        }
        final Status match = checkMatch(transfer);
        if (match != Status.CREATED) {
            return match;
        }
        final Status phase = checkPhase(books, rowNs);
        if (phase != Status.CREATED) {
            return phase;
        }
        if (transfer.has(TransferFlags.IMPORTED) && TransferRules.regresses(transfer, books)) {
            return Status.IMPORTED_EVENT_TIMESTAMP_MUST_NOT_REGRESS;
        }
        final Status open = transfer.has(VOID_PENDING) ? Status.CREATED : checkOpen(books);
        if (open == Status.CREATED) {
            complete(transfer);
        }
        return open;
    }

    /** What is the matter with a second phase whose id is taken. */
    Status compare(final Transfer transfer, final Transfer taken, final Books books) {
        final Status kind = TransferRules.compareKind(transfer, taken);
        if (kind != Status.CREATED) {
            return kind;
        }
        if (differs(transfer.debitLo, transfer.debitHi, taken.debitLo, taken.debitHi)) {
            return Status.EXISTS_WITH_DIFFERENT_DEBIT_ACCOUNT_ID;
        }
        if (differs(transfer.creditLo, transfer.creditHi, taken.creditLo, taken.creditHi)) {
            return Status.EXISTS_WITH_DIFFERENT_CREDIT_ACCOUNT_ID;
        }
        books.transferAt(taken.pendingRef, pending);
        fillAmount(transfer);
        if (!U128.equal(transfer.amountLo, transfer.amountHi, taken.amountLo, taken.amountHi)) {
            return Status.EXISTS_WITH_DIFFERENT_AMOUNT;
        }
        fillUserData(transfer);
        return compareRest(transfer, taken);
    }

    private static Status compareRest(final Transfer transfer, final Transfer taken) {
        if (!U128.equal(transfer.userData128Lo, transfer.userData128Hi, taken.userData128Lo, taken.userData128Hi)) {
            return Status.EXISTS_WITH_DIFFERENT_USER_DATA_128;
        }
        if (transfer.userData64 != taken.userData64) {
            return Status.EXISTS_WITH_DIFFERENT_USER_DATA_64;
        }
        if (transfer.userData32 != taken.userData32) {
            return Status.EXISTS_WITH_DIFFERENT_USER_DATA_32;
        }
        if (transfer.ledger != 0 && transfer.ledger != taken.ledger) {
            return Status.EXISTS_WITH_DIFFERENT_LEDGER;
        }
        return transfer.code == 0 || transfer.code == taken.code ? Status.EXISTS : Status.EXISTS_WITH_DIFFERENT_CODE;
    }

    private static Status checkFields(final Transfer transfer) {
        if (transfer.has(POST_PENDING) && transfer.has(VOID_PENDING) || transfer.has(EXCLUDED)) {
            return Status.FLAGS_ARE_MUTUALLY_EXCLUSIVE;
        }
        if (U128.isZero(transfer.pendingLo, transfer.pendingHi)) {
            return Status.PENDING_ID_MUST_NOT_BE_ZERO;
        }
        if (U128.isMax(transfer.pendingLo, transfer.pendingHi)) {
            return Status.PENDING_ID_MUST_NOT_BE_INT_MAX;
        }
        if (U128.equal(transfer.pendingLo, transfer.pendingHi, transfer.idLo, transfer.idHi)) {
            return Status.PENDING_ID_MUST_BE_DIFFERENT;
        }
        return transfer.timeout == 0 ? Status.CREATED : Status.TIMEOUT_RESERVED_FOR_PENDING_TRANSFER;
    }

    /** Compares the request with the pending transfer, and fills in the amount it stands for. */
    private Status checkMatch(final Transfer transfer) {
        if (!pending.has(TransferFlags.PENDING)) {
            return Status.PENDING_TRANSFER_NOT_PENDING;
        }
        if (differs(transfer.debitLo, transfer.debitHi, pending.debitLo, pending.debitHi)) {
            return Status.PENDING_TRANSFER_HAS_DIFFERENT_DEBIT_ACCOUNT_ID;
        }
        if (differs(transfer.creditLo, transfer.creditHi, pending.creditLo, pending.creditHi)) {
            return Status.PENDING_TRANSFER_HAS_DIFFERENT_CREDIT_ACCOUNT_ID;
        }
        if (transfer.ledger != 0 && transfer.ledger != pending.ledger) {
            return Status.PENDING_TRANSFER_HAS_DIFFERENT_LEDGER;
        }
        if (transfer.code != 0 && transfer.code != pending.code) {
            return Status.PENDING_TRANSFER_HAS_DIFFERENT_CODE;
        }
        fillAmount(transfer);
        if (U128.less(pending.amountLo, pending.amountHi, transfer.amountLo, transfer.amountHi)) {
            return Status.EXCEEDS_PENDING_TRANSFER_AMOUNT;
        }
        final boolean whole = U128.equal(pending.amountLo, pending.amountHi, transfer.amountLo, transfer.amountHi);
        return whole || transfer.has(POST_PENDING) ? Status.CREATED : Status.PENDING_TRANSFER_HAS_DIFFERENT_AMOUNT;
    }

    private Status checkPhase(final Books books, final long rowNs) {
        return switch (books.phase(pending.ref)) {
            case Phase.POSTED -> Status.PENDING_TRANSFER_ALREADY_POSTED;
            case Phase.VOIDED -> Status.PENDING_TRANSFER_ALREADY_VOIDED;
            case Phase.EXPIRED -> Status.PENDING_TRANSFER_EXPIRED;
            default -> pending.expiryNs() <= rowNs ? Status.PENDING_TRANSFER_EXPIRED : Status.CREATED;
        };
    }

    private Status checkOpen(final Books books) {
        books.accountAt(pending.debitRef, debit);
        if (debit.has(AccountFlags.CLOSED)) {
            return Status.DEBIT_ACCOUNT_ALREADY_CLOSED;
        }
        books.accountAt(pending.creditRef, credit);
        return credit.has(AccountFlags.CLOSED) ? Status.CREDIT_ACCOUNT_ALREADY_CLOSED : Status.CREATED;
    }

    /** The amount that means the whole pending one: the largest when posting, 0 when voiding. */
    private void fillAmount(final Transfer transfer) {
        final boolean whole = transfer.has(POST_PENDING)
                ? U128.isMax(transfer.amountLo, transfer.amountHi)
                : U128.isZero(transfer.amountLo, transfer.amountHi);
        if (whole) {
            transfer.amountLo = pending.amountLo;
            transfer.amountHi = pending.amountHi;
        }
    }

    private void fillUserData(final Transfer transfer) {
        if (U128.isZero(transfer.userData128Lo, transfer.userData128Hi)) {
            transfer.userData128Lo = pending.userData128Lo;
            transfer.userData128Hi = pending.userData128Hi;
        }
        if (transfer.userData64 == 0) {
            transfer.userData64 = pending.userData64;
        }
        if (transfer.userData32 == 0) {
            transfer.userData32 = pending.userData32;
        }
    }

    private void complete(final Transfer transfer) {
        fillUserData(transfer);
        transfer.debitLo = pending.debitLo;
        transfer.debitHi = pending.debitHi;
        transfer.creditLo = pending.creditLo;
        transfer.creditHi = pending.creditHi;
        transfer.debitRef = pending.debitRef;
        transfer.creditRef = pending.creditRef;
        transfer.ledger = pending.ledger;
        transfer.code = pending.code;
        transfer.pendingRef = pending.ref;
        transfer.pendingFlags = pending.flags;
        transfer.releasedLo = pending.amountLo;
        transfer.releasedHi = pending.amountHi;
    }

    /** An id of 0 means: do not compare. */
    private static boolean differs(final long idLo, final long idHi, final long otherLo, final long otherHi) {
        return !U128.isZero(idLo, idHi) && !U128.equal(idLo, idHi, otherLo, otherHi);
    }
}
