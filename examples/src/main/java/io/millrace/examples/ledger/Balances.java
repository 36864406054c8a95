package io.millrace.examples.ledger;

import java.math.BigInteger;

/** Four balances: of an account, or the sums over all accounts. */
public record Balances(
        BigInteger debitsPending, BigInteger debitsPosted, BigInteger creditsPending, BigInteger creditsPosted) {}
