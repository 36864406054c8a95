package io.millrace.benchmarks;

/** Accounts and amounts to add, the same for each run: every account is drawn once in each round of all accounts. */
final class CounterSequence {
    /** Odd, so that its multiples visit all accounts. */
    private static final int STRIDE = 40_503;

    private static final int AMOUNTS = 1000;

    private final int accounts;
    private long next;
    private int account;
    private long amount;
    private long sum;

    /** A sequence over the first accounts, a power of two of them. */
    CounterSequence(final int accounts) {
        this.accounts = accounts;
    }

    void advance() {
        account = (int) (next * STRIDE) & accounts - 1;
        amount = 1 + next % AMOUNTS;
        sum += amount;
        next++;
    }

    int account() {
        return account;
    }

    long amount() {
        return amount;
    }

    /** How many there were. */
    long count() {
        return next;
    }

    /** Of all amounts up to now. */
    long sum() {
        return sum;
    }
}
