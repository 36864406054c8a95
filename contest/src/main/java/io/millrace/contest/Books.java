package io.millrace.contest;

import java.util.Arrays;

/** The state: what each account holds. For one thread. */
public final class Books {
    private final long[] balances;

    /** All accounts hold {@link Work#OPENING_BALANCE}. */
    public Books(final int accounts) {
        balances = new long[accounts];
        Arrays.fill(balances, Work.OPENING_BALANCE);
    }

    /** Whether the account holds that much. */
    public boolean allows(final int debit, final long amount) {
        return balances[debit] >= amount;
    }

    /** What the account holds. */
    public long balance(final int account) {
        return balances[account];
    }

    /** What the first so many of these accounts hold together: in a loop that does nothing else, waits for memory overlap. */
    public long sum(final int[] accounts, final int count) {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += balances[accounts[i]];
        }
        return sum;
    }

    /** Moves the amount. */
    public void apply(final int debit, final int credit, final long amount) {
        balances[debit] -= amount;
        balances[credit] += amount;
    }

    /** Of all balances. */
    public long hash() {
        return Hashing.hash(balances);
    }
}
