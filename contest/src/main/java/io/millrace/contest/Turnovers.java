package io.millrace.contest;

/** The read model: how often each account was debited and credited, and what went through it. For one thread. */
public final class Turnovers {
    private static final int COUNT = 0;
    private static final int AMOUNT = 1;
    private static final int WIDTH = 2;

    private final long[] entries;

    /** Nothing yet. */
    public Turnovers(final int accounts) {
        entries = new long[accounts * WIDTH];
    }

    /** Counts a transfer, as its event tells of it. */
    public void add(final int debit, final int credit, final long amount) {
        entries[debit * WIDTH + COUNT]++;
        entries[debit * WIDTH + AMOUNT] += amount;
        entries[credit * WIDTH + COUNT]++;
        entries[credit * WIDTH + AMOUNT] += amount;
    }

    /** How often the account was debited and credited. */
    public long count(final int account) {
        return entries[account * WIDTH + COUNT];
    }

    /** Counts of the first so many of these accounts together: in a loop that does nothing else, waits for memory overlap. */
    public long sum(final int[] accounts, final int count) {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += entries[accounts[i] * WIDTH + COUNT];
        }
        return sum;
    }

    /** Of all there is. */
    public long hash() {
        return Hashing.hash(entries);
    }
}
