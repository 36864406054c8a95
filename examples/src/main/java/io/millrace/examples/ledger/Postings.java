package io.millrace.examples.ledger;

/** Where the effects of transfers go: to the state itself, or to what a batch has on top of it. */
interface Postings {
    /** Adds to one balance ({@link Account#DEBITS_PENDING} and so on) of an account. */
    void add(int accountRef, int balance, long lo, long hi);

    /** Subtracts from one balance of an account. */
    void subtract(int accountRef, int balance, long lo, long hi);

    /** Closes or reopens an account. */
    void closed(int accountRef, boolean closed);
}
