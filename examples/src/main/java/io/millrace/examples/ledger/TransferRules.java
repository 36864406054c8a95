package io.millrace.examples.ledger;

import static io.millrace.examples.ledger.Account.CREDITS_PENDING;
import static io.millrace.examples.ledger.Account.CREDITS_POSTED;
import static io.millrace.examples.ledger.Account.DEBITS_PENDING;
import static io.millrace.examples.ledger.Account.DEBITS_POSTED;
import static io.millrace.examples.ledger.TransferFlags.PENDING;

/**
 * The rules about transfers, in the order of their precedence. The first one that is broken decides; a transfer that
 * breaks none is completed in place to what is to be stored.
 */
final class TransferRules {
    private final Account debit = new Account();
    private final Account credit = new Account();
    private final Transfer existing = new Transfer();
    private final SettlementRules settlements = new SettlementRules();

    /**
     * Checks a transfer whose row passed {@link RowRules}.
     *
     * @param transfer as requested; completed if the result is {@link Status#CREATED}
     * @param books what it is checked against
     * @param rowNs time of the row
     */
    Status check(final Transfer transfer, final Books books, final long rowNs) {
        final Status id = checkId(transfer, books);
        if (id != Status.CREATED) {
            return id;
        }
        if (!transfer.has(TransferFlags.IMPORTED)) {
            transfer.timestamp = rowNs;
        }
        if (transfer.has(TransferFlags.SECOND_PHASE)) {
            return settlements.check(transfer, books, rowNs);
        }
        final Status fields = checkFields(transfer);
        return fields == Status.CREATED ? checkAccounts(transfer, books) : fields;
    }

    private Status checkId(final Transfer transfer, final Books books) {
        if (transfer.has(TransferFlags.PADDING)) {
            return Status.RESERVED_FLAG;
        }
        if (U128.isZero(transfer.idLo, transfer.idHi)) {
            return Status.ID_MUST_NOT_BE_ZERO;
        }
        if (U128.isMax(transfer.idLo, transfer.idHi)) {
            return Status.ID_MUST_NOT_BE_INT_MAX;
        }
        return switch (books.transfer(transfer.idLo, transfer.idHi, existing)) {
            case ABSENT -> Status.CREATED;
            case BURNT -> Status.ID_ALREADY_FAILED;
            case PRESENT ->
                transfer.has(TransferFlags.SECOND_PHASE)
                        ? settlements.compare(transfer, existing, books)
                        : compare(transfer, existing);
        };
    }

    /** What is the matter with a transfer in one phase, or the first of two, whose id is taken. */
    private static Status compare(final Transfer transfer, final Transfer taken) {
        final Status kind = compareKind(transfer, taken);
        if (kind != Status.CREATED) {
            return kind;
        }
        if (!U128.equal(transfer.debitLo, transfer.debitHi, taken.debitLo, taken.debitHi)) {
            return Status.EXISTS_WITH_DIFFERENT_DEBIT_ACCOUNT_ID;
        }
        if (!U128.equal(transfer.creditLo, transfer.creditHi, taken.creditLo, taken.creditHi)) {
            return Status.EXISTS_WITH_DIFFERENT_CREDIT_ACCOUNT_ID;
        }
        final boolean differs = transfer.has(TransferFlags.BALANCING)
                ? U128.less(transfer.amountLo, transfer.amountHi, taken.amountLo, taken.amountHi)
                : !U128.equal(transfer.amountLo, transfer.amountHi, taken.amountLo, taken.amountHi);
        if (differs) {
            return Status.EXISTS_WITH_DIFFERENT_AMOUNT;
        }
        if (!U128.equal(transfer.userData128Lo, transfer.userData128Hi, taken.userData128Lo, taken.userData128Hi)) {
            return Status.EXISTS_WITH_DIFFERENT_USER_DATA_128;
        }
        if (transfer.userData64 != taken.userData64) {
            return Status.EXISTS_WITH_DIFFERENT_USER_DATA_64;
        }
        if (transfer.userData32 != taken.userData32) {
            return Status.EXISTS_WITH_DIFFERENT_USER_DATA_32;
        }
        if (transfer.ledger != taken.ledger) {
            return Status.EXISTS_WITH_DIFFERENT_LEDGER;
        }
        return transfer.code == taken.code ? Status.EXISTS : Status.EXISTS_WITH_DIFFERENT_CODE;
    }

    /** The comparisons that come first for transfers of all kinds. */
    static Status compareKind(final Transfer transfer, final Transfer taken) {
        if (transfer.flags != taken.flags) {
            return Status.EXISTS_WITH_DIFFERENT_FLAGS;
        }
        if (!U128.equal(transfer.pendingLo, transfer.pendingHi, taken.pendingLo, taken.pendingHi)) {
            return Status.EXISTS_WITH_DIFFERENT_PENDING_ID;
        }
        return transfer.timeout == taken.timeout ? Status.CREATED : Status.EXISTS_WITH_DIFFERENT_TIMEOUT;
    }

