package io.millrace.examples.ledger;

import java.util.Random;

/** Draws transfers of all kinds, many of which break some rule, among few accounts and ids. */
final class RandomTransfers {
    /** Accounts 1 to this are opened; the flags of each follow from its id. */
    static final int ACCOUNTS = 12;

    private static final int IDS = 9000;
    private static final int[] RARE = {
        TransferFlags.PENDING | TransferFlags.CLOSING_DEBIT,
        TransferFlags.PENDING | TransferFlags.CLOSING_CREDIT,
        TransferFlags.PENDING | TransferFlags.CLOSING,
        TransferFlags.CLOSING_DEBIT,
        TransferFlags.IMPORTED,
        1 << 15
    };
    private static final int[] FIRST_PHASE = {
        0,
        0,
        0,
        TransferFlags.PENDING,
        TransferFlags.PENDING,
        TransferFlags.PENDING,
        TransferFlags.PENDING,
        TransferFlags.BALANCING_DEBIT,
        TransferFlags.BALANCING_CREDIT,
        TransferFlags.BALANCING_DEBIT | TransferFlags.BALANCING_CREDIT | TransferFlags.PENDING,
        TransferFlags.PENDING | TransferFlags.BALANCING_CREDIT
    };

    private final Random random;
    private final Transfer transfer = new Transfer();
    private int used = 1;

    RandomTransfers(final long seed) {
        random = new Random(seed);
    }

    static int accountFlags(final long id) {
        return switch ((int) (id % 4)) {
            case 1 -> AccountFlags.DEBITS_MUST_NOT_EXCEED_CREDITS;
            case 2 -> AccountFlags.CREDITS_MUST_NOT_EXCEED_DEBITS;
            default -> 0;
        };
    }

    static int accountLedger(final long id) {
        return id == ACCOUNTS ? 2 : 1;
    }

    /** One that fits the compact command. */
    Transfer nextCompact() {
        clear();
        transfer.idLo = oneIn(5) ? 1 + random.nextInt(used) : used++ % IDS + 1;
        transfer.debitLo = account();
        transfer.creditLo = account();
        transfer.amountLo = oneIn(50) ? random.nextLong() : random.nextInt(100);
        transfer.userData64 = oneIn(10) ? random.nextInt(3) : 0;
        final int[] flags = oneIn(60) ? RARE : FIRST_PHASE;
        transfer.flags = flags[random.nextInt(flags.length)];
        transfer.timeout = timeout();
        transfer.ledger = oneIn(40) ? random.nextInt(3) : 1;
        transfer.code = oneIn(40) ? 0 : 1;
        return transfer;
    }

    /** One of any kind. */
    Transfer next() {
        nextCompact();
        if (oneIn(3)) {
            transfer.flags = random.nextBoolean() ? TransferFlags.POST_PENDING : TransferFlags.VOID_PENDING;
            transfer.timeout = 0;
            transfer.pendingLo = Math.max(1, (used - 1) % IDS - random.nextInt(oneIn(3) ? 400 : 20));
            transfer.debitLo = oneIn(10) ? transfer.debitLo : 0;
            transfer.creditLo = oneIn(10) ? transfer.creditLo : 0;
            transfer.ledger = random.nextInt(2);
            transfer.code = random.nextInt(2);
            wholeOrPart();
        }
        if (oneIn(10)) {
            transfer.userData32 = 1 + random.nextInt(2);
            transfer.userData128Hi = random.nextInt(2);
            transfer.amountHi = oneIn(8) ? random.nextLong() : 0;
        }
        return transfer;
    }

    boolean oneIn(final int n) {
        return random.nextInt(n) == 0;
    }

    int below(final int bound) {
        return random.nextInt(bound);
    }

    /** Whatever closes an account opens it again soon, or all would be closed for good. */
    private int timeout() {
        final boolean some = transfer.has(TransferFlags.CLOSING)
                || transfer.has(TransferFlags.PENDING) && random.nextBoolean()
                || oneIn(40);
        return some ? 1 + random.nextInt(2) : 0;
    }

    /** Now and then none, the one in another ledger, or one that does not exist. */
    private int account() {
        return oneIn(20) ? random.nextInt(ACCOUNTS + 2) : 1 + random.nextInt(ACCOUNTS - 1);
    }

    private void wholeOrPart() {
        if (random.nextBoolean()) {
            final long whole = transfer.has(TransferFlags.POST_PENDING) ? -1 : 0;
            transfer.amountLo = whole;
            transfer.amountHi = whole;
        }
    }

    private void clear() {
        transfer.debitHi = 0;
        transfer.creditHi = 0;
        transfer.amountHi = 0;
        transfer.pendingLo = 0;
        transfer.pendingHi = 0;
        transfer.userData128Lo = 0;
        transfer.userData128Hi = 0;
        transfer.userData32 = 0;
        transfer.timestamp = 0;
    }
}
