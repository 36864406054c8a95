package io.millrace.examples.ledger;

/**
 * One transfer: first as it was requested; rules that accept it make it what is to be stored (amount moved, time stamp,
 * accounts, and for a second phase what it takes from the pending transfer). Reused.
 */
final class Transfer {
    long idLo;
    long idHi;
    long debitLo;
    long debitHi;
    long creditLo;
    long creditHi;
    long amountLo;
    long amountHi;
    long pendingLo;
    long pendingHi;
    long userData128Lo;
    long userData128Hi;
    long userData64;
    int userData32;
    int timeout;
    int ledger;
    int code;
    int flags;
    long timestamp;

    // Not part of a request.
    int debitRef;
    int creditRef;
    /** Names the transfer among {@link Books}: a position in the table, or a negative number within a batch. */
    int ref;
    /** Second phase: the pending transfer. */
    int pendingRef;

    int pendingFlags;
    long releasedLo;
    long releasedHi;
    /** Not {@link Status#CREATED} when this is only an id that was burnt. */
    Status status = Status.CREATED;

    boolean has(final int anyOfFlags) {
        return (flags & anyOfFlags) != 0;
    }

    /** When it expires, {@link Long#MAX_VALUE} for never. */
    long expiryNs() {
        return Transfers.expiryNs(timestamp, timeout);
    }

    void copyFrom(final Transfer other) {
        idLo = other.idLo;
        idHi = other.idHi;
        debitLo = other.debitLo;
        debitHi = other.debitHi;
        creditLo = other.creditLo;
        creditHi = other.creditHi;
        amountLo = other.amountLo;
        amountHi = other.amountHi;
        pendingLo = other.pendingLo;
        pendingHi = other.pendingHi;
        userData128Lo = other.userData128Lo;
        userData128Hi = other.userData128Hi;
        userData64 = other.userData64;
        userData32 = other.userData32;
        timeout = other.timeout;
        ledger = other.ledger;
        code = other.code;
        flags = other.flags;
        timestamp = other.timestamp;
        debitRef = other.debitRef;
        creditRef = other.creditRef;
        ref = other.ref;
        pendingRef = other.pendingRef;
        pendingFlags = other.pendingFlags;
        releasedLo = other.releasedLo;
        releasedHi = other.releasedHi;
        status = other.status;
    }
}
