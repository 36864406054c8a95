package io.millrace.examples.ledger;

/** The rules about imported rows and their time stamps, which come before all rules about accounts and transfers. */
final class RowRules {
    private RowRules() {}

    /**
     * Checks one row.
     *
     * @param imported whether the row is
     * @param batchImported whether the first row of the batch is
     * @param timestamp given with the row
     * @param endNs time of the batch's last row
     */
    static Status check(final boolean imported, final boolean batchImported, final long timestamp, final long endNs) {
        if (imported != batchImported) {
            return batchImported ? Status.IMPORTED_EVENT_EXPECTED : Status.IMPORTED_EVENT_NOT_EXPECTED;
        }
        if (!imported) {
            return timestamp == 0 ? Status.CREATED : Status.TIMESTAMP_MUST_BE_ZERO;
        }
        if (timestamp <= 0) {
            return Status.IMPORTED_EVENT_TIMESTAMP_OUT_OF_RANGE;
        }
        return timestamp < endNs ? Status.CREATED : Status.IMPORTED_EVENT_TIMESTAMP_MUST_NOT_ADVANCE;
    }
}
