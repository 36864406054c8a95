package io.millrace.contest;

/**
 * How much a contender has to do.
 *
 * @param accounts between which money is moved, numbered from 0
 * @param commands one transfer each
 * @param seed of the transfers
 */
public record Work(int accounts, long commands, long seed) {
    /** What all accounts hold at first: more than any transfer takes, so that every command is accepted. */
    public static final long OPENING_BALANCE = 1L << 40;

    /** A new stream of the transfers, from the first on. */
    public Transfers transfers() {
        return new Transfers(accounts, seed);
    }

    /** What must come out: done here in the plainest way. */
    public Answer expected() {
        final Books books = new Books(accounts);
        final Turnovers turnovers = new Turnovers(accounts);
        final Transfers transfers = transfers();
        for (long i = 0; i < commands; i++) {
            transfers.advance();
            books.apply(transfers.debit(), transfers.credit(), transfers.amount());
            turnovers.add(transfers.debit(), transfers.credit(), transfers.amount());
        }
        return new Answer(commands, commands, books.hash(), turnovers.hash());
    }
}
