/**
 * A double-entry ledger: accounts and transfers with two phases, limits, linked chains and balancing.
 *
 * <p>{@link io.millrace.examples.ledger.LedgerMachine} decides and applies. {@code TransferRules} and its neighbours hold
 * the rules; they read the state through {@code Books}, which shows either the state itself or the state with the
 * undecided rows of a batch on top ({@code BatchBooks}). Decisions become events ({@code EventWriter}), and only those
 * change the state ({@code Applier}). {@link io.millrace.examples.ledger.AccountBalances} is the read model.
 */
package io.millrace.examples.ledger;