    private static Status checkFields(final Transfer transfer) {
        if (U128.isZero(transfer.debitLo, transfer.debitHi)) {
            return Status.DEBIT_ACCOUNT_ID_MUST_NOT_BE_ZERO;
        }
        if (U128.isMax(transfer.debitLo, transfer.debitHi)) {
            return Status.DEBIT_ACCOUNT_ID_MUST_NOT_BE_INT_MAX;
        }
        if (U128.isZero(transfer.creditLo, transfer.creditHi)) {
            return Status.CREDIT_ACCOUNT_ID_MUST_NOT_BE_ZERO;
        }
        if (U128.isMax(transfer.creditLo, transfer.creditHi)) {
            return Status.CREDIT_ACCOUNT_ID_MUST_NOT_BE_INT_MAX;
        }
        if (U128.equal(transfer.debitLo, transfer.debitHi, transfer.creditLo, transfer.creditHi)) {
            return Status.ACCOUNTS_MUST_BE_DIFFERENT;
        }
        if (!U128.isZero(transfer.pendingLo, transfer.pendingHi)) {
            return Status.PENDING_ID_MUST_BE_ZERO;
        }
        if (!transfer.has(PENDING) && transfer.timeout != 0) {
            return Status.TIMEOUT_RESERVED_FOR_PENDING_TRANSFER;
        }
        if (!transfer.has(PENDING) && transfer.has(TransferFlags.CLOSING)) {
            return Status.CLOSING_TRANSFER_MUST_BE_PENDING;
        }
        if (transfer.ledger == 0) {
            return Status.LEDGER_MUST_NOT_BE_ZERO;
        }
        return transfer.code == 0 ? Status.CODE_MUST_NOT_BE_ZERO : Status.CREATED;
    }

    private Status checkAccounts(final Transfer transfer, final Books books) {
        if (!books.account(transfer.debitLo, transfer.debitHi, debit)) {
            return Status.DEBIT_ACCOUNT_NOT_FOUND;
        }
        if (!books.account(transfer.creditLo, transfer.creditHi, credit)) {
            return Status.CREDIT_ACCOUNT_NOT_FOUND;
        }
        if (debit.ledger != credit.ledger) {
            return Status.ACCOUNTS_MUST_HAVE_THE_SAME_LEDGER;
        }
        if (transfer.ledger != debit.ledger) {
            return Status.TRANSFER_MUST_HAVE_THE_SAME_LEDGER_AS_ACCOUNTS;
        }
        if (transfer.has(TransferFlags.IMPORTED)) {
            final Status imported = checkImported(transfer, books);
            if (imported != Status.CREATED) {
                return imported;
            }
        }
        if (debit.has(AccountFlags.CLOSED)) {
            return Status.DEBIT_ACCOUNT_ALREADY_CLOSED;
        }
        if (credit.has(AccountFlags.CLOSED)) {
            return Status.CREDIT_ACCOUNT_ALREADY_CLOSED;
        }
        transfer.debitRef = debit.ref;
        transfer.creditRef = credit.ref;
        return checkAmount(transfer);
    }

    private Status checkImported(final Transfer transfer, final Books books) {
        if (regresses(transfer, books)) {
            return Status.IMPORTED_EVENT_TIMESTAMP_MUST_NOT_REGRESS;
        }
        if (transfer.timestamp <= debit.timestamp) {
            return Status.IMPORTED_EVENT_TIMESTAMP_MUST_POSTDATE_DEBIT_ACCOUNT;
        }
        if (transfer.timestamp <= credit.timestamp) {
            return Status.IMPORTED_EVENT_TIMESTAMP_MUST_POSTDATE_CREDIT_ACCOUNT;
        }
        return transfer.timeout == 0 ? Status.CREATED : Status.IMPORTED_EVENT_TIMEOUT_MUST_BE_ZERO;
    }

    /** Whether an imported transfer is older than another one, or as old as an account. */
    static boolean regresses(final Transfer transfer, final Books books) {
        return transfer.timestamp <= books.newestTransferTimestamp() || books.accountHasTimestamp(transfer.timestamp);
    }

    private Status checkAmount(final Transfer transfer) {
        if (transfer.has(TransferFlags.BALANCING)) {
            Limits.balance(transfer, debit, credit);
        }
        final Status overflow = Limits.overflow(transfer, debit, credit);
        if (overflow != Status.CREATED) {
            return overflow;
        }
        if (debit.has(AccountFlags.DEBITS_MUST_NOT_EXCEED_CREDITS)
                && Limits.exceeds(transfer, debit, DEBITS_PENDING, DEBITS_POSTED, CREDITS_POSTED)) {
            return Status.EXCEEDS_CREDITS;
        }
        if (credit.has(AccountFlags.CREDITS_MUST_NOT_EXCEED_DEBITS)
                && Limits.exceeds(transfer, credit, CREDITS_PENDING, CREDITS_POSTED, DEBITS_POSTED)) {
            return Status.EXCEEDS_DEBITS;
        }
        return Status.CREATED;
    }
}
