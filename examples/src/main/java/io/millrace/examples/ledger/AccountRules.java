package io.millrace.examples.ledger;

/** The rules about new accounts, in the order of their precedence. */
final class AccountRules {
    private static final int EXCLUSIVE =
            AccountFlags.DEBITS_MUST_NOT_EXCEED_CREDITS | AccountFlags.CREDITS_MUST_NOT_EXCEED_DEBITS;

    private static final Status[] MUST_BE_ZERO = {
        Status.DEBITS_PENDING_MUST_BE_ZERO,
        Status.DEBITS_POSTED_MUST_BE_ZERO,
        Status.CREDITS_PENDING_MUST_BE_ZERO,
        Status.CREDITS_POSTED_MUST_BE_ZERO
    };

    private final Account existing = new Account();

    /**
     * Checks an account whose row passed {@link RowRules}, and gives it its time stamp.
     *
     * @param account as requested
     * @param reserved what stands in the reserved field
     * @param books what it is checked against
     * @param rowNs time of the row
     */
    Status check(final Account account, final int reserved, final AccountBatchBooks books, final long rowNs) {
        if (reserved != 0) {
            return Status.RESERVED_FIELD;
        }
        if (account.has(AccountFlags.PADDING)) {
            return Status.RESERVED_FLAG;
        }
        if (U128.isZero(account.idLo, account.idHi)) {
            return Status.ID_MUST_NOT_BE_ZERO;
        }
        if (U128.isMax(account.idLo, account.idHi)) {
            return Status.ID_MUST_NOT_BE_INT_MAX;
        }
        if (books.account(account.idLo, account.idHi, existing)) {
            return compare(account, existing);
        }
        final Status fields = checkFields(account);
        if (fields != Status.CREATED) {
            return fields;
        }
        if (!account.has(AccountFlags.IMPORTED)) {
            account.timestamp = rowNs;
        } else if (account.timestamp <= books.newestAccountTimestamp()
                || books.transferHasTimestamp(account.timestamp)) {
            return Status.IMPORTED_EVENT_TIMESTAMP_MUST_NOT_REGRESS;
        }
        return Status.CREATED;
    }

    private static Status compare(final Account account, final Account taken) {
        if (account.flags != taken.flags) {
            return Status.EXISTS_WITH_DIFFERENT_FLAGS;
        }
        if (!U128.equal(account.userData128Lo, account.userData128Hi, taken.userData128Lo, taken.userData128Hi)) {
            return Status.EXISTS_WITH_DIFFERENT_USER_DATA_128;
        }
        if (account.userData64 != taken.userData64) {
            return Status.EXISTS_WITH_DIFFERENT_USER_DATA_64;
        }
        if (account.userData32 != taken.userData32) {
            return Status.EXISTS_WITH_DIFFERENT_USER_DATA_32;
        }
        if (account.ledger != taken.ledger) {
            return Status.EXISTS_WITH_DIFFERENT_LEDGER;
        }
        return account.code == taken.code ? Status.EXISTS : Status.EXISTS_WITH_DIFFERENT_CODE;
    }

    private static Status checkFields(final Account account) {
        if ((account.flags & EXCLUSIVE) == EXCLUSIVE) {
            return Status.FLAGS_ARE_MUTUALLY_EXCLUSIVE;
        }
        for (int i = 0; i < Account.BALANCES; i++) {
            if (!U128.isZero(account.balanceLo[i], account.balanceHi[i])) {
                return MUST_BE_ZERO[i];
            }
        }
        if (account.ledger == 0) {
            return Status.LEDGER_MUST_NOT_BE_ZERO;
        }
        return account.code == 0 ? Status.CODE_MUST_NOT_BE_ZERO : Status.CREATED;
    }
}
